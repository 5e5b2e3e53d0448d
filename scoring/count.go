package scoring

import (
	"cmp"
	"math"
	"slices"
	"time"

	"sarnakh/models"
)

const (
	day    = 24 * 60 * 60 * 1e6 // in microseconds
	newest = 20                 // of one criterion's events count towards its points
)

// work is what one scoring needs while it runs.
type work struct {
	order   []int32
	tallies []tally // by act
	steps   []step
	last    []models.Instant // by combination: its latest last member
	results []result         // by term
}

// tally is what is known of one act: how often, and a ring of the newest times.
type tally struct {
	n       int
	today   int64 // of AnotherDay: the day seen last
	started bool
	times   [newest]models.Instant
}

// result is what a term pays.
type result struct {
	x     float64
	at    models.Instant
	n     int
	pick  int // the level or combination that pays, -1 for none
	value string
}

func (c *Card) newWork() *work {
	return &work{tallies: make([]tally, len(c.acts)), steps: make([]step, c.steps),
		last: make([]models.Instant, len(c.combos)), results: make([]result, len(c.terms))}
}

func (w *work) reset() {
	clear(w.tallies)
	for i := range w.steps {
		w.steps[i] = step{never, never, never}
	}
	for i := range w.last {
		w.last[i] = never
	}
}

// ago is the i-th newest time.
func (t *tally) ago(i int) models.Instant { return t.times[(t.n-1-i)%newest] }

func (t *tally) add(at models.Instant) {
	t.times[t.n%newest] = at
	t.n++
}

// count lets the events pass by, oldest first. All of them count for combinations: were those only of
// the newest twenty, a further good act could push a member out and lower the score.
func (c *Card) count(w *work, f *Facts, now models.Instant) {
	w.reset()
	cal := calendar{zone: f.Zone}
	if inOrder(f.Events) {
		for i := range f.Events {
			c.pass(w, &f.Events[i], now, &cal)
		}
		return
	}
	w.order = w.order[:0]
	for i := range f.Events {
		w.order = append(w.order, int32(i))
	}
	slices.SortFunc(w.order, func(a, b int32) int { return cmp.Compare(f.Events[a].At, f.Events[b].At) })
	for _, i := range w.order {
		c.pass(w, &f.Events[i], now, &cal)
	}
}

func inOrder(events []models.Event) bool {
	for i := 1; i < len(events); i++ {
		if events[i].At < events[i-1].At {
			return false
		}
	}
	return true
}

// pass counts one event where it counts. What a machine did, or may have done, never does; of a click
// in a mail it must be known that a person made it, for scanners open every link.
func (c *Card) pass(w *work, e *models.Event, now models.Instant, cal *calendar) {
	if e.At > now+later || e.Verdict == models.Machine || e.Verdict == models.Unsure ||
		e.Kind == models.MailClicked && e.Verdict != models.Human {
		return
	}
	triggers := c.triggers[e.Kind]
	for i := range triggers {
		t := &triggers[i]
		if c.acts[t.act].anotherDay {
			c.visit(w, t, e, cal)
		} else if t.meets(&e.Data) {
			c.hit(w, t.act, e.At)
		}
	}
}

func (t *trigger) meets(d *models.EventData) bool {
	for i := range t.when {
		if t.when[i].meets(d) {
			return true
		}
	}
	return false
}

func (w *When) meets(d *models.EventData) bool {
	return d.Seconds >= w.Seconds && d.People >= w.People && (d.CallMe || !w.CallMe) &&
		has(w.Pages, d.PageKind) && has(w.Offers, d.OfferKind) && has(w.Funnels, d.Funnel) &&
		has(w.Names, d.Name) && !(len(w.NotNames) > 0 && has(w.NotNames, d.Name))
}

func has[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }

func (c *Card) hit(w *work, act int, at models.Instant) {
	w.tallies[act].add(at)
	c.meet(w, act, at)
}

func (c *Card) meet(w *work, act int, at models.Instant) {
	for _, p := range c.acts[act].parts {
		c.met(w, p, at)
	}
}

// visit counts days. A day has the time of its last visit: had it that of the first, a visit reported
// late could move it back and so lower the score. For combinations each visit counts, for the same reason.
func (c *Card) visit(w *work, t *trigger, e *models.Event, cal *calendar) {
	y, today := &w.tallies[t.act], cal.day(e.At)
	if !y.started {
		y.started, y.today = true, today
		return
	}
	if !t.meets(&e.Data) || today == y.today && y.n == 0 {
		return
	}
	if today == y.today {
		y.n--
	}
	y.today = today
	c.hit(w, t.act, e.At)
}

// calendar knows civil days, asking the zone once per change of its clocks.
type calendar struct {
	zone     *time.Location
	from, to models.Instant // where offset holds
	offset   int64
}

// day numbers the civil day of an instant.
func (c *calendar) day(at models.Instant) int64 {
	if c.zone == nil {
		c.zone = time.UTC
	}
	if c.to == 0 || at < c.from || at >= c.to {
		c.enter(at)
	}
	return floorDiv(int64(at)+c.offset, day)
}

func (c *calendar) enter(at models.Instant) {
	t := at.In(c.zone)
	_, seconds := t.Zone()
	c.offset, c.from, c.to = int64(seconds)*1e6, never, math.MaxInt64
	from, to := t.ZoneBounds()
	if !from.IsZero() {
		c.from = models.At(from)
	}
	if !to.IsZero() {
		c.to = models.At(to)
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
