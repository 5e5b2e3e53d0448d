package leads_test

import (
	"errors"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// C1, C6, C7, S1: one post becomes a scored lead with everything that belongs to it, in one transaction.
func TestAPostBecomesAScoredLead(t *testing.T) {
	each(t, leads.Config{Notify: []string{"sales@example.org"}}, func(t *testing.T, w *world) {
		receipt := w.open("rahnama").with("phone", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "company", "شركت بركه", "company_size", "51-200", "consent.newsletter", "1").mustSend()

		l := w.lead("narges@example.com")
		if l.Name != "نرگس مهرآیین" || l.Phone != "+989123456789" || l.Company != "شرکت برکه" || l.Get("company_size") != "51-200" {
			t.Errorf("lead: %q %q %q %q", l.Name, l.Phone, l.Company, l.Get("company_size"))
		}
		// The ebook 10, a company of the right size 15.
		if math.Abs(l.Score-25) > 1e-9 || l.Grade != "B3" || l.Temperature != models.Cold || l.Stage != models.StageLead || l.ScoredAt == 0 {
			t.Errorf("score: %v %s %s %s", l.Score, l.Grade, l.Temperature, l.Stage)
		}
		if l.FirstTouch.Source != "instagram" || l.FirstTouch.Channel != models.ChannelSocial {
			t.Errorf("attribution: %+v", l.FirstTouch)
		}
		consents := w.consents(models.Newsletter)
		if len(consents) != 1 || consents[0].Decision != models.Given || consents[0].Purpose != models.Newsletter || consents[0].IP != "192.0.2.7" || consents[0].TextID == 0 {
			t.Errorf("consents: %+v", consents)
		}
		events := all(w, w.store.EachEvent)
		if len(events) != 1 || events[0].Kind != models.FormSubmitted || events[0].Data.OfferKind != models.OfferEbook {
			t.Errorf("events: %+v", events)
		}
		mails := all(w, w.store.EachMessage)
		if len(mails) != 1 || mails[0].Kind != models.MailDelivery || mails[0].To != "narges@example.com" || mails[0].Class != models.ClassTransactional {
			t.Errorf("mails: %+v", mails)
		}
		if w.woken.Load() == 0 {
			t.Error("the mailer was not woken")
		}
		thanks, err := w.leads.Thanks(w.ctx, receipt.Thanks)
		if err != nil || thanks.Download == "" || thanks.Submission.ID != receipt.Submission {
			t.Errorf("thanks: %+v %v", thanks, err)
		}
		w.sound()
	})
}

// I1: the same answers under the same token are one submission with one answer, however often and however
// much at once they are sent.
func TestARepeatedPostIsHarmless(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		f := w.open("rahnama")
		first := f.mustSend()
		var wg sync.WaitGroup
		for range 40 {
			wg.Go(func() {
				again, err := f.send()
				if err != nil || again != first {
					t.Errorf("repeat: %+v %v, first was %+v", again, err, first)
				}
			})
		}
		wg.Wait()
		if n := len(all(w, w.store.EachSubmission)); n != 1 {
			t.Errorf("%d submissions", n)
		}
		if n := len(all(w, w.store.EachMessage)); n != 1 {
			t.Errorf("%d mails", n)
		}
		w.sound()
	})
}

// I1: other answers under a token are a correction that names what it corrects, and the mail to the wrong
// address is withdrawn.
func TestACorrectionWithdrawsTheMailToTheOldAddress(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		f := w.open("rahnama").with("email", "narges@gmial.com")
		first := f.mustSend()
		second := f.with("email", "narges@gmail.com").mustSend()
		if first.Submission == second.Submission {
			t.Fatal("the correction was taken for a repeat")
		}
		subs := all(w, w.store.EachSubmission)
		if len(subs) != 2 || subs[1].Corrects != first.Submission {
			t.Errorf("submissions: %+v", subs)
		}
		states := map[string]models.MessageState{}
		for _, m := range all(w, w.store.EachMessage) {
			states[m.To] = m.State
		}
		if states["narges@gmial.com"] != models.MessageSuppressed || states["narges@gmail.com"] != models.MessageQueued {
			t.Errorf("mails: %v", states)
		}
		if again := f.with("email", "narges@gmial.com").mustSend(); again != first {
			t.Errorf("the first answers, sent once more: %+v", again)
		}
		w.sound()
	})
}

// A correction by the same person changes the lead, and counts as one form: no second event, no second mail.
func TestACorrectionOfOneselfIsNotASecondForm(t *testing.T) {
	each(t, leads.Config{Notify: []string{"sales@example.org"}}, func(t *testing.T, w *world) {
		f := w.open("rahnama")
		f.mustSend()
		before := w.lead("narges@example.com").Score
		f.with("company", "برکه").mustSend()
		l := w.lead("narges@example.com")
		if l.Company != "برکه" || l.Score != before {
			t.Errorf("company %q, score %v, was %v", l.Company, l.Score, before)
		}
		if n := len(all(w, w.store.EachMessage)); n != 1 {
			t.Errorf("%d mails", n)
		}
		f.with("call_me", "1").mustSend()
		if l := w.lead("narges@example.com"); l.Temperature != models.Hot {
			t.Errorf("a hand raised in a correction is not heard: %s", l.Temperature)
		}
		w.sound()
	})
}

// C4: a known lead is never overwritten by an empty answer, and another person in the same browser is
// another lead.
func TestWhatIsKnownStays(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").with("phone", "09123456789", "company", "برکه").mustSend()
		f := w.open("rahnama").with("email", " NARGES@Example.COM ", "name", "نرگس م")
		f.mustSend()
		l := w.lead("narges@example.com")
		if l.Phone != "+989123456789" || l.Company != "برکه" || l.Name != "نرگس م" || l.Email != "NARGES@Example.COM" {
			t.Errorf("lead: %+v", l)
		}
		f.with("email", "kaveh@example.com", "name", "کاوه").mustSend()
		if other := w.lead("kaveh@example.com"); other.ID == l.ID || other.Phone != "" {
			t.Errorf("another person became %+v", other)
		}
		w.sound()
	})
}

// C6: absent is refused, recorded once per text shown; given is recorded each time.
func TestRefusalsAreRecordedOnce(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		w.pass(time.Hour)
		w.open("rahnama").mustSend()
		w.pass(time.Hour)
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		var said []models.Decision
		for _, c := range w.consents(models.Newsletter) {
			said = append(said, c.Decision)
		}
		if !slices.Equal(said, []models.Decision{models.Refused, models.Given}) {
			t.Errorf("consents: %v", said)
		}
	})
}

// I1: a token is good for seven days, then everything is kept and a fresh one is given.
func TestAPageThatWasOpenForTooLong(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		f := w.open("rahnama")
		w.pass(7 * 24 * time.Hour)
		if _, err := f.send(); !errors.Is(err, leads.ErrPageTooOld) {
			t.Error("after seven days:", err)
		}
		other := w.open("playbook")
		f.token = other.token
		if _, err := f.send(); !errors.Is(err, leads.ErrPageTooOld) {
			t.Error("a token of another page:", err)
		}
	})
}

// I1: a post without a token that equals one of the last ten minutes is the same one.
func TestAPostWithoutAToken(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		f := w.open("rahnama")
		f.token = ""
		first := f.mustSend()
		w.pass(9 * time.Minute)
		if again := f.mustSend(); again != first {
			t.Error("within ten minutes it is another one")
		}
		w.pass(2 * time.Minute)
		if later := f.mustSend(); later == first {
			t.Error("after ten minutes it is the same one")
		}
		w.sound()
	})
}
