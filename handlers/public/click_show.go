package public

import (
	"net/http"
	"net/url"
	"strings"

	"sarnakh/leads"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// ClickShow leads to one of the links of a mail: a target kept with the mail's text, never one named in the address.
// Where we serve the target ourselves it is told which click it is the visit of, so that its page can show that a
// person came.
func (h *Handlers) ClickShow(c echo.Context) error {
	ctx, token := c.Request().Context(), c.Param("token")
	ref, err := h.Links.OpenClick(token)
	if err != nil {
		return models.ErrNotFound
	}
	target, msg, err := h.Nurture.Target(ctx, ref)
	if err != nil {
		return err
	}
	click := leads.Click{Message: msg, Link: ref.Link, UserAgent: c.Request().UserAgent(), Away: !h.ours(target)}
	if live := h.Campaigns.Snapshot().Sequence(msg.SequenceID); live != nil {
		click.Campaign = live.CampaignID
	}
	if err := h.Leads.Click(ctx, click); err != nil { // whoever follows a link is not to suffer for our counting
		h.Log.Warn("a click is not recorded", "error", err)
	}
	return c.Redirect(http.StatusFound, h.visit(target, token))
}

// ours tells whether we serve what a link leads to, so that its page can tell of a visit.
func (h *Handlers) ours(target string) bool {
	return strings.HasPrefix(target, h.Links.Base()+"/p/") || strings.HasPrefix(target, h.Links.Base()+"/d/")
}

// visit adds the click's token to an address of ours: a page tells it by its script, a download by its button.
func (h *Handlers) visit(target, token string) string {
	if !h.ours(target) {
		return target
	}
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	q := u.Query()
	q.Set("sk", token)
	u.RawQuery = q.Encode()
	return u.String()
}
