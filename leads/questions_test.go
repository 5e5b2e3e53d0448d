package leads

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"testing"

	"sarnakh/i18n"
	"sarnakh/models"

	"pgregory.net/rapid"
)

var en = i18n.For(i18n.EN)

// A model of a form: what each question's answer is, said again in the plainest way.
type oracle struct {
	form  *models.Form
	given map[string][]string // what the visitor would answer
	lead  *models.Lead
}

// answer is what counts as the answer to the i-th question: nothing where it does not apply.
func (o oracle) answer(i int) []string {
	f := &o.form.Fields[i]
	if known := o.known(i); known != "" {
		return []string{known}
	}
	if !o.applies(i) {
		return nil
	}
	return o.given[f.Name]
}

func (o oracle) known(i int) string {
	if f := &o.form.Fields[i]; o.lead != nil && f.Progressive && f.Fills != "" {
		return o.lead.Fields[f.Fills].Value
	}
	return ""
}

func (o oracle) applies(i int) bool {
	c := o.form.Fields[i].ShowIf
	if c == nil {
		return true
	}
	on := slices.IndexFunc(o.form.Fields, func(f models.Field) bool { return f.Name == c.Field })
	met := false
	for _, v := range o.answer(on) {
		met = met || len(c.Values) == 0 || slices.Contains(c.Values, v)
	}
	return met != c.Not
}

// missing are the questions of a step that have to be answered and are not.
func (o oracle) missing(in func(*models.Field) bool) (names []string) {
	for i := range o.form.Fields {
		f := &o.form.Fields[i]
		if in(f) && o.applies(i) && o.known(i) == "" && f.Required && len(o.given[f.Name]) == 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

func drawForm(t *rapid.T) *models.Form {
	form := &models.Form{Button: "Go"}
	for i := range rapid.IntRange(1, 9).Draw(t, "questions") {
		f := models.Field{Name: fmt.Sprintf("q%d", i), Label: "Q", Type: models.TypeRadio, Required: rapid.Bool().Draw(t, "required")}
		switch rapid.IntRange(0, 2).Draw(t, "type") {
		case 0:
			f.Type = models.TypeCheckboxes
		case 1:
			f.Type = models.TypeText
		}
		if f.Type != models.TypeText {
			f.Choices = []models.Choice{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}, {Value: "c", Label: "C"}}
		}
		if rapid.IntRange(0, 3).Draw(t, "progressive") == 0 {
			f.Progressive, f.Fills = true, "fact_"+f.Name
		}
		if i > 0 && rapid.Bool().Draw(t, "conditional") {
			on := form.Fields[rapid.IntRange(0, i-1).Draw(t, "on")]
			f.ShowIf = &models.ShowIf{Field: on.Name, Not: rapid.Bool().Draw(t, "not")}
			if on.Type != models.TypeText && rapid.Bool().Draw(t, "certain") {
				f.ShowIf.Values = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 2, rapid.ID).Draw(t, "values")
			}
		}
		f.Break = i > 0 && rapid.IntRange(0, 2).Draw(t, "break") == 0
		form.Fields = append(form.Fields, f)
	}
	return form
}

func drawAnswers(t *rapid.T, form *models.Form) map[string][]string {
	given := map[string][]string{}
	for i := range form.Fields {
		f := &form.Fields[i]
		values := []string{"a", "b", "c"}
		if n := rapid.IntRange(0, 2).Draw(t, "answers"); n > 0 {
			if f.Type != models.TypeCheckboxes {
				n = 1
			}
			given[f.Name] = rapid.SliceOfNDistinct(rapid.SampledFrom(values), n, n, rapid.ID).Draw(t, "answer")
		}
	}
	return given
}

func drawLead(t *rapid.T, form *models.Form) *models.Lead {
	if rapid.Bool().Draw(t, "stranger") {
		return nil
	}
	lead := &models.Lead{Identity: "nora@firm.example", Email: "nora@firm.example"}
	for i := range form.Fields {
		if f := &form.Fields[i]; f.Fills != "" && rapid.Bool().Draw(t, "known") {
			lead.Set(f.Fills, "a", 1)
		}
	}
	return lead
}

// C4: whatever the form and whatever is sent with it, what is stored is what applies; what is asked for is what applies and
// is missing; in steps nobody is stopped by a question of another step, none is skipped that is theirs, and the way back
// leads to where they were.
func TestWhatIsStoredIsWhatApplies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form := drawForm(t)
		if err := form.Check(); err != nil {
			t.Fatal(err)
		}
		lead := drawLead(t, form)
		o := oracle{form, drawAnswers(t, form), lead}
		a := NewAsking(form, lead, en)

		sent := url.Values{"_step": {"1"}, "nobody_asked": {"x"}}
		maps.Copy(sent, url.Values(o.given))
		got, err := a.check(sent)
		wrong, _ := errors.AsType[*models.Invalid](err)
		missing := o.missing(func(*models.Field) bool { return true })
		if fields := named(wrong); !slices.Equal(fields, missing) {
			t.Fatalf("wrong are %v, want %v", fields, missing)
		}
		if err == nil {
			want := models.Answers{}
			for i := range form.Fields {
				if said := o.answer(i); len(said) > 0 && o.known(i) == "" {
					want[form.Fields[i].Name] = joined(said)
				}
			}
			if !maps.Equal(got.answers, want) {
				t.Fatalf("stored is %v, want %v", got.answers, want)
			}
		}
		walk(t, a, o)
	})
}

func walk(t *rapid.T, a *Asking, o oracle) {
	values := url.Values(o.given)
	for step := 0; step < len(a.Steps)-1; {
		fields := a.Steps[step].Fields
		missing := o.missing(func(f *models.Field) bool { return slices.Contains(fields, f) })
		err := a.CheckStep(values, step)
		if wrong, _ := errors.AsType[*models.Invalid](err); !slices.Equal(named(wrong), missing) {
			t.Fatalf("step %d: wrong are %v, want %v", step, named(wrong), missing)
		}
		next := a.Turn(values, step, 1)
		for between := step + 1; between < next; between++ {
			for _, f := range a.Steps[between].Fields {
				if i := slices.IndexFunc(o.form.Fields, func(g models.Field) bool { return g.Name == f.Name }); o.applies(i) {
					t.Fatalf("from step %d to %d, over %s", step, next, f.Name)
				}
			}
		}
		if back := a.Turn(values, next, -1); back != step && step != 0 {
			t.Fatalf("back from %d is %d, not %d", next, back, step)
		}
		step = next
	}
}

func named(wrong *models.Invalid) (names []string) {
	if wrong != nil {
		for _, f := range wrong.Fields {
			names = append(names, f.Field)
		}
	}
	return names
}

func joined(values []string) string {
	out := values[0]
	for _, v := range values[1:] {
		out += ";" + v
	}
	return out
}

// C4: the types of answer, as typed on both kinds of keyboard.
func TestAnswersOfEveryType(t *testing.T) {
	low, high := 1.0, 10.0
	fields := map[string]models.Field{
		"text":  {Type: models.TypeText, MaxLength: 5},
		"essay": {Type: models.TypeParagraph, MaxLength: 8},
		"phone": {Type: models.TypePhone, Region: "DE"},
		"seats": {Type: models.TypeNumber, Min: &low, Max: &high},
		"start": {Type: models.TypeDate, Calendar: models.Gregorian},
		"role":  {Type: models.TypeCheckboxes, Choices: []models.Choice{{Value: "a"}, {Value: "b"}}},
		"call":  {Type: models.TypeCallMe},
		"where": {Type: models.TypeProvince},
	}
	for _, c := range []struct {
		field string
		typed []string
		want  string
		wrong string
	}{
		{"text", []string{"  سلام "}, "سلام", ""},
		{"text", []string{"123456"}, "", "invalid.too_long"},
		{"essay", []string{"ab\r\ncd"}, "ab\ncd", ""},
		{"essay", []string{"abcdefghi"}, "", "invalid.too_long"},
		{"phone", []string{"01512 3456789"}, "+4915123456789", ""},
		{"phone", []string{"+98 912 345 6789"}, "+989123456789", ""},
		{"phone", []string{"12"}, "", "invalid.phone"},
		{"seats", []string{"۷"}, "7", ""},
		{"seats", []string{"11"}, "", "invalid.number_range"},
		{"seats", []string{"many"}, "", "invalid.number"},
		{"start", []string{"۱۴۰۵/۰۸/۳۰"}, "2026-11-21", ""},
		{"start", []string{"2026-02-30"}, "", "invalid.date"},
		{"role", []string{"b", "", "b", "a"}, "b;a", ""},
		{"role", []string{"z"}, "", "invalid.choice"},
		{"call", []string{"on"}, "1", ""},
		{"call", []string{"no"}, "", ""},
		{"where", []string{"nowhere"}, "", "invalid.choice"},
	} {
		f := fields[c.field]
		f.Name, f.Label = c.field, c.field
		form := &models.Form{Fields: []models.Field{f}}
		got, err := (&Asking{Form: form, loc: en}).check(url.Values{c.field: c.typed})
		wrong, _ := errors.AsType[*models.Invalid](err)
		if e, _ := wrong.Of(c.field); e.Key != c.wrong || c.wrong == "" && got.answers[c.field] != c.want {
			t.Errorf("%s %q: %q, %v", c.field, c.typed, got.answers[c.field], err)
		}
	}
}

// C1: nobody is kept out because their country's provinces are not in our list, and a city says its province.
func TestPlacesStopNobody(t *testing.T) {
	form := &models.Form{Fields: []models.Field{
		{Name: "country", Type: models.TypeCountry, Label: "C"},
		{Name: "province", Type: models.TypeProvince, Label: "P", Required: true},
		{Name: "city", Type: models.TypeCity, Label: "T", Required: true},
	}}
	_, tehran, found := i18n.CityBySlug("tehran")
	if !found {
		t.Fatal("no tehran")
	}
	for _, c := range []struct {
		sent  url.Values
		wrong []string
		want  models.Answers
	}{
		{url.Values{"country": {"DE"}}, nil, models.Answers{"country": "DE"}},
		{url.Values{"country": {"IR"}}, []string{"province", "city"}, nil},
		{url.Values{}, []string{"province", "city"}, nil},
		{url.Values{"city": {"tehran"}}, nil, models.Answers{"province": tehran.Code, "city": "tehran"}},
	} {
		got, err := (&Asking{Form: form, loc: en}).check(c.sent)
		wrong, _ := errors.AsType[*models.Invalid](err)
		if !slices.Equal(named(wrong), c.wrong) || c.want != nil && !maps.Equal(got.answers, c.want) {
			t.Errorf("%v: %v, %v", c.sent, got.answers, err)
		}
	}
}
