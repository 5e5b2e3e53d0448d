package leads_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// C6: the page of preferences: each purpose with its text, taken back as easily as given; one that is not named stays.
func TestPreferences(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.campaign("calls", func(d *models.CampaignDoc) {
			d.Form.Purposes = []models.ConsentRequest{{Purpose: models.ByPhone, Text: "Call me."}, {Purpose: models.Newsletter, Text: "Mail me."}}
		})
		q := w.sequence("calls")
		w.open("calls").with("consent.phone", "1", "consent.newsletter", "1").mustSend()
		token := w.preferencesToken(w.mail(models.MailDelivery))
		rows := w.rows(t)
		p, err := w.leads.Preferences(w.ctx, token)
		want := []leads.PurposeChoice{{Purpose: models.Newsletter, Text: "Mail me.", Waiting: true}, {Purpose: models.ByPhone, Text: "Call me.", On: true}}
		if err != nil || p.Standing != leads.StandingOpen || !slices.Equal(p.Choices, want) || w.rows(t) != rows {
			t.Fatalf("preferences: %+v %v", p, err)
		}
		set := func(on map[models.Purpose]bool) []leads.PurposeChoice {
			t.Helper()
			w.pass(time.Minute)
			p, err := w.leads.SetPreferences(w.ctx, token, on, visitor)
			if err != nil || p.Standing != leads.StandingDone {
				t.Fatalf("set: %+v %v", p, err)
			}
			return p.Choices
		}
		// The link came by mail to the address: no second button.
		if got := set(map[models.Purpose]bool{models.Newsletter: true, models.ByPhone: false}); !got[0].On || got[0].Waiting || got[1].On || w.enrolment(q).State != models.EnrolmentActive {
			t.Errorf("newsletter on, phone off: %+v", got)
		}
		if got := set(map[models.Purpose]bool{models.Newsletter: false}); got[0].On || got[1].On || len(w.held()) != 1 || w.runs(q) {
			t.Errorf("newsletter off: %+v", got)
		}
		if got := set(map[models.Purpose]bool{models.Newsletter: true, models.ByPhone: true, models.BySMS: true}); !got[0].On || !got[1].On || len(got) != 2 ||
			len(w.held()) != 0 || w.enrolment(q).State != models.EnrolmentActive {
			t.Errorf("both on, and one never asked for: %+v, held %v, %+v", got, w.held(), w.enrolment(q))
		}
		rows = w.rows(t)
		if set(map[models.Purpose]bool{models.Newsletter: true, models.ByPhone: true}); w.rows(t) != rows {
			t.Error("what is so already was recorded again")
		}
		for _, c := range append(w.consents(models.Newsletter), w.consents(models.ByPhone)...) {
			if c.Method != models.ByForm && (c.Method != models.ByPage || c.IP != visitor.IP || c.TextID == 0) {
				t.Errorf("consent: %+v", c)
			}
		}
		w.sound()
	})
}

// C6: a user records what a person told them: taking back, and a spoken yes to calls; never a yes to mail.
func TestAUserRecordsWhatWasSaid(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		user := &models.User{ID: 7, Role: models.Sales}
		w.open("playbook").mustSend()
		id := w.lead(narges).ID
		edit := func(p models.Purpose, on bool) error {
			w.pass(time.Minute)
			return w.leads.EditConsent(w.ctx, id, p, on, user, "192.0.2.1")
		}
		for _, p := range []models.Purpose{models.Newsletter, models.Tracking, "other"} {
			if err := edit(p, true); !errors.Is(err, models.ErrForbidden) {
				t.Errorf("a yes to %s in somebody's name: %v", p, err)
			}
		}
		for _, on := range []bool{true, true, false, false} {
			if err := edit(models.ByPhone, on); err != nil {
				t.Fatal(err)
			}
		}
		spoken := w.consents(models.ByPhone)
		if len(spoken) != 2 || spoken[0].Decision != models.Given || spoken[0].Method != models.ByPerson || spoken[0].TextID == 0 || spoken[1].Decision != models.Withdrawn {
			t.Errorf("spoken: %+v", spoken)
		}
		w.subscribe("rahnama")
		for range 2 {
			if err := edit(models.Newsletter, false); err != nil {
				t.Fatal(err)
			}
		}
		if held := w.held(); w.live() || len(held) != 1 || held[0].Reason != "objection" {
			t.Errorf("live %v, held %+v", w.live(), held)
		}
		if audit := w.audited("consent.edit"); len(audit) != 3 || audit[0].UserID != 7 || audit[0].Subject != "lead:"+id.String() || audit[0].Detail != "phone given" {
			t.Errorf("audit: %+v", audit)
		}
		w.sound()
	})
}
