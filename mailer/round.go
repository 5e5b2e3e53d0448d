package mailer

import (
	"fmt"
	"time"

	"sarnakh/store"
)

// round commits what is finished and what begins. Where a mail ended at once there is more to commit.
func (d *dispatch) round() (more bool) {
	picked := d.pick()
	if len(picked) == 0 && len(d.results) == 0 {
		return false
	}
	r := store.MailRound{Owner: d.owner, Lease: d.cfg.Lease, Results: d.results,
		PerMinute: d.cfg.PerMinute, PerDomain: d.cfg.PerDomain}
	for _, o := range picked {
		r.Begin = append(r.Begin, store.MailBegin{ID: o.ID, Counts: store.MailCounts{Attempts: o.Attempts, Unknowns: o.Unknowns},
			Hashes: o.hashes, Domain: domainOf(o.to), Gzip: o.gzip})
	}
	began := time.Now()
	start, err := d.cfg.Store.MailRound(d.ctx, r)
	d.lastRound = time.Since(began)
	if err != nil {
		d.failed(picked, err)
		return false
	}
	d.results, d.inDoubt = nil, false
	if start.Wait > 0 {
		d.paceUntil = time.Now().Add(start.Wait)
	}
	d.count(func(s *Stats) {
		s.Rounds++
		s.Suppressed += int64(start.Suppressed)
		s.Expired += int64(start.Expired)
		s.PutOff += int64(start.PutOff)
	})
	if len(start.Begun) > 0 {
		d.cfg.Failpoint("begun")
	}
	for _, o := range picked {
		switch {
		case start.Begun[o.ID]:
			d.letGo(o)
			d.begin(o)
		case start.Later[o.ID]:
			d.putBack(o)
		default:
			d.letGo(o)
		}
	}
	return len(d.results) > 0
}

// pick takes the mails that begin now: the first in order, one for each idle line of their account. Lines
// are kept free for urgent mail that is just being composed.
func (d *dispatch) pick() (picked []*outgoing) {
	if d.stopping || d.inDoubt || len(d.ready) == 0 || time.Now().Before(d.paceUntil) {
		return nil
	}
	free := map[*account]int{}
	for _, a := range d.accounts() {
		free[a] = a.count(lineIdle)
	}
	taking := tally{}
	rest := d.ready[:0]
	for _, o := range d.ready {
		kept, marketing := 0, laneOf(o.Class) != laneUrgent
		if marketing {
			kept = d.urgentFor[o.account]
		}
		if free[o.account] <= kept || marketing && d.full(o.domain, taking[o.domain]) {
			rest = append(rest, o)
			continue
		}
		free[o.account]--
		if marketing {
			taking.add(o.domain, 1)
		}
		picked = append(picked, o)
	}
	clear(d.ready[len(rest):])
	d.ready = rest
	return picked
}

// begin gives a claimed mail to an idle line; one that could not be composed ends here.
func (d *dispatch) begin(o *outgoing) {
	if o.err != nil {
		d.count(func(s *Stats) { s.Uncomposed++ })
		d.results = append(d.results, o.uncomposed(d.cfg.Store.Now()))
		return
	}
	l := o.account.idle()
	l.state = lineBusy
	d.busy++
	if laneOf(o.Class) == laneRest {
		d.domains.talking.add(o.domain, 1)
	}
	l.orders <- order{mail: o}
}

// failed is a round that was not committed, or was and could not say so. Results are kept for the next.
// Mails that may have begun are given back, which changes nothing where they have not.
func (d *dispatch) failed(picked []*outgoing, err error) {
	d.rest(fmt.Sprintf("commit %d results and %d begins", len(d.results), len(picked)), err)
	d.count(func(s *Stats) { s.FailedRounds++ })
	d.inDoubt = true
	for _, o := range picked {
		d.letGo(o)
		d.results = append(d.results, result(&o.Message, paused, "", "", d.cfg.Store.Now()))
	}
}
