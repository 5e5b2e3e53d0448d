package leads_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
)

// ask has the link to what is kept mailed, and returns its token.
func (w *world) ask() string {
	w.t.Helper()
	if err := w.leads.AskMyData(w.ctx, narges, i18n.EN, visitor); err != nil {
		w.t.Fatal(err)
	}
	return w.token(w.mail(models.MailMyData), myDataLink)
}

// A known and an unknown address are answered alike, after the same work; the link comes once an hour and in the
// language of who asks.
func TestAskingForOnesDataTellsNobodyWhoIsKnown(t *testing.T) {
	each(t, leads.Config{PerNetwork: []leads.Limit{{N: 5, Period: time.Hour}}}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		w.pass(50 * time.Minute)
		for _, address := range []string{narges, " NARGES@example.com ", narges, "nobody@example.com", "nobody@example.com"} {
			if err := w.leads.AskMyData(w.ctx, address, i18n.EN, visitor); err != nil {
				t.Errorf("%s: %v", address, err)
			}
			w.pass(5 * time.Minute)
		}
		mails := w.mails(models.MailMyData)
		if len(mails) != 1 || mails[0].To != narges || mails[0].Locale != "en" || mails[0].Class != models.ClassTransactional {
			t.Errorf("mails: %+v", mails)
		}
		asked := w.audited("my_data.ask")
		if len(asked) != 5 || asked[0].Subject != "identity:"+w.leads.HashIdentity(narges) || asked[0].IP != "" {
			t.Errorf("noted: %+v", asked)
		}
		if _, err := w.store.LeadByIdentity(w.ctx, "nobody@example.com"); !errors.Is(err, models.ErrNotFound) {
			t.Error("asking made a lead:", err)
		}
		if _, ok := errors.AsType[*models.Invalid](w.leads.AskMyData(w.ctx, "no address", i18n.EN, visitor)); !ok {
			t.Error("what is no address is not refused")
		}
		for range 5 {
			_ = w.leads.AskMyData(w.ctx, fmt.Sprint("n", w.now.Load(), "@example.com"), i18n.EN, visitor)
			w.pass(time.Second)
		}
		if _, ok := errors.AsType[*leads.TooMany](w.leads.AskMyData(w.ctx, "one@example.com", i18n.EN, visitor)); !ok {
			t.Error("one network may ask without end")
		}
	})
}

// C6: the mailed link shows everything for a day, and a person's data alone.
func TestMyData(t *testing.T) {
	each(t, leads.Config{Notify: []string{"sales@example.org"}}, func(t *testing.T, w *world) {
		w.sequence("rahnama")
		w.subscribe("rahnama")
		w.open("playbook").with("call_me", "1").mustSend()
		token := w.ask()
		d, err := w.leads.MyData(w.ctx, token)
		if err != nil || d.Standing != leads.StandingOpen || d.Locale != "en" || d.Lead == nil || d.Lead.Identity != narges || len(d.Submissions) != 2 ||
			len(d.Consents) < 3 || len(d.Events) != 3 || len(d.Enrolments) == 0 {
			t.Fatalf("my data: %+v %v", d, err)
		}
		for _, c := range d.Consents {
			if d.Texts[c.TextID].Text == "" {
				t.Errorf("a consent without its text: %+v", c)
			}
		}
		if slices.ContainsFunc(d.Mails, func(m models.Message) bool { return m.Class == models.ClassSales }) || len(d.Mails) != 3 {
			t.Errorf("mails: %+v", d.Mails)
		}
		w.pass(24 * time.Hour)
		if d, err = w.leads.MyData(w.ctx, token); err != nil || d.Standing != leads.StandingOld || len(d.Submissions)+len(d.Events)+len(d.Consents) != 0 {
			t.Errorf("a day later: %+v %v", d, err)
		}
		if err := w.leads.Erase(w.ctx, token, visitor); !errors.Is(err, leads.ErrLinkTooOld) {
			t.Error("erased by an old link:", err)
		}
	})
}
