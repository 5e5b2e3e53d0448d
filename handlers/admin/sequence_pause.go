package admin

import (
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// maxReason is how long the reason of a pause may be.
const maxReason = 200

// SequencePause stops a sequence, for a reason that whoever finds it paused can read.
func (h *Handlers) SequencePause(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	loc := i18n.For(h.locale(c))
	reason := []rune(i18n.FoldText(c.FormValue("reason")))
	if len(reason) == 0 {
		return h.showSequence(c, http.StatusUnprocessableEntity, q, loc.T("invalid.required", "label", loc.T("sequence.reason")))
	}
	said := string(reason[:min(len(reason), maxReason)])
	if err := h.Store.PauseSequence(c.Request().Context(), q.ID, said); err != nil {
		return err
	}
	return h.switched(c, q, flashPaused, said)
}

// SequenceResume lets a sequence go on.
func (h *Handlers) SequenceResume(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	if err := h.Store.ResumeSequence(c.Request().Context(), q.ID); err != nil {
		return err
	}
	return h.switched(c, q, flashResumed, q.Reason)
}

// switched notes that a sequence was paused or resumed, tells so, and has this process know at once.
func (h *Handlers) switched(c echo.Context, q *models.Sequence, what, reason string) error {
	if err := h.audit(c, what, "sequence:"+q.ID.String(), ""); err != nil {
		return err
	}
	if err := h.Campaigns.Reload(c.Request().Context()); err != nil {
		return err
	}
	h.setFlash(c, what, q.ID.String(), reason)
	return web.Redirect(c, sequenceURL(q.ID))
}
