package scoring

import (
	"slices"

	"sarnakh/models"
)

// A Worth is what an answer is worth to the score by one criterion.
type Worth struct {
	Criterion string
	Level     string
	Value     string // of the answer; empty where it depends on what the owner has set
	Points    float64
}

// Worths are what the answers to a lead's field are worth by a card, in its order; what is worth nothing is left out.
func (d *Doc) Worths(field string) (out []Worth) {
	for i := range d.Criteria {
		c := &d.Criteria[i]
		if !slices.Contains(c.Fields, field) {
			continue
		}
		for _, l := range c.Levels {
			if l.Points == 0 {
				continue
			}
			w := Worth{Criterion: c.Key, Level: l.Key, Points: l.Points}
			values := l.In
			if l.Target == InTarget {
				values = d.Targets[c.Key]
				if len(values) == 0 {
					continue // the owner has named none
				}
			}
			if len(values) == 0 {
				out = append(out, w)
			}
			for _, w.Value = range values {
				out = append(out, w)
			}
		}
	}
	return out
}

// Hand is what a raised hand is worth: the criterion of who asks to be called.
func (d *Doc) Hand() (w Worth, ok bool) {
	for i := range d.Criteria {
		c := &d.Criteria[i]
		if slices.ContainsFunc(c.When, func(w When) bool { return w.Kind == models.FormSubmitted && w.CallMe }) {
			return Worth{Criterion: c.Key, Points: c.Points}, c.Points != 0
		}
	}
	return w, false
}
