package mailer

import (
	"cmp"
	"context"
	"slices"
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

const (
	// readAhead is how many mails of the second lane are read at a time.
	readAhead      = 200
	composeTimeout = time.Minute
)

// read looks for due mail: in the first lane whenever something could begin, in the second when what was
// read ahead runs out.
func (d *dispatch) read() {
	look := d.look
	d.look = false
	if look {
		d.drained = false
	}
	if look || len(d.ready)+len(d.waiting[laneRest]) > 0 && d.anyIdle() {
		d.readLane(laneUrgent, d.short(), 2*d.allLines())
	}
	if !d.drained && len(d.waiting[laneRest]) < d.allLines() {
		d.drained = !d.readLane(laneRest, laneClasses[laneRest], readAhead)
	}
}

// short are the urgent classes of which too little is held. Each is counted by itself: enough of one keeps
// nothing of the other away, and however much is queued, little is held.
func (d *dispatch) short() (classes []models.Class) {
	held := map[models.Class]int{}
	for _, h := range d.held[laneUrgent] {
		held[h.class]++
	}
	for _, c := range laneClasses[laneUrgent] {
		if held[c] < 2*d.allLines() {
			classes = append(classes, c)
		}
	}
	return classes
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
	d.hold(lane, due)
	return len(due) >= limit
}

// A held mail has been read, and neither begun nor dropped.
type held struct {
	class  models.Class
	domain string
}

// hold takes what was read and is not held yet; it says how many that were.
func (d *dispatch) hold(lane int, due []store.DueMail) (fresh int) {
	for i := range due {
		m := &due[i]
		if _, known := d.held[lane][m.ID]; known {
			continue
		}
		fresh++
		h := held{m.Class, domainOf(m.To)}
		d.held[lane][m.ID] = h
		d.waiting[lane] = append(d.waiting[lane], m)
		d.await(m.Class, 1)
		if lane == laneRest {
			d.domains.waiting.add(h.domain, 1)
		}
	}
	slices.SortFunc(d.waiting[lane], func(a, b *store.DueMail) int { return inOrder(&a.Message, &b.Message) })
	return fresh
}

// release forgets that a mail is held.
func (d *dispatch) release(lane int, id models.ID) {
	if h, known := d.held[lane][id]; known && lane == laneRest {
		d.domains.waiting.add(h.domain, -1)
	}
	delete(d.held[lane], id)
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

// startComposing keeps a few mails composed ahead of the lines. The two lanes never wait for each other.
func (d *dispatch) startComposing() {
	ahead := [lanes]int{2 * d.allLines(), 2*d.allLines() - len(d.ready)}
	for lane := range lanes {
		for len(d.waiting[lane]) > 0 && d.composing[lane] < ahead[lane] {
			at := 0
			if lane == laneRest {
				at = d.nextToCompose()
				d.domains.prepared.add(domainOf(d.waiting[lane][at].To), 1)
			}
			m := d.waiting[lane][at]
			d.waiting[lane] = slices.Delete(d.waiting[lane], at, at+1)
			d.composing[lane]++
			go func() {
				ctx, cancel := context.WithTimeout(d.ctx, composeTimeout)
				defer cancel()
				d.composed <- d.compose(ctx, m) // there is room for all
			}()
		}
	}
}

// gotComposed puts a mail among those that are ready.
func (d *dispatch) gotComposed(o *outgoing) {
	d.composing[laneOf(o.Class)]--
	d.await(o.Class, -1)
	if o.err != nil {
		d.cfg.Log.Warn("mail not composed", "mail", o.ID, "kind", o.Kind, "attempt", o.Attempts+1, "error", o.err)
	}
	if !d.reachable(o.account) { // read again when it is, so that the oldest comes first then
		d.letGo(o)
		return
	}
	d.putBack(o)
}

func (d *dispatch) putBack(o *outgoing) {
	at, _ := slices.BinarySearchFunc(d.ready, o, func(a, b *outgoing) int { return inOrder(&a.Message, &b.Message) })
	d.ready = slices.Insert(d.ready, at, o)
}

// letGo forgets a mail: it is read again where it still waits.
func (d *dispatch) letGo(o *outgoing) {
	lane := laneOf(o.Class)
	if lane == laneRest {
		d.domains.prepared.add(o.domain, -1)
	}
	d.release(lane, o.ID)
}

// forget drops what has been read for an account that can't begin it now.
func (d *dispatch) forget(a *account) {
	for lane := range lanes {
		d.waiting[lane] = slices.DeleteFunc(d.waiting[lane], func(m *store.DueMail) bool {
			if d.accountOf(m.Class) != a {
				return false
			}
			d.release(lane, m.ID)
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
