package public

import (
	"context"
	"io"
	"net/http"
	"strings"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/markdown"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// ThanksShow gives the gift at once, and says what happens next.
func (h *Handlers) ThanksShow(c echo.Context) error { return h.thanksShow(c, onPage) }

func (h *Handlers) thanksShow(c echo.Context, s stand) error {
	t, err := h.Leads.Thanks(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	if t.Published.Slug != c.Param("slug") {
		if now := h.Campaigns.Snapshot().Moved(c.Param("slug")); now == nil || now.ID != t.Published.ID {
			return models.ErrNotFound
		}
		return c.Redirect(http.StatusMovedPermanently, s.thanks(t.Published, c.Param("token")))
	}
	props := h.thanksProps(t)
	if s == atBooth && t.BoothCode != "" {
		props.Coupon = &page.Coupon{Code: t.BoothCode, Terms: t.Published.Version.Doc.Offer.Pool.Terms}
	}
	return h.thanksAt(c, s, t.Published, t.Submission.Attribution, props)
}

// PreviewThanks writes the page after a campaign's form as visitors would get it. Its buttons lead nowhere.
func (h *Handlers) PreviewThanks(ctx context.Context, w io.Writer, p *models.Published) error {
	offer := &p.Version.Doc.Offer
	loc := i18n.For(i18n.Locale(p.Locale))
	t := &leads.Thanks{Published: p, Hand: offer.Kind.RaisesHand(), CodeMailed: offer.Pool != nil,
		Submission: &models.Submission{Email: loc.T("example.email"), Purposes: map[string]bool{}}}
	for _, asked := range p.Version.Doc.Form.Purposes {
		t.Submission.Purposes[string(asked.Purpose)] = true
	}
	if len(offer.Files) > 0 {
		t.Download = "preview"
	}
	if offer.Coupon != nil {
		t.Code = offer.Coupon.Code
	}
	return page.Thanks(h.thanksProps(t)).Render(ctx, w)
}

func (h *Handlers) thanksProps(t *leads.Thanks) page.ThanksProps {
	doc := &t.Published.Version.Doc
	words := doc.Form.Thanks
	props := page.ThanksProps{Head: h.headFor(t.Published), Heading: words.Heading, Text: words.Text, Cover: coverOf(t.Published), CallBack: t.Hand}
	h.promise(&props, t.Published)
	if words.Onward.URL != "" {
		props.Onward = &page.Link{Text: words.Onward.Text, URL: words.Onward.URL}
	}
	if t.Download != "" {
		props.Download = h.downloads(t.Published, t.Download)
	}
	if t.Code != "" {
		props.Coupon = &page.Coupon{Code: t.Code, Terms: doc.Offer.Coupon.Terms}
	}
	if t.Submission.Email != "" {
		// By what was ticked alone: the page says the same to somebody who has confirmed before, so that it tells nobody
		// who is known here.
		confirm := t.Submission.Purposes[string(models.Newsletter)] && doc.Form.Confirms(models.Newsletter)
		props.Mail = &page.Mail{To: masked(t.Submission.Email), Brings: brings(&doc.Offer, t, confirm), Confirm: confirm,
			FixURL: "/p/" + t.Published.Slug + "#get"}
	}
	if t.NoCode { // the marketer's words speak of a code
		loc := i18n.For(i18n.Locale(t.Published.Locale))
		props.Heading, props.Text = "", loc.T("public.pool.none")
	}
	return props
}

// promise says what the offer is, beside files and codes.
func (h *Handlers) promise(props *page.ThanksProps, p *models.Published) {
	offer := &p.Version.Doc.Offer
	loc := props.Head.Loc
	if e := offer.Event; e != nil && e.From != 0 {
		props.Event = &page.Event{When: loc.Occasion(leads.Occasion(e, h.Site.Zone)), Place: e.Place, Online: e.URL != "", CalendarURL: "/p/" + p.Slug + "/" + leads.CalendarName}
	}
	if t := offer.Trial; t != nil && (t.URL != "" || t.Webhook != "") {
		props.Trial = &page.Trial{Days: t.Days}
		if t.Webhook == "" {
			props.Trial.URL = t.URL
		}
	}
	if c := offer.Contest; c != nil {
		props.Contest = &page.Contest{Rules: markdown.Read(c.Rules, models.PageLink)}
		if c.Until != 0 {
			props.Contest.Until = loc.T("public.offer.contest_until", "when", loc.LastDay(c.Until.In(h.Site.Zone)))
		}
	}
}

func brings(o *models.Offer, t *leads.Thanks, confirm bool) page.Brings {
	switch {
	case len(o.Files) > 0:
		return page.Gift
	case t.CodeMailed:
		return page.Code
	case o.Coupon != nil:
		return page.Shared
	case o.Event != nil && o.Event.URL != "":
		return page.Meeting
	case o.Event != nil:
		return page.Details
	case o.Trial != nil && o.Trial.Webhook != "":
		return page.BeginSoon
	case o.Trial != nil && o.Trial.URL != "":
		return page.Begin
	case o.Contest != nil && o.Contest.Rules != "":
		return page.Rules
	case confirm:
		return page.Confirm
	}
	return page.Nothing
}

// masked shows enough of an address for its owner to see a slip, and too little for anyone else who
// comes by this page's address: n•••••@gmail.com.
func masked(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	first := []rune(local)
	return string(first[:1]) + "•••@" + domain
}

// downloads are the files of an offer, behind a download token.
func (h *Handlers) downloads(p *models.Published, token string) *page.Download {
	loc := i18n.For(i18n.Locale(p.Locale))
	d := &page.Download{Action: "/d/" + token}
	for _, f := range p.Version.Doc.Offer.Files {
		use := "public.download.for_" + strings.ToLower(f.Format)
		file := page.File{Key: f.Key, Format: f.Format, Bytes: f.Size}
		if loc.Has(use) {
			file.For = loc.T(use)
		}
		d.Files = append(d.Files, file)
	}
	return d
}
