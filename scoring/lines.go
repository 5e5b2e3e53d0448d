package scoring

import (
	"cmp"
	"math"
	"slices"
	"time"

	"sarnakh/models"
)

// Score is a score with its reasons. The lines' Points add up to Shown, their Exact to S.
type Score struct {
	Sum
	Shown int
	Lines []Line
}

// A Line is one reason: a criterion, a combination, or a limit.
type Line struct {
	Criterion string         `json:"criterion"` // its key; one of the constants below for a limit
	Group     string         `json:"group"`     // of a limit: the group or axis it limits
	Points    int            `json:"points"`
	Exact     float64        `json:"exact"`
	At        models.Instant `json:"at"` // of the newest event, or of the answer; 0 where none is known
	Axis      Axis           `json:"-"`
	Label     string         `json:"-"` // in the owner's words, where the messages do not name it
	Count     int            `json:"-"` // of the events that met it
	Value     string         `json:"-"` // the answer that met it
}

// What stands for a criterion in the line of a limit.
const (
	Limit = "limit" // of a group or an axis
	Over  = "over"  // more than the 100 that are shown
	Under = "under" // less than 0
)

// IsLimit tells limits from reasons.
func (l *Line) IsLimit() bool {
	return l.Criterion == Limit || l.Criterion == Over || l.Criterion == Under
}

// Key is the message that names the line; where Label is not empty, that is its name instead.
func (l *Line) Key() string {
	switch l.Criterion {
	case Limit:
		return "score.limit." + l.Group
	case Over, Under:
		return "score." + l.Criterion
	}
	return "score.criterion." + l.Criterion
}

// Evidence is the message that tells what was seen, with arguments n (Count) and value (the answer, in
// words); limits and criteria with a Label have none.
func (l *Line) Evidence() string {
	if l.IsLimit() || l.Label != "" {
		return ""
	}
	return "score.evidence." + l.Criterion
}

// Score is Value with its reasons, in the card's order: fit before engagement if the card has it so.
func (c *Card) Score(f Facts, now time.Time) Score {
	w := c.weigh(&f, models.At(now))
	defer c.scratch.Put(w)
	s := Score{Sum: c.sum(w.results)}
	for _, axis := range [...]Axis{Fit, Engagement} {
		s.Lines = c.axisLines(s.Lines, w.results, axis)
	}
	total := whole(s.S)
	share(s.Lines, total)
	s.Shown = s.Sum.Shown()
	if d := s.Shown - total; d < 0 {
		s.Lines = append(s.Lines, Line{Criterion: Over, Points: d})
	} else if d > 0 {
		s.Lines = append(s.Lines, Line{Criterion: Under, Points: d})
	}
	return s
}

func (c *Card) axisLines(lines []Line, results []result, axis Axis) []Line {
	sum, limit := 0.0, c.doc.Caps.Fit
	if axis == Engagement {
		limit = c.doc.Caps.Engagement
	}
	for i := range c.groups {
		g := &c.groups[i]
		if g.Axis != axis {
			continue
		}
		for j := g.from; j < g.to; j++ {
			if results[j].x != 0 {
				lines = append(lines, c.line(&c.terms[j], &results[j], g))
			}
		}
		x := g.raw(results)
		lines = limitLine(lines, g.Key, axis, limited(x, g.Cap)-x)
		sum += limited(x, g.Cap)
	}
	return limitLine(lines, string(axis), axis, limited(sum, limit)-sum)
}

func limitLine(lines []Line, of string, axis Axis, x float64) []Line {
	if x == 0 {
		return lines
	}
	return append(lines, Line{Criterion: Limit, Group: of, Axis: axis, Exact: x})
}

func (c *Card) line(t *term, r *result, g *group) Line {
	l := Line{Criterion: t.key, Label: t.label, Group: g.Key, Axis: g.Axis,
		Exact: r.x, At: r.at, Count: r.n, Value: r.value}
	switch {
	case t.answer != nil:
		level := &t.answer.levels[r.pick]
		l.Criterion, l.Label = level.Key, cmp.Or(level.Label, t.label)
	case t.family != nil:
		l.Criterion, l.Label = c.combos[r.pick].key, c.combos[r.pick].label
	}
	return l
}

// share gives the lines whole points that add up to total: each its whole part, and the points still
// missing to the largest remainders, of equal ones to the first.
func share(lines []Line, total int) {
	order := make([]int, len(lines))
	for i := range lines {
		l := &lines[i]
		l.Points = int(math.Floor(l.Exact))
		total -= l.Points
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(remainder(&lines[b]), remainder(&lines[a]))
	})
	for _, i := range order[:min(max(total, 0), len(order))] {
		lines[i].Points++
	}
}

func remainder(l *Line) float64 { return l.Exact - float64(l.Points) }
