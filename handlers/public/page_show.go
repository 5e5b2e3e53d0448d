package public

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"sarnakh/handlers/web"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

func landingPage(p page.LandingProps) templ.Component { return page.Landing(p) }

// Headers of a page, as ready slices. A view's token is the visitor's own: no shared cache may keep it.
var (
	htmlType     = []string{"text/html; charset=utf-8"}
	privatePage  = []string{"private, no-cache"}
	varyEncoding = []string{"Accept-Encoding"}
	gzipEncoding = []string{"gzip"}
)

// PageShow serves a landing page from memory: no cookie, no write, no question to the database (C2).
func (h *Handlers) PageShow(c echo.Context) error {
	p, err := h.Campaigns.Snapshot().Page(c.Param("slug"))
	switch {
	case errors.Is(err, models.ErrNotFound):
		return h.moved(c, "", err)
	case err != nil:
		return err
	}
	if token := c.QueryParam("l"); token != "" {
		return h.showKnown(c, p, token)
	}
	return h.showPage(c, p)
}

// showKnown shows the page for whom a mail's link was made, asking only what is not known yet; and to anybody else as it is.
func (h *Handlers) showKnown(c echo.Context, p *models.Published, token string) error {
	lead, err := h.Leads.Knows(c.Request().Context(), p, token)
	if err != nil {
		h.Log.Warn("a lead can't be looked up; the page asks everything", "error", err)
	}
	if lead == nil {
		return h.showPage(c, p)
	}
	return h.showReply(c, http.StatusOK, p, reply{lead: lead, link: token})
}

// moved leads from an address that a campaign had before to the present one, with the same end and everything asked of it.
func (h *Handlers) moved(c echo.Context, end string, notFound error) error {
	p := h.Campaigns.Snapshot().Moved(c.Param("slug"))
	if p == nil {
		return notFound
	}
	to := "/p/" + p.Slug + end
	if q := c.Request().URL.RawQuery; q != "" {
		to += "?" + q
	}
	return c.Redirect(http.StatusMovedPermanently, to)
}

// buffers are those in which answers are put together.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 16<<10); return &b }}

func (h *Handlers) showPage(c echo.Context, p *models.Published) error {
	now := h.Clock()
	r, err := h.pages.get(h.keyOf(p), now, func() (*rendered, error) { return h.render(p, now) })
	if err != nil {
		return err
	}
	var room [512]byte
	token := h.Leads.AppendView(room[:0], p, h.attribution(c, onPage))
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)

	header := c.Response().Header()
	header["Content-Type"], header["Cache-Control"], header["Vary"] = htmlType, privatePage, varyEncoding
	if r.policy != nil {
		header["Content-Security-Policy"] = r.policy
	}
	if web.AcceptsGzip(c.Request()) {
		header["Content-Encoding"] = gzipEncoding
		*buf = r.appendGzip((*buf)[:0], token)
	} else {
		plain, err := h.plain.get(p.VersionID, r)
		if err != nil {
			return err
		}
		*buf = plain.append((*buf)[:0], token)
	}
	header["Content-Length"] = []string{strconv.Itoa(len(*buf))}
	c.Response().WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	_, err = c.Response().Write(*buf)
	return err
}

// attribution reads where this view came from.
func (h *Handlers) attribution(c echo.Context, s stand) models.Attribution {
	r := c.Request()
	referer := r.Referer()
	if r.URL.RawQuery == "" && referer == "" && s == onPage {
		return models.Attribution{}
	}
	query, _ := url.ParseQuery(r.URL.RawQuery) // what can't be read is no attribution
	return s.attribute(query, referer, h.Site.Host)
}
