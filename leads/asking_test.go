package leads_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
)

// goes lets a mail go where the gate lets it begin, and tells whether it did.
func (w *world) goes(m models.Message) bool {
	w.t.Helper()
	if !w.begins(m) {
		return false
	}
	_, err := w.store.MailRound(w.ctx, store.MailRound{Owner: "worker", Lease: 1 << 40,
		Results: []store.MailResult{{ID: m.ID, Attempt: 1, State: models.MessageSent}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.state(m) == models.MessageSent
}

// Whoever asks for their data gets the link at once, though a form's mail came minutes before and they never confirmed;
// but one an hour, five a day and ten in 30 days at most, whoever asks (decision 15).
func TestTheLinkToOnesDataIsNotHeldBack(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		first := w.mail(models.MailDelivery)
		if !w.goes(first) {
			t.Fatal("the first mail is held back")
		}
		ask := func() {
			t.Helper()
			if err := w.leads.AskMyData(w.ctx, narges, i18n.FA, visitor); err != nil {
				t.Fatal(err)
			}
		}
		ask()
		if m := w.mail(models.MailMyData); !w.goes(m) {
			t.Errorf("the link is %s", w.state(m))
		}
		w.open("playbook").mustSend()
		if m := w.mail(models.MailDelivery); w.goes(m) || w.state(m) != models.MessageSuppressed {
			t.Errorf("another form's mail on the same day is %s", w.state(m))
		}
		for _, x := range []struct {
			every time.Duration
			times int
			want  int // mails so far
		}{
			{10 * time.Minute, 2, 1}, // one an hour
			{time.Hour, 7, 5},        // five a day
			{24 * time.Hour, 7, 10},  // ten in 30 days
		} {
			for range x.times {
				w.pass(x.every)
				ask()
			}
			if n := len(w.mails(models.MailMyData)); n != x.want {
				t.Errorf("%d asks, one each %v: %d mails, want %d", x.times, x.every, n, x.want)
			}
		}
		w.pass(30 * 24 * time.Hour)
		ask()
		m := w.mail(models.MailMyData)
		if n := len(w.mails(models.MailMyData)); n != 11 || !w.goes(m) {
			t.Errorf("a month later: %d mails, the last is %s", n, w.state(m))
		}
	})
}

// Links to one's data count for nothing else: whoever asked for them can still confirm a form of the same day.
func TestAskingHoldsBackNoOtherMail(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		if m := w.mail(models.MailDelivery); !w.goes(m) {
			t.Fatal("the first mail is held back")
		}
		for range 4 {
			w.pass(7 * time.Hour)
			if err := w.leads.AskMyData(w.ctx, narges, i18n.FA, visitor); err != nil {
				t.Fatal(err)
			}
			if m := w.mail(models.MailMyData); !w.goes(m) {
				t.Fatalf("the link is %s", w.state(m))
			}
		}
		w.open("playbook").with("consent.newsletter", "1").mustSend()
		if m := w.mail(models.MailDelivery); !w.goes(m) {
			t.Errorf("the button of a form is %s", w.state(m))
		}
		w.sound()
	})
}

// C1: who asks for a call is taken with an address alone, and without either is told beside the field what is missing,
// in the page's language.
func TestWhoWantsACallLeavesAWayToAnswer(t *testing.T) {
	each(t, leads.Config{Notify: []string{"sales@example.org"}}, func(t *testing.T, w *world) {
		optional := func(d *models.CampaignDoc) {
			for i := range d.Form.Fields {
				d.Form.Fields[i].Required = false
			}
		}
		w.campaign("call", optional)
		w.campaign("phoneless", func(d *models.CampaignDoc) {
			optional(d)
			d.Form.Fields = append(d.Form.Fields[:2:2], d.Form.Fields[3:]...)
		})
		for what, x := range map[string]struct {
			slug   string
			values url.Values
			wrong  string
		}{
			"neither":          {"call", url.Values{"call_me": {"1"}, "name": {"N"}}, "invalid.call_me_phone"},
			"a number":         {"call", url.Values{"call_me": {"1"}, "phone": {"09123456789"}}, ""},
			"an address":       {"call", url.Values{"call_me": {"1"}, "email": {"one@example.com"}}, ""},
			"a wrong number":   {"call", url.Values{"call_me": {"1"}, "phone": {"12"}}, "invalid.phone"},
			"a wrong address":  {"call", url.Values{"call_me": {"1"}, "email": {"one@"}}, ""},
			"no wish":          {"call", url.Values{"name": {"N"}}, ""},
			"nowhere to write": {"phoneless", url.Values{"call_me": {"1"}, "name": {"N"}}, ""},
		} {
			f := w.open(x.slug)
			f.values = x.values
			_, err := f.send()
			wrong, _ := err.(*models.Invalid)
			said, _ := wrong.Of("phone")
			if said.Key != x.wrong {
				t.Errorf("%s: %q is said of the phone, want %q (%v)", what, said.Key, x.wrong, err)
			}
		}
		w.open("rahnama").with("call_me", "1").mustSend() // C1: it has an address
		if l := w.lead(narges); l.Temperature != models.Hot || l.Phone != "" {
			t.Errorf("%s, %q", l.Temperature, l.Phone)
		}
	})
}

// H1: the salesperson reads that there is no number, in their language.
func TestTheSalespersonReadsThatThereIsNoNumber(t *testing.T) {
	each(t, leads.Config{Notify: []string{"sales@example.org"}}, func(t *testing.T, w *world) {
		w.open("rahnama").with("call_me", "1").mustSend()
		m := w.mail(models.MailHot)
		for _, locale := range i18n.Locales() {
			m.Locale = string(locale)
			got, err := w.leads.ComposeHot(w.ctx, &m)
			if err != nil {
				t.Fatal(err)
			}
			for part, text := range map[string]string{"HTML": got.HTML, "text": got.Text} {
				if says := i18n.For(locale).T("mail.hot.no_number"); !strings.Contains(text, says) {
					t.Errorf("the %s does not say %q", part, says)
				}
			}
		}
	})
}
