package queue

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

var errDied = errors.New("its process died while it was at work")

// work does one job and records how it ended. all is the context of every job: it ends when the program
// stops, while a job's own also ends when its lease is lost.
func (q *Queue) work(ctx, all context.Context, job models.Job) {
	k := q.kinds[job.Kind]
	err := errDied
	if job.Attempts <= q.cfg.Attempts || k.next != nil {
		err = q.attempt(ctx, k.handle, job)
	}
	end := q.end(k, job, err, all.Err() != nil)
	if err != nil && !end.Refund {
		q.cfg.Log.Warn("job failed", "kind", job.Kind, "attempt", job.Attempts, "given_up", end.GiveUp, "error", err)
	}
	q.record(job, end)
}

func (q *Queue) attempt(ctx context.Context, h Handler, job models.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			q.cfg.Log.Error("panic in a job", "kind", job.Kind, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return h(ctx, job)
}

// end decides what becomes of a job after an attempt.
func (q *Queue) end(k kind, job models.Job, err error, stopping bool) store.JobEnd {
	now := q.cfg.Clock()
	retry := now.Add(backoff(job.Attempts))
	if k.next != nil {
		// From when it was due where the clock was set back: a period comes once.
		next := k.next(later(now, job.DueAt.Time()))
		if err == nil {
			return store.JobEnd{NextAt: models.At(next)}
		}
		if !stopping && !retry.Before(next) {
			return store.JobEnd{NextAt: models.At(next), Error: err.Error()}
		}
	}
	switch {
	case err == nil:
		return store.JobEnd{}
	case stopping:
		return store.JobEnd{RetryAt: models.At(now), Refund: true, Error: err.Error()}
	case k.next == nil && job.Attempts >= q.cfg.Attempts:
		return store.JobEnd{GiveUp: true, Error: err.Error()}
	}
	return store.JobEnd{RetryAt: models.At(retry), Error: err.Error()}
}

// record writes the end, patiently: a job that is done and not recorded would be done again.
func (q *Queue) record(job models.Job, end store.JobEnd) {
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		err := q.cfg.Store.EndJob(context.Background(), job, end)
		if err == nil {
			return
		}
		q.cfg.Log.Error("record the end of a job", "kind", job.Kind, "error", err)
		if wait > q.cfg.Lease/4 {
			return // its lease runs out
		}
		time.Sleep(wait)
	}
}

var backoffs = [...]time.Duration{10 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}

// backoff is how long to wait after an attempt that failed, the first being 1.
func backoff(attempt int) time.Duration {
	return backoffs[min(max(attempt, 1), len(backoffs))-1]
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
