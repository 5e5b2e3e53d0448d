package nurture_test

import (
	"errors"
	"strings"
	"testing"

	"sarnakh/i18n"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/store"
)

// tries is a test mail as the back office owes it.
func (w *world) tries(lead string) *models.Message {
	m := &models.Message{ID: 5, Kind: models.MailTest, CreatedAt: w.store.Now(), Merge: models.Merge{nurture.TestSequence: w.sequence.ID.String(), nurture.TestStep: "a"}}
	if lead != "" {
		m.Merge[nurture.TestLead] = lead
	}
	return m
}

// A test shows what one lead would get: their words, their code. It says so, and whose its links are: nobody's, so that
// nothing that is pressed in it is done for the lead (C6).
func TestATestMailIsSeenAsALead(t *testing.T) {
	doc := models.SequenceDoc{Steps: []models.Step{step("a", 0)}}
	doc.Steps[0].Subject, doc.Steps[0].Blocks = "{{name|دوست}}", models.TextBlocks("{{company}} `{{code|بی‌کد}}` [صفحه]({{page_url}}) [کتاب]({{download_url}})")
	each(t, doc, func(t *testing.T, w *world) {
		w.gives(book)
		lead := w.joins(func(l *models.Lead) { l.Company = "برکه" })
		w.says(lead, models.Tracking, models.Given)
		form := w.fills(lead, w.campaign.ID)
		w.confirms(lead)
		w.must(w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: lead, Coupon: w.campaign.ID}, Decide: func(f *store.Facts) (store.Rows, error) {
			return store.Rows{Coupon: &models.Coupon{ID: f.NewID(), CampaignID: w.campaign.ID, LeadID: lead, Code: "NOWRUZ-1405", IssuedAt: f.Now}}, nil
		}}))
		m, loc := w.tries(lead.String()), i18n.For(i18n.FA)
		got, err := w.nurture.ComposeTest(w.ctx, m)
		w.must(err)
		again, err := w.worker(1).ComposeTest(w.ctx, m)
		w.must(err)
		if got.HTML != again.HTML || got.Text != again.Text || got.Subject != again.Subject {
			t.Error("the second mail differs")
		}
		for _, part := range []string{"برکه", "NOWRUZ-1405", "نرگس مهرآیین", loc.T("mail.step.test_note"), loc.T("mail.step.test_download"), base + "/p/rahnama"} {
			if !strings.Contains(strings.Join(strings.Fields(got.Text), " "), part) || !strings.Contains(got.HTML, part) {
				t.Errorf("%q is not in\n%s", part, got.Text)
			}
		}
		if !strings.Contains(got.Subject, "نرگس مهرآیین") || got.Unsubscribe != "" {
			t.Errorf("subject %q, header %q", got.Subject, got.Unsubscribe)
		}
		nobody := links.Ref{}
		for _, way := range []string{w.links.Unsubscribe(nobody), w.links.Preferences(nobody)} {
			if !strings.Contains(got.Text, way) {
				t.Errorf("the way out is not nobody's:\n%s", got.Text)
			}
		}
		for _, theirs := range []string{"/c/", "/confirm/", w.links.Download(form, m.CreatedAt.Time())} {
			if strings.Contains(got.Text+got.HTML, theirs) {
				t.Errorf("%s is in\n%s", theirs, got.Text)
			}
		}
		if plain, err := w.nurture.ComposeTest(w.ctx, w.tries("")); err != nil || !strings.Contains(plain.Text, "بی‌کد") || strings.Contains(plain.Text, "نرگس") {
			t.Errorf("as nobody: %v\n%s", err, plain.Text)
		}
		for _, gone := range []string{"zzz", "no id"} {
			if _, err := w.nurture.ComposeTest(w.ctx, w.tries(gone)); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("as %s: %v", gone, err)
			}
		}
	})
}

// C6: what a test said of somebody goes with them; other tests stay.
func TestATestMailGoesWithTheLead(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		lead, other := w.starts(), w.starts()
		var tests []models.Message
		for i, as := range []string{lead.String(), other.String(), ""} {
			m := *w.tries(as)
			m.ID, m.Class, m.State, m.To = models.ID(1000+i), models.ClassTransactional, models.MessageQueued, "mina@firm.example"
			m.Ident, m.MessageID, m.DueAt = "test:"+m.ID.String(), m.ID.String()+"@x", m.CreatedAt
			tests = append(tests, m)
		}
		w.must(w.store.OweMail(w.ctx, tests...))
		w.must(w.store.Erase(w.ctx, store.Erasing{Lead: lead, Hash: "h"}))
		for i, m := range tests {
			if _, err := w.store.Message(w.ctx, m.ID); errors.Is(err, models.ErrNotFound) != (i == 0) {
				t.Errorf("test %d: %v", i, err)
			}
		}
	})
}
