package leads_test

import (
	"errors"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
)

// given is what the page after the button leads on to.
func (w *world) given(token string) *leads.Gift {
	w.t.Helper()
	g, err := w.leads.ConfirmedGift(w.ctx, token)
	if err != nil {
		w.t.Fatal(err)
	}
	return g
}

// C3, C6: the button's answer leads on to the book, by a link as old as the mail: an old mail's button brings nothing new,
// and before the button there is nothing at all.
func TestTheButtonLeadsOnToTheBook(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		token := w.confirmToken()
		if g := w.given(token); g != nil {
			t.Errorf("before the button: %+v", g)
		}
		w.pass(47 * time.Hour)
		if _, err := w.leads.Confirm(w.ctx, token, visitor); err != nil {
			t.Fatal(err)
		}
		g := w.given(token)
		d, err := w.leads.Download(w.ctx, g.Download)
		if err != nil || d.Expired || d.Published.Slug != "rahnama" || d.Submission.Email != narges || g.Code != "" {
			t.Fatalf("led on to %+v, %v", d, err)
		}
		if left := d.Until.Sub(w.clock()); left > 6*24*time.Hour || left < 4*24*time.Hour {
			t.Errorf("it works for another %v", left)
		}
		w.pass(6 * 24 * time.Hour)
		if g := w.given(token); g == nil || g.Download != "" {
			t.Errorf("a week later: %+v", g)
		}
		if _, err := w.leads.ConfirmedGift(w.ctx, "x"); !errors.Is(err, models.ErrNotFound) {
			t.Error("any text is a token:", err)
		}
	})
}

// A shared code stands on the page; one of a pool never does, also where the campaign has a shared one now: whoever typed
// another's address would read it.
func TestOnlyASharedCodeIsShown(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.campaign("shared", func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferCoupon, Title: "Ten percent", Coupon: &models.SharedCoupon{Code: "SPRING"}}
		})
		w.subscribe("shared")
		if g := w.given(w.confirmToken()); g.Code != "SPRING" || g.Download != "" {
			t.Errorf("a shared code: %+v", g)
		}
		w.pool(2)
		w.pass(time.Hour)
		w.open("pool").with("consent.newsletter", "1", "email", "kaveh@example.com").mustSend()
		token := w.confirmToken()
		if _, err := w.leads.Confirm(w.ctx, token, visitor); err != nil {
			t.Fatal(err)
		}
		if g := w.given(token); g == nil || g.Code != "" {
			t.Errorf("a code of a pool: %+v", g)
		}
		c := w.page("pool").Campaign
		doc := w.page("pool").Version.Doc
		doc.Offer.Pool, doc.Offer.Coupon = nil, &models.SharedCoupon{Code: "AUTUMN"}
		if err := w.camps.Publish(w.ctx, &c, doc); err != nil {
			t.Fatal(err)
		}
		w.reload()
		w.pass(time.Hour)
		thanks, err := w.leads.Thanks(w.ctx, w.open("pool").with("email", "kaveh@example.com").mustSend().Thanks)
		if err != nil || thanks.Code != "" {
			t.Errorf("the page shows %q, %v", thanks.Code, err)
		}
	})
}

// A link to the files that was mailed to somebody who filled in the form when there were none yet leads to what there is.
func TestWhatIsThereNowCanBeDownloaded(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		files := w.page("playbook").Version.Doc.Offer.Files
		p := w.campaign("later", func(d *models.CampaignDoc) { d.Offer.Files = nil })
		w.open("later").mustSend()
		subs, err := w.store.SubmissionsOf(w.ctx, w.lead(narges).ID, 1)
		if err != nil || len(subs) != 1 {
			t.Fatal(subs, err)
		}
		signed, err := links.New([]byte(secret), "https://leads.example.org")
		if err != nil {
			t.Fatal(err)
		}
		token := signed.DownloadToken(subs[0].ID, w.clock())
		if d, err := w.leads.Download(w.ctx, token); err != nil || len(d.Published.Version.Doc.Offer.Files) != 0 {
			t.Errorf("before: %+v %v", d, err)
		}
		c, doc := p.Campaign, p.Version.Doc
		doc.Offer.Files = files
		if err := w.camps.Publish(w.ctx, &c, doc); err != nil {
			t.Fatal(err)
		}
		w.reload()
		d, err := w.leads.Download(w.ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		if key, err := w.leads.TakeDownload(w.ctx, d, files[0].Key); err != nil || key == "" {
			t.Errorf("now: %v", err)
		}
		w.sound()
	})
}
