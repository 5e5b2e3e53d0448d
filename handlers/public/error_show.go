package public

import (
	"errors"
	"net/http"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// ErrorShow draws a problem on a public page. That a campaign is over is told in its owner's words, whatever was asked of it.
func (h *Handlers) ErrorShow(c echo.Context, p web.Problem) error {
	if ended, err := h.Campaigns.Snapshot().Page(c.Param("slug")); p.Status == http.StatusGone && ended != nil && errors.Is(err, campaigns.ErrOver) {
		return h.showOver(c, ended)
	}
	props := page.ErrorProps{Head: h.plainHead(c), Status: p.Status, RetryAfter: p.RetryAfter}
	if p.Status >= 500 {
		props.RequestID = p.RequestID
	}
	return web.HTML(c, p.Status, page.Error(props))
}

func (h *Handlers) showOver(c echo.Context, p *models.Published) error {
	over := &p.Version.Doc.Page.Over
	props := page.OverProps{Head: h.headFor(p), Heading: over.Heading, Text: over.Text}
	if models.PageLink(over.Link.URL) {
		props.Onward = page.Link{Text: over.Link.Text, URL: over.Link.URL}
	}
	return web.HTML(c, http.StatusGone, page.Over(props))
}
