package public

import (
	"net/http"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// ThanksShow gives the gift at once, and says what happens next.
func (h *Handlers) ThanksShow(c echo.Context) error {
	t, err := h.Leads.Thanks(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	if t.Published.Slug != c.Param("slug") {
		return models.ErrNotFound
	}
	doc := &t.Published.Version.Doc
	props := page.ThanksProps{Head: h.headFor(t.Published), Cover: coverOf(t.Published), CallBack: t.Hand}
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
	if t.NoCode {
		props.Text = i18n.For(i18n.Locale(t.Published.Locale)).T("public.pool.none")
	}
	return web.HTML(c, http.StatusOK, page.Thanks(props))
}

func brings(o *models.Offer, t *leads.Thanks, confirm bool) page.Brings {
	switch {
	case len(o.Files) > 0:
		return page.Gift
	case t.CodeMailed:
		return page.Code
	case o.Coupon != nil:
		return page.Shared
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
