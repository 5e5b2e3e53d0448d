package admin

import (
	"encoding/json"
	"slices"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

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
