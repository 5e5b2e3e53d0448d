package admin

import (
	"errors"
	"net/http"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// PublishShow says what putting the draft in force would change, or why it can't be.
func (h *Handlers) PublishShow(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	return h.showPublish(c, http.StatusOK, q)
}

func (h *Handlers) showPublish(c echo.Context, status int, q *models.Sequence) error {
	ctx := c.Request().Context()
	force, err := h.inForce(ctx, q)
	if err != nil {
		return err
	}
	tallies, err := h.Store.SequenceTallies(ctx, []models.ID{q.ID})
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	shell.Crumbs = append(h.sequenceCrumbs(shell.Loc, q), layout.Crumb{Text: shell.Loc.T("sequence.edit"), URL: sequenceURL(q.ID) + "/edit"})
	w, url := h.sequenceWords(shell.Loc, q, &q.Draft), sequenceURL(q.ID)
	props := admin.PublishProps{
		Shell: shell, Action: url + "/publish", BackURL: url + "/edit", Base: fingerprint(q.Draft), InForce: force != nil,
		People: tallies[q.ID].Active, Problems: w.publishProblems(url), Changed: status == http.StatusConflict,
	}
	was := &models.SequenceDoc{}
	if force != nil {
		was = &force.Doc
	}
	props.Changes = w.changes(was)
	return web.HTML(c, status, admin.SequencePublish(props))
}

// publishProblems are what keeps a draft from being put in force, with the page where each is mended.
func (w sequenceWords) publishProblems(url string) (out []admin.StepProblem) {
	invalid, _ := errors.AsType[*models.Invalid](nurture.Check(w.doc))
	if invalid == nil {
		return nil
	}
	for _, f := range invalid.Fields {
		p := admin.StepProblem{Text: w.loc.T(f.Key, f.Args...), URL: url + "/edit"}
		if i, ok := stepOf(f.Field); ok {
			key := w.doc.Steps[i].Key
			p = admin.StepProblem{Text: w.loc.T("sequence.step_problem", "step", w.step(key), "problem", p.Text), URL: url + "/steps/" + key}
		}
		out = append(out, p)
	}
	return out
}

// Publish puts the draft in force that was looked at, and no other.
func (h *Handlers) Publish(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	switch {
	case nurture.Check(&q.Draft) != nil:
		return h.showPublish(c, http.StatusUnprocessableEntity, q)
	case fingerprint(q.Draft) != c.FormValue("base"):
		return h.showPublish(c, http.StatusConflict, q)
	}
	ctx := c.Request().Context()
	number, err := h.Store.PublishSequence(ctx, q.ID)
	if err != nil {
		return err
	}
	if err := h.audit(c, "sequence.publish", "sequence:"+q.ID.String(), strconv.Itoa(number)); err != nil {
		return err
	}
	if err := h.Campaigns.Reload(ctx); err != nil {
		return err
	}
	h.setFlash(c, flashPublished, q.ID.String(), strconv.Itoa(number))
	return web.Redirect(c, sequenceURL(q.ID))
}
