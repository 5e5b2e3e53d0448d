// Package queue does durable work: jobs in the database, each done by whichever process claims it, tried
// again when it fails, given up with its error kept. A job is done at least once; a handler reads the
// present state before it acts, so that doing it again, or too late, does no harm.
package queue

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// A Handler does one job. Its error is kept and logged, so it names no person.
type Handler func(ctx context.Context, job models.Job) error

// Config says how a queue works. Zero values are replaced by the defaults named.
type Config struct {
	Store   *store.Store
	Log     *slog.Logger
	Clock   func() time.Time // time.Now
	Workers int              // jobs at a time: 4
	// Lease is how long a job stays a dead process's: 1 minute. A living one renews its leases.
	Lease    time.Duration
	Poll     time.Duration // how soon work from other processes is seen: 1 s
	Grace    time.Duration // for jobs to end when the program stops: 10 s
	Attempts int           // after which a job is given up: 10
}

// A Queue works on the jobs it has handlers for.
type Queue struct {
	cfg   Config
	owner string
	kinds map[string]kind
	wake  chan struct{}
}

type kind struct {
	handle   Handler
	next     Schedule // nil: done once
	attempts int      // after which it is given up; 0: as the others
}

// New makes a queue. Handlers are registered before it runs.
func New(cfg Config) *Queue {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	set(&cfg.Workers, 4)
	set(&cfg.Lease, time.Minute)
	set(&cfg.Poll, time.Second)
	set(&cfg.Grace, 10*time.Second)
	set(&cfg.Attempts, 10)
	return &Queue{cfg: cfg, owner: rand.Text(), kinds: map[string]kind{}, wake: make(chan struct{}, 1)}
}

func set[T int | time.Duration](v *T, otherwise T) {
	if *v == 0 {
		*v = otherwise
	}
}

// Handle registers what does the jobs of a kind.
func (q *Queue) Handle(name string, h Handler) { q.kinds[name] = kind{handle: h} }

// HandleTimes registers like Handle what is given up after another number of attempts than the rest.
func (q *Queue) HandleTimes(name string, attempts int, h Handler) {
	q.kinds[name] = kind{handle: h, attempts: attempts}
}

// attempts of a kind.
func (q *Queue) attempts(k kind) int { return cmp.Or(k.attempts, q.cfg.Attempts) }

// Periodic registers work that is done once per period, by one of all processes. Periods missed while
// none ran are made up for by doing it once. When it fails it is tried again, until the next period.
func (q *Queue) Periodic(name string, next Schedule, h Handler) {
	q.kinds[name] = kind{handle: h, next: next}
}

// Enqueue adds jobs and wakes the queue.
func (q *Queue) Enqueue(ctx context.Context, jobs ...models.Job) error {
	if err := q.cfg.Store.EnqueueJobs(ctx, jobs...); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	q.Wake()
	return nil
}

// Wake makes the queue look for work at once. It never waits.
func (q *Queue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Run works until the context ends, then gives running jobs a grace to end.
func (q *Queue) Run(ctx context.Context) error {
	for name, k := range q.kinds {
		if k.next != nil {
			if err := q.cfg.Store.EnsurePeriodic(ctx, name, models.At(k.next(q.cfg.Clock()))); err != nil {
				return fmt.Errorf("queue: %w", err)
			}
		}
	}
	r := &run{Queue: q, kinds: slices.Sorted(maps.Keys(q.kinds)), ended: make(chan store.JobEnd, q.cfg.Workers),
		running: map[attempt]context.CancelFunc{}, db: context.WithoutCancel(ctx)}
	r.jobs, r.stop = context.WithCancel(r.db)
	defer r.stop()
	r.loop(ctx)
	return nil
}
