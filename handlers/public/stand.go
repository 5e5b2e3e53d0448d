package public

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/leads"
	"sarnakh/models"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// A stand is where a form stands. What is asked and what becomes of it is the same everywhere.
type stand string

// The stands; each is the end of its address.
const (
	onPage  stand = ""
	inFrame stand = "/embed" // on another site
	atBooth stand = "/kiosk" // on a screen that many people use
)

// path is where the form stands.
func (s stand) path(p *models.Published) string { return "/p/" + p.Slug + string(s) }

// thanks is where its sender is led.
func (s stand) thanks(p *models.Published, token string) string {
	return s.path(p) + "/thanks/" + token
}

// attribute reads where a view came from (C7).
func (s stand) attribute(query url.Values, referer, ownHost string) models.Attribution {
	switch s {
	case inFrame:
		return leads.AttributeEmbed(query, referer, ownHost)
	case atBooth:
		return leads.AttributeBooth(query)
	}
	return leads.Attribute(query, referer, ownHost)
}

// standAt is where a form stands whose page has this path.
func standAt(path string) stand {
	for _, s := range [...]stand{inFrame, atBooth} {
		if strings.HasSuffix(path, string(s)) {
			return s
		}
	}
	return onPage
}

// view draws a campaign's form where it stands.
func (h *Handlers) view(p *models.Published, r reply) templ.Component {
	switch r.stand {
	case inFrame:
		return h.framed(p, r)
	case atBooth:
		return h.kiosk(p, r)
	}
	return landingPage(h.landing(p, r))
}

// standing finds the campaign whose form stands at an address. A frame is allowed where the campaign's is, so that whoever
// comes too late can read so there.
func (h *Handlers) standing(c echo.Context, s stand, slug string) (*models.Published, error) {
	p, err := h.Campaigns.Snapshot().Page(slug)
	if p != nil && s == inFrame {
		allowFrames(c, p.Version.Doc.Form.Origins)
	}
	return p, err
}

// EmbedShow is the form alone, made to stand in a frame on the sites that the campaign names (C4).
func (h *Handlers) EmbedShow(c echo.Context) error { return h.standShow(c, inFrame) }

// EmbedSubmit takes it in.
func (h *Handlers) EmbedSubmit(c echo.Context) error { return h.submit(c, inFrame) }

// EmbedThanks thanks in the same frame.
func (h *Handlers) EmbedThanks(c echo.Context) error { return h.thanksShow(c, inFrame) }

// KioskShow is the form at a booth: large, for one visitor after the other (C5).
func (h *Handlers) KioskShow(c echo.Context) error { return h.standShow(c, atBooth) }

// KioskSubmit takes it in.
func (h *Handlers) KioskSubmit(c echo.Context) error { return h.submit(c, atBooth) }

// KioskThanks thanks, and goes back to the start by itself.
func (h *Handlers) KioskThanks(c echo.Context) error { return h.thanksShow(c, atBooth) }

// standShow shows a form apart from its page: drawn for each view, since it is asked for far less often.
func (h *Handlers) standShow(c echo.Context, s stand) error {
	p, err := h.standing(c, s, c.Param("slug"))
	switch {
	case errors.Is(err, models.ErrNotFound):
		return h.moved(c, string(s), err)
	case err != nil:
		return err
	}
	return h.showReply(c, http.StatusOK, p, reply{stand: s})
}

// allowFrames lets a page stand in a frame on our own site, where it is tried, and on those named.
func allowFrames(c echo.Context, origins []string) {
	sites := "'self'"
	for _, o := range origins {
		if models.IsOrigin(o) {
			sites += " " + o
		}
	}
	h := c.Response().Header()
	h["Content-Security-Policy"] = []string{strings.Replace(web.Policy, "frame-ancestors 'none'", "frame-ancestors "+sites, 1)}
	h["Cross-Origin-Resource-Policy"] = []string{"cross-origin"}
	delete(h, "X-Frame-Options") // knows no list of sites, and the policy says it all
}
