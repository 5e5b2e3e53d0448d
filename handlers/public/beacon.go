package public

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/static"

	"github.com/labstack/echo/v4"
)

// maxVisible is how long one report may say that a page was visible: a tab left open overnight is no reader.
const maxVisible = 30 * 60

// Script serves the script that counts views.
func (h *Handlers) Script(c echo.Context) error {
	static.ServeScript(c.Response(), c.Request(), "s.js")
	return nil
}

// Beacon counts what a page reports of itself: a view, visible seconds, a form begun. Whatever it is sent,
// it answers 204: there is nobody to tell.
func (h *Handlers) Beacon(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return c.NoContent(http.StatusNoContent)
	}
	slug, isPage := strings.CutPrefix(values.Get("p"), "/p/")
	if p, err := h.Campaigns.Snapshot().Page(slug); err == nil && isPage {
		query, _ := url.ParseQuery(values.Get("u"))
		h.Visits.Count(reported(p.ID, values), leads.Attribute(query, values.Get("r"), h.Site.Host))
	}
	if token := values.Get("k"); token != "" {
		seconds, _ := strconv.ParseFloat(values.Get("s"), 64)
		if err := h.Leads.Visited(c.Request().Context(), token, min(seconds, maxVisible)); err != nil {
			h.Log.Warn("a visit after a click is not recorded", "error", err)
		}
	}
	return c.NoContent(http.StatusNoContent)
}

func reported(campaign models.ID, values url.Values) models.CampaignDay {
	seen := models.CampaignDay{CampaignID: campaign}
	if values.Get("v") == "1" {
		seen.Views = 1
	}
	if values.Get("f") == "1" {
		seen.Starts = 1
	}
	if s, err := strconv.Atoi(values.Get("s")); err == nil && s > 0 {
		seen.Seconds = int64(min(s, maxVisible))
	}
	return seen
}
