package mailer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// Two lanes: mail to salespeople and transactional mail is looked for before every claim, the rest is read
// ahead. So a long marketing run delays a sales mail by the mails in flight, and by no other.
const (
	laneUrgent = iota
	laneRest
	lanes
)

var laneClasses = [lanes][]models.Class{
	{models.ClassSales, models.ClassTransactional},
	{models.ClassMarketing, models.ClassBulk},
}

func laneOf(c models.Class) int {
	if c <= models.ClassTransactional {
		return laneUrgent
	}
	return laneRest
}

// readAhead is how many mails of the second lane are read at a time.
const readAhead = 200

// A dispatch is one run of a worker: the goroutine that owns all that is decided. It reads what is due,
// has it composed beside it, connects lines, and once around commits in one transaction what the lines
// have finished and which mails they begin, one for each idle line.
type dispatch struct {
	*Worker
	ctx      context.Context // of lines and composers: outlives the worker's by the grace
	reports  chan report
	composed chan *outgoing

	held      [lanes]map[models.ID]bool // read, and neither begun nor dropped
	waiting   [lanes][]*store.DueMail
	composing [lanes]int
	urgentFor map[*account]int // urgent mails not composed yet: lines are kept for them
	ready     []*outgoing      // in the order in which they are to begin
	results   []store.MailResult
	busy      int

	look      bool      // for new mail in every lane
	drained   bool      // the second lane has no more for now
	restUntil time.Time // nothing is asked of the database before
	paceUntil time.Time // nothing begins before
	inDoubt   bool      // the last round failed: its results come before any other mail
	stopping  bool
}

// Run sends mail until the context ends, then lets the mails in flight finish within the grace. What can't
// is left as it is; the next run finds it and knows that its fate is unknown.
func (w *Worker) Run(ctx context.Context) error {
	beyond, cancel := context.WithCancel(context.WithoutCancel(ctx))
	d := &dispatch{Worker: w, ctx: beyond, held: [lanes]map[models.ID]bool{{}, {}}, urgentFor: map[*account]int{}, look: true}
	var lines sync.WaitGroup
	defer func() {
		cancel()
		d.abort()
		lines.Wait()
	}()
	total := 0
	for _, a := range w.accounts() {
		total += len(a.lines)
	}
	d.reports, d.composed = make(chan report, 2*total), make(chan *outgoing, 4*total)
	for _, a := range w.accounts() {
		for _, l := range a.lines {
			lines.Go(func() { l.run(beyond, w.cfg.IdleTimeout, d.reports) })
		}
	}
	d.sweep()
	d.loop(ctx)
	d.windDown()
	return nil
}

func (d *dispatch) loop(ctx context.Context) {
	poll, sweep := time.NewTicker(d.cfg.Poll), time.NewTicker(30*d.cfg.Poll)
	renew := time.NewTicker(d.lease() / 4)
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

func (d *dispatch) lease() time.Duration { return 2 * d.cfg.ReplyTimeout }

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
	for d.round() {
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

// rest gives the database time after an error.
func (d *dispatch) rest(what string, err error) {
	d.cfg.Log.Error("mailer: "+what, "error", err)
	d.restUntil = time.Now().Add(d.cfg.Poll)
}

func (d *dispatch) renew() {
	if d.busy == 0 {
		return
	}
	if err := d.cfg.Store.ExtendMailLeases(d.ctx, d.owner, d.cfg.Store.Now().Add(d.lease())); err != nil {
		d.cfg.Log.Error("mailer: extend leases", "error", err)
	}
}

// read looks for due mail: in the first lane whenever something could begin, in the second when what was
// read ahead runs out.
func (d *dispatch) read() {
	look := d.look
	d.look = false
	if look {
		d.drained = false
	}
	if look || len(d.ready)+len(d.waiting[laneRest]) > 0 && d.anyIdle() {
		classes := laneClasses[laneUrgent]
		if len(d.waiting[laneUrgent]) >= d.allLines() {
			classes = classes[:1] // there is enough, but for what comes before it
		}
		d.readLane(laneUrgent, classes, 2*d.allLines())
	}
	if !d.drained && len(d.waiting[laneRest]) < d.allLines() {
		d.drained = !d.readLane(laneRest, laneClasses[laneRest], readAhead)
	}
}

func (d *dispatch) readLane(lane int, classes []models.Class, want int) (more bool) {
	classes = slices.DeleteFunc(slices.Clone(classes), func(c models.Class) bool { return !d.reachable(d.accountOf(c)) })
	if len(classes) == 0 {
		return false
	}
	// What is held is still queued and comes first, so it is read again and passed over.
	limit := want + len(d.held[lane])
	due, err := d.cfg.Store.DueMail(d.ctx, classes, limit)
	if err != nil {
		d.rest("read due mail", err)
		return false
	}
	for i := range due {
		if m := &due[i]; !d.held[lane][m.ID] {
			d.held[lane][m.ID] = true
			d.waiting[lane] = append(d.waiting[lane], m)
			d.await(m.Class, 1)
		}
	}
	slices.SortFunc(d.waiting[lane], func(a, b *store.DueMail) int { return inOrder(&a.Message, &b.Message) })
	return len(due) == limit
}

// await counts the urgent mails that are on their way to be ready.
func (d *dispatch) await(c models.Class, n int) {
	if laneOf(c) == laneUrgent {
		d.urgentFor[d.accountOf(c)] += n
	}
}

func inOrder(a, b *models.Message) int {
	return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.DueAt, b.DueAt), cmp.Compare(a.ID, b.ID))
}

// reachable says whether mail for an account can be begun soon.
func (d *dispatch) reachable(a *account) bool {
	return a.count(lineClosed) < len(a.lines) || a.breaker.tries(1, d.cfg.Store.Now()) > 0
}

func (d *dispatch) allLines() (n int) {
	for _, a := range d.accounts() {
		n += len(a.lines)
	}
	return n
}

func (d *dispatch) anyIdle() bool {
	for _, a := range d.accounts() {
		if a.idle() != nil {
			return true
		}
	}
	return false
}

// startComposing keeps a few mails composed ahead of the lines. The two lanes never wait for each other.
func (d *dispatch) startComposing() {
	ahead := [lanes]int{2 * d.allLines(), 2*d.allLines() - len(d.ready)}
	for lane := range lanes {
		for len(d.waiting[lane]) > 0 && d.composing[lane] < ahead[lane] {
			m := d.waiting[lane][0]
			d.waiting[lane] = d.waiting[lane][1:]
			d.composing[lane]++
			go func() { d.composed <- d.compose(d.ctx, m) }() // there is room for all
		}
	}
}

func (d *dispatch) gotComposed(o *outgoing) {
	d.composing[laneOf(o.Class)]--
	d.await(o.Class, -1)
	if o.err != nil {
		d.cfg.Log.Warn("mail not composed", "mail", o.ID, "kind", o.Kind, "attempt", o.Attempts+1, "error", o.err)
	}
	at, _ := slices.BinarySearchFunc(d.ready, o, func(a, b *outgoing) int { return inOrder(&a.Message, &b.Message) })
	d.ready = slices.Insert(d.ready, at, o)
}

// connect dials as many lines as there is mail for, and no more.
func (d *dispatch) connect() {
	for _, a := range d.accounts() {
		wanted := 0
		for _, o := range d.ready {
			if o.account == a {
				wanted++
			}
		}
		for lane := range lanes {
			for _, m := range d.waiting[lane][:min(len(d.waiting[lane]), len(a.lines))] {
				if d.accountOf(m.Class) == a {
					wanted++
				}
			}
		}
		dialing := a.count(lineDialing)
		wanted -= dialing + a.count(lineIdle)
		if a.breaker.failures > 0 && dialing > 0 {
			wanted = 0
		}
		for n := a.breaker.tries(wanted, d.cfg.Store.Now()); n > 0; n-- {
			l := a.closed()
			if l == nil {
				break
			}
			l.state = lineDialing
			l.orders <- order{}
		}
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
	d.count(func(s *Stats) { s.Unreachable++ })
	if a.breaker.fail(said, d.cfg.Store.Now()) {
		d.cfg.Log.Error("mail server can't be reached; mail waits", "account", a.name, "reason", said.brief())
	}
	// What was read for it may stay queued; it is read again when the server is back.
	if a.breaker.failures > 0 && a.count(lineClosed) == len(a.lines) {
		d.forget(a)
	}
}

// forget drops what has been read for an account that can't begin it now.
func (d *dispatch) forget(a *account) {
	for lane := range lanes {
		d.waiting[lane] = slices.DeleteFunc(d.waiting[lane], func(m *store.DueMail) bool {
			if d.accountOf(m.Class) != a {
				return false
			}
			delete(d.held[lane], m.ID)
			d.await(m.Class, -1)
			return true
		})
	}
	d.ready = slices.DeleteFunc(d.ready, func(o *outgoing) bool {
		if o.account == a {
			d.letGo(o)
		}
		return o.account == a
	})
}

// finish keeps what became of a mail until the next round records it.
func (d *dispatch) finish(o *outgoing, v verdict, said reply) {
	d.busy--
	now := d.cfg.Store.Now()
	res := result(&o.Message, v, said.note(), o.hashes[0], now)
	d.results = append(d.results, res)
	d.tally(v, res)
	if v == failed || v == bounced || v == refused || v == unknown {
		d.cfg.Log.Warn("mail not sent", "mail", o.ID, "kind", o.Kind, "attempt", res.Attempt, "state", res.State, "reply", said.brief())
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

// round commits what is finished and what begins. Where a mail ended at once there is more to commit.
func (d *dispatch) round() (more bool) {
	picked := d.pick()
	if len(picked) == 0 && len(d.results) == 0 {
		return false
	}
	r := store.MailRound{Owner: d.owner, Lease: d.lease(), Results: d.results, PerMinute: d.cfg.PerMinute}
	for _, o := range picked {
		r.Begin = append(r.Begin, store.MailBegin{ID: o.ID, Counts: store.MailCounts{Attempts: o.Attempts, Unknowns: o.Unknowns},
			Hashes: o.hashes, Gzip: o.gzip})
	}
	start, err := d.cfg.Store.MailRound(d.ctx, r)
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

// letGo forgets a mail: it is read again where it still waits.
func (d *dispatch) letGo(o *outgoing) { delete(d.held[laneOf(o.Class)], o.ID) }

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
	rest := d.ready[:0]
	for _, o := range d.ready {
		kept := 0
		if laneOf(o.Class) != laneUrgent {
			kept = d.urgentFor[o.account]
		}
		if free[o.account] <= kept {
			rest = append(rest, o)
			continue
		}
		free[o.account]--
		picked = append(picked, o)
	}
	clear(d.ready[len(rest):])
	d.ready = rest
	return picked
}

func (d *dispatch) putBack(o *outgoing) {
	at, _ := slices.BinarySearchFunc(d.ready, o, func(a, b *outgoing) int { return inOrder(&a.Message, &b.Message) })
	d.ready = slices.Insert(d.ready, at, o)
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
