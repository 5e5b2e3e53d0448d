package public

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
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

// Beacon counts what a page reports of itself: a view, visible seconds, a form begun. Only the script reports: whoever
// has none, or lets nothing out, is not among the views, but is among the submissions. Nor is whoever is signed in at the back
// office. Whatever it is sent, it answers 204: there is nobody to tell.
func (h *Handlers) Beacon(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return c.NoContent(http.StatusNoContent)
	}
	if p := h.reporting(values.Get("p")); p != nil && !h.ownLook(c, values.Get("p")) {
		query, _ := url.ParseQuery(values.Get("u"))
		h.Visits.Count(reported(p.ID, values), standAt(values.Get("p")).attribute(query, values.Get("r"), h.Site.Host))
	}
	if token := values.Get("k"); token != "" {
		seconds, _ := strconv.ParseFloat(values.Get("s"), 64)
		if err := h.Leads.Visited(c.Request().Context(), token, min(seconds, maxVisible)); err != nil {
			h.Log.Warn("a visit after a click is not recorded", "error", err)
		}
	}
	return c.NoContent(http.StatusNoContent)
}

// ownLook tells of a page that somebody of the back office looks at. At a booth whoever is signed in on the tablet is not the
// one who stands before it; and from a frame on another site browsers bring no cookie of ours.
func (h *Handlers) ownLook(c echo.Context, path string) bool {
	return standAt(path) != atBooth && web.Staff(h.Sessions, h.Store, c.Request())
}

// reporting is the campaign whose page has this path, nil for none: its own address, its form on other sites or at a
// booth, and "/" where it is home.
func (h *Handlers) reporting(path string) *models.Published {
	if path == "/" {
		return h.Campaigns.Snapshot().Home
	}
	slug, isPage := strings.CutPrefix(path, "/p/")
	slug, form, _ := strings.Cut(slug, "/")
	if !isPage || form != "" && form != "embed" && form != "kiosk" {
		return nil
	}
	p, err := h.Campaigns.Snapshot().Page(slug)
	if err != nil {
		return nil
	}
	return p
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
