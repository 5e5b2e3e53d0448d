package models

import (
	"regexp"
	"slices"
	"strings"
)

// A FormStep is the questions that a form asks together.
type FormStep struct {
	Title  string
	Fields []*Field
}

// Steps are the form's questions in the steps in which they are asked, without those that are left out. A step of which
// nothing is left is none; a form has one step at least.
func (f *Form) Steps(leftOut func(*Field) bool) []FormStep {
	var out []FormStep
	var step FormStep
	asks := false
	end := func() {
		if asks {
			out = append(out, step)
			step = FormStep{}
		}
		asks = false
	}
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Break && i > 0 {
			end()
			step.Title = ""
		}
		if (field.Break || i == 0) && field.StepTitle != "" {
			step.Title = field.StepTitle
		}
		if leftOut == nil || !leftOut(field) {
			step.Fields = append(step.Fields, field)
			asks = asks || field.Type != TypeHidden
		}
	}
	if end(); len(out) == 0 {
		return []FormStep{{Fields: step.Fields}}
	}
	out[len(out)-1].Fields = append(out[len(out)-1].Fields, step.Fields...) // hidden ones after the last question
	return out
}

// Stepped tells whether the form is asked in several steps.
func (f *Form) Stepped() bool {
	return slices.ContainsFunc(f.Fields, func(field Field) bool { return field.Break })
}

// AsksProgressively tells whether the form leaves out what is known of a lead.
func (f *Form) AsksProgressively() bool {
	return slices.ContainsFunc(f.Fields, func(field Field) bool { return field.Progressive })
}

// Known is what a lead has answered already to a question that is left out for that; empty where it has to be asked.
func (f *Field) Known(l *Lead) string {
	if l == nil || f.Type == TypeHidden || !f.Progressive && f.Type != TypeEmail || f.Target() == "" {
		return ""
	}
	return l.Get(f.Target())
}

// Applies tells whether a question is for whoever gave these answers to those before it.
func (f *Field) Applies(form *Form, said Answers) bool {
	if f.ShowIf == nil {
		return true
	}
	earlier, _ := form.Field(f.ShowIf.Field)
	return f.ShowIf.Holds(earlier, said[f.ShowIf.Field])
}

// Holds tells whether the condition holds for what was answered to the field it looks at.
func (s *ShowIf) Holds(earlier *Field, answer string) bool {
	if len(s.Values) == 0 {
		return (answer != "") != s.Not
	}
	given := []string{answer}
	if earlier != nil && earlier.Type == TypeCheckboxes {
		given = strings.Split(answer, ";")
	}
	return slices.ContainsFunc(given, func(v string) bool { return v != "" && slices.Contains(s.Values, v) }) != s.Not
}

// listed types have answers that can be named one by one: of the others a condition can only ask whether there is one.
var listed = map[FieldType]bool{
	TypeSelect: true, TypeRadio: true, TypeCheckboxes: true, TypeCallMe: true, TypeHidden: true,
	TypeIndustry: true, TypeCompanySize: true, TypeCountry: true, TypeProvince: true, TypeCity: true,
}

// Listed tells whether a condition can ask for certain answers to this question.
func (f *Field) Listed() bool { return listed[f.Type] }

// checkConditions: a question can depend on an earlier one alone, so that there are no circles, and whoever reads
// from top to bottom knows whether it is theirs.
func (f *Form) checkConditions(bad *Invalid) {
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.ShowIf == nil {
			continue
		}
		on, known := f.Field(field.ShowIf.Field)
		switch {
		case !known:
			bad.Add(field.Name, "form.condition_unknown")
		case !slices.ContainsFunc(f.Fields[:i], func(e Field) bool { return e.Name == on.Name }):
			bad.Add(field.Name, "form.condition_later")
		case len(field.ShowIf.Values) > 0 && (!on.Listed() || len(on.Choices) > 0 && !allowed(on, field.ShowIf.Values)):
			bad.Add(field.Name, "form.condition_value")
		}
	}
}

func allowed(f *Field, values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !f.Allows(v) })
}

// checkSteps: a step asks something of everybody it is shown to, or is left out.
func (f *Form) checkSteps(bad *Invalid) {
	for i := range f.Fields {
		if field := &f.Fields[i]; field.Break && field.Type == TypeHidden {
			bad.Add(field.Name, "form.step_hidden")
		}
	}
}

// origin is scheme and host as browsers write them in the Origin header (RFC 6454): another script's letters as xn--.
var origin = regexp.MustCompile(`^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$`)

// IsOrigin tells whether a text names a site on which a form can stand.
func IsOrigin(s string) bool { return len(s) <= 200 && origin.MatchString(s) }

// Allows tells whether the form may stand on a site.
func (f *Form) Allows(origin string) bool { return slices.Contains(f.Origins, origin) }
