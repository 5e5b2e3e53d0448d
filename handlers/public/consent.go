package public

import (
	"net/http"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/templates/layout"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// Private is for pages whose address is the sign of who asks: nobody on the way keeps them, finds them, or learns
// the address from a link on them.
func Private(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Robots-Tag", "noindex")
		return next(c)
	}
}

// who acts on a page, for the record of a consent.
func who(c echo.Context, page string) leads.Person {
	p := leads.Person{UserAgent: c.Request().UserAgent(), Page: page}
	if ip := remote(c); ip.IsValid() {
		p.IP = ip.Unmap().String()
	}
	return p
}

// linkedHead is the head of a page behind a mail's link: in the language of the mail, unless another is asked for.
func (h *Handlers) linkedHead(c echo.Context, locale string, brand models.Brand) layout.PublicHead {
	l, known := i18n.ParseLocale(locale)
	asked, ok := i18n.ParseLocale(c.QueryParam("lang"))
	switch {
	case ok:
		l = asked
	case !known:
		return h.plainHead(c)
	}
	if brand.Name == "" {
		brand = h.homeBrand()
	}
	head := h.head(l, brand)
	head.NoIndex = true
	return head
}

// here is a page's own address, which keeps the language that was asked for.
func here(c echo.Context) string {
	path := c.Request().URL.Path
	if asked, ok := i18n.ParseLocale(c.QueryParam("lang")); ok {
		path += "?lang=" + string(asked)
	}
	return path
}

// choicesOf is the address of the preferences of whoever a link was made for.
func (h *Handlers) choicesOf(ref links.Ref, err error) string {
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(h.Links.Preferences(links.Ref{Message: ref.Message, Lead: ref.Lead}), h.Links.Base())
}

func (h *Handlers) showConsent(c echo.Context, p *leads.ConsentPage, props page.ConsentProps) error {
	props.Head, props.Action, props.To = h.linkedHead(c, p.Locale, p.Brand), here(c), p.Email
	if props.State == page.ConsentGone {
		props.Choices = ""
	}
	if props.Act == page.ActConfirm && props.State == page.ConsentOpen && p.Text != "" {
		props.Said = &page.Wording{Text: p.Text, Locale: i18n.Locale(p.Locale)}
	}
	if props.Act == page.ActConfirm && props.State == page.ConsentDone && p.PageURL != "" && props.Download == nil {
		props.Onward = &page.Link{Text: props.Head.Loc.T("consent.confirm.done.onward", "title", p.Title), URL: p.PageURL}
	}
	return web.HTML(c, http.StatusOK, page.ConsentPage(props))
}
