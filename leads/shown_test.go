package leads_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"sarnakh/leads"
	"sarnakh/models"
)

// promising publishes the campaign "words" with such words beside its box; once more, it is published anew.
func (w *world) promising(words string) *models.Published {
	w.t.Helper()
	doc := w.page("playbook").Version.Doc
	doc.Form.Purposes = slices.Clone(doc.Form.Purposes)
	doc.Form.Purposes[0].Text = words
	c := models.Campaign{Slug: "words", Name: "words", Locale: "en"}
	if p, err := w.camps.Snapshot().Page("words"); err == nil {
		c = p.Campaign
	}
	if err := w.camps.Publish(w.ctx, &c, doc); err != nil {
		w.t.Fatal(err)
	}
	return w.page("words")
}

// textsAgreedTo are the texts of the consents recorded, oldest first.
func (w *world) textsAgreedTo() (out []string) {
	w.t.Helper()
	for _, c := range w.consents(models.Newsletter) {
		texts, err := w.store.ConsentTexts(w.ctx, []models.ID{c.TextID})
		if err != nil {
			w.t.Fatal(err)
		}
		out = append(out, texts[c.TextID].Text)
	}
	return out
}

// C6: what is recorded is the text that was read, also where another was published before the form was sent; the mail that
// asks to confirm it says the same. A form that is shown again, with what was typed, is read anew.
func TestAConsentIsToWhatWasShown(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.promising("A letter a month.")
		f := w.open("words").with("consent.newsletter", "1")
		again := w.open("words").with("consent.newsletter", "1", "email", "again@example.com")
		now := w.promising("A letter a day.")
		f.mustSend()
		says(t, w.twice(w.mail(models.MailDelivery)).Text, "A letter a month.", "!A letter a day.")

		renewed := w.leads.Renew(again.token, now)
		if renewed == again.token || w.leads.Renew(renewed, now) != renewed || w.leads.Renew("no token", now) != "no token" {
			t.Error("a page shown again is not a view of what it shows")
		}
		again.token = renewed
		r := again.mustSend()
		if said := w.textsAgreedTo(); !slices.Equal(said, []string{"A letter a month.", "A letter a day."}) {
			t.Errorf("recorded: %q", said)
		}
		if sub, err := w.store.Submission(w.ctx, r.Submission); err != nil || sub.Attribution.Source != "instagram" || sub.VersionID != now.VersionID {
			t.Errorf("%+v, %v", sub, err)
		}
		w.sound()
	})
}

// C6: a form that stands on another site as plain HTML says the words of the version that it was made from, however many were
// published since; one that is made up, or another campaign's, counts for nothing.
func TestAConsentIsToWhatStandsElsewhere(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		was := w.promising("A letter a month.")
		other, now := w.page("playbook"), w.promising("A letter a day.")
		for i, version := range []string{was.VersionID.String(), other.VersionID.String(), "made-up", "1", ""} {
			f := w.open("words").with("consent.newsletter", "1", "email", "a"+strconv.Itoa(i)+"@example.com", leads.FieldVersion, version)
			f.token = ""
			sub, err := w.store.Submission(w.ctx, f.mustSend().Submission)
			if err != nil || (sub.VersionID == was.VersionID) != (i == 0) || i > 0 && sub.VersionID != now.VersionID {
				t.Errorf("%q is recorded as of version %s: %v", version, sub.VersionID, err)
			}
		}
		want := []string{"A letter a month.", "A letter a day.", "A letter a day.", "A letter a day.", "A letter a day."}
		if said := w.textsAgreedTo(); !slices.Equal(said, want) {
			t.Errorf("recorded: %q", said)
		}
		w.sound()
	})
}

// I1: who corrects themselves in several steps leaves no mail to an address that they took back, not even by leaving none.
func TestCorrectionsInSeveralSteps(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.campaign("optional", func(d *models.CampaignDoc) {
			d.Form.Fields = slices.Clone(d.Form.Fields)
			for i := range d.Form.Fields {
				d.Form.Fields[i].Required = false
			}
		})
		for slug, last := range map[string]string{"playbook": "right@example.com", "optional": ""} {
			wrong := slug + "-slip@example.com"
			f := w.open(slug).with("email", wrong)
			f.mustSend()
			f.with("company", "Birch").mustSend() // the same person: their mail is owed already
			f.with("email", last).mustSend()
			for _, m := range all(w, w.store.EachMessage) {
				if want := m.To != wrong; (m.State == models.MessageQueued) != want && strings.HasPrefix(m.To, slug) {
					t.Errorf("%s: the mail to %s is %s", slug, m.To, m.State)
				}
			}
		}
		w.sound()
	})
}

// The same of a trial that the owner's program makes: its address goes to nobody who was a slip.
func TestATrialOfASlipInSeveralSteps(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.calling(t, &maker{answer: `{"url": "https://app.example.org/x"}`})
		f := w.open("trial").with("email", "slip@example.com")
		f.mustSend()
		f.with("company", "Birch").mustSend()
		f.with("email", "right@example.com").mustSend()
		for _, job := range w.jobs() {
			if err := w.leads.MakeTrial(w.ctx, job); err != nil {
				t.Error(err)
			}
		}
		if mails := w.mails(models.MailTrial); len(mails) != 1 || mails[0].To != "right@example.com" {
			t.Errorf("mails: %+v", mails)
		}
	})
}
