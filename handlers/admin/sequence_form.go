package admin

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// maxConditions is how many conditions a step may have.
const maxConditions = 5

// maxDelay is far above what may be put in force, and keeps a number a number.
const maxDelay = 10_000 * 24 * 60

var unitMinutes = map[string]int{"minutes": 1, "hours": 60, "days": 24 * 60}

// A sheet reads a form that may be filled in wrongly, and notes what is wrong beside which control.
type sheet struct {
	c        echo.Context
	loc      *i18n.Loc
	problems []ui.Problem
}

func (s *sheet) wrong(target, text string) {
	s.problems = append(s.problems, ui.Problem{Target: target, Text: text})
}

// hours reads two times of the day; both or none.
func (s *sheet) hours(prefix, label string) models.Hours {
	from, to := s.c.FormValue(prefix+"from"), s.c.FormValue(prefix+"to")
	if from == "" && to == "" {
		return models.Hours{}
	}
	h := models.Hours{From: minuteOf(from), To: minuteOf(to)}
	switch {
	case h.From < 0:
		s.wrong("f-"+prefix+"from", s.loc.T("sequence.bad.time", "label", label))
	case h.To < 0:
		s.wrong("f-"+prefix+"to", s.loc.T("sequence.bad.time", "label", label))
	case h.Empty(): // it would be no limit
		s.wrong("f-"+prefix+"to", s.loc.T("sequence.bad.same", "label", label))
	}
	return h
}

// minuteOf reads 08:00, 8.30 or 8, in any digits; -1 where it is no time.
func minuteOf(text string) int {
	text = i18n.FoldDigits(strings.TrimSpace(text))
	for _, shape := range [...]string{"15:04", "15.04", "1504", "15"} {
		if t, err := time.Parse(shape, text); err == nil {
			return t.Hour()*60 + t.Minute()
		}
	}
	return -1
}

// clocks are hours as two inputs hold them, empty where there are none.
func clocks(loc *i18n.Loc, h models.Hours) (from, to string) {
	if h.Empty() {
		return "", ""
	}
	return loc.Digits(clock(h.From)), loc.Digits(clock(h.To))
}

// delay reads a number and its unit.
func (s *sheet) delay() int {
	text := i18n.FoldNumber(strings.TrimSpace(s.c.FormValue("delay")))
	n, err := strconv.Atoi(text)
	unit := unitMinutes[s.c.FormValue("unit")]
	if text == "" || err != nil || n < 0 || unit == 0 || n > maxDelay/unit {
		s.wrong("f-delay", s.loc.T("sequence.bad.delay"))
		return 0
	}
	return n * unit
}

// delayParts are a delay as a number and the largest unit that needs no fraction.
func delayParts(loc *i18n.Loc, minutes int) (number, unit string) {
	for _, unit := range [...]string{"days", "hours"} {
		if size := unitMinutes[unit]; minutes%size == 0 {
			return loc.Digits(strconv.Itoa(minutes / size)), unit
		}
	}
	return loc.Digits(strconv.Itoa(minutes)), "minutes"
}

func (s *sheet) days() (days []time.Weekday) {
	for _, d := range s.values("days") {
		if len(d) == 1 && d[0] >= '0' && d[0] <= '6' {
			days = append(days, time.Weekday(d[0]-'0'))
		}
	}
	if len(days) == 7 { // every day is no limit
		return nil
	}
	return days
}

func (s *sheet) values(name string) []string {
	form, err := s.c.FormParams()
	if err != nil {
		return nil
	}
	return form[name]
}

// rows are the conditions as chosen.
func (s *sheet) rows() []admin.ConditionRow {
	form, err := s.c.FormParams()
	if err != nil {
		return nil
	}
	return conditionRows(form)
}

// conditionRows are the conditions of a form as chosen; those that look at nothing are none.
func conditionRows(form url.Values) (rows []admin.ConditionRow) {
	what, op, value := form["what"], form["op"], form["value"]
	for i := range what {
		if what[i] != "" && i < len(op) && i < len(value) && i < maxConditions {
			rows = append(rows, admin.ConditionRow{What: what[i], Op: op[i], Value: value[i]})
		}
	}
	return rows
}

// conditions are the rows as they are kept; whether they can be checked is not asked here.
func conditions(rows []admin.ConditionRow) (out []models.Condition) {
	for _, r := range rows {
		on, name, _ := strings.Cut(r.What, ":")
		c := models.Condition{On: models.ConditionOn(on), Name: name, Op: models.ConditionOp(r.Op), Value: r.Value}
		if c.Op == models.OpKnown || c.Op == models.OpUnknown {
			c.Value = ""
		}
		out = append(out, c)
	}
	return out
}

// rowsOf are conditions as the form shows them, with one empty row more while there is room.
func rowsOf(list []models.Condition) []admin.ConditionRow {
	var rows []admin.ConditionRow
	for _, c := range list {
		rows = append(rows, admin.ConditionRow{What: whatOf(c.On, c.Name), Op: string(c.Op), Value: c.Value})
	}
	return roomFor(rows)
}

func roomFor(rows []admin.ConditionRow) []admin.ConditionRow {
	if len(rows) < maxConditions {
		rows = append(rows, admin.ConditionRow{})
	}
	return rows
}

// checked adds what package nurture finds wrong with what holds for all steps, beside the controls that its fields have.
func (s *sheet) checked(doc *models.SequenceDoc, controls map[string]string) {
	findings(doc, "", controls, func(control string, f models.FieldError) {
		if problemAt(s.problems, control) == "" {
			s.wrong(control, s.loc.T(f.Key, f.Args...))
		}
	})
}

// findings are what package nurture finds wrong with the part of a document whose fields begin so, where they have controls.
// Those of lists have their number behind their name, from 1.
func findings(doc *models.SequenceDoc, at string, controls map[string]string, note func(control string, f models.FieldError)) {
	invalid, _ := errors.AsType[*models.Invalid](nurture.Check(doc))
	if invalid == nil {
		return
	}
	for _, f := range invalid.Fields {
		field, ours := strings.CutPrefix(f.Field, at)
		name, n, _ := strings.Cut(field, ".")
		control := controls[name]
		if !ours || control == "" {
			continue
		}
		if i, err := strconv.Atoi(n); err == nil {
			control += strconv.Itoa(i + 1)
		}
		note(control, f)
	}
}

// order is that in which controls stand on a page; conditions come last.
var order = [...]string{"f-name", "f-quiet_from", "f-quiet_to"}

// sorted are the problems in the order in which a reader meets them.
func (s *sheet) sorted() []ui.Problem {
	place := func(p ui.Problem) int {
		if i := slices.Index(order[:], p.Target); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(s.problems, func(a, b ui.Problem) int { return place(a) - place(b) })
	return s.problems
}

func problemAt(list []ui.Problem, target string) string {
	for _, p := range list {
		if p.Target == target {
			return p.Text
		}
	}
	return ""
}
