package leads_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"
)

// goal sets what a sequence is for.
func goal(all ...models.Condition) func(*models.SequenceDoc) {
	return func(d *models.SequenceDoc) { d.Goal = all }
}

var (
	qualified  = models.Condition{On: models.OnStage, Op: models.OpAtLeast, Value: "mql"}
	hasCompany = models.Condition{On: models.OnAnswer, Name: models.FieldCompany, Op: models.OpKnown}
)

func keepHot(d *models.SequenceDoc) { d.KeepHot = true }

// N1, N5: the act that reaches a goal takes the lead out in the same moment, with what is queued: no mail goes to somebody
// who is there already. The step that was sent last is credited; other sequences go on.
func TestAGoalTakesALeadOutAtOnce(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		stage, answer := w.sequence("rahnama", goal(qualified)), w.sequence("rahnama", goal(hasCompany))
		half := w.sequence("rahnama", goal(qualified, models.Condition{On: models.OnScore, Op: models.OpAtLeast, Value: "9999"}), keepHot)
		w.subscribe("rahnama")
		for _, q := range []models.ID{stage, answer, half} {
			w.advance(q, "two", 1)
		}
		queued, other := w.stepMail(answer, "two"), w.stepMail(stage, "two")
		w.open("playbook").with("company", "Berkeh").mustSend() // another campaign's form answers it
		if e := w.enrolment(answer); e.State != models.EnrolmentStopped || e.Reason != models.StopGoal || e.EndedAt == 0 || w.state(queued) != models.MessageSuppressed {
			t.Errorf("answered: %+v, its mail %s", e, w.state(queued))
		}
		if !w.runs(stage) || w.state(other) != models.MessageQueued || w.steps(answer)["one goal"] != 1 || w.steps(answer)["one hot"] != 0 {
			t.Errorf("the other: %+v, counted %v", w.enrolment(stage), w.steps(answer))
		}
		w.pass(time.Hour)
		// Who raises a hand becomes qualified and hot at once: the goal says more.
		w.open("playbook").with("company", "Berkeh", "call_me", "1").mustSend()
		if e := w.enrolment(stage); e.Reason != models.StopGoal || w.state(other) != models.MessageSuppressed || w.steps(stage)["one goal"] != 1 || w.steps(stage)["one hot"] != 1 {
			t.Errorf("qualified: %+v, its mail %s, counted %v", e, w.state(other), w.steps(stage))
		}
		if !w.runs(half) {
			t.Errorf("half of a goal is no goal: %+v", w.enrolment(half))
		}
		w.pass(time.Hour)
		w.open("playbook").mustSend()
		if n := w.steps(answer)["one goal"]; n != 1 {
			t.Errorf("counted again: %d", n)
		}
		w.sound()
	})
}

// Whoever comes in with the goal behind them begins nothing.
func TestWhoHasReachedTheGoalBeginsNothing(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama", goal(hasCompany))
		w.open("rahnama").with("company", "Berkeh", "consent.newsletter", "1").mustSend()
		if e := w.enrolment(q); e.State != models.EnrolmentStopped || e.Reason != models.StopGoal || len(w.steps(q)) != 0 {
			t.Errorf("came in: %+v, counted %v", e, w.steps(q))
		}
		if page, err := w.leads.Confirm(w.ctx, w.confirmToken(), visitor); err != nil || page.Standing != leads.StandingDone || w.runs(q) {
			t.Errorf("confirmed: %+v %v, %+v", page, err, w.enrolment(q))
		}
		w.sound()
	})
}

// aim gives a sequence a goal while leads are in it.
func (w *world) aim(sequence models.ID, goal ...models.Condition) {
	w.t.Helper()
	q, err := w.store.Sequence(w.ctx, sequence)
	if err != nil {
		w.t.Fatal(err)
	}
	q.Draft.Goal = goal
	if err := w.store.SaveSequence(w.ctx, q, store.DraftChange{}); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.PublishSequence(w.ctx, q); err != nil {
		w.t.Fatal(err)
	}
	w.reload()
}

// Confirming is an act too: here it brings the points that the goal asks for.
func TestConfirmingMayReachAGoal(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("playbook")
		w.open("playbook").with("consent.newsletter", "1").mustSend()
		before := w.lead(narges).Score
		w.aim(q, models.Condition{On: models.OnScore, Op: models.OpAtLeast, Value: strconv.FormatFloat(before+1, 'f', 2, 64)})
		if _, err := w.leads.Confirm(w.ctx, w.confirmToken(), visitor); err != nil {
			t.Fatal(err)
		}
		if after := w.lead(narges).Score; after < before+1 || w.enrolment(q).Reason != models.StopGoal {
			t.Errorf("from %v to %v: %+v", before, after, w.enrolment(q))
		}
		w.sound()
	})
}

// A goal of clicks is reached when it is known that a person clicked: by the page they saw, or by the button that they
// pressed on it; never by the opened link alone.
func TestAPersonsClickMayReachAGoal(t *testing.T) {
	for what, act := range map[string]func(r *reading){
		"saw the page":       func(r *reading) { r.visit(0, 3) },
		"pressed its button": func(r *reading) { r.press(0) },
	} {
		t.Run(what, func(t *testing.T) {
			each(t, leads.Config{}, func(t *testing.T, w *world) {
				r := w.reading(true)
				q := r.mail.SequenceID
				w.aim(q, models.Condition{On: models.OnClicked, Name: "one", Op: models.OpKnown})
				w.advance(q, "two", 1)
				r.click(0, phone)
				if !w.runs(q) {
					t.Fatal("a scanner reaches goals")
				}
				act(r)
				if e := w.enrolment(q); e.Reason != models.StopGoal || r.clicks()[0] != string(models.Human) || w.steps(q)["one clicked"] != 1 {
					t.Errorf("%+v, clicks %v, counted %v", e, r.clicks(), w.steps(q))
				}
				w.sound()
			})
		})
	}
}

// press presses the button of the download page that a link led to.
func (r *reading) press(link int) {
	r.t.Helper()
	address := r.links.Click(links.Ref{Message: r.mail.ID, Lead: r.mail.LeadID, Link: link})
	if err := r.leads.Pressed(r.ctx, address[strings.LastIndexByte(address, '/')+1:]); err != nil {
		r.t.Fatal(err)
	}
}
