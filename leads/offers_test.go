package leads_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/mailer"
	"sarnakh/models"
)

// twice fails the test where a mail is not the same each time (I3), and gives its words.
func (w *world) twice(m models.Message) mailer.Mail {
	w.t.Helper()
	first, again := w.words(m), w.words(m)
	if first.Subject != again.Subject || first.HTML != again.HTML || first.Text != again.Text || len(first.Attachments) != len(again.Attachments) {
		w.t.Error("the second mail differs")
	}
	for i := range first.Attachments {
		if !bytes.Equal(first.Attachments[i].Data, again.Attachments[i].Data) {
			w.t.Error("the second file differs")
		}
	}
	if n, _ := json.Marshal(m.Merge); len(n) > 1024 {
		w.t.Errorf("%d bytes of values", len(n))
	}
	return first
}

// says fails the test where a text lacks one of the parts, or has one that begins with "!".
func says(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if not, ok := strings.CutPrefix(part, "!"); ok == strings.Contains(text, strings.TrimPrefix(part, "!")) {
			t.Errorf("%q (not: %t) in\n%s", part, ok && not != "", text)
		}
	}
}

// C3: the marketer's words stand above what the mail brings, filled with what the sender typed, and can be built again.
func TestALetterInTheMarketersWords(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.campaign("letter", func(d *models.CampaignDoc) {
			d.Offer.Letter = models.Letter{Subject: "{{first_name|Hello}}, your {{offer}}\r\nBcc: x@example.com",
				Text: "Dear **{{name|reader}}** of {{company|your company}},\n\n[the page]({{page_url}}), [elsewhere](javascript:alert(1)), <b>x</b>\n\n[Take it]({{download_url}} \"button\")"}
		})
		w.open("letter").with("name", "Nora <b>Hale").mustSend()
		words := w.twice(w.mail(models.MailDelivery))
		says(t, words.Text, "Hi Nora bHale", "of your company", "https://leads.example.org/p/letter", "Take it:\nhttps://leads.example.org/d/", "!javascript", "!{{", "Download it")
		says(t, words.HTML, "&lt;b&gt;x&lt;/b&gt;", "!javascript:", "!<script")
		if strings.ContainsAny(words.Subject, "\r\n") || !strings.Contains(words.Subject, ", your ") || !strings.HasSuffix(words.Subject, "Bcc: x@example.com") {
			t.Errorf("subject %q", words.Subject)
		}
		w.open("letter").with("name", "نرگس مهرآیین", "email", "n2@example.com").mustSend()
		says(t, w.twice(w.mail(models.MailDelivery)).Text, "Dear \u2068نرگس مهرآیین\u2069 of")
		w.open("playbook").with("email", "n3@example.com").mustSend()
		says(t, w.twice(w.mail(models.MailDelivery)).Subject, "Your download is ready")
	})
}

// C3: when and where an event is, with a file for the calendar; the address of the meeting in the mail alone.
func TestAnEventInTheMail(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		from := models.At(time.Date(2026, 12, 3, 14, 30, 0, 0, time.UTC))
		w.campaign("webinar", func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferWebinar, Title: "How to follow up",
				Event: &models.Gathering{From: from, Until: from.Add(time.Hour), Zone: "Asia/Tehran", Place: "Hall 2", URL: "https://meet.example.org/x"}}
		})
		w.open("webinar").mustSend()
		words := w.twice(w.mail(models.MailDelivery))
		says(t, words.Subject, "You are signed up: How to follow up")
		says(t, words.Text, "Thursday, 3 December 2026 (12 Azar 1405)\n18:00–19:00, Tehran time (UTC+03:30)", "Hall 2", "https://meet.example.org/x")
		if len(words.Attachments) != 1 || words.Attachments[0].Name != "event.ics" || !bytes.Contains(words.Attachments[0].Data, []byte("meet.example.org")) {
			t.Errorf("%+v", words.Attachments)
		}
		p := w.page("webinar")
		if bytes.Contains(w.leads.Calendar(p, false), []byte("meet.")) {
			t.Error("the address is open to all")
		}
	})
}

// C3: a contest says until when and by which rules, a survey what its page said, a trial with an address where it begins.
func TestOtherOffersInTheMail(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		for slug, test := range map[string]struct {
			offer models.Offer
			says  []string
		}{
			"contest": {models.Offer{Kind: models.OfferContest, Title: "The draw", Contest: &models.Contest{Until: models.At(time.Date(2027, 3, 20, 20, 30, 0, 0, time.UTC)), Rules: "One *entry* each.\n\n- no staff"}},
				[]string{"You are taking part", "Entries count until 20 Mar 2027.", "One entry each.", "- no staff"}},
			"survey": {models.Offer{Kind: models.OfferSurvey, Title: "Survey"}, []string{"We have your answers", "Thanks a lot", "Second line"}},
			"trial":  {models.Offer{Kind: models.OfferTrial, Title: "Two weeks", Trial: &models.Trial{URL: "https://app.example.org/signup", Days: 14}}, []string{"Begin your trial:\nhttps://app.example.org/signup", "It lasts 14 days."}},
		} {
			w.campaign(slug, func(d *models.CampaignDoc) {
				d.Offer, d.Form.Thanks = test.offer, models.Thanks{Heading: "Thanks a lot", Text: "First line\nSecond line"}
			})
			w.open(slug).with("email", slug+"@example.com").mustSend()
			says(t, w.twice(w.mail(models.MailDelivery)).Text, test.says...)
			preview, err := w.leads.PreviewDelivery(w.ctx, w.page(slug))
			if err != nil {
				t.Fatal(err)
			}
			says(t, preview.Text, test.says...)
		}
	})
}
