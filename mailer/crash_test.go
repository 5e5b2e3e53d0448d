package mailer_test

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// crashAt runs a worker that dies at the nth passing of a failpoint: nothing that it knew is recorded.
func (w *world) crashAt(cfg mailer.Config, point string, nth int) {
	w.Helper()
	passed := 0
	cfg.Failpoint = func(name string) {
		if name == point {
			if passed++; passed == nth {
				runtime.Goexit()
			}
		}
	}
	worker, err := mailer.New(cfg)
	if err != nil {
		w.Fatal(err)
	}
	worker.Compose("test", letter)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = worker.Run(ctx)
	}()
	select {
	case <-done:
	case <-time.After(patience):
		w.Errorf("%s was never passed %d times", point, nth)
	}
	cancel()
	<-done
	w.advance(time.Hour) // PostgreSQL: the lease has run out
}

// I3: what was in flight when the program died is unknown, counted, and repeated once as the same mail, or
// not at all where it is marketing.
func TestACrashBetweenTheReplyAndItsRecord(t *testing.T) {
	each(t, func(w *world) {
		for class, want := range map[models.Class]struct {
			state    models.MessageState
			received int
		}{
			models.ClassSales:         {models.MessageSent, 2},
			models.ClassTransactional: {models.MessageSent, 2},
			models.ClassMarketing:     {models.MessageUnknown, 1},
			models.ClassBulk:          {models.MessageUnknown, 1},
		} {
			w.run(class.String(), func(w *world) {
				server := newServer(w.T, func(k *talk) { k.talkBy(nil) })
				id := w.owe(class)
				w.crashAt(w.config(server, ""), "sent", 1)
				if m := w.message(id); m.State != models.MessageSending {
					w.Fatalf("after the crash: %+v", m)
				}
				worker, stop := w.start(w.config(server, ""))
				m := w.until(id, want.state)
				time.Sleep(40 * time.Millisecond)
				stop()
				if stats := worker.Stats(); m.Unknowns != 1 || stats.Unknown != 1 || stats.Repeated != int64(want.received-1) {
					w.Errorf("unknown %d times; %+v", m.Unknowns, stats)
				}
				mails := server.received()
				if len(mails) != want.received || mails[0].data != mails[len(mails)-1].data || !strings.Contains(mails[0].data, "<"+m.MessageID+">") {
					w.Errorf("received %+v", mails)
				}
			})
		}
	})
}

func TestASecondUnknownFateIsFinal(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(answers{".": "hang up"}) })
		w.start(w.config(server, ""))
		id := w.owe(models.ClassSales)
		if m := w.tried(id, 1); m.State != models.MessageQueued || m.Unknowns != 1 {
			t.Fatalf("%+v", m)
		}
		w.advance(2 * time.Minute)
		if m := w.until(id, models.MessageUnknown); m.Unknowns != 2 || m.Attempts != 2 {
			t.Errorf("%+v", m)
		}
		w.advance(24 * time.Hour)
		time.Sleep(60 * time.Millisecond)
		mails := server.received()
		if len(mails) != 2 || mails[0].data != mails[1].data {
			t.Errorf("%d mails", len(mails))
		}
	})
}

func TestACrashAfterTheClaimLeavesNothingBehind(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		ids := []models.ID{w.owe(models.ClassSales), w.owe(models.ClassTransactional), w.owe(models.ClassMarketing), w.owe(models.ClassMarketing)}
		cfg := w.config(server, "")
		w.crashAt(cfg, "begun", 1)
		sending := 0
		for _, id := range ids {
			if w.message(id).State == models.MessageSending {
				sending++
			}
		}
		if sending == 0 || sending > cfg.Connections {
			t.Fatalf("%d in flight with %d connections", sending, cfg.Connections)
		}
		w.start(cfg)
		for i, id := range ids {
			w.eventually("it ends", func() bool {
				s := w.message(id).State
				return s == models.MessageSent || i > 1 && s == models.MessageUnknown
			})
		}
	})
}

// I2, I3: a campaign whose program dies again and again loses nothing, repeats only what was in flight,
// and leaves no more unknown than it had connections at each death.
func TestACampaignOfManyCrashes(t *testing.T) {
	each(t, func(w *world) {
		const mails, crashes = 300, 12
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		cfg := w.config(server, "")
		cfg.Connections = 4
		classes := map[string]models.Class{}
		var ids []models.ID
		for range mails {
			class := models.ClassMarketing
			if rand.IntN(10) == 0 {
				class = models.ClassTransactional
			}
			id := w.owe(class, func(m *models.Message) { m.NotAfter = 0 })
			ids = append(ids, id)
			classes[w.message(id).To] = class
		}
		for range crashes {
			w.crashAt(cfg, []string{"sent", "begun"}[rand.IntN(2)], 1+rand.IntN(6))
		}
		w.start(cfg)
		unknown, states := 0, map[models.MessageState]int{}
		for _, id := range ids {
			w.eventually("every mail ends", func() bool {
				s := w.message(id).State
				return s == models.MessageSent || s == models.MessageUnknown
			})
			m := w.message(id)
			unknown += m.Unknowns
			states[m.State]++
		}
		if unknown > crashes*cfg.Connections {
			t.Errorf("%d unknown after %d crashes with %d connections", unknown, crashes, cfg.Connections)
		}
		got := map[string][]string{}
		for _, d := range server.received() {
			got[d.to] = append(got[d.to], d.data)
		}
		for to, copies := range got {
			most := 1
			if classes[to] <= models.ClassTransactional {
				most = 2
			}
			if len(copies) > most || len(copies) == 2 && copies[0] != copies[1] {
				t.Errorf("class %v received %d times", classes[to], len(copies))
			}
		}
		for _, id := range ids {
			if m := w.message(id); m.State == models.MessageSent && len(got[m.To]) == 0 {
				t.Errorf("recorded as sent, never received: %+v", m)
			}
		}
		t.Logf("%v, %d times unknown", states, unknown)
	})
}

func TestStoppingFinishesWhatIsInFlight(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.pause = 200 * time.Millisecond; k.talkBy(nil) })
		ids := []models.ID{w.owe(models.ClassMarketing), w.owe(models.ClassMarketing), w.owe(models.ClassMarketing)}
		worker, stop := w.start(w.config(server, ""))
		w.eventually("two are in flight", func() bool { return worker.Stats().Sending == 2 || w.message(ids[1]).State == models.MessageSending })
		stop()
		states := map[models.MessageState]int{}
		for _, id := range ids {
			states[w.message(id).State]++
		}
		if states[models.MessageSending] != 0 || states[models.MessageSent] != len(server.received()) || states[models.MessageQueued] == 0 {
			t.Errorf("%v, received %d", states, len(server.received()))
		}
	})
}

func TestWhatCannotFinishInTheGraceIsUnknown(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(answers{".": "silence"}) })
		cfg := w.config(server, "")
		cfg.Grace, cfg.ReplyTimeout = 50*time.Millisecond, time.Minute
		_, stop := w.start(cfg)
		id := w.owe(models.ClassMarketing)
		w.eventually("it is in flight", func() bool { return len(server.received()) == 1 })
		began := time.Now()
		stop()
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("stopping took %v", took)
		}
		if m := w.message(id); m.State != models.MessageSending {
			t.Errorf("%+v", m)
		}
		w.advance(time.Hour)
		w.start(cfg)
		w.until(id, models.MessageUnknown)
	})
}

// A worker that was taken for dead, but was only slow, still says what became of its mail.
func TestALateWordCounts(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.pause = 300 * time.Millisecond; k.talkBy(nil) })
		cfg := w.config(server, "")
		id := w.owe(models.ClassMarketing)
		_, stop := w.start(cfg)
		w.until(id, models.MessageSending)
		w.advance(time.Hour)
		if unknown, _, err := w.store.SettleOrphans(w.Context(), "another"); err != nil || unknown != 1 {
			t.Fatal(unknown, err)
		}
		if m := w.message(id); m.State != models.MessageUnknown {
			t.Fatalf("%+v", m)
		}
		w.until(id, models.MessageSent)
		stop()
	})
}

// Two programs on one PostgreSQL share a campaign and send nothing twice.
func TestTwoProgramsShareACampaign(t *testing.T) {
	w := newWorld(t, storetest.Postgres(t))
	second := storetest.Open(t, w.url, w.clock)
	server := newServer(t, func(k *talk) { k.talkBy(nil) })
	var ids []models.ID
	for range 400 {
		ids = append(ids, w.owe(models.ClassMarketing))
	}
	a, stopA := w.start(w.config(server, ""))
	cfg := w.config(server, "")
	cfg.Store = second
	b, stopB := w.start(cfg)
	for _, id := range ids {
		w.until(id, models.MessageSent)
	}
	stopA()
	stopB()
	if n := len(server.received()); n != len(ids) {
		t.Errorf("%d mails received, %d owed", n, len(ids))
	}
	if a.Stats().Sent == 0 || b.Stats().Sent == 0 {
		t.Errorf("%d by one, %d by the other", a.Stats().Sent, b.Stats().Sent)
	}
}

// I4: once the unsubscribe is answered, no marketing mail begins.
func TestUnsubscribesRaceACampaign(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.pause = 4 * time.Millisecond; k.talkBy(nil) })
		var ids []models.ID
		for range 200 {
			ids = append(ids, w.owe(models.ClassMarketing))
		}
		cfg := w.config(server, "")
		w.start(cfg)
		var began, stopped atomic.Int64
		var wg sync.WaitGroup
		for _, id := range ids {
			wg.Go(func() {
				time.Sleep(rand.N(600 * time.Millisecond))
				m := w.message(id)
				if err := w.store.Suppress(context.Background(), models.Suppression{Hash: hash(m.To), Scope: models.SuppressMarketing, Reason: "unsubscribe"}); err != nil {
					t.Error(err)
					return
				}
				m = w.message(id) // the page is answered now
				final := models.MessageState("")
				w.eventually("it ends", func() bool {
					final = w.message(id).State
					return final != models.MessageQueued && final != models.MessageSending
				})
				switch {
				case m.State == models.MessageQueued && final != models.MessageSuppressed:
					t.Errorf("began after the unsubscribe was answered: %s", final)
				case final == models.MessageSuppressed:
					stopped.Add(1)
				default:
					began.Add(1)
				}
			})
		}
		wg.Wait()
		if int(began.Load()) != len(server.received()) {
			t.Errorf("%d began, %d received", began.Load(), len(server.received()))
		}
		t.Logf("%d began before, %d were stopped", began.Load(), stopped.Load())
	})
}

// Where the database takes no writes for a while, or cuts every connection, the worker remembers what it
// knows: nothing is sent twice, and nothing becomes unknown.
func TestTheDatabaseFailsInTheMiddle(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.pause = 3 * time.Millisecond; k.talkBy(nil) })
		var ids []models.ID
		for range 200 {
			ids = append(ids, w.owe(models.Class(rand.IntN(4))))
		}
		worker, _ := w.start(w.config(server, ""))
		w.eventually("it runs", func() bool { return worker.Stats().Sent > 5 })
		w.disturb()
		for _, id := range ids {
			if m := w.until(id, models.MessageSent); m.Unknowns != 0 || m.Attempts != 1 {
				t.Errorf("%+v", m)
			}
		}
		if n := len(server.received()); n != len(ids) {
			t.Errorf("%d mails received, %d owed", n, len(ids))
		}
		if worker.Stats().FailedRounds == 0 {
			t.Error("the worker was not disturbed")
		}
	})
}

// disturb makes every write fail for a while, and cuts PostgreSQL's connections.
func (w *world) disturb() {
	w.Helper()
	driver := "sqlite"
	begin := []string{"CREATE TRIGGER no_writes BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"}
	end := "DROP TRIGGER no_writes"
	if store.IsPostgres(w.url) {
		driver = "pgx"
		begin = []string{"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$",
			"CREATE TRIGGER no_writes BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION refuse()"}
		end = "DROP TRIGGER no_writes ON messages"
	}
	db, err := sql.Open(driver, w.url)
	if err != nil {
		w.Fatal(err)
	}
	defer db.Close()
	exec := func(statement string) {
		w.Helper()
		w.eventually(statement, func() bool { _, err := db.Exec(statement); return err == nil })
	}
	for _, statement := range begin {
		exec(statement)
	}
	time.Sleep(150 * time.Millisecond)
	exec(end)
	if driver == "pgx" {
		for range 25 {
			exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
			time.Sleep(20 * time.Millisecond)
		}
	}
}
