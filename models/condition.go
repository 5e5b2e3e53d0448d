package models

import (
	"slices"
	"strconv"
	"strings"
)

// Holds tells whether a condition of a sequence holds for a lead with these events. One that is not understood never
// does: a mail too few is the smaller mistake.
func (c *Condition) Holds(l *Lead, events []Event, sequence ID) bool {
	switch c.On {
	case OnStage:
		return c.stageHolds(l.Stage)
	case OnTemperature:
		return c.textHolds(string(l.Temperature))
	case OnScore:
		limit, err := strconv.ParseFloat(c.Value, 64)
		return err == nil && (c.Op == OpAtLeast && l.Score >= limit || c.Op == OpUnder && l.Score < limit)
	case OnClicked:
		return c.knownHolds(clicked(events, sequence, c.Name))
	case OnAnswer:
		said := l.Get(c.Name)
		return c.knownHolds(said != "") || c.textHolds(strings.Split(said, ";")...)
	}
	return false
}

func (c *Condition) stageHolds(is Stage) bool {
	limit := Stage(c.Value).Rank()
	switch {
	case limit < 0:
		return false
	case c.Op == OpAtLeast:
		return is.Rank() >= limit
	case c.Op == OpUnder:
		return is.Rank() < limit
	}
	return c.textHolds(string(is))
}

// textHolds compares what is so, of which several may be, with the condition's value.
func (c *Condition) textHolds(is ...string) bool {
	return c.Op == OpIs && slices.Contains(is, c.Value) || c.Op == OpIsNot && !slices.Contains(is, c.Value)
}

func (c *Condition) knownHolds(known bool) bool {
	return c.Op == OpKnown && known || c.Op == OpUnknown && !known
}

// clicked tells whether somebody followed a link of a step.
func clicked(events []Event, sequence ID, step string) bool {
	return slices.ContainsFunc(events, func(e Event) bool {
		return e.Clicked() && e.Data.Step == step && (e.Data.Sequence == sequence || e.Data.Sequence == 0)
	})
}

// Reached tells whether a lead with these events has reached the goal of a sequence; no one does where it has none.
func (d *SequenceDoc) Reached(l *Lead, events []Event, sequence ID) bool {
	for i := range d.Goal {
		if !d.Goal[i].Holds(l, events, sequence) {
			return false
		}
	}
	return len(d.Goal) > 0
}
