package admin

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
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
	w, at := h.sequenceWords(shell.Loc, q, &q.Draft), sequenceURL(q.ID)
	props := admin.PublishProps{
		Shell: shell, Action: at + "/publish", BackURL: at + "/edit", Base: fingerprint(q.Draft), InForce: force != nil,
		People: tallies[q.ID].Active, Problems: w.publishProblems(at), Changed: status == http.StatusConflict,
	}
	was := &models.SequenceDoc{}
	if force != nil {
		was = &force.Doc
	}
	props.Changes = w.changes(was)
	return web.HTML(c, status, admin.SequencePublish(props))
}

// publishProblems are what keeps a draft from being put in force, with the page where each is mended.
func (w sequenceWords) publishProblems(at string) (out []admin.StepProblem) {
	if invalid, _ := errors.AsType[*models.Invalid](nurture.Check(w.doc)); invalid != nil {
		for _, f := range invalid.Fields {
			p := admin.StepProblem{Text: w.wrong(f), URL: at + "/edit"}
			if i, ok := stepOf(f.Field); ok {
				key := w.doc.Steps[i].Key
				p = admin.StepProblem{Text: w.inStep(key, p.Text), URL: at + "/steps/" + key + partOf(f.Field)}
			}
			out = append(out, p)
		}
	}
	for i := range w.doc.Steps {
		s := &w.doc.Steps[i]
		for _, t := range campaigns.StepTexts(s) {
			words := campaigns.Placeholder(t.Text)
			blank := admin.StepProblem{Text: w.inStep(s.Key, w.loc.T("campaign_check.placeholder", "words", words)), URL: at + "/steps/" + s.Key + t.At, Blank: true}
			if words != "" && !slices.Contains(out, blank) {
				out = append(out, blank)
			}
		}
	}
	return out
}

func (w sequenceWords) inStep(key, problem string) string {
	return w.loc.T("sequence.step_problem", "step", w.step(key), "problem", problem)
}

// wrong is what is wrong with a field, in words that name it where it stands in a block.
func (w sequenceWords) wrong(f models.FieldError) string {
	_, field, _ := strings.Cut(f.Field, ".blocks.")
	id, name, block := strings.Cut(field, ".")
	if !block {
		return w.loc.T(f.Key, f.Args...)
	}
	i, _ := stepOf(f.Field)
	b, _ := w.doc.Steps[i].Block(id)
	label, _ := (&typed{kind: string(b.Type), loc: w.loc}).label(name)
	return w.loc.T(f.Key, append(f.Args, "label", label)...)
}

// partOf is the part of a mail's editor where a field is mended: "?block=8f3a" of "steps.2.blocks.8f3a.body".
func partOf(field string) string {
	parts := strings.Split(field, ".")
	switch {
	case len(parts) > 4 && parts[2] == "blocks":
		return "?block=" + url.QueryEscape(parts[3])
	case len(parts) > 2 && (parts[2] == "subject" || parts[2] == "preview"):
		return "?part=" + partHead
	case len(parts) > 2 && (parts[2] == "delay" || parts[2] == "window" || parts[2] == "conditions"):
		return "?part=" + partTime
	}
	return ""
}

// Publish puts the draft in force that was looked at, and no other.
func (h *Handlers) Publish(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	switch {
	case len(h.sequenceWords(i18n.For(h.locale(c)), q, &q.Draft).publishProblems("")) > 0:
		return h.showPublish(c, http.StatusUnprocessableEntity, q)
	case fingerprint(q.Draft) != c.FormValue("base"):
		return h.showPublish(c, http.StatusConflict, q)
	}
	ctx := c.Request().Context()
	number, err := h.Store.PublishSequence(ctx, q)
	if errors.Is(err, models.ErrConflict) {
		if q, err = h.sequence(c); err != nil {
			return err
		}
		return h.showPublish(c, http.StatusConflict, q)
	}
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
