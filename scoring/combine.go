package scoring

import (
	"math"

	"sarnakh/models"
)

// combo is a Combination; its members' states are steps from a first one on.
type combo struct {
	key, label       string
	points, halfLife float64
	window           models.Instant
	ordered          bool
	first, n         int
}

// part says that an act is a member of a combination.
type part struct{ combo, member int }

const never = models.Instant(math.MinInt64)

// step is the state of one member while a lead's events pass by, oldest first. Of a set, began is when
// the member was last met. Of a sequence, it is the latest beginning of a chain that has come this far;
// before is the same without the present instant, for each member must be met after the one before it.
type step struct{ began, at, before models.Instant }

// compileCombinations makes the combinations that pay, and one term for each family of them.
func (c *Card) compileCombinations(acts map[string]int) []term {
	for i := range c.doc.Combinations {
		b := &c.doc.Combinations[i]
		if b.Points == 0 {
			continue
		}
		days := b.Days
		if days == 0 {
			days = 30
		}
		c.combos = append(c.combos, combo{key: b.Key, label: b.Label, points: b.Points, halfLife: b.HalfLife,
			window: models.Instant(days * day), ordered: b.Ordered, first: c.steps, n: len(b.Members)})
		c.steps += len(b.Members)
		for m, keys := range b.Members {
			for _, key := range keys {
				a := &c.acts[acts[key]]
				a.parts = append(a.parts, part{len(c.combos) - 1, m})
			}
		}
	}
	return c.families()
}

// families joins combinations that share a criterion, directly or through others. A family pays only its
// largest value: a further good act may end one combination's lead over another, never lower the sum.
func (c *Card) families() []term {
	head := make([]int, len(c.combos)) // the first of each one's family
	for i := range head {
		head[i] = i
	}
	for _, a := range c.acts {
		for _, p := range a.parts {
			from, to := head[p.combo], head[a.parts[0].combo]
			for i := range head {
				if head[i] == max(from, to) {
					head[i] = min(from, to)
				}
			}
		}
	}
	var terms []term
	for i := range head {
		if head[i] != i {
			continue
		}
		t := term{key: c.combos[i].key, act: -1, notWith: -1}
		for j := range head {
			if head[j] == i {
				t.family = append(t.family, j)
			}
		}
		terms = append(terms, t)
	}
	return terms
}

// met notes that a member was met; at never lies before what was noted earlier.
func (c *Card) met(w *work, p part, at models.Instant) {
	b := &c.combos[p.combo]
	steps := w.steps[b.first : b.first+b.n]
	if b.ordered {
		advance(steps, p.member, at)
		if last := steps[b.n-1]; last.at == at && last.began != never && at-last.began <= b.window {
			w.last[p.combo] = at
		}
		return
	}
	steps[p.member].began = at
	oldest := at
	for i := range steps {
		oldest = min(oldest, steps[i].began)
	}
	if oldest != never && at-oldest <= b.window {
		w.last[p.combo] = at
	}
}

// advance brings the chain that waits for a member one step on. Time only moves forward here, so that a
// chain that comes later never began earlier.
func advance(steps []step, member int, at models.Instant) {
	began := at
	if member > 0 {
		before := &steps[member-1]
		if began = before.began; before.at == at {
			began = before.before
		}
	}
	s := &steps[member]
	if s.at < at {
		s.before, s.at = s.began, at
	}
	s.began = began
}

// bonus is the largest that a family pays now.
func (c *Card) bonus(w *work, family []int, now models.Instant) (r result) {
	r.pick = -1
	for _, i := range family {
		b := &c.combos[i]
		if w.last[i] == never {
			continue
		}
		if x := b.points * fade(now-w.last[i], b.halfLife); r.pick < 0 || x > r.x {
			r = result{x: x, at: w.last[i], n: 1, pick: i}
		}
	}
	return r
}
