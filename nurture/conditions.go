package nurture

import (
	"slices"
	"strconv"
	"strings"

	"sarnakh/models"
	"sarnakh/store"
)

// failing is the first condition that does not hold, nil where all do.
func (t *turn) failing(f *store.Facts, all []models.Condition) *models.Condition {
	for i := range all {
		if !holds(f, t.sequence.ID, &all[i]) {
			return &all[i]
		}
	}
	return nil
}

// holds tells whether a condition of a sequence holds for a lead now. One that is not understood never does: a mail too
// few is the smaller mistake.
func holds(f *store.Facts, sequence models.ID, c *models.Condition) bool {
	l := f.Lead
	switch c.On {
	case models.OnStage:
		return stageHolds(l.Stage, c.Op, models.Stage(c.Value))
	case models.OnTemperature:
		return textHolds([]string{string(l.Temperature)}, c.Op, c.Value)
	case models.OnScore:
		limit, err := strconv.ParseFloat(c.Value, 64)
		return err == nil && (c.Op == models.OpAtLeast && l.Score >= limit || c.Op == models.OpUnder && l.Score < limit)
	case models.OnClicked:
		return knownHolds(clicked(f.Events, sequence, c.Name), c.Op)
	case models.OnAnswer:
		said := l.Get(c.Name)
		return knownHolds(said != "", c.Op) || textHolds(strings.Split(said, ";"), c.Op, c.Value)
	}
	return false
}

func stageHolds(stage models.Stage, op models.ConditionOp, value models.Stage) bool {
	if value.Rank() < 0 {
		return false
	}
	switch op {
	case models.OpAtLeast:
		return stage.Rank() >= value.Rank()
	case models.OpUnder:
		return stage.Rank() < value.Rank()
	}
	return textHolds([]string{string(stage)}, op, string(value))
}

// textHolds compares what is so, of which several may be, with a value.
func textHolds(is []string, op models.ConditionOp, value string) bool {
	return op == models.OpIs && slices.Contains(is, value) || op == models.OpIsNot && !slices.Contains(is, value)
}

func knownHolds(known bool, op models.ConditionOp) bool {
	return op == models.OpKnown && known || op == models.OpUnknown && !known
}

// clicked tells whether a person, and not a scanner, followed a link of a step.
func clicked(events []models.Event, sequence models.ID, step string) bool {
	return slices.ContainsFunc(events, func(e models.Event) bool {
		return e.Kind == models.MailClicked && e.Verdict == models.Human && e.Data.Step == step &&
			(e.Data.Sequence == sequence || e.Data.Sequence == 0)
	})
}
