package public

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/leads"
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
		return h.moved(c, err)
	case err != nil:
		return err
	}
	return h.showPage(c, p)
}

// moved leads from an address that a campaign had before to the present one, with everything asked of it.
func (h *Handlers) moved(c echo.Context, notFound error) error {
	p := h.Campaigns.Snapshot().Moved(c.Param("slug"))
	if p == nil {
		return notFound
	}
	to := "/p/" + p.Slug
	if q := c.Request().URL.RawQuery; q != "" {
		to += "?" + q
	}
	return c.Redirect(http.StatusMovedPermanently, to)
}

func (h *Handlers) showPage(c echo.Context, p *models.Published) error {
	key := pageKey{p.VersionID, h.Campaigns.Snapshot().Revision, h.Clock().In(h.Site.Zone).Year()}
	r, err := h.pages.get(key, func() (*rendered, error) { return h.render(p) })
	if err != nil {
		return err
	}
	var room [512]byte
	token := h.Leads.AppendView(room[:0], p, h.attribution(c))
	buf := r.buffers.Get().(*[]byte)
	defer r.buffers.Put(buf)

	header := c.Response().Header()
	header["Content-Type"], header["Cache-Control"], header["Vary"] = htmlType, privatePage, varyEncoding
	if web.AcceptsGzip(c.Request()) {
		header["Content-Encoding"] = gzipEncoding
		*buf = r.appendGzip((*buf)[:0], token)
	} else {
		*buf = r.appendPlain((*buf)[:0], token)
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
func (h *Handlers) attribution(c echo.Context) models.Attribution {
	r := c.Request()
	referer := r.Referer()
	if r.URL.RawQuery == "" && referer == "" {
		return models.Attribution{}
	}
	query, _ := url.ParseQuery(r.URL.RawQuery) // what can't be read is no attribution
	return leads.Attribute(query, referer, h.Site.Host)
}
