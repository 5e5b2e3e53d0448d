package queue

import (
	"context"
	"slices"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// A run is a queue at work: the goroutine that claims jobs, starts them, and records how they ended. Ends
// and claims share a transaction, so that many short jobs cost few.
type run struct {
	*Queue
	kinds   []string
	db      context.Context // never ends
	jobs    context.Context // of all jobs: outlives the queue's by the grace
	stop    context.CancelFunc
	ended   chan store.JobEnd
	running map[attempt]context.CancelFunc
	ends    []store.JobEnd // not recorded yet
	retryAt time.Time      // after an error of the database
}

type attempt struct {
	job models.ID
	nth int
}

func (r *run) loop(ctx context.Context) {
	poll, renew := time.NewTicker(r.cfg.Poll), time.NewTicker(r.cfg.Lease/3)
	defer poll.Stop()
	defer renew.Stop()
	for {
		r.round(r.cfg.Workers - len(r.running))
		select {
		case <-ctx.Done():
			r.windDown(poll.C, renew.C)
			return
		case e := <-r.ended:
			r.took(e)
		case <-renew.C:
			r.renew()
		case <-poll.C:
		case <-r.wake:
		}
	}
}

// took notes that jobs ended: one, and all that ended meanwhile.
func (r *run) took(e store.JobEnd) {
	for {
		a := attempt{e.Job.ID, e.Job.Attempts}
		r.running[a]()
		delete(r.running, a)
		r.ends = append(r.ends, e)
		select {
		case e = <-r.ended:
		default:
			return
		}
	}
}

// round records ends, and claims as many jobs as there are free hands, so that no lease is spent on waiting.
func (r *run) round(free int) {
	if time.Now().Before(r.retryAt) || free == 0 && len(r.ends) == 0 {
		return
	}
	claimed, err := r.cfg.Store.JobRound(r.db, store.JobRound{Owner: r.owner, Ends: r.ends, Kinds: r.kinds, Limit: free, Lease: r.cfg.Lease})
	if err != nil {
		r.cfg.Log.Error("queue: commit a round", "ends", len(r.ends), "error", err)
		r.retryAt = time.Now().Add(r.cfg.Poll)
		return
	}
	r.ends = nil
	for _, job := range claimed {
		ctx, cancel := context.WithCancel(r.jobs)
		r.running[attempt{job.ID, job.Attempts}] = cancel
		go func() { r.ended <- r.work(ctx, job) }() // there is room for all
	}
}

// renew extends the leases of running jobs. One whose lease another process has taken is stopped.
func (r *run) renew() {
	if len(r.running) == 0 {
		return
	}
	ids := make([]models.ID, 0, len(r.running))
	for a := range r.running {
		ids = append(ids, a.job)
	}
	lost, err := r.cfg.Store.ExtendJobs(r.db, r.owner, ids, models.At(r.cfg.Clock().Add(r.cfg.Lease)))
	if err != nil {
		r.cfg.Log.Error("queue: extend leases", "error", err)
	}
	for a, cancel := range r.running {
		if slices.Contains(lost, a.job) {
			cancel()
		}
	}
}

// lastWords is how long a job that was stopped may take to say so, before it is left behind.
const lastWords = 5 * time.Second

// windDown lets running jobs end and records them. What is stopped is taken up by the next process.
func (r *run) windDown(poll, renew <-chan time.Time) {
	grace, stopped := time.After(r.cfg.Grace), false
	for len(r.running) > 0 || len(r.ends) > 0 {
		select {
		case e := <-r.ended:
			r.took(e)
		case <-renew:
			r.renew()
		case <-poll:
		case <-grace:
			if stopped {
				return
			}
			r.stop()
			grace, stopped = time.After(lastWords), true
		}
		r.round(0)
	}
}
