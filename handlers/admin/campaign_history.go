package admin

import (
	"context"
	"net/http"
	"strconv"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// versionsPerPage is small: each is read whole, to say what it changed.
const versionsPerPage = 20

// CampaignHistory lists what was published: when, by whom, and what each version changed (C2).
func (h *Handlers) CampaignHistory(c echo.Context) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	before, _ := strconv.Atoi(c.QueryParam("before")) // anything else is the first page
	versions, err := h.Store.Versions(ctx, campaign.ID, before, versionsPerPage+1)
	if err != nil {
		return err
	}
	names, err := h.userNames(ctx)
	if err != nil {
		return err
	}
	shell, head, err := h.campaignShell(c, campaign, "/history")
	if err != nil {
		return err
	}
	here := campaignURL(campaign.ID) + "/history"
	props := admin.CampaignHistoryProps{Shell: shell, Head: head}
	if before != 0 {
		props.Previous = here
	}
	for i := range min(len(versions), versionsPerPage) {
		v := &versions[i]
		row := admin.VersionRow{Number: v.Number, At: h.in(v.CreatedAt), By: names[v.UserID], URL: here + "/" + strconv.Itoa(v.Number)}
		switch v.ID {
		case campaign.VersionID:
			row.State = "shown"
		case campaign.NextID:
			row.State, row.From = "planned", h.in(campaign.NextAt)
		}
		if i+1 < len(versions) {
			row.Changes = changeLines(shell.Loc, campaigns.Diff(&versions[i+1].Doc, &v.Doc))
		}
		row.First = v.Number == 1
		props.Rows = append(props.Rows, row)
	}
	if len(versions) > versionsPerPage {
		props.Next = here + "?before=" + strconv.Itoa(versions[versionsPerPage-1].Number)
	}
	return web.HTML(c, http.StatusOK, admin.CampaignHistory(props))
}

// userNames are the names of those who work here.
func (h *Handlers) userNames(ctx context.Context) (map[models.ID]string, error) {
	users, err := h.Store.Users(ctx)
	names := make(map[models.ID]string, len(users))
	for i := range users {
		names[users[i].ID] = users[i].Name
	}
	return names, err
}

// version is the one that the address names, with the one before it, which is empty for the first.
func (h *Handlers) version(c echo.Context) (campaign *models.Campaign, v, before *models.CampaignVersion, err error) {
	if campaign, err = h.campaign(c); err != nil {
		return nil, nil, nil, err
	}
	number, err := strconv.Atoi(c.Param("number"))
	if err != nil || number < 1 {
		return nil, nil, nil, models.ErrNotFound
	}
	versions, err := h.Store.Versions(c.Request().Context(), campaign.ID, number+1, 2)
	switch {
	case err != nil:
		return nil, nil, nil, err
	case len(versions) == 0 || versions[0].Number != number:
		return nil, nil, nil, models.ErrNotFound
	case len(versions) == 1:
		return campaign, &versions[0], &models.CampaignVersion{}, nil
	}
	return campaign, &versions[0], &versions[1], nil
}

// CampaignVersionShow shows one version: the page as it was, and each text that it changed.
func (h *Handlers) CampaignVersionShow(c echo.Context) error {
	campaign, v, before, err := h.version(c)
	if err != nil {
		return err
	}
	if c.QueryParam("as") == "page" {
		return h.showDraft(c, campaign, &v.Doc)
	}
	names, err := h.userNames(c.Request().Context())
	if err != nil {
		return err
	}
	shell, head, err := h.campaignShell(c, campaign, "/history")
	if err != nil {
		return err
	}
	url := campaignURL(campaign.ID)
	here := url + "/history/" + strconv.Itoa(v.Number)
	shell.Crumbs = append(shell.Crumbs, layout.Crumb{Text: campaign.Name, URL: url}, layout.Crumb{Text: shell.Loc.T("campaign_history.heading"), URL: url + "/history"})
	props := admin.CampaignVersionProps{Shell: shell, Head: head, Number: v.Number, At: h.in(v.CreatedAt), By: names[v.UserID],
		Frame: h.frame(c, shell.Loc.T, here, here+"?as=page"), Shown: v.ID == campaign.VersionID, RestoreURL: here + "/restore"}
	if before.ID != 0 {
		props.Changes = changeLines(shell.Loc, campaigns.Diff(&before.Doc, &v.Doc))
	}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return web.HTML(c, http.StatusOK, admin.CampaignVersion(props))
}

// CampaignRestore makes a version of the past the draft; visitors see it once it is published.
func (h *Handlers) CampaignRestore(c echo.Context) error {
	campaign, v, _, err := h.version(c)
	if err != nil {
		return err
	}
	number := strconv.Itoa(v.Number)
	_, err = h.Store.EditDraft(c.Request().Context(), campaign.ID, web.User(c).ID, "restored:"+number, func(doc *models.CampaignDoc) error {
		*doc = v.Doc
		return nil
	})
	if err != nil {
		return err
	}
	if err := h.audit(c, "campaign.restore", "campaign:"+campaign.ID.String(), number); err != nil {
		return err
	}
	h.setFlash(c, undoable+"version_restored", campaign.ID.String(), number)
	return web.Redirect(c, campaignURL(campaign.ID)+"/page")
}
