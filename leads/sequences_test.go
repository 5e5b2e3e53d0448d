package leads_test

import (
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
)

// N1, N5: who becomes hot leaves the sequences that don't go on, with what is queued; the step that was sent last is
// credited, not the one that nobody has seen.
func TestAHotLeadLeavesItsSequences(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		leaves := w.sequence("rahnama")
		stays := w.sequence("rahnama", func(d *models.SequenceDoc) { d.KeepHot = true })
		w.subscribe("rahnama")
		for _, q := range []models.ID{leaves, stays} {
			w.advance(q, "two", 1)
		}
		queued, kept := w.stepMail(leaves, "two"), w.stepMail(stays, "two")
		w.open("playbook").with("call_me", "1").mustSend()
		if e := w.enrolment(leaves); e.State != models.EnrolmentStopped || e.Reason != models.StopHot || w.state(queued) != models.MessageSuppressed {
			t.Errorf("left: %+v, its mail %s", e, w.state(queued))
		}
		if w.enrolment(stays).State != models.EnrolmentActive || w.state(kept) != models.MessageQueued {
			t.Errorf("stays: %+v, its mail %s", w.enrolment(stays), w.state(kept))
		}
		if w.steps(leaves)["one hot"] != 1 || w.steps(stays)["one hot"] != 1 || w.steps(leaves)["two hot"] != 0 {
			t.Errorf("credited: %v, %v", w.steps(leaves), w.steps(stays))
		}
		// A further form of one who is hot begins nothing that would not go on.
		late := w.sequence("playbook")
		w.pass(time.Hour)
		w.open("playbook").mustSend()
		if e := w.enrolment(late); e.Running() {
			t.Errorf("a hot lead is taken into %+v", e)
		}
		w.sound()
	})
}

// S1: confirming may itself make a lead hot: then sales is told and the sequence leaves it alone.
func TestConfirmingMayMakeALeadHot(t *testing.T) {
	each(t, leads.Config{Notify: []string{"sales@example.org"}}, func(t *testing.T, w *world) {
		q := w.sequence("playbook")
		w.open("playbook").with("consent.newsletter", "1").mustSend()
		l := w.lead(narges)
		err := w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: l.ID}, Decide: func(f *store.Facts) (store.Rows, error) {
			var rows store.Rows
			for _, kind := range []models.PageKind{models.PagePrice, models.PageProduct, models.PageCase} { // seen, yet not reckoned
				for range 3 {
					rows.Events = append(rows.Events, models.Event{ID: f.NewID(), LeadID: l.ID, Kind: models.PageViewed, At: f.Now,
						Data: models.EventData{PageKind: kind, Seconds: 30}})
				}
			}
			return rows, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.leads.Confirm(w.ctx, w.confirmToken(), visitor); err != nil {
			t.Fatal(err)
		}
		if l := w.lead(narges); l.Temperature != models.Hot || w.hotMails() != 1 || w.enrolment(q).Reason != models.StopHot {
			t.Errorf("%s at %v, %d mails, %+v", l.Temperature, l.Score, w.hotMails(), w.enrolment(q))
		}
		w.sound()
	})
}

// advance puts a lead before a step, as nurture would.
func (w *world) advance(sequence models.ID, step string, place int) {
	w.t.Helper()
	err := w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: w.lead(narges).ID}, Decide: func(f *store.Facts) (store.Rows, error) {
		for _, e := range f.Enrolments {
			if e.SequenceID == sequence {
				e.Step, e.Place = step, place
				return store.Rows{Enrolments: []models.Enrolment{e}}, nil
			}
		}
		return store.Rows{}, models.ErrNotFound
	}})
	if err != nil {
		w.t.Fatal(err)
	}
}
