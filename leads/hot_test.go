package leads_test

import (
	"math"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

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
