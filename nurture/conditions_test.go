package nurture

import (
	"testing"

	"sarnakh/models"
	"sarnakh/store"
)

// N1: what a condition looks at, and how it compares.
func TestConditions(t *testing.T) {
	click := func(sequence models.ID, step string, v models.Verdict) models.Event {
		return models.Event{Kind: models.MailClicked, Verdict: v, Data: models.EventData{Sequence: sequence, Step: step}}
	}
	f := &store.Facts{
		Lead: &models.Lead{Stage: models.StageMQL, Temperature: models.Warm, Score: 42.5, Company: "برکه",
			Fields: models.LeadFields{"need": {Value: "yes"}, "topics": {Value: "crm;mail"}}},
		Events: []models.Event{click(7, "human", models.Human), click(7, "scanner", models.Machine), click(7, "doubtful", models.Unsure),
			click(9, "elsewhere", models.Human), {Kind: models.MailReplied, Data: models.EventData{Sequence: 7, Step: "answered"}}},
	}
	for _, c := range []struct {
		on    models.ConditionOn
		name  string
		op    models.ConditionOp
		value string
		want  bool
	}{
		{models.OnStage, "", models.OpAtLeast, "lead", true},
		{models.OnStage, "", models.OpAtLeast, "mql", true},
		{models.OnStage, "", models.OpAtLeast, "sql", false},
		{models.OnStage, "", models.OpUnder, "sql", true},
		{models.OnStage, "", models.OpUnder, "mql", false},
		{models.OnStage, "", models.OpIs, "mql", true},
		{models.OnStage, "", models.OpIsNot, "mql", false},
		{models.OnStage, "", models.OpIsNot, "lead", true},
		{models.OnStage, "", models.OpUnder, "nonsense", false},
		{models.OnStage, "", models.OpIsNot, "nonsense", false},
		{models.OnTemperature, "", models.OpIs, "warm", true},
		{models.OnTemperature, "", models.OpIs, "cold", false},
		{models.OnTemperature, "", models.OpIsNot, "cold", true},
		{models.OnTemperature, "", models.OpAtLeast, "cold", false},
		{models.OnScore, "", models.OpAtLeast, "42.5", true},
		{models.OnScore, "", models.OpAtLeast, "43", false},
		{models.OnScore, "", models.OpUnder, "43", true},
		{models.OnScore, "", models.OpUnder, "42", false},
		{models.OnScore, "", models.OpUnder, "many", false},
		{models.OnClicked, "human", models.OpKnown, "", true},
		{models.OnClicked, "human", models.OpUnknown, "", false},
		{models.OnClicked, "scanner", models.OpKnown, "", false},
		{models.OnClicked, "doubtful", models.OpUnknown, "", true},
		{models.OnClicked, "elsewhere", models.OpKnown, "", false},
		{models.OnClicked, "answered", models.OpKnown, "", false},
		{models.OnAnswer, "need", models.OpIs, "yes", true},
		{models.OnAnswer, "need", models.OpIsNot, "yes", false},
		{models.OnAnswer, "topics", models.OpIs, "mail", true},
		{models.OnAnswer, "topics", models.OpIs, "mai", false},
		{models.OnAnswer, "company", models.OpKnown, "", true},
		{models.OnAnswer, "phone", models.OpUnknown, "", true},
		{models.OnAnswer, "phone", models.OpIsNot, "0912", true},
		{models.OnAnswer, "phone", models.OpKnown, "", false},
		{models.OnAnswer, "need", models.OpAtLeast, "yes", false},
		{"weather", "", models.OpIs, "fine", false},
	} {
		if got := holds(f, 7, &models.Condition{On: c.on, Name: c.name, Op: c.op, Value: c.value}); got != c.want {
			t.Errorf("%s %s %s %s: %v", c.on, c.name, c.op, c.value, got)
		}
	}
}
