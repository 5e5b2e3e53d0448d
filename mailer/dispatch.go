package mailer

import (
	"context"
	"sync"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// A dispatch is one run of a worker: the goroutine that owns all that is decided. It reads what is due,
// has it composed beside it, connects lines, and once around commits in one transaction what the lines
// have finished and which mails they begin, one for each idle line.
type dispatch struct {
	*Worker
	ctx      context.Context // of lines and composers: outlives the worker's by the grace
	reports  chan report
	composed chan *outgoing

	held      [lanes]map[models.ID]held // read, and neither begun nor dropped
	waiting   [lanes][]*store.DueMail
	composing [lanes]int
	urgentFor map[*account]int     // urgent mails not composed yet: lines are kept for them
	domains   domains              // of the second lane
	refusals  map[models.ID]string // sequences that the server refuses the mail of, and what it said
	ready     []*outgoing          // in the order in which they are to begin
	results   []store.MailResult
	busy      int

	look      bool          // for new mail in every lane
	drained   bool          // the second lane has no more for now
	restUntil time.Time     // nothing is asked of the database before
	paceUntil time.Time     // nothing begins before
	lastRound time.Duration // how long it took
	inDoubt   bool          // the last round failed: its results come before any other mail
	stopping  bool
	forgot    time.Time // when limits of domains were last forgotten
}

// Run sends mail until the context ends, then lets the mails in flight finish within the grace. What can't
// is left as it is; the next run finds it and knows that its fate is unknown.
func (w *Worker) Run(ctx context.Context) error {
	beyond, cancel := context.WithCancel(context.WithoutCancel(ctx))
	d := &dispatch{Worker: w, ctx: beyond, held: [lanes]map[models.ID]held{{}, {}}, urgentFor: map[*account]int{},
		domains: newDomains(w.main), refusals: map[models.ID]string{}, look: true}
	var lines sync.WaitGroup
	defer func() {
		cancel()
		d.abort()
		lines.Wait()
	}()
	d.reports, d.composed = make(chan report, 2*d.allLines()), make(chan *outgoing, 4*d.allLines())
	for _, a := range w.accounts() {
		for _, l := range a.lines {
			lines.Go(func() { l.run(beyond, w.cfg.IdleTimeout, d.reports) })
		}
	}
	d.publish()
	d.sweep()
	d.loop(ctx)
	d.windDown()
	return nil
}

func (d *dispatch) loop(ctx context.Context) {
	poll, sweep := time.NewTicker(d.cfg.Poll), time.NewTicker(5*d.cfg.Poll)
	renew := time.NewTicker(d.cfg.Lease / 4)
	defer poll.Stop()
	defer sweep.Stop()
	defer renew.Stop()
	for {
		d.step()
		select {
		case <-ctx.Done():
			return
		case r := <-d.reports:
			d.took(r)
		case o := <-d.composed:
			d.gotComposed(o)
		case <-d.wake:
			d.look = true
		case <-poll.C:
			d.look = true
		case <-sweep.C:
			d.sweep()
		case <-renew.C:
			d.renew()
		case <-d.due():
		}
		d.drain()
		d.linger()
	}
}

// drain takes what else has happened, so that one transaction records it all.
func (d *dispatch) drain() {
	for {
		select {
		case r := <-d.reports:
			d.took(r)
		case o := <-d.composed:
			d.gotComposed(o)
		default:
			return
		}
	}
}

// linger waits a moment for the other lines, so that more of them share a commit: half as long as a commit
// takes, and no longer than anybody would notice.
func (d *dispatch) linger() {
	if d.busy == 0 || len(d.results) == 0 {
		return
	}
	patience := time.NewTimer(min(d.lastRound/2, 2*time.Millisecond))
	defer patience.Stop()
	for d.busy > 0 {
		select {
		case r := <-d.reports:
			d.took(r)
		case o := <-d.composed:
			d.gotComposed(o)
		case <-patience.C:
			return
		}
	}
}

// due fires when a pause is over.
func (d *dispatch) due() <-chan time.Time {
	until := d.restUntil
	if len(d.ready) > 0 && d.paceUntil.After(until) {
		until = d.paceUntil
	}
	if wait := time.Until(until); wait > 0 {
		return time.After(wait)
	}
	return nil
}

// step does all that can be done now.
func (d *dispatch) step() {
	if time.Now().Before(d.restUntil) {
		return
	}
	if !d.stopping {
		d.read()
		d.startComposing()
		d.connect()
	}
	d.haltRefused()
	for d.round() || d.lookPast() {
	}
}

// sweep settles what dead workers left, and ends what is too late where nothing can begin.
func (d *dispatch) sweep() {
	unknown, repeated, err := d.cfg.Store.SettleOrphans(d.ctx, d.owner)
	if err != nil {
		d.rest("settle orphaned mail", err)
		return
	}
	if unknown > 0 {
		d.cfg.Log.Warn("mails were in flight when their sender died", "unknown", unknown, "repeated", repeated)
		d.look = true
	}
	d.forgetPaces()
	expired := 0
	for _, a := range d.accounts() {
		if a.breaker.since != 0 {
			if expired, err = d.cfg.Store.ExpireMail(d.ctx); err != nil {
				d.rest("expire mail", err)
			}
			break
		}
	}
	d.count(func(s *Stats) {
		s.Unknown += int64(unknown)
		s.Repeated += int64(repeated)
		s.Expired += int64(expired)
	})
}

// forgetPaces keeps the limits of domains from piling up.
func (d *dispatch) forgetPaces() {
	if d.cfg.PerDomain <= 0 || time.Since(d.forgot) < time.Hour {
		return
	}
	d.forgot = time.Now()
	if err := d.cfg.Store.ForgetPaces(d.ctx); err != nil {
		d.cfg.Log.Error("mailer: forget limits of domains", "error", err)
	}
}

// rest gives the database time after an error.
func (d *dispatch) rest(what string, err error) {
	d.cfg.Log.Error("mailer: "+what, "error", err)
	d.restUntil = time.Now().Add(d.cfg.Poll)
}

func (d *dispatch) renew() {
	if d.busy == 0 {
		return
	}
	if err := d.cfg.Store.ExtendMailLeases(d.ctx, d.owner, d.cfg.Store.Now().Add(d.cfg.Lease)); err != nil {
		d.cfg.Log.Error("mailer: extend leases", "error", err)
	}
}

// windDown lets mails in flight finish, records them, and hangs up.
func (d *dispatch) windDown() {
	d.stopping = true
	grace := time.After(d.cfg.Grace)
	for d.step(); d.busy > 0 || len(d.results) > 0; d.step() {
		select {
		case r := <-d.reports:
			d.took(r)
		case o := <-d.composed:
			d.gotComposed(o)
		case <-d.due():
		case <-grace:
			d.cfg.Log.Warn("stopped with mails in flight", "mails", d.busy+len(d.results))
			return
		}
		d.drain()
	}
}

// abort hangs up on every line that is still busy.
func (d *dispatch) abort() {
	for _, a := range d.accounts() {
		for _, l := range a.lines {
			if l.state == lineBusy {
				l.abort()
			}
		}
	}
}
