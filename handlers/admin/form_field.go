package admin

import (
	"strconv"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
)

// field reads a question: as typed, and as it is meant. Its name and type stay what they were made with.
func (s *sheet) field(form *models.Form, now *models.Field) (*admin.FieldForm, models.Field) {
	v := s.c.FormValue
	p := &admin.FieldForm{Base: v("base"), Name: now.Name, Type: string(now.Type), Label: i18n.FoldText(v("label")), Hint: i18n.FoldText(v("hint")),
		Required: v("required") == "1", Fills: v("fills"), Region: v("region"), Calendar: v("calendar"), Value: strings.TrimSpace(v("value")),
		Progressive: v("progressive") == "1", Break: v("break") == "1", StepTitle: i18n.FoldText(v("step_title")), Choices: i18n.FoldLines(v("choices")),
		Min: strings.TrimSpace(v("min")), Max: strings.TrimSpace(v("max")), MaxLength: strings.TrimSpace(v("max_length")),
		ShowField: v("show_field"), ShowValues: i18n.FoldText(v("show_values")), ShowNot: v("show_not") == "1"}
	f := models.Field{Name: now.Name, Type: now.Type, Label: p.Label, Hint: p.Hint, Required: p.Required && now.Type != models.TypeHidden,
		Progressive: p.Progressive, Break: p.Break, StepTitle: p.StepTitle}
	if p.Label == "" && now.Type != models.TypeHidden {
		s.wrong("f-label", s.loc.T("invalid.required", "label", s.loc.T("form_edit.label")))
	}
	s.long("f-label", s.loc.T("form_edit.label"), p.Label, maxLabel)
	s.long("f-hint", s.loc.T("form_edit.hint"), p.Hint, maxHint)
	s.long("f-step_title", s.loc.T("form_edit.step_title"), p.StepTitle, maxLabel)
	switch now.Type {
	case models.TypeRadio, models.TypeSelect, models.TypeCheckboxes:
		f.Choices = s.choicesOf(p.Choices, now.Choices)
		f.Fills = p.Fills
	case models.TypeCompanySize, models.TypeIndustry:
		if p.Choices != "" {
			f.Choices = s.choicesOf(p.Choices, now.Choices)
		}
		f.Fills = now.Fills
	case models.TypePhone:
		f.Region = p.Region
	case models.TypeDate:
		f.Calendar = models.Calendar(p.Calendar)
	case models.TypeNumber:
		f.Min, f.Max, f.Fills = s.limit("min", p.Min), s.limit("max", p.Max), p.Fills
	case models.TypeText, models.TypeParagraph:
		f.MaxLength, f.Fills = s.whole("f-max_length", s.loc.T("form_edit.max_length"), p.MaxLength, 4000), p.Fills
	case models.TypeHidden:
		f.Value, f.Fills = p.Value, p.Fills
		s.long("f-value", s.loc.T("form_edit.value"), p.Value, maxLabel)
	default:
		f.Fills = now.Fills
	}
	if p.ShowField != "" {
		f.ShowIf = &models.ShowIf{Field: p.ShowField, Not: p.ShowNot, Values: s.answers(form, p.ShowField, p.ShowValues)}
	}
	return p, f
}

// fieldFits checks the form as it would be with the question in it.
func (s *sheet) fieldFits(doc *models.CampaignDoc, field models.Field) {
	form := doc.Form
	form.Fields = withField(form.Fields, field)
	for _, e := range campaigns.FormTrouble(&form) {
		if e.Field == field.Name {
			target := "f-label"
			if field.ShowIf != nil && strings.Contains(e.Key, "condition") {
				target = "f-show_field"
			}
			s.wrong(target, s.loc.T(e.Key, e.Args...))
		}
	}
}

// choicesOf reads choices, a line each: a label, or a value, a bar and a label. A label that was there before keeps its value,
// by which answers are stored and scored.
func (s *sheet) choicesOf(text string, before []models.Choice) (out []models.Choice) {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		value, label, found := strings.Cut(line, "|")
		if !found {
			value, label = "", line
		}
		value, label = strings.TrimSpace(value), strings.TrimSpace(label)
		if label == "" {
			continue
		}
		if value == "" {
			value = choiceValue(label)
			for _, c := range before {
				if c.Label == label {
					value = c.Value
				}
			}
		}
		for n := 2; seen[value]; n++ {
			value = choiceValue(label) + "-" + strconv.Itoa(n)
		}
		seen[value] = true
		out = append(out, models.Choice{Value: value, Label: label})
	}
	if len(out) > maxChoices {
		s.wrong("f-choices", s.loc.T("form_edit.bad.choices", "n", maxChoices))
	}
	for _, c := range out {
		if len(c.Value) > 100 || strings.ContainsAny(c.Value, ";\n") {
			s.wrong("f-choices", s.loc.T("form_edit.bad.choice", "value", cutWords(c.Value)))
			break
		}
	}
	return out
}

// choiceValue is how a choice is stored that was given no value of its own.
func choiceValue(label string) string {
	if v := campaigns.SlugOf(label); v != "" {
		return v
	}
	return strings.ReplaceAll(label, ";", ",")
}

// limit reads the least or largest number that is taken.
func (s *sheet) limit(name, text string) *float64 {
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(i18n.FoldNumber(text), 64)
	if err != nil {
		s.wrong("f-"+name, s.loc.T("form_edit.bad.number", "label", s.loc.T("form_edit."+name)))
		return nil
	}
	return &n
}
