package admin

import (
	"slices"
	"strconv"
	"strings"

	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// Parts of a mail that are no block.
const (
	partHead = "head"
	partTime = "time"
)

var headForm = []binding[models.Step]{
	line("subject", func(s *models.Step) *string { return &s.Subject }),
	line("preview", func(s *models.Step) *string { return &s.Preview }).free(),
}

// head is what a mail program shows of a mail before it is opened.
func (m *stepMatter) head() part[models.Step] {
	return part[models.Step]{
		kind: partHead, query: "part=head", what: "head:mail", icon: "mail",
		now:  func(s *models.Step) any { return orGone(s, [2]string{s.Subject, s.Preview}) },
		show: func(f *typed, s *models.Step) { showParts(f, headForm, *s) },
		fields: func(f *typed) (out []admin.PageField) {
			for _, b := range headForm {
				out = append(out, b.field(f, ""))
			}
			return out
		},
		put: func(f *typed, s *models.Step) error {
			s.Key = m.key
			for _, b := range headForm {
				b.read(f, "", s)
			}
			m.checked(f, s, map[string]string{"subject": "subject", "preview": "preview"})
			return nil
		},
	}
}

// orGone is what a part is made from, gonePart where its mail is gone.
func orGone(s *models.Step, made any) any {
	if s.Key == "" {
		return gonePart
	}
	return made
}

// A timing is when a mail is sent, and to whom.
type timing struct {
	Delay      int
	Window     models.Window
	Conditions []models.Condition
}

// time is the part that a timing is. Its controls are others than those of blocks.
func (m *stepMatter) time(c echo.Context) part[models.Step] {
	return part[models.Step]{
		kind: partTime, query: "part=time", what: "time:mail", icon: "clock",
		now:    func(s *models.Step) any { return orGone(s, timing{s.Delay, s.Window, s.Conditions}) },
		show:   showTime,
		fields: func(*typed) []admin.PageField { return nil },
		put: func(f *typed, s *models.Step) error {
			s.Key = m.key
			in := sheet{c: c, loc: f.loc}
			s.Delay, s.Conditions = in.delay(), conditions(in.rows())
			s.Window = models.Window{Days: in.days(), Hours: in.hours("", f.loc.T("sequence.hours"))}
			for _, p := range in.problems {
				f.problems[strings.TrimPrefix(p.Target, "f-")] = p.Text
			}
			if len(in.problems) == 0 {
				m.checked(f, s, map[string]string{"delay": "delay", "window": "days", "conditions": "cond-"})
			}
			return nil
		},
		facts: func(s *models.Step, f *typed) []admin.Fact {
			w, first := m.h.sequenceWords(f.loc, m.sequence, &m.sequence.Draft), m.number() == 1
			out := []admin.Fact{{Label: f.loc.T("sequence.time_heading"), Text: f.loc.List(w.when(s, first)...)}}
			if only := w.onlyIf(s.Conditions); only != "" {
				out = append(out, admin.Fact{Label: f.loc.T("sequence.conditions"), Text: only})
			}
			return out
		},
		dress: func(f *typed, form *admin.PageForm) error {
			w, err := m.h.writtenWords(c.Request().Context(), f.loc, m.sequence)
			if err != nil {
				return err
			}
			t := admin.StepTime{
				Number: m.number(), Delay: f.values.Get("delay"), Unit: f.values.Get("unit"), Days: f.values["days"],
				From: f.values.Get("from"), To: f.values.Get("to"), Conditions: roomFor(conditionRows(f.values)),
			}
			t.Choices = w.choices(t.Number-1, conditions(t.Conditions))
			for _, name := range timeOrder {
				if text := f.problems[name]; text != "" {
					t.Problems = append(t.Problems, ui.Problem{Target: "f-" + name, Text: text})
				}
			}
			form.Time, form.Problems = &t, t.Problems
			return nil
		},
	}
}

// timeOrder is that in which controls of a timing stand.
var timeOrder = func() []string {
	out := []string{"delay", "days", "from", "to"}
	for i := range maxConditions {
		out = append(out, "cond-"+strconv.Itoa(i+1))
	}
	return out
}()

func showTime(f *typed, s *models.Step) {
	delay, unit := delayParts(f.loc, s.Delay)
	from, to := clocks(f.loc, s.Window.Hours)
	for name, value := range map[string]string{"delay": delay, "unit": unit, "from": from, "to": to} {
		f.values.Set(name, value)
	}
	for _, d := range s.Window.Days {
		f.values.Add("days", strconv.Itoa(int(d)))
	}
	for _, r := range rowsOf(s.Conditions) {
		f.values.Add("what", r.What)
		f.values.Add("op", r.Op)
		f.values.Add("value", r.Value)
	}
}

// number is the place of the step, from 1; that behind the last where it is gone.
func (m *stepMatter) number() int {
	if _, at := m.sequence.Draft.Step(m.key); at >= 0 {
		return at + 1
	}
	return len(m.sequence.Draft.Steps) + 1
}

// checked notes what package nurture finds wrong with a step as it would stand in its sequence, beside the controls that its
// fields have.
func (m *stepMatter) checked(f *typed, s *models.Step, controls map[string]string) {
	doc, at := m.sequence.Draft, m.number()-1
	if doc.Steps = slices.Clone(doc.Steps); at == len(doc.Steps) {
		doc.Steps = append(doc.Steps, *s)
	}
	doc.Steps[at] = *s
	findings(&doc, "steps."+strconv.Itoa(at)+".", controls, func(control string, e models.FieldError) {
		if f.problems[control] == "" {
			f.problems[control] = f.loc.T(e.Key, e.Args...)
		}
	})
}
