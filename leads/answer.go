package leads

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"sarnakh/i18n"
	"sarnakh/models"
)

// How long typed answers may be, in characters.
const (
	maxShort     = 200
	maxName      = 100
	maxParagraph = 4000
	maxDigits    = 20
)

// asked is one question with what was posted for it.
type asked struct {
	field *models.Field
	loc   *i18n.Loc
	raw   []string
}

// answer is the canonical form of what was posted, empty for nothing; or what is wrong with it.
func (a asked) answer() (string, *models.FieldError) {
	check, ok := checks[a.field.Type]
	if !ok {
		check = checkText(maxShort)
	}
	if a.field.Type == models.TypeCheckboxes {
		return a.choices()
	}
	first := ""
	if len(a.raw) > 0 {
		first = a.raw[0]
	}
	if strings.TrimSpace(first) == "" {
		return "", nil
	}
	return check(a, first)
}

type checkFunc func(a asked, raw string) (string, *models.FieldError)

// checks: how each type of field is read.
var checks = map[models.FieldType]checkFunc{
	models.TypeName:        checkText(maxName),
	models.TypeFirstName:   checkText(maxName),
	models.TypeLastName:    checkText(maxName),
	models.TypeEmail:       checkEmail,
	models.TypePhone:       checkPhone,
	models.TypeText:        checkText(maxShort),
	models.TypeParagraph:   checkParagraph,
	models.TypeNumber:      checkNumber,
	models.TypeSelect:      checkChoice,
	models.TypeRadio:       checkChoice,
	models.TypeCompany:     checkText(maxShort),
	models.TypeJobTitle:    checkText(maxShort),
	models.TypeIndustry:    checkKnown(known.industries),
	models.TypeCompanySize: checkKnown(known.sizes),
	models.TypeCountry:     checkKnown(known.countries),
	models.TypeProvince:    checkKnown(known.provinces),
	models.TypeCity:        checkKnown(known.cities),
	models.TypeDate:        checkDate,
	models.TypeHidden:      checkText(maxShort),
	models.TypeCallMe:      checkBox,
}

// wrong names the field's error; the label is always at hand for the sentence.
func (a asked) wrong(key string, args ...any) *models.FieldError {
	return &models.FieldError{Field: a.field.Name, Key: key, Args: append([]any{"label", a.field.Label}, args...)}
}

var requiredKeys = map[models.FieldType]string{
	models.TypeEmail: "invalid.required_email", models.TypeName: "invalid.required_name",
	models.TypePhone: "invalid.required_phone", models.TypeCompany: "invalid.required_company",
	models.TypeSelect: "invalid.required_choice", models.TypeRadio: "invalid.required_choice",
	models.TypeCheckboxes: "invalid.required_choice", models.TypeIndustry: "invalid.required_choice",
	models.TypeCompanySize: "invalid.required_choice", models.TypeCountry: "invalid.required_choice",
	models.TypeProvince: "invalid.required_choice", models.TypeCity: "invalid.required_choice",
}

func (a asked) missing() models.FieldError {
	key := requiredKeys[a.field.Type]
	if key == "" {
		key = "invalid.required"
	}
	return *a.wrong(key)
}

func checkText(longest int) checkFunc {
	return func(a asked, raw string) (string, *models.FieldError) {
		value, limit := i18n.FoldText(raw), a.limit(longest)
		if utf8.RuneCountInString(value) > limit {
			return "", a.wrong("invalid.too_long", "n", limit)
		}
		return value, nil
	}
}

// limit is how long a text may be: as the form says, and never longer than is kept.
func (a asked) limit(longest int) int {
	if n := a.field.MaxLength; n > 0 && n < longest {
		return n
	}
	return longest
}

// checkParagraph keeps the lines that people write in.
func checkParagraph(a asked, raw string) (string, *models.FieldError) {
	limit := a.limit(maxParagraph)
	if utf8.RuneCountInString(raw) > 2*maxParagraph { // not worth folding
		return "", a.wrong("invalid.too_long", "n", limit)
	}
	var kept []string
	for line := range strings.Lines(strings.ReplaceAll(raw, "\r\n", "\n")) {
		kept = append(kept, i18n.FoldText(line))
	}
	value := strings.TrimSpace(strings.Join(kept, "\n"))
	if utf8.RuneCountInString(value) > limit {
		return "", a.wrong("invalid.too_long", "n", limit)
	}
	return value, nil
}

func checkEmail(a asked, raw string) (string, *models.FieldError) {
	address, _, ok := Mailbox(i18n.FoldText(raw))
	if !ok {
		return "", a.wrong("invalid.email", "example", a.loc.T("example.email"))
	}
	return address, nil
}

func checkNumber(a asked, raw string) (string, *models.FieldError) {
	value, n, ok := number(raw)
	switch f := a.field; {
	case !ok:
		return "", a.wrong("invalid.number")
	case f.Min != nil && f.Max != nil && (n < *f.Min || n > *f.Max):
		return "", a.wrong("invalid.number_range", "min", *f.Min, "max", *f.Max)
	case f.Min != nil && n < *f.Min:
		return "", a.wrong("invalid.number_min", "min", *f.Min)
	case f.Max != nil && n > *f.Max:
		return "", a.wrong("invalid.number_max", "max", *f.Max)
	}
	return value, nil
}

func checkChoice(a asked, raw string) (string, *models.FieldError) {
	if !a.field.Allows(raw) {
		return "", a.wrong("invalid.choice")
	}
	return raw, nil
}

func (a asked) choices() (string, *models.FieldError) {
	var chosen []string
	for _, v := range a.raw {
		if v == "" || slices.Contains(chosen, v) {
			continue
		}
		if !a.field.Allows(v) {
			return "", a.wrong("invalid.choice")
		}
		chosen = append(chosen, v)
	}
	return strings.Join(chosen, ";"), nil
}

func checkBox(_ asked, raw string) (string, *models.FieldError) {
	if raw == "1" || raw == "on" {
		return "1", nil
	}
	return "", nil
}

// checkDate takes a date in the calendar that was asked, and one of the other calendar too: the years tell
// them apart. What is kept is ISO 8601.
func checkDate(a asked, raw string) (string, *models.FieldError) {
	day, err := i18n.ParseDate(raw)
	if err != nil {
		return "", a.wrong("invalid.date", "example", a.loc.T(DateExample(a.field, a.loc)))
	}
	return day.Format(time.DateOnly), nil
}

// AsksJalali tells in which calendar a date is asked: the form's, else that of its language.
func AsksJalali(f *models.Field, loc *i18n.Loc) bool {
	if f.Calendar != "" {
		return f.Calendar == models.Jalali
	}
	return loc.Locale() == i18n.FA
}

// DateExample is the key of a date as it is typed in the field's calendar.
func DateExample(f *models.Field, loc *i18n.Loc) string {
	if AsksJalali(f, loc) {
		return "public.form.date_jalali"
	}
	return "public.form.date_gregorian"
}

// known are the lists whose keys are stored.
var known = struct{ industries, sizes, countries, provinces, cities func() map[string]bool }{
	industries: set(i18n.Industries),
	sizes:      set(i18n.CompanySizes),
	countries:  set(i18n.Countries),
	provinces: set(func() (codes []string) {
		for _, p := range i18n.Provinces() {
			codes = append(codes, p.Code)
		}
		return codes
	}),
	cities: set(func() (slugs []string) {
		for _, p := range i18n.Provinces() {
			for _, c := range p.Cities {
				slugs = append(slugs, c.Slug)
			}
		}
		return slugs
	}),
}

func set(list func() []string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		out := map[string]bool{}
		for _, v := range list() {
			out[v] = true
		}
		return out
	})
}

func checkKnown(list func() map[string]bool) checkFunc {
	return func(a asked, raw string) (string, *models.FieldError) {
		if !list()[raw] && !a.field.Allows(raw) {
			return "", a.wrong("invalid.choice")
		}
		return raw, nil
	}
}
