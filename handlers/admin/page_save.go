package admin

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// BlockSave saves what is in a block to the draft.
func (h *Handlers) BlockSave(c echo.Context) error {
	kind := models.BlockType(c.FormValue("kind"))
	if blockForms[kind] == nil {
		return models.ErrNotFound
	}
	return h.savePage(c, blockPart(c.Param("block"), kind))
}

// PageThemeSave saves the colours and fonts to the draft.
func (h *Handlers) PageThemeSave(c echo.Context) error { return h.savePage(c, themePagePart) }

// PageAboutSave saves what the page says of itself to the draft. Whether it is the home page holds at once.
func (h *Handlers) PageAboutSave(c echo.Context) error { return h.savePage(c, aboutPagePart) }

// savePage saves one part. What a button within the form does to it is done first, so that it works without a script.
func (h *Handlers) savePage(c echo.Context, part pagePart) error {
	e, err := h.editing(c)
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	e.part, e.view = &part, viewForm
	f := h.typed(i18n.For(h.locale(c)), part.kind, maps.Clone(form))
	act := parseRowAct(c.FormValue("row"))
	act.apply(f)
	d, err := h.savePart(c, e.campaign.ID, part.what, c.FormValue("base"), part.now, func(doc *models.CampaignDoc) error { return part.take(f, doc) })
	_, invalid := errors.AsType[*models.Invalid](err)
	typing := c.FormValue("auto") != "" // saved by the script while somebody types
	answer := admin.PageForm{Typing: typing}
	switch {
	case invalid:
		answer.Base, answer.NotSaved = c.FormValue("base"), true
		return h.showTyped(c, http.StatusUnprocessableEntity, e, f, answer)
	case errors.Is(err, models.ErrConflict):
		return h.pageConflict(c, e, f, answer)
	case errors.Is(err, errUnchanged):
	case err != nil:
		return err
	default:
		e.draft = d
	}
	if part.kind == partAbout {
		if err := h.setHome(c, e.campaign, c.FormValue("home") != ""); err != nil {
			return err
		}
	}
	if typing {
		if e.campaign, e.draft, err = h.draft(c); err != nil {
			return err
		}
		answer.Saved = true
		return h.showTyped(c, http.StatusOK, e, f, answer)
	}
	return web.Redirect(c, h.afterSave(c, e, act))
}

// showTyped answers with the form as it was typed; the browser stays at the address of the page.
func (h *Handlers) showTyped(c echo.Context, status int, e *editing, f *typed, form admin.PageForm) error {
	c.Response().Header().Set("HX-Replace-Url", "false")
	return h.showPage(c, status, e, f, form)
}

// afterSave is where a saved form leads: back, to the row that was added, or to where a picture is chosen.
func (h *Handlers) afterSave(c echo.Context, e *editing, act rowAct) string {
	to := e.here()
	switch act.do {
	case "add":
		q := e.query(e.part.query, e.view)
		q.Set("more", act.name)
		return campaignURL(e.campaign.ID) + partPage + "?" + q.Encode() + "#more-" + strings.ReplaceAll(act.name, ".", "-")
	case "choose":
		return chooserURL(to, strings.TrimPrefix(c.FormValue("row"), "choose:"))
	case "":
		h.setFlash(c, "page_saved", e.campaign.ID.String(), "")
	}
	return to
}

// pageConflict shows what somebody else saved beside what was typed. Saving once more is to mean it.
func (h *Handlers) pageConflict(c echo.Context, e *editing, f *typed, form admin.PageForm) (err error) {
	if e.campaign, e.draft, err = h.draft(c); err != nil {
		return err
	}
	theirs := h.typed(f.loc, f.kind, url.Values{})
	e.part.show(theirs, &e.draft.Doc)
	form.Conflict, form.NotSaved = true, true
	if form.Gone = e.part.now(&e.draft.Doc) == any(gonePart); !form.Gone {
		form.Theirs = e.part.facts(theirs)
	}
	return h.showTyped(c, http.StatusConflict, e, f, form)
}

// setHome makes a campaign the one at /, or no longer.
func (h *Handlers) setHome(c echo.Context, campaign *models.Campaign, home bool) error {
	if campaign.Home == home {
		return nil
	}
	ctx := c.Request().Context()
	if _, err := h.Store.EditCampaign(ctx, campaign.ID, func(c *models.Campaign) error {
		c.Home = home
		return nil
	}); err != nil {
		return err
	}
	return h.Campaigns.Reload(ctx)
}
