package mailer_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
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

// A world is a database with a clock that stands still until it is moved.
type world struct {
	*testing.T
	url   string
	store *store.Store
	now   *atomic.Int64
	log   *safeBuffer
	owed  *atomic.Int64
}

func newWorld(t *testing.T, url string) *world {
	w := &world{T: t, url: url, now: new(atomic.Int64), log: new(safeBuffer), owed: new(atomic.Int64)}
	w.now.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixNano())
	w.store = storetest.Open(t, url, w.clock)
	return w
}

// run is a subtest in the same world, later: what an earlier one left has expired.
func (w *world) run(name string, test func(w *world)) {
	w.Helper()
	w.Run(name, func(t *testing.T) {
		w.advance(100 * time.Hour)
		later := *w
		later.T = t
		test(&later)
	})
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// each runs a test in a new world on each engine. Whatever was logged there names no person (I11).
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	storetest.EachURL(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		test(w)
		if log := w.log.String(); strings.Contains(log, "@example") || strings.Contains(log, "@sarnakh") || strings.Contains(log, "narges") || strings.Contains(log, "s3cret") {
			t.Errorf("a log names a person or a secret:\n%s", log)
		}
	})
}

func (w *world) clock() time.Time        { return time.Unix(0, w.now.Load()).UTC() }
func (w *world) advance(d time.Duration) { w.now.Add(int64(d)) }

// owe inserts a mail due now.
func (w *world) owe(class models.Class, change ...func(*models.Message)) models.ID {
	w.Helper()
	id, now := w.store.NewID(), w.store.Now()
	m := models.Message{ID: id, Ident: "test:" + id.String(), Class: class, Kind: "test", State: models.MessageQueued,
		MessageID: id.String() + "@sarnakh.example", To: fmt.Sprintf("narges%d@example.org", w.owed.Add(1)), Locale: "fa",
		Merge: models.Merge{"name": "نرگس"}, CreatedAt: now, DueAt: now, NotAfter: now.Add(72 * time.Hour)}
	for _, f := range change {
		f(&m)
	}
	if err := w.store.OweMail(w.Context(), m); err != nil {
		w.Fatal(err)
	}
	return id
}

// oweMany inserts n mails due now, as one sequence might.
func (w *world) oweMany(n int, class models.Class, change func(i int, m *models.Message)) (ids []models.ID) {
	w.Helper()
	now := w.store.Now()
	batch := make([]models.Message, 0, 500)
	for i := range n {
		id := w.store.NewID()
		ids = append(ids, id)
		m := models.Message{ID: id, Ident: "many:" + id.String(), Class: class, Kind: "test", State: models.MessageQueued,
			MessageID: id.String() + "@sarnakh.example", To: fmt.Sprintf("m%d@example.org", i), CreatedAt: now, DueAt: now}
		change(i, &m)
		if batch = append(batch, m); len(batch) == cap(batch) || i == n-1 {
			if err := w.store.OweMail(w.Context(), batch...); err != nil {
				w.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	return ids
}

func (w *world) message(id models.ID) models.Message {
	w.Helper()
	m, err := w.store.Message(w.Context(), id)
	if err != nil {
		w.Fatal(err)
	}
	return m
}

// patience is for machines that are busy with other work; nothing waits so long but to fail.
const patience = time.Minute

// until waits for a mail to be in a state.
func (w *world) until(id models.ID, state models.MessageState) models.Message {
	w.Helper()
	var m models.Message
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(3 * time.Millisecond) {
		if m = w.message(id); m.State == state {
			return m
		}
	}
	w.Fatalf("the mail is %s (%s), attempt %d, want %s\n%s", m.State, m.Reply, m.Attempts, state, w.log.String())
	return m
}

// tried waits until an attempt at a mail has been recorded.
func (w *world) tried(id models.ID, attempts int) models.Message {
	w.Helper()
	w.eventually(fmt.Sprintf("attempt %d recorded", attempts), func() bool {
		m := w.message(id)
		return m.Attempts == attempts && m.State != models.MessageSending
	})
	return w.message(id)
}

func (w *world) eventually(what string, so func() bool) {
	w.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(3 * time.Millisecond) {
		if so() {
			return
		}
	}
	w.Fatalf("never: %s\n%s", what, w.log.String())
}

func hash(address string) string { return "hash-" + strings.ToLower(address) }

// config is a worker's for a server. Only where a server is silent on purpose is a reply not waited for: see silent.
func (w *world) config(server *mailServer, query string) mailer.Config {
	cfg := mailer.Config{Store: w.store, Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Connections: 2, From: "سرنخ <hello@sarnakh.example>", BaseURL: "https://sarnakh.example", Hash: hash,
		ReplyTimeout: patience, Poll: 15 * time.Millisecond, Lease: 800 * time.Millisecond, Grace: 3 * time.Second}
	if server != nil {
		cfg.SMTPURL = "smtp://" + server.addr + "?" + firstOf(query, "tls=none")
	}
	return cfg
}

// silent is how long a worker waits for a server that says nothing.
const silent = 300 * time.Millisecond

// letter is what the test's composer writes.
func letter(_ context.Context, m *models.Message) (mailer.Mail, error) {
	return mailer.Mail{Subject: "سلام " + m.Merge["name"], Text: "متن برای " + m.Merge["name"] + "\n.\n.. نقطه\n",
		HTML: "<p>متن برای " + m.Merge["name"] + "</p>"}, nil
}

// start runs a worker until the returned function is called, or the test ends.
func (w *world) start(cfg mailer.Config) (worker *mailer.Worker, stop func()) {
	w.Helper()
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
	stop = sync.OnceFunc(func() { cancel(); <-done })
	w.Cleanup(stop)
	return worker, stop
}
