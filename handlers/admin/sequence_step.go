package admin

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/static"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// goneBase is what the form of a step was made from that somebody has deleted: saving it brings the step back.
const goneBase = "gone"

// StepShow is where one mail is written.
func (h *Handlers) StepShow(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	step, _ := q.Draft.Step(c.Param("key"))
	if step == nil {
		return models.ErrNotFound
	}
	return h.showStep(c, http.StatusOK, q, admin.StepProps{Form: stepForm(i18n.For(h.locale(c)), step)})
}

func stepForm(loc *i18n.Loc, s *models.Step) admin.StepForm {
	f := admin.StepForm{Base: fingerprint(s), Subject: s.Subject, Preview: s.Preview, Body: s.Body, Conditions: rowsOf(s.Conditions)}
	f.Delay, f.Unit = delayParts(loc, s.Delay)
	f.From, f.To = clocks(loc, s.Window.Hours)
	for _, d := range s.Window.Days {
		f.Days = append(f.Days, strconv.Itoa(int(d)))
	}
	return f
}

func (h *Handlers) showStep(c echo.Context, status int, q *models.Sequence, p admin.StepProps) error {
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	loc, url := shell.Loc, sequenceURL(q.ID)
	shell.Crumbs = append(h.sequenceCrumbs(loc, q), layout.Crumb{Text: loc.T("sequence.edit"), URL: url + "/edit"})
	shell.Assets.Scripts = []string{static.URL("insert.js"), static.URL("guard.js")}
	step, at := q.Draft.Step(c.Param("key"))
	p.Number, p.Gone = at+1, step == nil
	if p.Gone {
		p.Number, at = len(q.Draft.Steps)+1, len(q.Draft.Steps)
	}
	w, err := h.writtenWords(c.Request().Context(), loc, q)
	if err != nil {
		return err
	}
	here := url + "/steps/" + c.Param("key")
	p.Shell, p.BackURL, p.TestURL, p.TestTo = shell, url+"/edit", here+"/test", web.User(c).Email
	p.Form.Action, p.Form.Choices = here, w.choices(at, conditions(p.Form.Conditions))
	p.Kinds = inserts(loc)
	return web.HTML(c, status, admin.SequenceStepEdit(p))
}

// blocks are what a mail knows beside the marks of every rich text, with the key of what comes of it.
var blocks = []struct{ text, key string }{
	{`[…](https:// "button")`, "button"}, {"[…]({{page_url}})", "page"}, {`[…]({{download_url}} "button")`, "download"}, {"![…](https://)", "picture"}, {"---", "divider"},
}

// inserts are what can be put into a body.
func inserts(loc *i18n.Loc) (out []admin.Insert) {
	for _, name := range nurture.Fields() {
		out = append(out, admin.Insert{Group: "field", Text: "{{" + name + "}}", Label: loc.T("sequence.field." + name)})
	}
	for _, b := range blocks {
		out = append(out, admin.Insert{Group: "block", Text: b.text, Label: loc.T("sequence.block." + b.key)})
	}
	for _, m := range admin.Marks {
		out = append(out, admin.Insert{Group: "mark", Text: m.Text, Label: loc.T("sequence.mark." + m.Key)})
	}
	return out
}

// stepTargets are where the fields of a step stand on its page.
var stepTargets = map[string]string{"subject": "f-subject", "preview": "f-preview", "body": "f-body", "delay": "f-delay", "window": "f-days", "conditions": "f-cond-"}

// StepSave saves one mail to the draft.
func (h *Handlers) StepSave(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	s := sheet{c: c, loc: i18n.For(h.locale(c))}
	rows, key := s.rows(), c.Param("key")
	step := models.Step{
		Key: key, Delay: s.delay(), Window: models.Window{Days: s.days(), Hours: s.hours("", s.loc.T("sequence.hours"))}, Conditions: conditions(rows),
		Subject: i18n.FoldText(c.FormValue("subject")), Preview: i18n.FoldText(c.FormValue("preview")), Body: foldBody(c.FormValue("body")),
	}
	form := admin.StepForm{
		Base: c.FormValue("base"), Subject: step.Subject, Preview: step.Preview, Body: step.Body, Delay: c.FormValue("delay"), Unit: c.FormValue("unit"),
		Days: s.values("days"), From: c.FormValue("from"), To: c.FormValue("to"), Conditions: roomFor(rows),
	}
	now, err := h.change(c.Request().Context(), q.ID, func(q *models.Sequence) error {
		at, err := putStep(q, &step, form.Base)
		if err == nil && len(s.problems) == 0 {
			s.checked(&q.Draft, "steps."+strconv.Itoa(at)+".", stepTargets)
		}
		if err == nil && len(s.problems) > 0 {
			return &models.Invalid{}
		}
		return err
	})
	_, invalid := errors.AsType[*models.Invalid](err)
	switch {
	case invalid:
		return h.showStep(c, http.StatusUnprocessableEntity, q, admin.StepProps{Form: form, Problems: s.sorted()})
	case errors.Is(err, models.ErrConflict) && now != nil:
		return h.stepConflict(c, now, form)
	case err != nil:
		return err
	}
	if c.FormValue("then") == "preview" {
		return web.Redirect(c, sequenceURL(q.ID)+"/steps/"+key+"/preview")
	}
	h.setFlash(c, flashSaved, q.ID.String(), "")
	return web.Redirect(c, sequenceURL(q.ID)+"/steps/"+key)
}

// foldBody folds the lines of a text whose beginnings matter: a list within a list is indented.
func foldBody(s string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(s), "\n")
	for i, line := range lines {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		lines[i] = strings.TrimRight(line[:indent]+i18n.FoldText(line), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// putStep puts a step where it was, or at the end where whoever writes it wants it back. It is models.ErrConflict where
// what stands there is not what the form was made from.
func putStep(q *models.Sequence, step *models.Step, base string) (at int, err error) {
	was, at := q.Draft.Step(step.Key)
	switch {
	case was == nil && base == goneBase:
		q.Draft.Steps = append(q.Draft.Steps, *step)
		return len(q.Draft.Steps) - 1, nil
	case was == nil, fingerprint(was) != base:
		return 0, models.ErrConflict
	}
	q.Draft.Steps = slices.Clone(q.Draft.Steps)
	q.Draft.Steps[at] = *step
	return at, nil
}

// stepConflict shows what somebody else saved, and gives back what was typed.
func (h *Handlers) stepConflict(c echo.Context, q *models.Sequence, typed admin.StepForm) error {
	p := admin.StepProps{Form: typed}
	theirs, at := q.Draft.Step(c.Param("key"))
	if theirs == nil {
		p.Form.Base = goneBase
		return h.showStep(c, http.StatusConflict, q, p)
	}
	p.Form.Base = fingerprint(theirs)
	loc := i18n.For(h.locale(c))
	w := h.sequenceWords(loc, q, &q.Draft)
	for _, f := range []admin.Fact{
		{Label: loc.T("sequence.subject"), Text: theirs.Subject}, {Label: loc.T("sequence.inbox"), Text: theirs.Preview},
		{Label: loc.T("sequence.body"), Text: theirs.Body}, {Label: loc.T("sequence.time_heading"), Text: loc.List(w.when(theirs, at == 0)...)},
		{Label: loc.T("sequence.conditions"), Text: w.onlyIf(theirs.Conditions)},
	} {
		if f.Text != "" {
			p.Theirs = append(p.Theirs, f)
		}
	}
	return h.showStep(c, http.StatusConflict, q, p)
}
