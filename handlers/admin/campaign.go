package admin

import (
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

const campaignsURL = "/admin/campaigns"

func campaignURL(id models.ID) string { return campaignsURL + "/" + id.String() }

// Parts of a campaign, each a page of its own: the end of its address. The overview has none.
const (
	partResults  = ""
	partLeads    = "/leads"
	partPage     = "/page"
	partForm     = "/form"
	partOffer    = "/offer"
	partEmails   = "/emails"
	partSettings = "/settings"
)

// Who may open the parts of a campaign.
var (
	makers = []models.Role{models.Owner, models.Marketer}
	seers  = []models.Role{models.Owner, models.Marketer, models.Analyst}
)

// campaignParts are the tabs, with who may open each.
var campaignParts = []struct {
	at, key string
	roles   []models.Role
}{
	{partResults, "results", seers}, {partLeads, "leads", makers}, {partPage, "page", makers}, {partForm, "form", makers},
	{partOffer, "offer", makers}, {partEmails, "emails", makers}, {partSettings, "settings", makers},
}

// campaignPages are those beside the tabs, by what they are called.
var campaignPages = map[string]string{"/publish": "campaign_publish.heading", "/history": "campaign_history.heading", "/preview": "campaign.preview",
	"/share": "campaign.share", partWords: "campaign_words.heading"}

// campaign is the one that the address names.
func (h *Handlers) campaign(c echo.Context) (*models.Campaign, error) {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return nil, models.ErrNotFound
	}
	return h.Store.Campaign(c.Request().Context(), id)
}

// draft is the campaign that the address names, with what is being worked on.
func (h *Handlers) draft(c echo.Context) (*models.Campaign, *models.Draft, error) {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return nil, nil, models.ErrNotFound
	}
	return h.Store.Draft(c.Request().Context(), id)
}

// campaignShell is the frame of a page of a campaign.
func (h *Handlers) campaignShell(c echo.Context, campaign *models.Campaign, part string) (layout.AdminShell, admin.CampaignHead, error) {
	shell, err := h.shell(c, layout.RoomCampaigns)
	if err != nil {
		return shell, admin.CampaignHead{}, err
	}
	loc, url, role := shell.Loc, campaignURL(campaign.ID), web.User(c).Role
	shell.Assets.Scripts = append(shell.Assets.Scripts, static.URL("guard.js"))
	shell.Crumbs = []layout.Crumb{{Text: loc.T("admin.nav.campaigns"), URL: campaignsURL}}
	head := admin.CampaignHead{Name: campaign.Name, Status: string(campaign.Status(h.Store.Now())), Unpublished: campaign.Unpublished()}
	for _, p := range campaignParts {
		if slices.Contains(p.roles, role) {
			head.Tabs = append(head.Tabs, ui.Tab{Text: loc.T("campaign.tab." + p.key), URL: url + p.at, Current: p.at == part})
		}
	}
	if key := campaignPages[part]; key != "" {
		head.Here = loc.T(key)
		shell.Crumbs = append(shell.Crumbs, layout.Crumb{Text: campaign.Name, URL: url})
	}
	if campaign.State == models.CampaignPublished {
		head.Address = h.Site.BaseURL + "/p/" + campaign.Slug
	}
	if slices.Contains(makers, role) {
		head.ShareURL, head.PreviewURL = url+"/share", url+"/preview"
		if part != "/publish" && campaign.NextID != 0 {
			head.PlanURL, head.Planned = url+"/publish", h.in(campaign.NextAt)
		}
		if part != "/history" && (campaign.VersionID != 0 || campaign.NextID != 0) {
			head.HistoryURL = url + "/history"
		}
		if campaign.ArchivedAt == 0 && (campaign.Unpublished() || campaign.VersionID == 0 && campaign.NextID == 0) {
			head.PublishURL = url + "/publish"
		}
	}
	return shell, head, nil
}

// savePart changes one part of a draft as it is now. It is models.ErrConflict where the part is no longer what its form
// was made from, and what edit refuses is not written. What names the part in the history of the draft.
func (h *Handlers) savePart(c echo.Context, id models.ID, what, base string, part func(*models.CampaignDoc) any,
	edit func(*models.CampaignDoc) error) (*models.Draft, error) {
	return h.Store.EditDraft(c.Request().Context(), id, web.User(c).ID, what, func(doc *models.CampaignDoc) error {
		if fingerprint(part(doc)) != base {
			return models.ErrConflict
		}
		return edit(doc)
	})
}
