package models_test

import (
	"slices"
	"testing"

	"sarnakh/models"
)

// N1: a goal is reached when all of it holds, and never where there is none.
func TestAGoalIsReachedWhenAllOfItHolds(t *testing.T) {
	stage := models.Condition{On: models.OnStage, Op: models.OpAtLeast, Value: "mql"}
	clicked := models.Condition{On: models.OnClicked, Name: "one", Op: models.OpKnown}
	click := models.Event{Kind: models.MailClicked, Verdict: models.Human, Data: models.EventData{Sequence: 7, Step: "one"}}
	for what, c := range map[string]struct {
		goal   []models.Condition
		stage  models.Stage
		events []models.Event
		want   bool
	}{
		"no goal":      {nil, models.StageCustomer, nil, false},
		"not yet":      {[]models.Condition{stage}, models.StageLead, nil, false},
		"reached":      {[]models.Condition{stage}, models.StageMQL, nil, true},
		"and beyond":   {[]models.Condition{stage}, models.StageCustomer, nil, true},
		"half of it":   {[]models.Condition{stage, clicked}, models.StageMQL, nil, false},
		"all of it":    {[]models.Condition{stage, clicked}, models.StageMQL, []models.Event{click}, true},
		"unknown word": {[]models.Condition{{On: "weather", Op: models.OpIs, Value: "fine"}}, models.StageMQL, nil, false},
	} {
		doc := models.SequenceDoc{Goal: c.goal}
		if got := doc.Reached(&models.Lead{Stage: c.stage}, c.events, 7); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}

// N5: what came of a lead is credited to the mail that they had last, not to one that still waits to be sent.
func TestTheStepThatWasSentLastIsCredited(t *testing.T) {
	q := &models.LiveSequence{Sequence: models.Sequence{ID: 7}}
	q.Version.Doc.Steps = []models.Step{{Key: "one"}, {Key: "two"}, {Key: "three"}}
	waits := func(step string) models.Message { return models.Message{SequenceID: 7, LeadID: 1, Step: step} }
	for what, c := range map[string]struct {
		next   string
		place  int
		unsent []models.Message
		want   string
	}{
		"before any was given its time": {"", 0, nil, ""},
		"before the first":              {"one", 0, nil, ""},
		"before the second":             {"two", 1, nil, "one"},
		"its mail still waits":          {"three", 2, []models.Message{waits("two")}, "one"},
		"all wait":                      {"three", 2, []models.Message{waits("two"), waits("one")}, ""},
		"somebody else's waits":         {"three", 2, []models.Message{{SequenceID: 7, LeadID: 2, Step: "two"}}, "two"},
		"before one that was taken out": {"gone", 1, nil, "one"},
		"beyond the end":                {"gone", 9, nil, "three"},
	} {
		got := q.Credit(&models.Enrolment{LeadID: 1, Step: c.next, Place: c.place}, c.unsent, models.CountGoal)
		want := []models.StepCount{{SequenceID: 7, Step: c.want, What: models.CountGoal, N: 1}}
		if c.want == "" {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %+v", what, got)
		}
	}
	if got := (*models.LiveSequence)(nil).Credit(&models.Enrolment{Step: "one"}, nil, models.CountHot); got != nil {
		t.Errorf("of a sequence that is gone: %+v", got)
	}
}
