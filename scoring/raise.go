package scoring

import (
	"cmp"
	"slices"
	"time"

	"sarnakh/models"
)

// A Hint is a criterion that would raise the score, and by how much: met once more if it is an act, or
// known if it was never asked.
type Hint struct {
	Criterion string
	Label     string
	Group     string
	Axis      Axis
	Points    int
	Exact     float64
}

// Key is the message that names the criterion; where Label is not empty, that is its name instead.
func (h *Hint) Key() string { return "score.criterion." + h.Criterion }

const maxHints = 3

// Raise is what would raise the score most now, the largest first: limits, repeats and the combinations
// that would be completed are all in the points.
func (c *Card) Raise(f Facts, now time.Time) []Hint {
	at := models.At(now)
	have := c.weigh(&f, at)
	defer c.scratch.Put(have)
	then := c.scratch.Get().(*work)
	defer c.scratch.Put(then)
	before := c.sum(have.results).S
	var hints []Hint
	for i := range c.groups {
		g := &c.groups[i]
		for j := g.from; j < g.to; j++ {
			h, ok := c.suppose(then, have, j, &f, at)
			if !ok {
				continue
			}
			h.Exact = c.sum(then.results).S - before
			h.Points, h.Group, h.Axis = whole(h.Exact), g.Key, g.Axis
			if h.Points > 0 {
				hints = append(hints, h)
			}
		}
	}
	slices.SortStableFunc(hints, func(a, b Hint) int { return cmp.Compare(b.Exact, a.Exact) })
	return hints[:min(len(hints), maxHints)]
}

// suppose makes of then what have would be with one criterion met now.
func (c *Card) suppose(then, have *work, j int, f *Facts, now models.Instant) (Hint, bool) {
	t := &c.terms[j]
	h := Hint{Criterion: t.key, Label: t.label}
	switch {
	case t.act >= 0 && c.acts[t.act].points > 0:
		then.copy(have)
		if c.acts[t.act].anotherDay && !c.back(then, t.act, f, now) {
			return h, false
		}
		c.hit(then, t.act, now)
		c.pay(then, f, now)
	case t.answer != nil && t.answer.blank(f, now):
		best := t.answer.best()
		if best == nil {
			return h, false
		}
		h.Criterion, h.Label = best.Key, cmp.Or(best.Label, t.label)
		then.copy(have)
		c.pay(then, f, now)
		then.results[j] = result{x: best.Points, pick: 0}
	default:
		return h, false
	}
	c.exclude(then)
	return h, true
}

// back tells whether a visit now would be on another day than the first and all that count.
func (c *Card) back(w *work, act int, f *Facts, now models.Instant) bool {
	cal := calendar{zone: f.Zone}
	t := &w.tallies[act]
	return t.started && t.today != cal.day(now)
}

// best is the answered level with the most points above 0.
func (a *answerTerm) best() *level {
	var best *level
	for i := range a.levels {
		l := &a.levels[i]
		if !l.Blank && l.Points > 0 && (best == nil || l.Points > best.Points) {
			best = l
		}
	}
	return best
}

func (w *work) copy(from *work) {
	copy(w.tallies, from.tallies)
	copy(w.steps, from.steps)
	copy(w.last, from.last)
	copy(w.results, from.results)
}
