package admin

import (
	"context"
	"errors"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// DraftUndo takes the last change of a draft back.
func (h *Handlers) DraftUndo(c echo.Context) error {
	return h.stepDraft(c, h.Store.UndoDraft, "draft_undone", "draft_nothing_to_undo")
}

// DraftRedo does a change again that was taken back.
func (h *Handlers) DraftRedo(c echo.Context) error {
	return h.stepDraft(c, h.Store.RedoDraft, "draft_redone", "draft_nothing_to_redo")
}

// stepDraft goes a step through the states of a draft, and back to where the button was.
func (h *Handlers) stepDraft(c echo.Context, step func(context.Context, models.ID) error, done, nothing string) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	undo, redo, err := h.Store.DraftSteps(c.Request().Context(), campaign)
	if err != nil {
		return err
	}
	loc, taken := i18n.For(h.locale(c)), undo
	if done == "draft_redone" {
		taken = redo
	}
	what := done
	switch err := step(c.Request().Context(), campaign.ID); {
	case errors.Is(err, models.ErrNotFound):
		what = nothing
	case err != nil:
		return err
	}
	name := ""
	if taken != nil {
		name = stepWords(loc, &draft.Doc, taken.What)
	}
	h.setFlash(c, what, campaign.ID.String(), name)
	return web.Redirect(c, cameFrom(c, campaignURL(campaign.ID)+partPage))
}

// steps are what can be taken back and done again, in words.
func (h *Handlers) steps(c echo.Context, loc *i18n.Loc, e *editing) (undo, redo *admin.DraftStep, err error) {
	was, next, err := h.Store.DraftSteps(c.Request().Context(), e.campaign)
	if err != nil {
		return nil, nil, err
	}
	url := campaignURL(e.campaign.ID)
	if was != nil {
		undo = &admin.DraftStep{URL: url + "/undo", What: stepWords(loc, &e.draft.Doc, was.What)}
	}
	if next != nil {
		redo = &admin.DraftStep{URL: url + "/redo", What: stepWords(loc, &e.draft.Doc, next.What)}
	}
	return undo, redo, nil
}

// stepWords is what a step of a draft did, in words: of "hide:faq:q1", "field:email", "delete:file:Guide.pdf", "restored:3",
// "words" and the like.
func stepWords(loc *i18n.Loc, doc *models.CampaignDoc, what string) string {
	verb, of, _ := strings.Cut(what, ":")
	if name := changedName(loc, doc, verb, of); name != "" && loc.Has("draft_step."+verb) {
		return loc.T("draft_step."+verb, "name", name)
	}
	if key := "draft_step_of." + verb; loc.Has(key) {
		return loc.T(key)
	}
	return loc.T("draft_step_of.other")
}

// changedName is what a step was done to: what is there by its present name, what is gone by that of its kind.
func changedName(loc *i18n.Loc, doc *models.CampaignDoc, verb, of string) string {
	kind, id, whole := strings.Cut(of, ":")
	if !whole {
		kind, id = verb, of
	}
	switch kind {
	case "question", "file":
		return id // its own words
	case "restored":
		return loc.Digits(id)
	case "field":
		if f, ok := doc.Form.Field(id); ok {
			return f.Label
		}
		return ""
	}
	if b, _ := doc.Page.Block(id); b != nil {
		return blockName(loc, b)
	}
	if key := "block_type." + kind; loc.Has(key) {
		return loc.T(key)
	}
	return ""
}
