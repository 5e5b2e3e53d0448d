package leads

import (
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/scoring"
)

// ReasonWords are a score line's name and what was seen, in a language. Evidence may be empty.
func ReasonWords(loc *i18n.Loc, l *scoring.Line) (label, evidence string) {
	label = l.Label
	if label == "" {
		label = loc.T(l.Key())
	}
	if key := l.Evidence(); key != "" && loc.Has(key) {
		evidence = loc.T(key, "n", max(l.Count, 1), "value", ValueWords(loc, l.Criterion, l.Value))
	}
	return label, evidence
}

// HintWords name a criterion that would raise the score.
func HintWords(loc *i18n.Loc, h *scoring.Hint) string {
	if h.Label != "" {
		return h.Label
	}
	return loc.T(h.Key())
}

// listed are the fields whose stored keys have words of their own.
var listed = []struct{ prefix, key string }{
	{models.FieldIndustry, "industry."}, {models.FieldCompanySize, "company_size."},
}

// ValueWords is a stored answer in words: a key of a list becomes its label, anything else stays.
func ValueWords(loc *i18n.Loc, field, value string) string {
	for _, l := range listed {
		if strings.HasPrefix(field, l.prefix) && loc.Has(l.key+value) {
			return loc.T(l.key + value)
		}
	}
	switch field {
	case models.FieldCountry:
		return loc.Country(value)
	case models.FieldProvince, "region":
		return loc.Province(value)
	case models.FieldCity:
		return loc.City(value)
	}
	return value
}

// AnswerWords is a form's answer in words, by the form that asked.
func AnswerWords(loc *i18n.Loc, f *models.Field, value string) string {
	switch f.Type {
	case models.TypeCallMe:
		return loc.T("common.yes")
	case models.TypePhone:
		return loc.Digits(ShownPhone(value))
	}
	parts := strings.Split(value, ";")
	for i, part := range parts {
		parts[i] = choiceWords(loc, f, part)
	}
	return strings.Join(parts, loc.T("list.separator"))
}

func choiceWords(loc *i18n.Loc, f *models.Field, value string) string {
	for _, c := range f.Choices {
		if c.Value == value {
			return c.Label
		}
	}
	return ValueWords(loc, string(f.Type), value)
}
