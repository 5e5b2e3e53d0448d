package admin

import (
	"context"
	"errors"
	"net/url"

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
	return web.Redirect(c, backTo(c, campaignURL(campaign.ID)+partPage))
}

// backTo is the page of ours whose form was sent: as the form says, else as the browser does.
func backTo(c echo.Context, fallback string) string {
	back := c.FormValue("back")
	if back == "" {
		if u, err := url.Parse(c.Request().Referer()); err == nil && u.Path != "" {
			back = u.RequestURI()
		}
	}
	if back == "" || ownPath(back) == "/admin" {
		return fallback
	}
	return ownPath(back)
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
