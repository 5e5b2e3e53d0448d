// Package queue does durable work: jobs in the database, each done by whichever process claims it, tried
// again when it fails, given up with its error kept. A job is done at least once; a handler reads the
// present state before it acts, so that doing it again, or too late, does no harm.
package queue

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
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

	mu      sync.Mutex
	running map[models.ID]context.CancelFunc
}

type kind struct {
	handle Handler
	next   Schedule // nil: done once
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
	return &Queue{cfg: cfg, owner: rand.Text(), kinds: map[string]kind{}, wake: make(chan struct{}, 1),
		running: map[models.ID]context.CancelFunc{}}
}

func set[T int | time.Duration](v *T, otherwise T) {
	if *v == 0 {
		*v = otherwise
	}
}

// Handle registers what does the jobs of a kind.
func (q *Queue) Handle(name string, h Handler) { q.kinds[name] = kind{handle: h} }

// Periodic registers work that is done once per period, by one of all processes. Periods missed while
// none ran are made up for by doing it once. When it fails it is tried again, until the next period.
func (q *Queue) Periodic(name string, next Schedule, h Handler) { q.kinds[name] = kind{h, next} }

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
	names := make([]string, 0, len(q.kinds))
	for name := range q.kinds {
		names = append(names, name)
	}
	if err := q.ensurePeriodic(ctx); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	jobs, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	freed := make(chan struct{}, q.cfg.Workers)
	poll, renew := time.NewTicker(q.cfg.Poll), time.NewTicker(q.cfg.Lease/3)
	defer poll.Stop()
	defer renew.Stop()
	for busy := 0; ; {
		busy += q.start(ctx, jobs, names, q.cfg.Workers-busy, freed)
		select {
		case <-ctx.Done():
			q.windDown(busy, freed, renew.C, stop)
			return nil
		case <-freed:
			busy--
		case <-renew.C:
			q.renew(jobs)
		case <-poll.C:
		case <-q.wake:
		}
	}
}

func (q *Queue) ensurePeriodic(ctx context.Context) error {
	for name, k := range q.kinds {
		if k.next == nil {
			continue
		}
		if err := q.cfg.Store.EnsurePeriodic(ctx, name, models.At(k.next(q.cfg.Clock()))); err != nil {
			return err
		}
	}
	return nil
}

// start claims as many jobs as there are free hands, so that a lease is never spent on waiting.
func (q *Queue) start(ctx, jobs context.Context, names []string, free int, freed chan<- struct{}) int {
	if free == 0 || len(names) == 0 || ctx.Err() != nil {
		return 0
	}
	claimed, err := q.cfg.Store.ClaimJobs(ctx, q.owner, names, free, q.cfg.Lease)
	if err != nil {
		q.cfg.Log.Error("claim jobs", "error", err)
		return 0
	}
	for _, job := range claimed {
		run, cancel := context.WithCancel(jobs)
		q.hold(job.ID, cancel)
		go func() {
			defer func() { freed <- struct{}{} }()
			defer cancel()
			defer q.hold(job.ID, nil)
			q.work(run, jobs, job)
		}()
	}
	return len(claimed)
}

func (q *Queue) hold(id models.ID, cancel context.CancelFunc) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if cancel == nil {
		delete(q.running, id)
	} else {
		q.running[id] = cancel
	}
}

// renew extends the leases of running jobs. One whose lease another process has taken is stopped.
func (q *Queue) renew(ctx context.Context) {
	q.mu.Lock()
	ids := make([]models.ID, 0, len(q.running))
	for id := range q.running {
		ids = append(ids, id)
	}
	q.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	lost, err := q.cfg.Store.ExtendJobs(ctx, q.owner, ids, models.At(q.cfg.Clock().Add(q.cfg.Lease)))
	if err != nil {
		q.cfg.Log.Error("extend leases", "error", err)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, id := range lost {
		if cancel := q.running[id]; cancel != nil {
			cancel()
		}
	}
}

func (q *Queue) windDown(busy int, freed <-chan struct{}, renew <-chan time.Time, stop context.CancelFunc) {
	for _, end := range []func(){stop, func() { busy = 0 }} {
		grace := time.After(q.cfg.Grace)
		for over := false; busy > 0 && !over; {
			select {
			case <-freed:
				busy--
			case <-renew:
				q.renew(context.Background())
			case <-grace: // what is stopped now, or left behind, is taken up by the next process
				end()
				over = true
			}
		}
	}
}
