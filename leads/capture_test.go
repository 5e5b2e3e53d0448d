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

// H1, Q1: a raised hand is hot at once: one hand-off, one mail to each salesperson, and one more an hour at
// most for a further raised hand.
func TestARaisedHandIsHeardAtOnce(t *testing.T) {
	each(t, leads.Config{Notify: []string{"one@example.org", "two@example.org"}}, func(t *testing.T, w *world) {
		w.open("playbook").with("call_me", "1").mustSend()
		l := w.lead("narges@example.com")
		if l.Temperature != models.Hot || l.Stage != models.StageMQL || !l.Has(models.KindMQL) || l.RaisedHandAt == 0 {
			t.Errorf("lead: %s %s %+v", l.Temperature, l.Stage, l.Kinds)
		}
		if n := w.hotMails(); n != 2 {
			t.Errorf("%d hot mails, want 2", n)
		}
		for range 3 {
			w.pass(10 * time.Minute)
			w.open("playbook").with("call_me", "1").mustSend()
		}
		if n := w.hotMails(); n != 2 {
			t.Errorf("%d hot mails within the hour, want 2", n)
		}
		w.pass(time.Hour)
		w.open("playbook").with("call_me", "1").mustSend()
		if n := w.hotMails(); n != 4 {
			t.Errorf("%d hot mails after an hour, want 4", n)
		}
		handoffs, err := w.store.HandoffsOf(w.ctx, l.ID, 10)
		if err != nil || len(handoffs) != 1 || handoffs[0].Reason != models.HandoffHand {
			t.Errorf("hand-offs: %+v %v", handoffs, err)
		}
		w.sound()
	})
}

func (w *world) hotMails() (n int) {
	for _, m := range all(w, w.store.EachMessage) {
		if m.Class == models.ClassSales {
			n++
			w.hotLocale = m.Locale
		}
	}
	return n
}

// Without anyone named, the owners hear of a hot lead: also of one who came before them.
func TestOwnersHearOfHotLeadsWhenNobodyIsNamed(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("playbook").with("call_me", "1").mustSend()
		owner := &models.User{Email: "owner@example.org", Name: "O", Role: models.Owner, Locale: "en", Theme: "system"}
		if err := w.store.AddUser(w.ctx, owner); err != nil {
			t.Fatal(err)
		}
		if n := w.hotMails(); n != 0 {
			t.Errorf("%d hot mails to nobody", n)
		}
		for range 2 {
			if err := w.leads.TellWaiting(w.ctx); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.hotMails(); n != 1 || w.hotLocale != owner.Locale {
			t.Errorf("the owner was told %d times, in %q, of the one who waited", n, w.hotLocale)
		}
		w.open("playbook").with("email", "other@example.com", "call_me", "1").mustSend()
		if n := w.hotMails(); n != 2 {
			t.Errorf("%d hot mails, want 2", n)
		}
		w.sound()
	})
}

// S4: three people of one company; addresses of free-mail providers are no company.
func TestThreePeopleOfOneCompany(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		for _, who := range []string{"a", "b", "c"} {
			w.open("playbook").with("email", who+"@firm.example").mustSend()
			w.open("playbook").with("email", who+"@gmail.com").mustSend()
		}
		first, third := w.lead("a@firm.example"), w.lead("c@firm.example")
		if third.Score-first.Score < 14.9 {
			t.Errorf("the third of a company: %v, the first: %v", third.Score, first.Score)
		}
		if a, c := w.lead("a@gmail.com"), w.lead("c@gmail.com"); math.Abs(a.Score-c.Score) > 1e-9 || a.Domain != "" {
			t.Errorf("strangers at a provider: %v %v %q", a.Score, c.Score, a.Domain)
		}
		w.sound()
	})
}

// Public forms: what is judged spam is kept with its reasons, sends nothing, scores nothing, gets the same
// answer, and can be released.
func TestSpamIsKeptAndCanBeReleased(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		receipt := w.open("rahnama").with("website_url", "http://x.example", "phone", "09123456789", "consent.newsletter", "1").mustSend()
		if _, err := w.store.LeadByIdentity(w.ctx, "narges@example.com"); !errors.Is(err, models.ErrNotFound) {
			t.Error("spam became a lead:", err)
		}
		if n := len(all(w, w.store.EachMessage)) + len(all(w, w.store.EachEvent)) + len(all(w, w.store.EachConsent)); n != 0 {
			t.Errorf("spam left %d rows behind", n)
		}
		thanks, err := w.leads.Thanks(w.ctx, receipt.Thanks)
		if err != nil || thanks.Download == "" {
			t.Error("spam is answered differently:", err)
		}
		kept, err := w.store.Quarantined(w.ctx, 0, 10)
		if err != nil || len(kept) != 1 || !slices.Equal(kept[0].Reasons, []string{"trap"}) || kept[0].Answers["phone"] != "+989123456789" {
			t.Fatalf("quarantine: %+v %v", kept, err)
		}
		w.sound()

		w.pass(time.Hour)
		if _, err := w.leads.Release(w.ctx, kept[0].ID); err != nil {
			t.Fatal(err)
		}
		l := w.lead("narges@example.com")
		if l.Phone != "+989123456789" || l.Score == 0 || len(all(w, w.store.EachMessage)) != 1 {
			t.Errorf("released: %+v", l)
		}
		if _, err := w.leads.Release(w.ctx, kept[0].ID); !errors.Is(err, models.ErrConflict) {
			t.Error("released twice:", err)
		}
		w.sound()
	})
}

// forms.min_seconds: haste alone is no reason, for browsers fill forms in by themselves.
func TestHasteAloneIsNoSpam(t *testing.T) {
	each(t, leads.Config{MinSeconds: 60}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		w.open("rahnama").with("email", "x@mailinator.com").mustSend()
		w.lead("narges@example.com")
		if _, err := w.store.LeadByIdentity(w.ctx, "x@mailinator.com"); !errors.Is(err, models.ErrNotFound) {
			t.Error("haste and a throw-away mailbox together were taken")
		}
	})
}

func TestLimitsSpareTheSecondClick(t *testing.T) {
	each(t, leads.Config{PerAddress: []leads.Limit{{N: 2, Period: time.Hour}}}, func(t *testing.T, w *world) {
		f := w.open("rahnama")
		for range 5 {
			f.mustSend()
		}
		w.open("rahnama").mustSend()
		_, err := w.open("rahnama").send()
		tooMany, ok := errors.AsType[*leads.TooMany](err)
		if !ok || tooMany.RetryAfter <= 0 || tooMany.RetryAfter > time.Hour {
			t.Fatal("third form of an address:", err)
		}
		w.pass(tooMany.RetryAfter)
		w.open("rahnama").mustSend()
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

// The download is counted once per format, brings no points, and its link is renewed by mail.
func TestDownload(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		receipt := w.open("rahnama").mustSend()
		thanks, err := w.leads.Thanks(w.ctx, receipt.Thanks)
		if err != nil {
			t.Fatal(err)
		}
		before := w.lead("narges@example.com").Score
		d, err := w.leads.Download(w.ctx, thanks.Download)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			key, err := w.leads.TakeDownload(w.ctx, d, "pdf")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.leads.FileOf(key); err != nil {
				t.Error(err)
			}
			w.pass(61 * time.Minute)
			if _, err := w.leads.FileOf(key); !errors.Is(err, models.ErrNotFound) {
				t.Error("the file's address works after its hour:", err)
			}
			w.pass(-61 * time.Minute)
		}
		if n := len(all(w, w.store.EachEvent)); n != 2 {
			t.Errorf("%d events, want the form and one download", n)
		}
		if after := w.lead("narges@example.com").Score; after != before {
			t.Errorf("a download changed the score: %v, was %v", after, before)
		}
		w.pass(8 * 24 * time.Hour)
		if d, err = w.leads.Download(w.ctx, thanks.Download); err != nil || !d.Expired {
			t.Fatal("after eight days:", d, err)
		}
		for range 3 {
			if err := w.leads.MailFreshLink(w.ctx, d); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(all(w, w.store.EachMessage)); n != 2 {
			t.Errorf("%d mails, want the first and one fresh link", n)
		}
		w.sound()
	})
}
