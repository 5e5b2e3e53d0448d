package campaigns

import (
	"sarnakh/i18n"
	"sarnakh/models"
)

// FormTrouble is what keeps a form from being answered, each question named as people know it. Consent texts are left out:
// publishing numbers them.
func FormTrouble(f *models.Form) []models.FieldError {
	numbered := *f
	numbered.Purposes = nil
	invalid, wrong := numbered.Check().(*models.Invalid)
	if !wrong {
		return nil
	}
	for i := range invalid.Fields {
		e := &invalid.Fields[i]
		field, asked := f.Field(e.Field)
		if !asked {
			continue
		}
		e.Args = append(e.Args, "label", called(field))
		if field.ShowIf != nil {
			if on, asked := f.Field(field.ShowIf.Field); asked {
				e.Args = append(e.Args, "on", called(on))
			}
		}
	}
	return invalid.Fields
}

// called is a question's words, or what it asks where it has none, as in the list of questions.
func called(f *models.Field) any {
	if f.Label != "" {
		return f.Label
	}
	return i18n.Key("field_type." + f.Type)
}
