package nurture_test

import (
	"testing"

	"sarnakh/models"
	"sarnakh/store"
)

// N1, N5: a goal that was not reached by an act of the lead, such as one set later, takes them out at their next step. It
// is credited to the mail that they had last, and says more than the heat that often comes with it.
func TestAGoalSetLaterTakesLeadsOutAtTheirNextStep(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		there := w.confirms(w.joins(func(l *models.Lead) { l.Stage = models.StageMQL }))
		other, fresh := w.starts(), w.confirms(w.joins(func(l *models.Lead) { l.Stage = models.StageSQL }))
		w.becomes(fresh, func(l *models.Lead) { l.Status = models.Disqualified })
		w.drain()
		w.pass(day)
		w.drain()
		doc := four()
		doc.Goal = []models.Condition{{On: models.OnStage, Op: models.OpAtLeast, Value: "mql"}}
		w.edit(doc)
		w.becomes(there, func(l *models.Lead) { l.Temperature = models.Hot })
		w.pass(3 * day)
		w.sends(there)
		w.drain()
		w.got(there, "a")
		w.stands(there, models.EnrolmentStopped, models.StopGoal)
		w.got(other, "a", "b")
		w.stands(fresh, models.EnrolmentStopped, models.StopDisqualified)
		if n := w.counts(); n["a goal"] != 1 || len(n) != 1 {
			t.Errorf("counted %v", n)
		}
	})
}

// sends lets the mails of a lead go.
func (w *world) sends(lead models.ID) {
	w.t.Helper()
	for _, m := range w.mails(lead) {
		for _, round := range []store.MailRound{
			{Begin: []store.MailBegin{{ID: m.ID}}}, {Results: []store.MailResult{{ID: m.ID, Attempt: 1, State: models.MessageSent}}},
		} {
			round.Owner, round.Lease = "worker", hour
			_, err := w.store.MailRound(w.ctx, round)
			w.must(err)
		}
	}
}
