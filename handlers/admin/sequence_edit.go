package admin

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/static"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// changeTries is how often a change is made again over somebody else's that came between.
const changeTries = 5

// change edits a draft as it is now. What edit refuses is not written; it refuses with models.ErrConflict where the part
// that it is about is no longer what its form was made from.
// What names the change in the history of the draft, to which it can be undone.
func (h *Handlers) change(c echo.Context, id models.ID, what string, edit func(*models.Sequence) error) (*models.Sequence, error) {
	ctx := c.Request().Context()
	for range changeTries {
		q, err := h.Store.Sequence(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := edit(q); err != nil {
			return q, err
		}
		err = h.Store.SaveSequence(ctx, q, store.DraftChange{What: what, UserID: web.User(c).ID})
		if !errors.Is(err, models.ErrConflict) {
			return q, err
		}
	}
	return nil, models.ErrConflict
}

// SequenceEdit is where a sequence's draft is written.
func (h *Handlers) SequenceEdit(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	return h.showEdit(c, http.StatusOK, q, admin.SequenceEditProps{Form: commonForm(i18n.For(h.locale(c)), commonOf(q))})
}

// commonForm shows what holds for all steps.
func commonForm(loc *i18n.Loc, p commonPart) admin.SequenceForm {
	f := admin.SequenceForm{Base: fingerprint(p), Name: p.Name, KeepHot: p.KeepHot, Goal: rowsOf(p.Goal)}
	f.QuietFrom, f.QuietTo = clocks(loc, p.Quiet)
	return f
}

func (h *Handlers) showEdit(c echo.Context, status int, q *models.Sequence, p admin.SequenceEditProps) error {
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	force, err := h.inForce(c.Request().Context(), q)
	if err != nil {
		return err
	}
	shell.Crumbs = h.sequenceCrumbs(shell.Loc, q)
	w, err := h.writtenWords(c.Request().Context(), shell.Loc, q)
	if err != nil {
		return err
	}
	url := sequenceURL(q.ID)
	shell.Assets.Scripts = append(shell.Assets.Scripts, static.URL("guard.js"))
	p.Shell, p.AddURL, p.Publish, p.Form.Action = shell, url+"/steps", url+"/publish", url+"/edit"
	p.Form.Choices = w.choices(len(q.Draft.Steps), conditions(p.Form.Goal))
	if force != nil {
		p.Changes = w.changes(&force.Doc)
	} else if len(q.Draft.Steps) > 0 {
		p.Changes = w.changes(&models.SequenceDoc{})
	}
	p.Steps, p.Here = w.editSteps(url), url+"/edit"
	if p.Undo, p.Redo, err = h.draftStepsOf(c, shell.Loc, q); err != nil {
		return err
	}
	return web.HTML(c, status, admin.SequenceEdit(p))
}

// choices are what the conditions of a step can be made of that has so many before it.
func (w sequenceWords) choices(before int, used []models.Condition) admin.ConditionChoices {
	return admin.ConditionChoices{What: w.what(before), Op: w.ops(), Value: w.values(used)}
}

func (w sequenceWords) editSteps(url string) (out []admin.EditStep) {
	wrong := w.wrongSteps()
	for i := range w.doc.Steps {
		s := &w.doc.Steps[i]
		at := url + "/steps/" + s.Key
		step := admin.EditStep{
			Number: i + 1, Subject: s.Subject, When: w.when(s, i == 0), OnlyIf: w.onlyIf(s.Conditions), Problem: wrong[i],
			URL: at, CopyURL: at + "/copy", DeleteURL: at + "/delete", PreviewURL: at + "/preview",
		}
		if i > 0 {
			step.UpURL = at + "/up"
		}
		if i < len(w.doc.Steps)-1 {
			step.DownURL = at + "/down"
		}
		out = append(out, step)
	}
	return out
}

// wrongSteps are the first things that keep steps from being put in force, by their places.
func (w sequenceWords) wrongSteps() map[int]string {
	out := map[int]string{}
	invalid, _ := errors.AsType[*models.Invalid](nurture.Check(w.doc))
	if invalid == nil {
		return out
	}
	for _, f := range invalid.Fields {
		if i, ok := stepOf(f.Field); ok && out[i] == "" {
			out[i] = w.wrong(f)
		}
	}
	return out
}

// stepOf is the place of the step that a field belongs to: 2 of "steps.2.subject".
func stepOf(field string) (int, bool) {
	rest, ok := strings.CutPrefix(field, "steps.")
	if !ok {
		return 0, false
	}
	n, _, _ := strings.Cut(rest, ".")
	i, err := strconv.Atoi(n)
	return i, err == nil
}

// SequenceSave saves what holds for all steps to the draft.
func (h *Handlers) SequenceSave(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	s := sheet{c: c, loc: i18n.For(h.locale(c))}
	rows := s.rows()
	typed := commonPart{Name: i18n.FoldText(c.FormValue("name")), Quiet: s.hours("quiet_", s.loc.T("sequence.quiet")), KeepHot: c.FormValue("keep_hot") != "", Goal: conditions(rows)}
	if wrong := nameProblem(s.loc, typed.Name); wrong != "" {
		s.wrong("f-name", wrong)
	}
	form := admin.SequenceForm{Base: c.FormValue("base"), Name: typed.Name, QuietFrom: c.FormValue("quiet_from"), QuietTo: c.FormValue("quiet_to"),
		KeepHot: typed.KeepHot, Goal: roomFor(rows)}
	now, err := h.change(c, q.ID, "holds", func(q *models.Sequence) error {
		if fingerprint(commonOf(q)) != form.Base {
			return models.ErrConflict
		}
		q.Name, q.Draft.Quiet, q.Draft.KeepHot, q.Draft.Goal = typed.Name, typed.Quiet, typed.KeepHot, typed.Goal
		if len(s.problems) == 0 {
			s.checked(&q.Draft, map[string]string{"quiet": "f-quiet_from", "goal": "f-cond-"})
		}
		if len(s.problems) > 0 {
			return &models.Invalid{}
		}
		return nil
	})
	_, invalid := errors.AsType[*models.Invalid](err)
	switch {
	case invalid:
		return h.showEdit(c, http.StatusUnprocessableEntity, q, admin.SequenceEditProps{Form: form, Problems: s.sorted()})
	case errors.Is(err, models.ErrConflict) && now != nil:
		w := h.sequenceWords(s.loc, now, &now.Draft)
		form.Base = fingerprint(commonOf(now))
		theirs := append([]admin.Fact{{Label: s.loc.T("sequence.name"), Text: now.Name}}, w.common(&now.Draft)...)
		return h.showEdit(c, http.StatusConflict, now, admin.SequenceEditProps{Form: form, Problems: s.sorted(), Theirs: theirs})
	case err != nil:
		return err
	}
	h.setFlash(c, flashSaved, q.ID.String(), "")
	return web.Redirect(c, sequenceURL(q.ID)+"/edit")
}
