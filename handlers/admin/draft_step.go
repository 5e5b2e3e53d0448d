package admin

import (
	"context"
	"errors"
	"strconv"
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
func (h *Handlers) stepDraft(c echo.Context, step stepping, done, nothing string) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	undo, redo, err := h.draftSteps(c, i18n.For(h.locale(c)), campaign, &draft.Doc)
	if err != nil {
		return err
	}
	if err := h.goStep(c, campaign.ID, step, undo, redo, done, nothing); err != nil {
		return err
	}
	return web.Redirect(c, cameFrom(c, campaignURL(campaign.ID)+partPage))
}

// A stepping goes from a state of what has an ID to the next or the one before, as store.UndoDraft does.
type stepping func(ctx context.Context, id models.ID, rev int) error

// goStep goes a step through the states of a draft, and has said which. The second press of a button does nothing.
func (h *Handlers) goStep(c echo.Context, id models.ID, step stepping, undo, redo *admin.DraftStep, done, nothing string) error {
	taken, name := undo, ""
	if done == "draft_redone" {
		taken = redo
	}
	if taken != nil {
		name = taken.What
	}
	switch err := step(c.Request().Context(), id, revOf(c)); {
	case errors.Is(err, models.ErrConflict):
		return nil
	case errors.Is(err, models.ErrNotFound):
		done = nothing
	case err != nil:
		return err
	}
	h.setFlash(c, done, id.String(), name)
	return nil
}

// draftSteps are what can be taken back of a campaign's draft and done again, in words.
func (h *Handlers) draftSteps(c echo.Context, loc *i18n.Loc, campaign *models.Campaign, doc *models.CampaignDoc) (undo, redo *admin.DraftStep, err error) {
	was, next, err := h.Store.DraftSteps(c.Request().Context(), campaign)
	if err != nil {
		return nil, nil, err
	}
	url, named := campaignURL(campaign.ID), namesOf(loc, doc)
	if was != nil {
		undo = &admin.DraftStep{URL: url + "/undo", Rev: campaign.DraftRev, What: stepWords(loc, named, was.What)}
	}
	if next != nil {
		redo = &admin.DraftStep{URL: url + "/redo", Rev: campaign.DraftRev, What: stepWords(loc, named, next.What)}
	}
	return undo, redo, nil
}

// revOf is the state that a button was shown with, 0 where it says none.
func revOf(c echo.Context) int {
	rev, _ := strconv.Atoi(c.FormValue("rev"))
	return rev
}

// stepWords is what a step of a draft did, in words: of "hide:faq:q1", "field:email", "delete:file:Guide.pdf", "restored:3",
// "words" and the like.
func stepWords(loc *i18n.Loc, named names, what string) string {
	verb, of, _ := strings.Cut(what, ":")
	if name := changedName(loc, named, verb, of); name != "" && loc.Has("draft_step."+verb) {
		return loc.T("draft_step."+verb, "name", name)
	}
	if key := "draft_step_of." + verb; loc.Has(key) {
		return loc.T(key)
	}
	return loc.T("draft_step_of.other")
}

// names find the present name of something in a draft: of a block by its ID, or of another kind; empty where there is none.
type names func(kind, id string) string

func namesOf(loc *i18n.Loc, doc *models.CampaignDoc) names {
	return func(kind, id string) string {
		if kind == "field" {
			if f, ok := doc.Form.Field(id); ok {
				return f.Label
			}
			return ""
		}
		return nameOfBlock(loc, doc.Page.Blocks, id)
	}
}

func nameOfBlock(loc *i18n.Loc, blocks []models.Block, id string) string {
	if b, _ := models.FindBlock(blocks, id); b != nil {
		return blockName(loc, b)
	}
	return ""
}

// changedName is what a step was done to: what is there by its present name, what is gone by that of its kind.
func changedName(loc *i18n.Loc, named names, verb, of string) string {
	kind, id, whole := strings.Cut(of, ":")
	if !whole {
		kind, id = verb, of
	}
	switch kind {
	case "question", "file":
		return id // its own words
	case "mail":
		return stepName(loc, id)
	case "restored":
		return loc.Digits(id)
	}
	if name := named(kind, id); name != "" || kind == "field" {
		return name
	}
	if key := "block_type." + kind; loc.Has(key) {
		return loc.T(key)
	}
	return ""
}
