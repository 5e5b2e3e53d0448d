package admin

import (
	"errors"
	"net/http"
	"slices"

	"sarnakh/campaigns"
	"sarnakh/campaigns/template"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// copiesOffered is how many campaigns are offered to be copied; any other is copied in the list.
const copiesOffered = 50

// CampaignNew offers what a campaign can be begun from; then it asks for what it can't be without.
func (h *Handlers) CampaignNew(c echo.Context) error {
	start, err := h.start(c, c.QueryParam("template"), c.QueryParam("from"))
	if err != nil {
		return err
	}
	if start == nil {
		return h.showTemplates(c)
	}
	form := admin.CampaignForm{Name: start.name, Owner: web.User(c).ID.String(), Language: string(h.locale(c)), Card: start.card, Until: admin.Moment{Name: "until"}}
	if !slices.Contains(start.locales, form.Language) {
		form.Language = start.locales[0]
	}
	if start.from != nil {
		form.Owner = start.from.OwnerID.String()
	}
	return h.showCampaignNew(c, http.StatusOK, start, admin.CampaignNewProps{Form: form})
}

func (h *Handlers) showTemplates(c echo.Context) error {
	shell, err := h.shell(c, layout.RoomCampaigns)
	if err != nil {
		return err
	}
	shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("admin.nav.campaigns"), URL: campaignsURL}}
	p := admin.TemplatesProps{Shell: shell, URL: campaignsURL + "/new"}
	for _, key := range template.Keys {
		t, err := h.start(c, key, "")
		if err != nil {
			return err
		}
		p.Templates = append(p.Templates, admin.TemplateCard{Kind: key, Name: t.name, About: t.about, URL: p.URL + "?template=" + key})
	}
	p.BlankURL = p.URL + "?template=" + fromBlank
	last, _, err := h.Store.CampaignList(c.Request().Context(), store.CampaignQuery{Sort: store.CampaignsChanged, Limit: copiesOffered})
	if err != nil {
		return err
	}
	for _, campaign := range last {
		p.Copies = append(p.Copies, ui.Option{Value: campaign.ID.String(), Label: campaign.Name})
	}
	return web.HTML(c, http.StatusOK, admin.CampaignTemplates(p))
}

func (h *Handlers) showCampaignNew(c echo.Context, status int, s *start, p admin.CampaignNewProps) error {
	shell, err := h.shell(c, layout.RoomCampaigns)
	if err != nil {
		return err
	}
	loc := shell.Loc
	shell.Crumbs = []layout.Crumb{{Text: loc.T("admin.nav.campaigns"), URL: campaignsURL}, {Text: loc.T("campaign.new"), URL: campaignsURL + "/new"}}
	shell.Assets.Script = static.URL("slug.js")
	p.Shell, p.Action, p.SlugURL, p.BackURL = shell, campaignsURL+"/new", campaignsURL+"/slug", campaignsURL+"/new"
	p.Drawn = h.Store.NewID().String()
	p.Template, p.Kind, p.From, p.About, p.Host = s.key, s.kind, loc.T("campaign.begin.blank"), s.about, h.Site.Host
	switch {
	case s.from != nil:
		p.FromID, p.From = s.from.ID.String(), s.from.Name
	case s.key != fromBlank:
		p.From = s.name
	}
	for _, l := range s.locales {
		p.Languages = append(p.Languages, ui.Option{Value: l, Label: loc.T("language." + l)})
	}
	p.Cards = h.cardOptions(loc)
	if p.Owners, err = h.ownerOptions(c.Request().Context(), 0); err != nil {
		return err
	}
	return web.HTML(c, status, admin.CampaignNew(p))
}

// CampaignCreate makes a campaign, and leads to its page's editor; from a template by what only its owner knows. A second
// press of the same button leads there too.
func (h *Handlers) CampaignCreate(c echo.Context) error {
	start, err := h.start(c, c.FormValue("template"), c.FormValue("from"))
	if err != nil {
		return err
	}
	if start == nil {
		return web.Redirect(c, campaignsURL+"/new")
	}
	ctx, s := c.Request().Context(), sheet{c: c, loc: i18n.For(h.locale(c))}
	form, typed, err := h.campaignForm(&s, 0)
	if err != nil {
		return err
	}
	if typed.Slug == "" {
		if typed.Slug, err = h.Campaigns.FreeSlug(ctx, start.slugFor(typed.Name)); err != nil {
			return err
		}
	}
	typed.ID = h.drawn(c)
	b := campaigns.Beginning{Campaign: typed, Card: form.Card, User: web.User(c).ID}
	if start.from != nil {
		b.From = start.from.ID
	} else if start.key != fromBlank {
		b.Template = start.key
	}
	wrong, err := h.slugProblem(ctx, s.loc, typed.Slug, 0)
	if err != nil {
		return err
	}
	if wrong != "" {
		s.wrong("f-slug", wrong)
	}
	made, err := h.begin(c, &s, b, start)
	if err != nil {
		return err
	}
	if made == nil {
		return h.showCampaignNew(c, http.StatusUnprocessableEntity, start, admin.CampaignNewProps{Form: form, Problems: s.inOrder(campaignOrder)})
	}
	h.setFlash(c, "campaign_created", made.ID.String(), made.Name)
	if b.Template != "" {
		return web.Redirect(c, campaignURL(made.ID)+partWords)
	}
	return web.Redirect(c, campaignURL(made.ID)+partPage)
}

// begin makes a campaign of a form in which nothing is wrong, or finds what the same form has made; nil where its maker is
// to be told what is wrong.
func (h *Handlers) begin(c echo.Context, s *sheet, b campaigns.Beginning, from *start) (made *models.Campaign, err error) {
	ctx := c.Request().Context()
	if len(s.problems) == 0 {
		if made, err = h.Campaigns.Begin(ctx, b); err == nil {
			return made, h.audit(c, "campaign.create", campaignSubject(made.ID), from.key)
		}
	}
	if there, missing := h.Store.Campaign(ctx, b.Campaign.ID); missing == nil {
		if there.Name == b.Campaign.Name {
			return there, nil
		}
		b.Campaign.ID = 0 // somebody went back to the form to make another one
		return h.begin(c, s, b, from)
	}
	if invalid, ok := errors.AsType[*models.Invalid](err); ok {
		s.invalid(invalid)
		err = nil
	}
	return nil, err
}

func campaignSubject(id models.ID) string { return "campaign:" + id.String() }
