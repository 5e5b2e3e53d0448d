package admin

import (
	"slices"
	"strings"

	"sarnakh/handlers/public"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/ui"
)

// answers are those that a condition asks for: typed as they read or as they are stored, and kept as they are stored.
func (s *sheet) answers(form *models.Form, field, text string) (out []string) {
	on, there := form.Field(field)
	if !there {
		return nil // and the form's own check says so
	}
	choices := public.Options(s.loc, on)
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '؛' }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		i := slices.IndexFunc(choices, func(o ui.Option) bool { return o.Value == part || i18n.FoldText(o.Label) == part })
		switch {
		case i >= 0:
			part = choices[i].Value
		case len(choices) > 0:
			s.wrong("f-show_values", s.loc.T("form_edit.bad.answer", "value", cutWords(part), "label", questionName(s.loc, on)))
		}
		out = append(out, part)
	}
	return out
}

// answerLine says the answers that a condition asks for, as they read.
func answerLine(loc *i18n.Loc, on *models.Field, values []string) string {
	out := slices.Clone(values)
	for _, o := range public.Options(loc, on) {
		if i := slices.Index(out, o.Value); i >= 0 && !strings.ContainsAny(o.Label, ";؛") {
			out[i] = o.Label
		}
	}
	between := "; "
	if loc.Locale() == i18n.FA {
		between = "؛ "
	}
	return strings.Join(out, between)
}
