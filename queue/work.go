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

// work does one job and says how it ended.
func (r *run) work(ctx context.Context, job models.Job) store.JobEnd {
	k := r.Queue.kinds[job.Kind]
	err := errDied
	if job.Attempts <= r.attempts(k) || k.next != nil {
		err = r.try(ctx, k.handle, job)
	}
	end := r.end(k, job, err, r.jobs.Err() != nil)
	end.Job = job
	if err != nil {
		end.Error = err.Error()
	}
	if err != nil && !end.Refund {
		r.cfg.Log.Warn("job failed", "kind", job.Kind, "attempt", job.Attempts, "given_up", end.GiveUp, "error", err)
	}
	return end
}

func (q *Queue) try(ctx context.Context, h Handler, job models.Job) (err error) {
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
			return store.JobEnd{NextAt: models.At(next)}
		}
	}
	switch {
	case err == nil:
		return store.JobEnd{}
	case stopping:
		return store.JobEnd{RetryAt: models.At(now), Refund: true}
	case k.next == nil && job.Attempts >= q.attempts(k):
		return store.JobEnd{GiveUp: true}
	}
	return store.JobEnd{RetryAt: models.At(retry)}
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
