package leads_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
)

// progressive publishes a campaign that asks for a company once.
func (w *world) progressive() *models.Published {
	w.t.Helper()
	return w.campaign("once", func(d *models.CampaignDoc) {
		d.Form.Fields = slices.Clone(d.Form.Fields)
		for i := range d.Form.Fields {
			f := &d.Form.Fields[i]
			f.Progressive = f.Type == models.TypeCompany || f.Type == models.TypeName
		}
	})
}

// linkTo is the token of a link to a page, made now.
func (w *world) linkTo(lead models.ID) string {
	w.t.Helper()
	signed, err := links.New([]byte(secret), "")
	if err != nil {
		w.t.Fatal(err)
	}
	_, token, _ := strings.Cut(signed.Page("once", links.Ref{Lead: lead, At: w.clock()}), "?l=")
	return token
}

// C4: who comes by a link of ours is asked for neither their address nor what is known; what they answer is theirs, and
// what is known stays. A link that is too old knows nobody, and then the address is asked for.
func TestALinkKnowsWhoComes(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").with("company", "برکه").mustSend()
		lead := w.lead("narges@example.com")
		p := w.progressive()
		token := w.linkTo(lead.ID)
		if known, err := w.leads.Knows(w.ctx, p, token); err != nil || known == nil || known.ID != lead.ID {
			t.Fatalf("the link knows %+v, %v", known, err)
		}
		for _, stranger := range []string{"", "x", token[1:]} {
			if known, err := w.leads.Knows(w.ctx, p, stranger); err != nil || known != nil {
				t.Errorf("%q knows %+v, %v", stranger, known, err)
			}
		}
		if known, err := w.leads.Knows(w.ctx, w.page("rahnama"), token); err != nil || known != nil {
			t.Errorf("a form that asks everybody the same knows %+v, %v", known, err)
		}

		f := w.open("once").with("phone", "09123456789")
		f.values.Del("name")
		f.values.Del("email")
		post := f.post()
		post.Link = token
		receipt, err := w.leads.Capture(w.ctx, post)
		if err != nil {
			t.Fatal(err)
		}
		sub, err := w.store.Submission(w.ctx, receipt.Submission)
		if err != nil || sub.LeadID != lead.ID || sub.Email != "narges@example.com" || sub.Answers["company"] != "" {
			t.Errorf("stored is %+v, %v", sub, err)
		}
		if l := w.lead("narges@example.com"); l.Phone != "+989123456789" || l.Company != "برکه" {
			t.Errorf("the lead is %+v", l)
		}

		w.pass(31 * 24 * time.Hour)
		late := w.open("once")
		late.values.Del("email")
		post = late.post()
		post.Link = token
		_, err = w.leads.Capture(w.ctx, post)
		if wrong, _ := errors.AsType[*models.Invalid](err); len(wrong.Fields) != 1 || wrong.Fields[0].Field != "email" {
			t.Errorf("by a link of last month: %v", err)
		}
		w.sound()
	})
}

// I5, promise 6: a booth shows a pool's code where its owner lets it, and only the code that this very form was given.
func TestABoothShowsOnlyItsOwnCode(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.pool(5, func(p *models.CouponPool) { p.OnScreen = true })
		shown := func(r leads.Receipt) string {
			t.Helper()
			thanks, err := w.leads.Thanks(w.ctx, r.Thanks)
			if err != nil || thanks.Code != "" {
				t.Fatalf("%+v, %v", thanks, err)
			}
			return thanks.BoothCode
		}
		booth := func(f *filling) leads.Receipt {
			t.Helper()
			post := f.post()
			post.Booth = true
			r, err := w.leads.Capture(w.ctx, post)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		if code := shown(booth(w.open("pool"))); !strings.HasPrefix(code, "OWN-") {
			t.Errorf("shown is %q", code)
		}
		if code := shown(booth(w.open("pool").with("company", "برکه"))); code != "" {
			t.Errorf("who types a known address reads %q", code)
		}
	})
}
