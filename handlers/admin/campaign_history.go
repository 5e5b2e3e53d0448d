package admin

import (
	"context"
	"net/http"
	"strconv"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
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
		var before *models.CampaignVersion
		if i+1 < len(versions) {
			before = &versions[i+1]
		}
		row := h.versionRow(shell.Loc, campaign, &versions[i], before)
		row.By, row.URL = names[versions[i].UserID], here+"/"+strconv.Itoa(row.Number)
		props.Rows = append(props.Rows, row)
	}
	if len(versions) > versionsPerPage {
		props.Next = here + "?before=" + strconv.Itoa(versions[versionsPerPage-1].Number)
	}
	return web.HTML(c, http.StatusOK, admin.CampaignHistory(props))
}

// versionRow tells of a version: what it is now, and what it changed.
func (h *Handlers) versionRow(loc *i18n.Loc, campaign *models.Campaign, v, before *models.CampaignVersion) admin.VersionRow {
	row := admin.VersionRow{Number: v.Number, At: h.in(v.CreatedAt), First: before == nil}
	switch v.ID {
	case campaign.VersionID:
		if row.State = "before"; campaign.Status(h.Store.Now()) == models.StatusLive {
			row.State = "shown"
		}
	case campaign.NextID:
		row.State, row.From = "planned", h.in(campaign.NextAt)
	}
	if before != nil {
		row.Changes = changeLines(loc, campaigns.Diff(&before.Doc, &v.Doc))
	}
	return row
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

// version is the one that the address names, with the one before it, if any.
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
		return campaign, &versions[0], nil, nil
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
	shell.Crumbs = append(shell.Crumbs, layout.Crumb{Text: head.Here, URL: url + "/history"})
	head.Here = shell.Loc.T("campaign_history.version", "n", v.Number)
	props := admin.CampaignVersionProps{Shell: shell, Head: head, Version: h.versionRow(shell.Loc, campaign, v, before),
		Frame: h.frame(c, shell.Loc.T, here, here+"?as=page"), RestoreURL: here + "/restore"}
	props.Version.By = names[v.UserID]
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
