package admin

import (
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/models"
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

// campaignParts are the tabs, with who may open each.
var campaignParts = []struct {
	at, key string
	roles   []models.Role
}{
	{partResults, "results", []models.Role{models.Owner, models.Marketer, models.Analyst}},
	{partLeads, "leads", []models.Role{models.Owner, models.Marketer}},
	{partPage, "page", []models.Role{models.Owner, models.Marketer}},
	{partForm, "form", []models.Role{models.Owner, models.Marketer}},
	{partOffer, "offer", []models.Role{models.Owner, models.Marketer}},
	{partEmails, "emails", []models.Role{models.Owner, models.Marketer}},
	{partSettings, "settings", []models.Role{models.Owner, models.Marketer}},
}

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
	shell.Crumbs = []layout.Crumb{{Text: loc.T("admin.nav.campaigns"), URL: campaignsURL}}
	head := admin.CampaignHead{Name: campaign.Name, Status: string(campaign.Status(h.Store.Now())), Unpublished: campaign.Unpublished()}
	for _, p := range campaignParts {
		if slices.Contains(p.roles, role) {
			head.Tabs = append(head.Tabs, ui.Tab{Text: loc.T("campaign.tab." + p.key), URL: url + p.at, Current: p.at == part})
		}
	}
	if campaign.State == models.CampaignPublished {
		head.Address = h.Site.BaseURL + "/p/" + campaign.Slug
	}
	if role == models.Owner || role == models.Marketer {
		head.ShareURL, head.PreviewURL = url+"/share", url+"/preview"
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
