package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// campaignSettings are what holds of a campaign at once, whatever is published.
type campaignSettings struct {
	Name, Slug, Locale string
	OwnerID            models.ID
	Goal               int
	Until              models.Instant
	Home               bool
}

func settingsOf(c *models.Campaign) campaignSettings {
	return campaignSettings{c.Name, c.Slug, c.Locale, c.OwnerID, c.Goal, c.Until, c.Home}
}

// CampaignSettings shows what can be set of a campaign beside its page, form, offer and mails.
func (h *Handlers) CampaignSettings(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	return h.showSettings(c, http.StatusOK, campaign, draft, admin.SettingsProps{})
}

// showSettings fills in the forms that did not come back.
func (h *Handlers) showSettings(c echo.Context, status int, campaign *models.Campaign, draft *models.Draft, p admin.SettingsProps) error {
	shell, head, err := h.campaignShell(c, campaign, partSettings)
	if err != nil {
		return err
	}
	loc, at := shell.Loc, campaignURL(campaign.ID)
	shell.Assets.Script = static.URL("slug.js")
	if p.Form == nil {
		p.Form = h.settingsForm(loc, campaign)
	}
	if p.Shown == nil {
		p.Shown = shownForm(draft)
	}
	p.Shell, p.Head, p.Host, p.ID = shell, head, h.Site.Host, campaign.ID.String()
	p.Action, p.ShownAction, p.SlugURL = at+partSettings, at+partSettings+"/page", campaignsURL+"/slug"
	p.Known, p.LocaleFixed = campaign.VersionID != 0, campaign.VersionID != 0 || campaign.NextID != 0
	p.PublishURL = at + "/publish"
	switch {
	case campaign.NextID != 0 && campaign.StaysPaused(campaign.NextAt):
		p.Begins = loc.T("campaign.begins_paused", "at", h.in(campaign.NextAt))
	case campaign.NextID != 0:
		p.Begins = loc.T("campaign.begins", "at", h.in(campaign.NextAt))
	case campaign.VersionID == 0:
		p.Begins = loc.T("campaign.begins_never")
	}
	p.Languages, p.Cards = admin.Languages(loc), h.cardOptions(loc)
	if p.Owners, err = h.ownerOptions(c.Request().Context(), campaign.OwnerID); err != nil {
		return err
	}
	for _, a := range h.campaignActs(campaign, head.Status) {
		if a.Post {
			p.Acts = append(p.Acts, a)
		}
	}
	return web.HTML(c, status, admin.CampaignSettings(p))
}

func (h *Handlers) settingsForm(loc *i18n.Loc, c *models.Campaign) *admin.CampaignForm {
	f := admin.CampaignForm{Base: fingerprint(settingsOf(c)), Name: c.Name, Slug: c.Slug, Language: c.Locale, Home: c.Home,
		Until: shownMoment(loc, "until", c.Until, h.Site.Zone)}
	if c.OwnerID != 0 {
		f.Owner = c.OwnerID.String()
	}
	if c.Goal > 0 {
		f.Goal = loc.Int(int64(c.Goal))
	}
	return &f
}

// SettingsSave saves what holds at once.
func (h *Handlers) SettingsSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	ctx, s := c.Request().Context(), sheet{c: c, loc: i18n.For(h.locale(c))}
	form, typed, err := h.campaignForm(&s, campaign.OwnerID)
	if err != nil {
		return err
	}
	if typed.Until != 0 && typed.Until == campaign.Until { // it has ended, and goes on having ended
		s.problems = slices.DeleteFunc(s.problems, func(p ui.Problem) bool { return p.Target == "f-until_day" })
	}
	wrong, err := h.slugProblem(ctx, s.loc, typed.Slug, campaign.ID)
	if err != nil {
		return err
	}
	if wrong != "" && typed.Slug != campaign.Slug {
		s.wrong("f-slug", wrong)
	}
	if len(s.problems) > 0 {
		return h.showSettings(c, http.StatusUnprocessableEntity, campaign, draft, admin.SettingsProps{Form: &form, Problems: s.inOrder(campaignOrder)})
	}
	_, err = h.Store.EditCampaign(ctx, campaign.ID, func(now *models.Campaign) error {
		if fingerprint(settingsOf(now)) != form.Base {
			return models.ErrConflict
		}
		if now.VersionID == 0 && now.NextID == 0 && typed.Locale != "" {
			now.Locale = typed.Locale
		}
		now.Name, now.Slug, now.OwnerID, now.Goal, now.Until, now.Home = typed.Name, typed.Slug, typed.OwnerID, typed.Goal, typed.Until, typed.Home
		return nil
	})
	invalid, isInvalid := errors.AsType[*models.Invalid](err)
	switch {
	case isInvalid:
		s.invalid(invalid)
		return h.showSettings(c, http.StatusUnprocessableEntity, campaign, draft, admin.SettingsProps{Form: &form, Problems: s.inOrder(campaignOrder)})
	case errors.Is(err, models.ErrConflict):
		return h.settingsConflict(c, &s, form)
	case err != nil:
		return err
	}
	return h.settingsSaved(c, campaign)
}

func (h *Handlers) settingsSaved(c echo.Context, campaign *models.Campaign) error {
	if err := h.audit(c, "campaign.settings", campaignSubject(campaign.ID), ""); err != nil {
		return err
	}
	if err := h.Campaigns.Reload(c.Request().Context()); err != nil {
		return err
	}
	h.setFlash(c, "settings_saved", campaign.ID.String(), "")
	return web.Redirect(c, campaignURL(campaign.ID)+partSettings)
}

// settingsConflict shows what somebody else saved meanwhile, and keeps what was typed.
func (h *Handlers) settingsConflict(c echo.Context, s *sheet, form admin.CampaignForm) error {
	now, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	form.Base = fingerprint(settingsOf(now))
	owners, err := h.ownerOptions(c.Request().Context(), now.OwnerID)
	if err != nil {
		return err
	}
	t := h.settingsForm(s.loc, now)
	owner := ""
	for _, o := range owners {
		if o.Value == t.Owner {
			owner = o.Label
		}
	}
	theirs := h.facts(s.loc, "name", t.Name, "address", t.Slug, "language", s.loc.T("language."+t.Language), "owner", owner, "goal", t.Goal,
		"until", strings.TrimSpace(t.Until.Day+" "+t.Until.Clock), "home", yesNo(s.loc, t.Home))
	return h.showSettings(c, http.StatusConflict, now, draft, admin.SettingsProps{Form: &form, Theirs: theirs})
}

// facts are names of settings, "campaign.<name>", with their values; those without one are left out.
func (h *Handlers) facts(loc *i18n.Loc, pairs ...string) (out []admin.Fact) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, admin.Fact{Label: loc.T("campaign." + pairs[i]), Text: pairs[i+1]})
		}
	}
	return out
}

func yesNo(loc *i18n.Loc, yes bool) string {
	if yes {
		return loc.T("common.yes")
	}
	return loc.T("common.no")
}
