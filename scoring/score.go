package scoring

import (
	"math"
	"time"

	"sarnakh/models"
)

// Sum is a score without its reasons.
type Sum struct {
	S          float64 // Fit + Engagement: sorting and thresholds use it as it is
	Fit        float64
	Engagement float64
	Grade      string // "A1" … "C3"
}

// Shown is S as people see it: whole, from 0 to 100.
func (s Sum) Shown() int { return min(max(whole(s.S), 0), 100) }

// whole rounds half away from zero.
func whole(x float64) int { return int(math.Round(x)) }

// Value is the score of a lead at a moment.
func (c *Card) Value(f Facts, now time.Time) Sum {
	w := c.weigh(&f, models.At(now))
	defer c.scratch.Put(w)
	return c.sum(w.results)
}

// weigh finds what each term pays. The caller gives the work back to c.scratch.
func (c *Card) weigh(f *Facts, now models.Instant) *work {
	w := c.scratch.Get().(*work)
	c.count(w, f, now)
	c.pay(w, f, now)
	c.exclude(w)
	return w
}

func (c *Card) pay(w *work, f *Facts, now models.Instant) {
	for i := range c.terms {
		switch t := &c.terms[i]; {
		case t.answer != nil:
			w.results[i] = t.answer.pay(f, now)
		case t.act >= 0:
			w.results[i] = c.acts[t.act].pay(&w.tallies[t.act], now)
		default:
			w.results[i] = c.bonus(w, t.family, now)
		}
	}
}

func (a *answerTerm) pay(f *Facts, now models.Instant) result {
	i, v := a.met(f, now)
	if i < 0 {
		return result{pick: -1}
	}
	r := result{x: a.levels[i].Points, at: v.At, n: 1, pick: i, value: v.Value}
	if v.At != 0 {
		r.x *= fade(now-v.At, a.halfLife)
	}
	return r
}

// pay adds the newest events, which are the largest, each worth less than the one before by the repeat
// factor.
func (a *actTerm) pay(t *tally, now models.Instant) result {
	if t.n == 0 {
		return result{pick: -1}
	}
	x, share := 0.0, a.points
	for i := range min(t.n, newest) {
		x += share * fade(now-t.ago(i), a.halfLife)
		share *= a.repeat
	}
	return result{x: clamp(x, a.cap), at: t.ago(0), n: t.n, pick: -1}
}

// exclude drops answers that say the same as another one that was given.
func (c *Card) exclude(w *work) {
	for i := range c.terms {
		if other := c.terms[i].notWith; other >= 0 && w.results[other].pick >= 0 {
			w.results[i] = result{pick: -1}
		}
	}
}

// fade is what is left after an age; what lies a little ahead has age 0.
func fade(age models.Instant, halfLife float64) float64 {
	if age <= 0 || halfLife == 0 {
		return 1
	}
	return math.Exp2(-float64(age) / (day * halfLife))
}

func clamp(x, limit float64) float64 { return min(max(x, -limit), limit) }

// limited is clamp where 0 is no limit.
func limited(x, limit float64) float64 {
	if limit == 0 {
		return x
	}
	return clamp(x, limit)
}

func (c *Card) sum(results []result) Sum {
	var fit, engagement float64
	for i := range c.groups {
		g := &c.groups[i]
		x := limited(g.raw(results), g.Cap)
		if g.Axis == Fit {
			fit += x
		} else {
			engagement += x
		}
	}
	s := Sum{Fit: limited(fit, c.doc.Caps.Fit), Engagement: limited(engagement, c.doc.Caps.Engagement)}
	s.S = s.Fit + s.Engagement
	s.Grade = Grade(s.Fit, s.Engagement)
	return s
}

func (g *group) raw(results []result) (x float64) {
	for i := g.from; i < g.to; i++ {
		x += results[i].x
	}
	return x
}

// Grade is a letter for the fit and a digit for the engagement.
func Grade(fit, engagement float64) string {
	column := 2
	switch {
	case engagement >= 40:
		column = 0
	case engagement >= 20:
		column = 1
	}
	switch {
	case fit >= 30:
		return [...]string{"A1", "A2", "A3"}[column]
	case fit >= 15:
		return [...]string{"B1", "B2", "B3"}[column]
	}
	return [...]string{"C1", "C2", "C3"}[column]
}

// DefaultMean stands for the mean score of open leads while there are fewer than MinOpen.
const (
	DefaultMean = 25
	MinOpen     = 50
)

// Probability is that of becoming a customer before there is any history: a lead of the mean score has
// the owner's guess p0, and 20 points double the odds.
func Probability(s, p0, meanS float64) float64 {
	odds := p0 / (1 - p0) * math.Exp2((s-meanS)/20)
	if math.IsInf(odds, 1) {
		return 1
	}
	return odds / (1 + odds)
}
