package nurture_test

import (
	"strings"
	"testing"
	"time"

	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"
)

// again are a button, a link and an address in a sentence, to the lead's own download.
func again() models.SequenceDoc {
	doc := models.SequenceDoc{Steps: []models.Step{step("a", 0)}}
	doc.Steps[0].Blocks = models.TextBlocks("[کتاب]({{download_url}} \"button\")\n\n[همان]({{download_url}}) یا {{download_url|نیست}}")
	return doc
}

// gives puts files into the offer, or none.
func (w *world) gives(files ...models.Download) {
	w.t.Helper()
	doc := w.camps.Snapshot().Campaign(w.campaign.ID).Version.Doc
	doc.Offer.Files = files
	w.must(w.camps.Publish(w.ctx, &w.campaign, doc))
	w.must(w.camps.Reload(w.ctx))
}

var book = models.Download{FileID: 1, Key: "pdf", Name: "book.pdf", Format: "PDF", Type: "application/pdf", Size: 1000}

// fills records that a lead filled in a campaign's form, and returns the submission.
func (w *world) fills(lead, campaign models.ID) (form models.ID) {
	w.t.Helper()
	w.change(lead, func(f *store.Facts) store.Rows {
		form = f.NewID()
		version := w.camps.Snapshot().Campaign(w.campaign.ID).VersionID
		return store.Rows{
			Submission: &models.Submission{ID: form, LeadID: lead, CampaignID: campaign, VersionID: version, Token: []byte(form.String()),
				Digest: []byte(form.String()), Verdict: models.Accepted, Answers: models.Answers{}, CreatedAt: f.Now},
			Events: []models.Event{{ID: f.NewID(), LeadID: lead, CampaignID: campaign, Kind: models.FormSubmitted, At: f.Now,
				Data: models.EventData{Submission: form}}},
		}
	})
	return form
}

// N1, I3: the lead's own download, as old as the mail, and so the same in every copy of it, whoever makes it and when.
func TestAMailLeadsToTheLeadsOwnDownload(t *testing.T) {
	each(t, again(), func(t *testing.T, w *world) {
		w.gives(book)
		lead, tracked := w.joins(nil), w.joins(nil)
		w.says(tracked, models.Tracking, models.Given)
		forms := map[models.ID]models.ID{}
		for _, id := range []models.ID{lead, tracked} {
			w.fills(id, w.campaign.ID) // an earlier one
			forms[id] = w.fills(id, w.campaign.ID)
			w.fills(id, 999) // of another campaign
			w.confirms(id)
		}
		w.drain()
		w.gives() // what is published later changes no mail that is owed
		for id, form := range forms {
			m := w.mails(id)[0]
			want := w.links.Download(form, m.CreatedAt.Time())
			first, err := w.nurture.ComposeStep(w.ctx, &m)
			w.must(err)
			w.pass(9 * time.Hour)
			second, err := w.worker(1).ComposeStep(w.ctx, &m)
			w.must(err)
			if first.HTML != second.HTML || first.Text != second.Text {
				t.Error("the second mail differs")
			}
			if n := strings.Count(first.Text, want); id == lead && n != 3 || id == tracked && n != 2 { // the third link says its address
				t.Errorf("%d of %s in\n%s", n, want, first.Text)
			}
			for link := range 3 {
				url, _, err := w.nurture.Target(w.ctx, links.Ref{Message: m.ID, Lead: id, Link: link})
				if err != nil || url != want {
					t.Errorf("link %d leads to %s, %v", link, url, err)
				}
			}
			got, issued, err := w.links.OpenDownload(want[strings.LastIndexByte(want, '/')+1:])
			if err != nil || got != form || m.CreatedAt.Time().Sub(issued) >= time.Minute {
				t.Errorf("the link is of %v, %v: %v", got, issued, err)
			}
		}
	})
}

// Where there is nothing to download, or they never filled in the form, the campaign's page stands in its place; so it does
// in a preview, whose button must not count as the lead's.
func TestThePageStandsInForADownload(t *testing.T) {
	each(t, again(), func(t *testing.T, w *world) {
		shows := func(what, text string) {
			t.Helper()
			if strings.Contains(text, "/d/") || !strings.Contains(text, base+"/p/rahnama") || strings.Contains(text, "نیست") {
				t.Errorf("%s: %s", what, text)
			}
		}
		composed := func(what string, lead models.ID) {
			t.Helper()
			w.drain()
			m := w.mails(lead)[0]
			got, err := w.nurture.ComposeStep(w.ctx, &m)
			w.must(err)
			shows(what, got.Text)
			shows(what, got.HTML)
		}
		lead := w.joins(nil)
		w.fills(lead, w.campaign.ID)
		composed("without files", w.confirms(lead))
		w.gives(book)
		composed("without a form", w.starts())
		l, err := w.store.Lead(w.ctx, lead)
		w.must(err)
		got, err := w.nurture.Preview(w.ctx, &again().Steps[0], l, w.camps.Snapshot().Campaign(w.campaign.ID), "fa", false)
		w.must(err)
		shows("a preview", got.Text)
	})
}
