package admin

import (
	"net/url"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// CampaignPause ends a campaign by hand.
func (h *Handlers) CampaignPause(c echo.Context) error { return h.turnCampaign(c, "pause") }

// CampaignResume lets visitors see it again.
func (h *Handlers) CampaignResume(c echo.Context) error { return h.turnCampaign(c, "resume") }

// CampaignArchive puts a campaign away.
func (h *Handlers) CampaignArchive(c echo.Context) error { return h.turnCampaign(c, "archive") }

// CampaignUnarchive takes it out again.
func (h *Handlers) CampaignUnarchive(c echo.Context) error { return h.turnCampaign(c, "unarchive") }

// takenBack takes each act back; an archived campaign that was live comes back paused.
var takenBack = map[string]string{"pause": "resume", "resume": "pause", "archive": "unarchive", "unarchive": "archive"}

// turnCampaign changes whether visitors see a campaign, and goes back to where that was asked for.
func (h *Handlers) turnCampaign(c echo.Context, act string) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	turn := h.Store.PauseCampaign
	switch act {
	case "resume":
		turn = h.Store.ResumeCampaign
	case "archive":
		turn = h.Store.ArchiveCampaign
	case "unarchive":
		turn = h.Store.UnarchiveCampaign
	}
	ctx := c.Request().Context()
	if err := turn(ctx, campaign.ID); err != nil {
		return err
	}
	if err := h.audit(c, "campaign."+act, campaignSubject(campaign.ID), ""); err != nil {
		return err
	}
	if err := h.Campaigns.Reload(ctx); err != nil {
		return err
	}
	h.setFlash(c, "campaign."+act, campaign.ID.String(), campaign.Name)
	return web.Redirect(c, cameFrom(c, campaignURL(campaign.ID)+partSettings))
}

// campaignNotice tells of such an act, with a button that takes it back.
func campaignNotice(loc *i18n.Loc, what, subject, name string) *layout.Notice {
	for act, back := range takenBack {
		if what == "campaign."+act {
			return &layout.Notice{Tone: ui.OK, Text: loc.Parts("campaign.done."+act, "name", name),
				Act: &layout.NoticeAct{Text: loc.T("flash.undo"), URL: campaignsURL + "/" + subject + "/" + back}}
		}
	}
	return nil
}

// cameFrom is the page of the back office that a form was sent from: as it says itself in "back", else as the browser does.
func cameFrom(c echo.Context, otherwise string) string {
	if back := ownPath(c.FormValue("back")); back != "/admin" {
		return back
	}
	return writtenOn(c, otherwise)
}

// writtenOn is the same as the browser alone says, without a look into the form.
func writtenOn(c echo.Context, otherwise string) string {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Host != c.Request().Host || ownPath(from.RequestURI()) == "/admin" {
		return otherwise
	}
	return ownPath(from.RequestURI())
}

// CampaignDuplicate makes a copy, a draft, and leads to its settings, where its name and address are. A second press of the
// same button leads there too.
func (h *Handlers) CampaignDuplicate(c echo.Context) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	ctx, drawn := c.Request().Context(), h.drawn(c)
	made, err := h.Campaigns.Duplicate(ctx, campaign.ID, drawn, copyName(i18n.For(h.locale(c)), campaign.Name), web.User(c).ID)
	if err == nil {
		err = h.audit(c, "campaign.duplicate", campaignSubject(made.ID), campaign.ID.String())
	} else if there, missing := h.Store.Campaign(ctx, drawn); missing == nil {
		made, err = there, nil
	}
	if err != nil {
		return err
	}
	h.setFlash(c, "campaign_copied", made.ID.String(), campaign.Name)
	return web.Redirect(c, campaignURL(made.ID)+partSettings)
}
