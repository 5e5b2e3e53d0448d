package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// A post is a store with a clock of its own and mails to move about.
type post struct {
	*testing.T
	s   *store.Store
	now atomic.Int64
	n   int
}

func eachPost(t *testing.T, test func(p *post)) {
	t.Helper()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := &post{T: t}
		p.now.Store(1772366400)
		p.s = storetest.Open(t, url, func() time.Time { return time.Unix(p.now.Load(), 0) })
		test(p)
	})
}

func (p *post) owe(class models.Class, due time.Duration, change ...func(*models.Message)) models.ID {
	p.Helper()
	p.n++
	now := p.s.Now()
	m := models.Message{ID: p.s.NewID(), Ident: fmt.Sprint("m", p.n), Class: class, Kind: "test", State: models.MessageQueued,
		MessageID: fmt.Sprint(p.n, "@x.y"), To: "narges@example.org", CreatedAt: now, DueAt: now.Add(due), NotAfter: now.Add(72 * time.Hour)}
	for _, f := range change {
		f(&m)
	}
	if err := p.s.OweMail(p.Context(), m); err != nil {
		p.Fatal(err)
	}
	return m.ID
}

func (p *post) round(r store.MailRound) store.MailStart {
	p.Helper()
	r.Owner, r.Lease = firstOf(r.Owner, "me"), time.Minute
	start, err := p.s.MailRound(p.Context(), r)
	if err != nil {
		p.Fatal(err)
	}
	return start
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (p *post) message(id models.ID) models.Message {
	p.Helper()
	m, err := p.s.Message(p.Context(), id)
	if err != nil {
		p.Fatal(err)
	}
	return m
}

func begin(ids ...models.ID) (b []store.MailBegin) {
	for _, id := range ids {
		b = append(b, store.MailBegin{ID: id, Hashes: []string{"h"}})
	}
	return b
}

func TestDueMailComesInTheOrderOfItsClasses(t *testing.T) {
	eachPost(t, func(p *post) {
		bulk, late := p.owe(models.ClassBulk, -time.Hour), p.owe(models.ClassSales, 0)
		early, gift := p.owe(models.ClassSales, -time.Minute), p.owe(models.ClassTransactional, 0)
		p.owe(models.ClassSales, time.Minute) // not yet
		all := []models.Class{models.ClassSales, models.ClassTransactional, models.ClassMarketing, models.ClassBulk}
		due, err := p.s.DueMail(p.Context(), all, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []models.ID
		for _, d := range due {
			got = append(got, d.ID)
		}
		if want := []models.ID{early, late, gift, bulk}; !slices.Equal(got, want) {
			p.Errorf("%v, want %v", got, want)
		}
		if due, err = p.s.DueMail(p.Context(), all[2:], 10); err != nil || len(due) != 1 {
			p.Errorf("%v, %v", due, err)
		}
	})
}

func TestADebtIsOwedOnce(t *testing.T) {
	eachPost(t, func(p *post) {
		m := p.message(p.owe(models.ClassSales, 0))
		m.ID = p.s.NewID()
		if err := p.s.OweMail(p.Context(), m); !errors.Is(err, models.ErrConflict) {
			p.Errorf("owed twice: %v", err)
		}
	})
}

func TestAMailBeginsOnlyAsItWasRead(t *testing.T) {
	eachPost(t, func(p *post) {
		ready, later := p.owe(models.ClassMarketing, 0), p.owe(models.ClassMarketing, time.Hour)
		tried := store.MailBegin{ID: p.owe(models.ClassMarketing, 0), Counts: store.MailCounts{Attempts: 1}}
		start := p.round(store.MailRound{Begin: append(begin(ready, later, 12345), tried)})
		if len(start.Begun) != 1 || !start.Begun[ready] {
			p.Fatalf("began %v", start)
		}
		if m := p.message(ready); m.State != models.MessageSending || m.Attempts != 1 || m.LeaseOwner != "me" || m.LeasedUntil != p.s.Now().Add(time.Minute) {
			p.Errorf("%+v", m)
		}
		if start = p.round(store.MailRound{Owner: "another", Begin: begin(ready)}); len(start.Begun) != 0 {
			p.Error("begun twice")
		}
	})
}

func TestOnlyTheLastAttemptsWordCounts(t *testing.T) {
	eachPost(t, func(p *post) {
		id := p.owe(models.ClassTransactional, 0)
		result := func(owner string, attempt int, state models.MessageState, change ...func(*store.MailResult)) models.Message {
			p.Helper()
			res := store.MailResult{ID: id, Attempt: attempt, State: state, Reply: "a reply"}
			for _, f := range change {
				f(&res)
			}
			p.round(store.MailRound{Owner: owner, Results: []store.MailResult{res}})
			return p.message(id)
		}
		p.round(store.MailRound{Begin: begin(id)})
		if m := result("another", 1, models.MessageSent); m.State != models.MessageSending {
			p.Errorf("another's word: %+v", m)
		}
		if m := result("me", 2, models.MessageSent); m.State != models.MessageSending {
			p.Errorf("the word on another attempt: %+v", m)
		}
		due := p.s.Now().Add(time.Second)
		m := result("me", 1, models.MessageQueued, func(r *store.MailResult) { r.DueAt = due })
		if m.State != models.MessageQueued || m.DueAt != due || m.Reply != "a reply" || m.LeaseOwner != "" || m.Attempts != 1 {
			p.Errorf("tried again: %+v", m)
		}
		if m := result("me", 1, models.MessageFailed); m.State != models.MessageQueued {
			p.Errorf("said twice: %+v", m)
		}
		p.now.Add(1)
		b := begin(id)
		b[0].Counts.Attempts = 1
		p.round(store.MailRound{Begin: b})
		if m := result("me", 2, models.MessageQueued, func(r *store.MailResult) { r.Refund = true; r.Reply = "" }); m.Attempts != 1 || m.Reply != "a reply" || m.DueAt != due {
			p.Errorf("given back: %+v", m)
		}
		p.round(store.MailRound{Begin: b})
		if m := result("me", 2, models.MessageSent); m.State != models.MessageSent || m.SentAt != p.s.Now() {
			p.Errorf("sent: %+v", m)
		}
	})
}

// A mail that was withdrawn while its sender was taken for dead stays withdrawn, unless it was sent after all.
func TestALateWordRevivesNothing(t *testing.T) {
	eachPost(t, func(p *post) {
		for said, want := range map[models.MessageState]models.MessageState{
			models.MessageQueued: models.MessageSuppressed, models.MessageFailed: models.MessageSuppressed, models.MessageSent: models.MessageSent,
		} {
			id := p.owe(models.ClassTransactional, 0)
			p.round(store.MailRound{Begin: begin(id)})
			p.now.Add(3600)
			if unknown, repeated, err := p.s.SettleOrphans(p.Context(), "another"); err != nil || unknown != 1 || repeated != 1 {
				p.Fatal(unknown, repeated, err)
			}
			if m := p.message(id); m.State != models.MessageQueued || m.Unknowns != 1 || m.DueAt != p.s.Now() {
				p.Fatalf("%+v", m)
			}
			withdraw := store.Change{Decide: func(*store.Facts) (store.Rows, error) { return store.Rows{Withdraw: []models.ID{id}}, nil }}
			if err := p.s.Apply(p.Context(), withdraw); err != nil {
				p.Fatal(err)
			}
			p.round(store.MailRound{Results: []store.MailResult{{ID: id, Attempt: 1, State: said}}})
			if m := p.message(id); m.State != want {
				p.Errorf("withdrawn, then said to be %s: %s, want %s", said, m.State, want)
			}
		}
	})
}

func TestABounceSuppressesAndAComplaintOutweighsIt(t *testing.T) {
	eachPost(t, func(p *post) {
		id, next := p.owe(models.ClassMarketing, 0), p.owe(models.ClassTransactional, 0)
		p.round(store.MailRound{Begin: begin(id)})
		start := p.round(store.MailRound{Begin: begin(next),
			Results: []store.MailResult{{ID: id, Attempt: 1, State: models.MessageFailed, Suppress: "h"}}})
		if m := p.message(next); m.State != models.MessageSuppressed || start.Suppressed != 1 || m.Attempts != 0 {
			p.Errorf("the next mail to an address that does not exist: %+v", m)
		}
		reason := func(say string) string {
			p.Helper()
			if err := p.s.Suppress(p.Context(), models.Suppression{Hash: "h", Scope: models.SuppressAll, Reason: say, CreatedAt: p.s.Now()}); err != nil {
				p.Fatal(err)
			}
			rows, err := p.s.Suppressions(p.Context(), "h", "other")
			if err != nil || len(rows) != 1 {
				p.Fatal(rows, err)
			}
			return rows[0].Reason
		}
		if got := []string{reason("bounce"), reason("complaint"), reason("bounce")}; !slices.Equal(got, []string{"bounce", "complaint", "complaint"}) {
			p.Errorf("reasons %v", got)
		}
	})
}

func TestBytesAreKeptWithTheBeginAndReadBack(t *testing.T) {
	eachPost(t, func(p *post) {
		id := p.owe(models.ClassSales, 0)
		if _, err := p.s.MailBytes(p.Context(), id); !errors.Is(err, models.ErrNotFound) {
			p.Error(err)
		}
		b := begin(id)
		b[0].Gzip = []byte("not gzip")
		p.round(store.MailRound{Begin: b})
		if _, err := p.s.MailBytes(p.Context(), id); err == nil || errors.Is(err, models.ErrNotFound) {
			p.Errorf("unreadable bytes were read: %v", err)
		}
		if rows, err := p.s.Mailbox(p.Context(), 0, 10); err != nil || len(rows) != 1 || !rows[0].HasBytes {
			p.Error(rows, err)
		}
	})
}

func TestTheLimitPerMinuteIsShared(t *testing.T) {
	eachPost(t, func(p *post) {
		a, b := p.owe(models.ClassSales, 0), p.owe(models.ClassSales, 0)
		start := p.round(store.MailRound{Begin: begin(a, b), PerMinute: 1})
		if !start.Begun[a] || start.Begun[b] || !start.Later[b] || start.Wait <= 59*time.Second {
			p.Errorf("%+v", start)
		}
		start = p.round(store.MailRound{Owner: "another", Begin: begin(b), PerMinute: 1})
		if len(start.Begun) != 0 || !start.Later[b] {
			p.Errorf("%+v", start)
		}
		p.now.Add(61)
		if start = p.round(store.MailRound{Begin: begin(b), PerMinute: 1}); !start.Begun[b] {
			p.Errorf("%+v", start)
		}
	})
}

func TestWorkAskedForTwiceInOneCallIsOneJob(t *testing.T) {
	eachPost(t, func(p *post) {
		now := p.s.Now()
		err := p.s.EnqueueJobs(context.Background(), models.Job{Kind: "k", Ident: "a", Payload: []byte("1"), DueAt: now},
			models.Job{Kind: "k", Ident: "b", DueAt: now}, models.Job{Kind: "k", Ident: "a", Payload: []byte("2"), DueAt: now.Add(time.Hour)})
		if err != nil {
			p.Fatal(err)
		}
		jobs, err := p.s.JobRound(p.Context(), store.JobRound{Owner: "me", Kinds: []string{"k"}, Limit: 10, Lease: time.Minute})
		if err != nil || len(jobs) != 2 {
			p.Fatal(jobs, err)
		}
		for _, j := range jobs {
			if j.Ident == "a" && string(j.Payload) != "2" {
				p.Errorf("%+v", j)
			}
		}
	})
}
