package mailer

import (
	"sarnakh/models"
	"sarnakh/store"
)

// took notes what a line did.
func (d *dispatch) took(r report) {
	l, a := r.line, r.line.account
	switch r.kind {
	case reportConnected:
		l.state = lineIdle
		d.connected(a)
	case reportUnreachable:
		l.state = lineClosed
		d.unreachable(a, r.said)
	case reportClosed:
		if l.state == lineIdle { // else an order was on its way, and the line connects again for it
			l.state = lineClosed
		}
	case reportStuck:
		l.state = lineClosed
		d.unreachable(a, r.said)
		d.finish(r.mail, paused, r.said)
	case reportSent, reportBroke:
		l.state = lineIdle
		if r.kind == reportBroke {
			l.state = lineClosed
		}
		v := classify(r.said)
		if v == paused {
			d.unreachable(a, r.said)
		}
		d.cfg.Failpoint("sent")
		d.finish(r.mail, v, r.said)
	}
	d.publish()
}

func (d *dispatch) connected(a *account) {
	if a.breaker.succeed() {
		d.cfg.Log.Info("mail server reached again", "account", a.name)
	}
	d.look = true
}

func (d *dispatch) unreachable(a *account, said reply) {
	if a.breaker.fail(said, d.cfg.Store.Now()) {
		d.cfg.Log.Error("mail server can't be reached; mail waits", "account", a.name, "reason", said.brief())
	}
	if a.breaker.failures == 1 && a.breaker.since == 0 {
		d.cfg.Log.Warn("mail server does not answer as it should; trying again", "account", a.name, "reason", said.brief())
	}
	// What was read for it may stay queued; it is read again when the server is back.
	if a.breaker.failures > 0 && a.count(lineClosed) == len(a.lines) {
		d.forget(a)
	}
	d.count(func(s *Stats) { s.Unreachable++ }) // last: whoever sees it finds the breaker moved
}

// finish keeps what became of a mail until the next round records it.
func (d *dispatch) finish(o *outgoing, v verdict, said reply) {
	d.busy--
	if laneOf(o.Class) == laneRest {
		d.domains.talking.add(o.domain, -1)
	}
	if v == refused && o.SequenceID != 0 && o.Class >= models.ClassMarketing {
		d.refusals[o.SequenceID] = said.note()
	}
	now := d.cfg.Store.Now()
	res := result(&o.Message, v, said.note(), o.hashes[0], now)
	d.results = append(d.results, res)
	d.tally(v, res)
	if v == failed || v == bounced || v == refused || v == unknown {
		d.cfg.Log.Warn("mail not sent", "mail", o.ID, "kind", o.Kind, "attempt", res.Attempt, "state", res.State, "reply", said.brief())
	}
}

// haltRefused pauses the sequences whose mail the server refuses for a reason that lies with the sender: sending more
// would make it worse. What it said is the reason that people read.
func (d *dispatch) haltRefused() {
	for id, why := range d.refusals {
		if err := d.cfg.Store.PauseSequence(d.ctx, id, why); err != nil {
			d.rest("pause a refused sequence", err)
			return
		}
		delete(d.refusals, id)
		d.cfg.Log.Error("sequence paused: the mail server refuses its mail", "sequence", id)
	}
}

func (d *dispatch) tally(v verdict, res store.MailResult) {
	d.count(func(s *Stats) {
		switch v {
		case sent:
			s.Sent++
		case bounced:
			s.Bounced++
		case refused:
			s.Refused++
		case unknown:
			s.Unknown++
			if res.State == models.MessageQueued {
				s.Repeated++
			}
		}
		switch {
		case res.State == models.MessageFailed:
			s.Failed++
		case res.State == models.MessageExpired:
			s.Expired++
		case res.State == models.MessageQueued && (v == temporary || v == refused):
			s.Retried++
		}
	})
}

// publish makes the state of lines and accounts readable from outside.
func (d *dispatch) publish() {
	d.count(func(s *Stats) {
		s.Sending, s.Composing, s.Connections = d.busy, d.composing[laneUrgent]+d.composing[laneRest], 0
		s.Accounts = s.Accounts[:0]
		for _, a := range d.accounts() {
			open := a.count(lineIdle) + a.count(lineBusy)
			s.Connections += open
			as := AccountStats{Name: a.name, Connections: open, Reason: a.breaker.reason}
			if open == 0 {
				as.Paused = a.breaker.since
			}
			s.Accounts = append(s.Accounts, as)
		}
	})
}
