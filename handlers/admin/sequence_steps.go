package admin

import (
	"encoding/json"
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// StepAdd adds an empty step at the end, and leads to where it is written.
func (h *Handlers) StepAdd(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	key := newStepKey()
	_, err = h.change(c.Request().Context(), q.ID, func(q *models.Sequence) error {
		step := models.Step{Key: key}
		if n := len(q.Draft.Steps); n > 0 { // as the one before, which is right more often than nothing
			step.Delay, step.Window = q.Draft.Steps[n-1].Delay, q.Draft.Steps[n-1].Window
		}
		q.Draft.Steps = append(q.Draft.Steps, step)
		return nil
	})
	if err != nil {
		return err
	}
	return web.Redirect(c, sequenceURL(q.ID)+"/steps/"+key)
}

// StepUp moves a step before the one that precedes it.
func (h *Handlers) StepUp(c echo.Context) error { return h.moveStep(c, -1) }

// StepDown moves a step behind the one that follows it.
func (h *Handlers) StepDown(c echo.Context) error { return h.moveStep(c, 1) }

func (h *Handlers) moveStep(c echo.Context, by int) error {
	return h.changeStep(c, "", func(steps []models.Step, at int) []models.Step {
		if to := at + by; to >= 0 && to < len(steps) {
			steps[at], steps[to] = steps[to], steps[at]
		}
		return steps
	})
}

// StepCopy puts a copy of a step behind it.
func (h *Handlers) StepCopy(c echo.Context) error {
	key := newStepKey()
	return h.changeStep(c, flashCopied, func(steps []models.Step, at int) []models.Step {
		twin := steps[at]
		twin.Key = key
		return slices.Insert(steps, at+1, twin)
	})
}

// A deleted step is kept with the session, so that one press brings it back.
type deleted struct {
	Sequence models.ID
	Place    int
	Step     models.Step
}

const sessionDeleted = "deleted_step"

// StepDelete takes a step out of the draft.
func (h *Handlers) StepDelete(c echo.Context) error {
	return h.changeStep(c, flashDeleted, func(steps []models.Step, at int) []models.Step {
		id, _ := models.ParseID(c.Param("id")) // it was found by it
		if raw, err := json.Marshal(deleted{id, at, steps[at]}); err == nil {
			h.Sessions.Put(c.Request().Context(), sessionDeleted, string(raw))
		}
		return slices.Delete(steps, at, at+1)
	})
}

// changeStep changes the list of steps at one of them.
func (h *Handlers) changeStep(c echo.Context, flash string, edit func(steps []models.Step, at int) []models.Step) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	subject := ""
	_, err = h.change(c.Request().Context(), q.ID, func(q *models.Sequence) error {
		step, at := q.Draft.Step(c.Param("key"))
		if step == nil {
			return models.ErrNotFound
		}
		subject = step.Subject
		q.Draft.Steps = edit(slices.Clone(q.Draft.Steps), at)
		return nil
	})
	if err != nil {
		return err
	}
	if flash != "" {
		h.setFlash(c, flash, q.ID.String(), subject)
	}
	return web.Redirect(c, sequenceURL(q.ID)+"/edit")
}

// StepRestore brings the step back that was deleted last.
func (h *Handlers) StepRestore(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	var d deleted
	raw := h.Sessions.PopString(c.Request().Context(), sessionDeleted)
	if json.Unmarshal([]byte(raw), &d) != nil || d.Sequence != q.ID { // the second press
		return web.Redirect(c, sequenceURL(q.ID)+"/edit")
	}
	_, err = h.change(c.Request().Context(), q.ID, func(q *models.Sequence) error {
		if s, _ := q.Draft.Step(d.Step.Key); s == nil {
			q.Draft.Steps = slices.Insert(slices.Clone(q.Draft.Steps), min(d.Place, len(q.Draft.Steps)), d.Step)
		}
		return nil
	})
	if err != nil {
		return err
	}
	h.setFlash(c, flashRestored, q.ID.String(), d.Step.Subject)
	return web.Redirect(c, sequenceURL(q.ID)+"/edit")
}
