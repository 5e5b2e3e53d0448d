package public

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// indexPage is how many campaigns a page of the list has.
const indexPage = 24

// IndexShow is the campaign chosen as home, else a plain list of what is published, the newest first.
func (h *Handlers) IndexShow(c echo.Context) error {
	snapshot := h.Campaigns.Snapshot()
	if snapshot.Home != nil {
		return h.showPage(c, snapshot.Home)
	}
	head := h.plainHead(c)
	head.Title, head.NoIndex = head.Loc.T("public.index.heading"), false
	props := page.IndexProps{Head: head}
	listed := inOwnLanguageFirst(snapshot.Listed, head.Loc.Locale())
	n, _ := strconv.Atoi(c.QueryParam("page")) // anything else is the first
	n = max(n, 1)
	if pages := max(1, (len(listed)+indexPage-1)/indexPage); n > pages {
		return models.ErrNotFound
	} else if n < pages {
		props.Next = indexURL(c, n+1)
	}
	if n > 1 {
		props.Previous = indexURL(c, n-1)
	}
	for _, p := range listed[(n-1)*indexPage : min(n*indexPage, len(listed))] {
		props.Campaigns = append(props.Campaigns, campaignLink(p))
	}
	return web.HTML(c, http.StatusOK, page.Index(props))
}

// inOwnLanguageFirst are campaigns, the newest first, those in the visitor's language before the others.
func inOwnLanguageFirst(oldestFirst []*models.Published, own i18n.Locale) []*models.Published {
	var ours, others []*models.Published
	for _, p := range slices.Backward(oldestFirst) {
		if i18n.Locale(p.Locale) == own {
			ours = append(ours, p)
		} else {
			others = append(others, p)
		}
	}
	return append(ours, others...)
}

// indexURL is a page of the list, in the language that was asked for.
func indexURL(c echo.Context, n int) string {
	q := url.Values{"page": {strconv.Itoa(n)}}
	if lang := c.QueryParam("lang"); lang != "" {
		q.Set("lang", lang)
	}
	return "/?" + q.Encode()
}

func campaignLink(p *models.Published) page.CampaignLink {
	return page.CampaignLink{
		Link:        page.Link{Text: p.Version.Doc.Page.Title, URL: "/p/" + p.Slug},
		Description: p.Version.Doc.Page.Description,
		Locale:      i18n.Locale(p.Locale),
	}
}
