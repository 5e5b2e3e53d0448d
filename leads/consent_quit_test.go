package leads_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
)

// linksOf makes the addresses that a mail to the lead carries.
func (w *world) linksOf() *links.Links {
	w.t.Helper()
	l, err := links.New([]byte(secret), "")
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

func (w *world) unsubscribeToken(m models.Message) string {
	return w.linksOf().Unsubscribe(links.Ref{Message: m.ID, Lead: m.LeadID})[len("/u/"):]
}

func (w *world) preferencesToken(m models.Message) string {
	return w.linksOf().Preferences(links.Ref{Message: m.ID, Lead: m.LeadID})[len("/prefs/"):]
}

func (w *world) steps(sequence models.ID) map[string]int64 {
	w.t.Helper()
	rows, err := w.store.StepCounts(w.ctx, sequence)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]int64{}
	for _, r := range rows {
		out[r.Step+" "+r.What] = r.N
	}
	return out
}

// I4, N2: after unsubscribing no marketing mail begins, one that was queued included; said once more it changes nothing;
// the step that made them go is told once.
func TestUnsubscribingStopsWhatIsQueued(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.subscribe("rahnama")
		queued := w.stepMail(q, "one")
		token, before := w.unsubscribeToken(queued), w.lead(narges).Score
		rows := w.rows(t)
		if page, err := w.leads.Unsubscription(w.ctx, token); err != nil || page.Standing != leads.StandingOpen || w.rows(t) != rows {
			t.Fatalf("looking: %+v %v", page, err)
		}
		for _, how := range []models.Method{models.ByOneClick, models.ByPage, models.ByPage} {
			page, err := w.leads.Unsubscribe(w.ctx, token, how, visitor)
			if err != nil || page.Standing != leads.StandingDone || page.Email != "n•••@example.com" {
				t.Fatalf("unsubscribed: %+v %v", page, err)
			}
			w.pass(time.Minute)
		}
		if w.live() || w.begins(queued) || w.state(queued) != models.MessageSuppressed || w.begins(w.stepMail(q, "two")) {
			t.Error("a mail begins after the unsubscribe")
		}
		said := w.consents(models.Newsletter)
		if last := said[len(said)-1]; len(said) != 3 || last.Decision != models.Withdrawn || last.Method != models.ByOneClick {
			t.Errorf("consents: %v", w.said())
		}
		if held := w.held(); len(held) != 1 || held[0].Scope != models.SuppressMarketing || held[0].Reason != "unsubscribe" {
			t.Errorf("suppressions: %+v", held)
		}
		if e := w.enrolment(q); e.State != models.EnrolmentStopped || e.Reason != models.StopUnsubscribed || w.steps(q)["one unsubscribed"] != 1 {
			t.Errorf("enrolment %+v, steps %v", e, w.steps(q))
		}
		if l := w.lead(narges); before-l.Score < 19 || l.Temperature == models.Hot {
			t.Errorf("score %v, was %v", l.Score, before)
		}
		w.pass(365 * 24 * time.Hour)
		if page, err := w.leads.Unsubscription(w.ctx, token); err != nil || page.Standing != leads.StandingDone {
			t.Errorf("a year later: %+v %v", page, err)
		}
		w.sound()
	})
}

// I6, I7: who took it back and ticks again has to confirm, on whatever form; then the suppression is lifted as their
// own audited act and the sequence goes on. A complaint is never lifted.
func TestTickingAgainNeedsItsButton(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.subscribe("rahnama")
		if _, err := w.leads.Unsubscribe(w.ctx, w.unsubscribeToken(w.mail(models.MailDelivery)), models.ByPage, visitor); err != nil {
			t.Fatal(err)
		}
		w.campaign("single", func(d *models.CampaignDoc) { d.Form.SingleOptIn = true })
		w.open("single").with("consent.newsletter", "1").mustSend()
		if w.live() || len(w.held()) != 1 || w.begins(w.stepMail(q, "one")) {
			t.Fatal("typing the address again is enough")
		}
		complaint := models.Suppression{Hash: w.leads.HashIdentity("other@example.com"), Scope: models.SuppressAll, Reason: "complaint"}
		if err := w.store.Suppress(w.ctx, complaint); err != nil {
			t.Fatal(err)
		}
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		if e := w.enrolment(q); e.State != models.EnrolmentWaiting {
			t.Errorf("ticked again: %+v", e)
		}
		w.pass(time.Minute)
		if page, err := w.leads.Confirm(w.ctx, w.confirmToken(), visitor); err != nil || page.Standing != leads.StandingDone {
			t.Fatalf("%+v %v", page, err)
		}
		lifted := w.audited("suppression.lift")
		if !w.live() || len(w.held()) != 0 || len(lifted) != 1 || lifted[0].UserID != 0 || w.enrolment(q).State != models.EnrolmentActive {
			t.Errorf("live %v, held %v, audit %+v, enrolment %+v", w.live(), w.held(), lifted, w.enrolment(q))
		}
		if !w.begins(w.stepMail(q, "one")) {
			t.Error("no mail begins after the fresh confirmation")
		}
		w.sound()
	})
}

func TestConfirmingLiftsNoComplaint(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		hash := w.leads.HashIdentity(narges)
		for _, scope := range []models.SuppressionScope{models.SuppressMarketing, models.SuppressAll} {
			if err := w.store.Suppress(w.ctx, models.Suppression{Hash: hash, Scope: scope, Reason: "complaint"}); err != nil {
				t.Fatal(err)
			}
		}
		w.subscribe("rahnama")
		if len(w.held()) != 2 || len(w.audited("suppression.lift")) != 0 {
			t.Errorf("held: %+v", w.held())
		}
	})
}

// Confirming and unsubscribing at once, many times over: whatever came last holds, and all of it together (I4).
func TestConfirmingRacesUnsubscribing(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		confirm, stop := w.confirmToken(), w.unsubscribeToken(w.mail(models.MailDelivery))
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := w.leads.Confirm(w.ctx, confirm, visitor); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				if _, err := w.leads.Unsubscribe(w.ctx, stop, models.ByPage, visitor); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		said := w.said()
		if w.live() || len(w.held()) != 1 || w.runs(q) || len(said) > 3 || said[len(said)-1] != models.Withdrawn {
			t.Errorf("live %v, held %v, %+v, said %v", w.live(), w.held(), w.enrolment(q), said)
		}
		w.sound()
	})
}

// I4: a mail that races the unsubscribe begins before it is answered, or never.
func TestNoMailBeginsAfterTheAnswer(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.subscribe("rahnama")
		delivery := w.mail(models.MailDelivery)
		stop, prefs := w.unsubscribeToken(delivery), w.preferencesToken(delivery)
		for range 15 {
			queued := make([]models.Message, 6)
			for i := range queued {
				queued[i] = w.stepMail(q, "one")
			}
			var answered atomic.Bool
			var wg sync.WaitGroup
			for _, m := range queued {
				wg.Go(func() {
					if late := answered.Load(); w.begins(m) {
						w.arrives(m) // the answer waits for what has begun
						if late {
							t.Error("a mail began after the answer")
						}
					}
				})
			}
			if _, err := w.leads.Unsubscribe(w.ctx, stop, models.ByOneClick, visitor); err != nil {
				t.Fatal(err)
			}
			answered.Store(true)
			for _, m := range queued {
				if w.begins(m) {
					t.Error("a mail begins after the answer")
				}
			}
			wg.Wait()
			w.pass(time.Minute)
			if _, err := w.leads.SetPreferences(w.ctx, prefs, map[models.Purpose]bool{models.Newsletter: true}, visitor); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.steps(q)["one unsubscribed"]; n != 0 { // the link came with the delivery
			t.Errorf("%d unsubscribes are counted on a step", n)
		}
	})
}
