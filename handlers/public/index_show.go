package public

import (
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// IndexShow is the campaign chosen as home, else a plain list of what is published.
func (h *Handlers) IndexShow(c echo.Context) error {
	snapshot := h.Campaigns.Snapshot()
	if snapshot.Home != nil {
		return h.showPage(c, snapshot.Home)
	}
	head := h.plainHead(c)
	head.Title, head.NoIndex = head.Loc.T("public.index.heading"), false
	props := page.IndexProps{Head: head}
	add := func(ownLanguage bool) {
		for _, p := range snapshot.Listed {
			if (i18n.Locale(p.Locale) == head.Loc.Locale()) == ownLanguage {
				props.Campaigns = append(props.Campaigns, campaignLink(p))
			}
		}
	}
	add(true)
	add(false)
	return web.HTML(c, http.StatusOK, page.Index(props))
}

func campaignLink(p *models.Published) page.CampaignLink {
	return page.CampaignLink{
		Link:        page.Link{Text: p.Version.Doc.Page.Title, URL: "/p/" + p.Slug},
		Description: p.Version.Doc.Page.Description,
		Locale:      i18n.Locale(p.Locale),
	}
}
