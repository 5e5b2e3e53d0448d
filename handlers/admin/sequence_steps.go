package admin

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// StepAdd adds a step at the end, and leads to where it is written.
func (h *Handlers) StepAdd(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	key, loc := newStepKey(), i18n.For(i18n.Locale(q.Locale))
	_, err = h.change(c, q.ID, "mail_add:mail:", func(q *models.Sequence) error {
		words := models.Block{ID: newStepKey(), Type: models.BlockText}
		mailText.begin(loc, &words, 0)
		step := models.Step{Key: key, Blocks: []models.Block{words}}
		if n := len(q.Draft.Steps); n > 0 { // as the one before, which is right more often than nothing
			step.Delay, step.Window = q.Draft.Steps[n-1].Delay, q.Draft.Steps[n-1].Window
		}
		q.Draft.Steps = append(q.Draft.Steps, step)
		return nil
	})
	if err != nil {
		return err
	}
	return web.Redirect(c, sequenceURL(q.ID)+"/steps/"+key+"?part="+partHead)
}

// StepUp moves a step before the one that precedes it.
func (h *Handlers) StepUp(c echo.Context) error { return h.moveStep(c, -1) }

// StepDown moves a step behind the one that follows it.
func (h *Handlers) StepDown(c echo.Context) error { return h.moveStep(c, 1) }

func (h *Handlers) moveStep(c echo.Context, by int) error {
	return h.changeStep(c, "move", "", func(steps []models.Step, at int) []models.Step {
		if to := at + by; to >= 0 && to < len(steps) {
			steps[at], steps[to] = steps[to], steps[at]
		}
		return steps
	})
}

// StepCopy puts a copy of a step behind it.
func (h *Handlers) StepCopy(c echo.Context) error {
	key := newStepKey()
	return h.changeStep(c, "copy", flashCopied, func(steps []models.Step, at int) []models.Step {
		twin := twinOf(steps[at])
		twin.Key = key
		return slices.Insert(steps, at+1, twin)
	})
}

// twinOf is the same once more, which shares nothing with it.
func twinOf[T any](one T) (twin T) {
	raw, err := json.Marshal(one)
	if err == nil {
		err = json.Unmarshal(raw, &twin)
	}
	if err != nil {
		panic(err) // plain data always can be
	}
	return twin
}

// StepDelete takes a step out of the draft. One press undoes it.
func (h *Handlers) StepDelete(c echo.Context) error {
	return h.changeStep(c, "delete", flashDeleted, func(steps []models.Step, at int) []models.Step {
		return slices.Delete(steps, at, at+1)
	})
}

// changeStep changes the list of steps at one of them.
func (h *Handlers) changeStep(c echo.Context, what, flash string, edit func(steps []models.Step, at int) []models.Step) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	step, _ := q.Draft.Step(c.Param("key"))
	if step == nil {
		return models.ErrNotFound
	}
	subject := step.Subject
	now, err := h.change(c, q.ID, what+":mail:"+subject, func(q *models.Sequence) error {
		_, at := q.Draft.Step(c.Param("key"))
		if at < 0 {
			return models.ErrNotFound
		}
		q.Draft.Steps = edit(slices.Clone(q.Draft.Steps), at)
		return nil
	})
	if err != nil {
		return err
	}
	if flash != "" {
		h.setFlash(c, flash, q.ID.String(), subject+"\n"+strconv.Itoa(now.DraftRev))
	}
	return web.Redirect(c, sequenceURL(q.ID)+"/edit")
}

// SequenceUndo takes the last change of a sequence's draft back.
func (h *Handlers) SequenceUndo(c echo.Context) error {
	return h.stepSequence(c, h.Store.UndoSequence, "draft_undone", "draft_nothing_to_undo")
}

// SequenceRedo does a change again that was taken back.
func (h *Handlers) SequenceRedo(c echo.Context) error {
	return h.stepSequence(c, h.Store.RedoSequence, "draft_redone", "draft_nothing_to_redo")
}

// stepSequence goes a step through the states of a sequence's draft, and back to where the button was, if that is still there.
func (h *Handlers) stepSequence(c echo.Context, step func(context.Context, models.ID, int) error, done, nothing string) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	undo, redo, err := h.draftStepsOf(c, i18n.For(h.locale(c)), q)
	if err != nil {
		return err
	}
	taken := undo
	if done == "draft_redone" {
		taken = redo
	}
	what, name := done, ""
	if taken != nil {
		name = taken.What
	}
	switch err := step(ctx, q.ID, revOf(c)); {
	case errors.Is(err, models.ErrConflict): // the second press
		return web.Redirect(c, cameFrom(c, sequenceURL(q.ID)+"/edit"))
	case errors.Is(err, models.ErrNotFound):
		what = nothing
	case err != nil:
		return err
	}
	if q, err = h.sequence(c); err != nil {
		return err
	}
	h.setFlash(c, what, q.ID.String(), name)
	edit := sequenceURL(q.ID) + "/edit"
	back := cameFrom(c, edit)
	if _, rest, mail := strings.Cut(back, sequenceURL(q.ID)+"/steps/"); mail {
		key, _, _ := strings.Cut(rest, "?")
		if s, _ := q.Draft.Step(key); s == nil {
			back = edit
		}
	}
	return web.Redirect(c, back)
}

// draftStepsOf are what can be taken back of a sequence's draft and done again, in words.
func (h *Handlers) draftStepsOf(c echo.Context, loc *i18n.Loc, q *models.Sequence) (undo, redo *admin.DraftStep, err error) {
	was, next, err := h.Store.SequenceSteps(c.Request().Context(), q)
	if err != nil {
		return nil, nil, err
	}
	url, named := sequenceURL(q.ID), namesOfMails(loc, &q.Draft)
	if was != nil {
		undo = &admin.DraftStep{URL: url + "/undo", Rev: q.DraftRev, What: stepWords(loc, named, was.What)}
	}
	if next != nil {
		redo = &admin.DraftStep{URL: url + "/redo", Rev: q.DraftRev, What: stepWords(loc, named, next.What)}
	}
	return undo, redo, nil
}

// namesOfMails find what stands in the mails of a sequence, by its ID and that of its mail: "8f3a@first".
func namesOfMails(loc *i18n.Loc, doc *models.SequenceDoc) names {
	return func(kind, id string) string {
		block, key, _ := strings.Cut(id, "@")
		s, _ := doc.Step(key)
		switch {
		case s == nil:
			return ""
		case kind == partHead, kind == partTime:
			return stepName(loc, s.Subject)
		}
		return nameOfBlock(loc, s.Blocks, block)
	}
}
