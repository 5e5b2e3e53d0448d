package admin

import (
	"slices"
	"strconv"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/ui"
)

// answers are the lead's fields that conditions ask about most, besides those of the form.
var answers = []string{models.FieldCompany, models.FieldCompanySize, models.FieldIndustry, models.FieldJobTitle, models.FieldCountry, models.FieldProvince, models.FieldPhone}

// what are the things that a condition of a step can look at: before is how many steps come before it.
func (w sequenceWords) what(before int) []ui.Option {
	var out []ui.Option
	for _, on := range [...]models.ConditionOn{models.OnStage, models.OnTemperature, models.OnScore} {
		out = append(out, ui.Option{Value: string(on), Label: w.loc.T("sequence.on." + string(on)), Group: w.loc.T("sequence.group.lead")})
	}
	for i := range w.doc.Steps[:min(before, len(w.doc.Steps))] {
		key := w.doc.Steps[i].Key
		out = append(out, ui.Option{Value: whatOf(models.OnClicked, key), Label: w.step(key), Group: w.loc.T("sequence.group.clicked")})
	}
	names := slices.Clone(answers)
	for i := range w.fields {
		if f := &w.fields[i]; f.Type != models.TypeHidden && !slices.Contains(names, filled(f)) && filled(f) != models.FieldEmail {
			names = append(names, filled(f))
		}
	}
	for _, name := range names {
		out = append(out, ui.Option{Value: whatOf(models.OnAnswer, name), Label: w.field(name), Group: w.loc.T("sequence.group.answer")})
	}
	return out
}

// whatOf is a condition's object as one word of a select.
func whatOf(on models.ConditionOn, name string) string {
	if name == "" {
		return string(on)
	}
	return string(on) + ":" + name
}

// ops are the ways to compare.
func (w sequenceWords) ops() []ui.Option {
	var out []ui.Option
	for _, op := range [...]models.ConditionOp{models.OpIs, models.OpIsNot, models.OpAtLeast, models.OpUnder, models.OpKnown, models.OpUnknown} {
		out = append(out, ui.Option{Value: string(op), Label: w.loc.T("sequence.op." + string(op))})
	}
	return out
}

// values are what can be compared with; those in use are among them.
func (w sequenceWords) values(used []models.Condition) []ui.Option {
	var out []ui.Option
	add := func(group, value, label string) {
		out = append(out, ui.Option{Value: value, Label: label, Group: group})
	}
	for _, s := range models.Stages {
		add(w.loc.T("sequence.on.stage"), string(s), w.loc.T("stage."+string(s)))
	}
	for _, t := range [...]models.Temperature{models.Hot, models.Warm, models.Cold} {
		add(w.loc.T("sequence.on.temperature"), string(t), w.loc.T("temperature."+string(t)))
	}
	for n := 10; n <= 100; n += 10 {
		add(w.loc.T("sequence.on.score"), strconv.Itoa(n), w.loc.Int(int64(n)))
	}
	for _, size := range i18n.CompanySizes() {
		add(w.field(models.FieldCompanySize), size, w.loc.T("company_size."+size))
	}
	for _, industry := range i18n.Industries() {
		add(w.field(models.FieldIndustry), industry, w.loc.T("industry."+industry))
	}
	for i := range w.fields {
		f := &w.fields[i]
		if filled(f) == models.FieldCompanySize || filled(f) == models.FieldIndustry {
			continue
		}
		for _, choice := range f.Choices {
			add(w.field(filled(f)), choice.Value, choice.Label)
		}
	}
	for i := range used {
		c := &used[i]
		if c.Value != "" && !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == c.Value }) {
			add(w.subject(c), c.Value, w.value(c))
		}
	}
	return out
}
