package leads_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// C6, N1, S1: a ticked box waits for its button in the delivery mail; looking confirms nothing; the button starts the
// sequence and scores; pressing it again is success again and changes nothing.
func TestATickedBoxIsConfirmedFromTheMailbox(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		if w.live() || w.enrolment(q).State != models.EnrolmentWaiting {
			t.Fatal("what nobody confirmed counts")
		}
		token, before := w.confirmToken(), w.lead(narges).Score
		text := w.page("rahnama").Version.Doc.Form.Purposes[0].Text
		if mail := w.words(w.mail(models.MailDelivery)); !strings.Contains(mail.HTML, text) || !strings.Contains(mail.Text, "/d/") {
			t.Error("the mail lacks the gift or what is confirmed")
		}
		rows := w.rows(t)
		page, err := w.leads.Confirmation(w.ctx, token)
		if err != nil || page.Standing != leads.StandingOpen || page.Text != text || page.Email != "n•••@example.com" || page.Campaign != "rahnama" ||
			page.Locale != "fa" || page.Brand.Name == "" || page.PageURL != "https://leads.example.org/p/rahnama" {
			t.Fatalf("page: %+v %v", page, err)
		}
		if w.rows(t) != rows {
			t.Error("looking wrote something")
		}

		w.pass(time.Hour)
		for range 2 {
			if page, err = w.leads.Confirm(w.ctx, token, visitor); err != nil || page.Standing != leads.StandingDone {
				t.Fatalf("confirmed: %+v %v", page, err)
			}
		}
		e := w.enrolment(q)
		if !w.live() || e.State != models.EnrolmentActive || e.StartedAt != w.store.Now() || e.NextAt != w.store.Now() {
			t.Errorf("live %v, enrolment %+v", w.live(), e)
		}
		consents := w.consents(models.Newsletter)
		last := consents[len(consents)-1]
		if len(consents) != 2 || last.Method != models.ByLink || last.TextID != consents[0].TextID || last.IP != visitor.IP ||
			last.UserAgent != visitor.UserAgent || last.Page != "https://leads.example.org/page" {
			t.Errorf("consents: %+v", consents)
		}
		if after := w.lead(narges).Score; after-before < 4.9 || after-before > 5 {
			t.Errorf("score %v, was %v: the newsletter is worth 5", after, before)
		}
		w.pass(30 * 24 * time.Hour)
		if page, err = w.leads.Confirmation(w.ctx, token); err != nil || page.Standing != leads.StandingDone {
			t.Errorf("a second visit a month later: %+v %v", page, err)
		}
		w.sound()
	})
}

// C6: the button works 48 hours, then its page mails a fresh one, one an hour.
func TestAnOldButtonIsMailedAfresh(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		token := w.confirmToken()
		w.pass(48 * time.Hour)
		page, err := w.leads.Confirm(w.ctx, token, visitor)
		if err != nil || page.Standing != leads.StandingOld || w.live() {
			t.Fatalf("after 48 hours: %+v %v", page, err)
		}
		w.pass(50 * time.Minute) // the hour of the clock may change between
		for range 3 {
			if err := w.leads.FreshConfirmation(w.ctx, token, visitor); err != nil {
				t.Fatal(err)
			}
			w.pass(15 * time.Minute)
		}
		mails := w.mails(models.MailConfirm)
		if len(mails) != 1 || mails[0].Class != models.ClassTransactional || mails[0].To != narges {
			t.Fatalf("fresh mails: %+v", mails)
		}
		fresh := w.token(mails[0], confirmLink)
		if words := w.words(mails[0]); !strings.Contains(words.HTML, w.page("rahnama").Version.Doc.Form.Purposes[0].Text) || strings.Contains(words.Text, "/d/") {
			t.Errorf("fresh mail: %s", words.Text)
		}
		if page, err = w.leads.Confirm(w.ctx, fresh, visitor); err != nil || page.Standing != leads.StandingDone || w.enrolment(q).State != models.EnrolmentActive {
			t.Fatalf("fresh button: %+v %v", page, err)
		}
		if page, err = w.leads.Confirmation(w.ctx, token); err != nil || page.Standing != leads.StandingDone {
			t.Errorf("the old one after it: %+v %v", page, err)
		}
		if err := w.leads.FreshConfirmation(w.ctx, token, visitor); err != nil || len(w.mails(models.MailConfirm)) != 1 {
			t.Error("a button for what is confirmed was mailed:", err)
		}
		w.sound()
	})
}

// A token is ours, and for its own page, or it is nothing.
func TestForgedTokensDoNothing(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.subscribe("rahnama")
		good, before := w.confirmToken(), w.rows(t)
		for _, token := range []string{"", "x", good[:len(good)-2] + "AA", strings.Repeat("A", 500), "../../etc"} {
			for name, try := range map[string]func() error{
				"confirmation":    func() error { _, err := w.leads.Confirmation(w.ctx, token); return err },
				"confirm":         func() error { _, err := w.leads.Confirm(w.ctx, token, visitor); return err },
				"fresh":           func() error { return w.leads.FreshConfirmation(w.ctx, token, visitor) },
				"unsubscription":  func() error { _, err := w.leads.Unsubscription(w.ctx, token); return err },
				"unsubscribe":     func() error { _, err := w.leads.Unsubscribe(w.ctx, token, models.ByPage, visitor); return err },
				"preferences":     func() error { _, err := w.leads.Preferences(w.ctx, token); return err },
				"set preferences": func() error { _, err := w.leads.SetPreferences(w.ctx, token, nil, visitor); return err },
				"my data":         func() error { _, err := w.leads.MyData(w.ctx, token); return err },
				"erase":           func() error { return w.leads.Erase(w.ctx, token, visitor) },
			} {
				if err := try(); !errors.Is(err, models.ErrNotFound) {
					t.Errorf("%s with %.20q: %v", name, token, err)
				}
			}
		}
		if _, err := w.leads.Unsubscribe(w.ctx, good, models.ByPage, visitor); !errors.Is(err, models.ErrNotFound) {
			t.Error("a confirmation's token unsubscribes:", err)
		}
		if w.rows(t) != before {
			t.Error("a forged token wrote something")
		}
	})
}

// I6: a box left empty on a further form takes nothing back, and whoever types a subscriber's address does not stop
// them: no button is needed again, and a further campaign's sequence begins at once.
func TestAFurtherFormStopsNobody(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		first := w.sequence("rahnama")
		second := w.sequence("playbook")
		w.subscribe("rahnama")
		w.open("playbook").mustSend()
		if !w.live() || w.enrolment(first).State != models.EnrolmentActive || w.enrolment(second).State != models.EnrolmentActive {
			t.Errorf("after an empty box: live %v, %s, %s", w.live(), w.enrolment(first).State, w.enrolment(second).State)
		}
		w.open("playbook").with("consent.newsletter", "1").mustSend()
		if !w.live() || w.confirmToken() != "" {
			t.Error("a ticked box of a subscriber asks for another confirmation")
		}
		if text := w.words(w.mail(models.MailDelivery)).Text; strings.Contains(text, "only email") {
			t.Error("a subscriber is told that no other mail comes")
		}
		w.sound()
	})
}

// N1, C6: no box ticked, no nurture, no button; the mail says that it is the only one.
func TestNoBoxNoNurture(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("playbook")
		w.open("playbook").mustSend()
		text := w.words(w.mail(models.MailDelivery)).Text
		if w.confirmToken() != "" || !strings.Contains(text, "This is the only email") {
			t.Errorf("mail: %s", text)
		}
		if n, err := w.store.Standings(w.ctx, q); err != nil || len(n) != 0 {
			t.Errorf("enrolled: %v %v", n, err)
		}
	})
}

// An offer that gives nothing is answered by the button alone; without double opt-in a tick counts at once.
func TestANewsletterIsConfirmedByItsOnlyMail(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.campaign("letter", func(d *models.CampaignDoc) { d.Offer = models.Offer{Kind: models.OfferNewsletter, Title: "Our letter"} })
		w.open("letter").with("consent.newsletter", "1").mustSend()
		mails := all(w, w.store.EachMessage)
		if len(mails) != 1 || mails[0].Kind != models.MailConfirm || mails[0].NotAfter.Sub(mails[0].CreatedAt) != 48*time.Hour {
			t.Fatalf("mails: %+v", mails)
		}
		if page, err := w.leads.Confirm(w.ctx, w.token(mails[0], confirmLink), visitor); err != nil || page.Title != "Our letter" || !w.live() {
			t.Errorf("%+v %v", page, err)
		}
		w.campaign("single", func(d *models.CampaignDoc) { d.Form.SingleOptIn = true })
		q := w.sequence("single")
		w.open("single").with("email", "kaveh@example.com", "consent.newsletter", "1").mustSend()
		if e := w.enrolment(q); e.State != models.EnrolmentActive || w.confirmToken() != "" {
			t.Errorf("single opt-in: %+v", e)
		}
		w.sound()
	})
}

// C6: a box ticked only in a correction is confirmed too: the mail that has not begun is replaced by one with the button.
func TestABoxTickedInACorrection(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		f := w.open("rahnama")
		f.mustSend()
		f.with("consent.newsletter", "1").mustSend()
		mails := w.mails(models.MailDelivery)
		if len(mails) != 2 || mails[0].State != models.MessageSuppressed || w.token(mails[1], confirmLink) == "" {
			t.Fatalf("mails: %+v", mails)
		}
		f.with("company", "برکه").mustSend()
		if n := len(w.mails(models.MailDelivery)); n != 2 {
			t.Errorf("%d mails after one more correction", n)
		}
		w.sound()
	})
}

// After 30 days without the button the consent and what waited for it end; the lead stays, and may tick again.
func TestWhatNobodyConfirmedExpires(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		token := w.confirmToken()
		w.pass(29 * 24 * time.Hour)
		w.open("playbook").with("email", "kaveh@example.com", "consent.newsletter", "1").mustSend()
		for day, want := range []int{0, 1, 0, 0} {
			if n, err := w.leads.ExpireConsents(w.ctx); err != nil || n != want {
				t.Errorf("day %d: %d expired, want %d (%v)", 29+day, n, want, err)
			}
			w.pass(24 * time.Hour)
		}
		e := w.enrolment(q)
		if e.State != models.EnrolmentStopped || e.Reason != models.StopExpired || !slices.Equal(w.said()[:1], []models.Decision{models.Given}) {
			t.Errorf("enrolment %+v, said %v", e, w.said())
		}
		page, err := w.leads.Confirm(w.ctx, token, visitor)
		if err != nil || page.Standing != leads.StandingGone {
			t.Errorf("the button of an expired consent: %+v %v", page, err)
		}
		w.subscribe("rahnama")
		if e := w.enrolment(q); e.State != models.EnrolmentActive || e.Reason != "" || e.EndedAt != 0 {
			t.Errorf("ticked again: %+v", e)
		}
		w.sound()
	})
}
