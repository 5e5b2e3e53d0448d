package models_test

import (
	"errors"
	"strings"
	"testing"

	"sarnakh/models"
)

func ask(name string, more ...func(*models.Field)) models.Field {
	f := models.Field{Name: name, Type: models.TypeText, Label: name}
	for _, m := range more {
		m(&f)
	}
	return f
}

func breaks(title string) func(*models.Field) {
	return func(f *models.Field) { f.Break, f.StepTitle = true, title }
}

func hidden(f *models.Field) { f.Type = models.TypeHidden }

func choice(values ...string) func(*models.Field) {
	return func(f *models.Field) {
		f.Type = models.TypeRadio
		for _, v := range values {
			f.Choices = append(f.Choices, models.Choice{Value: v, Label: v})
		}
	}
}

func showIf(on string, values ...string) func(*models.Field) {
	return func(f *models.Field) { f.ShowIf = &models.ShowIf{Field: on, Values: values} }
}

// C4: what is left out leaves no empty step, and the step's title stays with its other questions.
func TestSteps(t *testing.T) {
	form := models.Form{Fields: []models.Field{
		ask("a"), ask("h", hidden), ask("b", breaks("Two")), ask("c"), ask("d", breaks("Three")), ask("z", hidden),
	}}
	for leftOut, want := range map[string]string{
		"":     "a h / Two: b c / Three: d z",
		"b":    "a h / Two: c / Three: d z",
		"bc":   "a h / Three: d z",
		"d":    "a h / Two: b c z",
		"a":    "Two: h b c / Three: d z",
		"abcd": "h z",
	} {
		var got []string
		for _, s := range form.Steps(func(f *models.Field) bool { return strings.Contains(leftOut, f.Name) }) {
			var names []string
			for _, f := range s.Fields {
				names = append(names, f.Name)
			}
			step := strings.Join(names, " ")
			if s.Title != "" {
				step = s.Title + ": " + step
			}
			got = append(got, step)
		}
		if g := strings.Join(got, " / "); g != want {
			t.Errorf("without %q: %s, want %s", leftOut, g, want)
		}
	}
}

// A condition can look at an earlier question alone, so that there are no circles, and only at answers that it has.
func TestFormCheck(t *testing.T) {
	one := 1.0
	two := 2.0
	for _, c := range []struct {
		what   string
		fields []models.Field
		field  string
		key    string
	}{
		{"sound", []models.Field{ask("a", choice("x", "y")), ask("b", showIf("a", "x"))}, "", ""},
		{"any answer to a text", []models.Field{ask("a"), ask("b", showIf("a"))}, "", ""},
		{"a certain text", []models.Field{ask("a"), ask("b", showIf("a", "x"))}, "b", "form.condition_value"},
		{"unknown", []models.Field{ask("b", showIf("a"))}, "b", "form.condition_unknown"},
		{"later", []models.Field{ask("b", showIf("a")), ask("a")}, "b", "form.condition_later"},
		{"itself", []models.Field{ask("b", showIf("b"))}, "b", "form.condition_later"},
		{"a circle", []models.Field{ask("a", showIf("b")), ask("b", showIf("a"))}, "a", "form.condition_later"},
		{"an answer that is none", []models.Field{ask("a", choice("x")), ask("b", showIf("a", "y"))}, "b", "form.condition_value"},
		{"a hidden beginning of a step", []models.Field{ask("a"), ask("b", hidden, breaks(""))}, "b", "form.step_hidden"},
		{"least above most", []models.Field{ask("a", func(f *models.Field) { f.Min, f.Max = &two, &one })}, "a", "form.min_over_max"},
	} {
		err := (&models.Form{Fields: c.fields}).Check()
		bad, _ := errors.AsType[*models.Invalid](err)
		if got, _ := bad.Of(c.field); got.Key != c.key || (c.key == "") != (err == nil) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func TestOrigins(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://shop.example": true, "http://127.0.0.1:8080": true, "https://xn--mgba.example": true,
		"https://shop.example/": false, "https://shop.example; script-src *": false, "https://*.example": false, "shop.example": false,
		"https://Shop.example": false, "null": false, "https://": false, "https://a b": false, "javascript://x": false,
	} {
		form := models.Form{Fields: []models.Field{ask("a")}, Origins: []string{origin}}
		if got := form.Check() == nil; got != want || models.IsOrigin(origin) != want {
			t.Errorf("%q: %v", origin, got)
		}
	}
}

func TestConditionHolds(t *testing.T) {
	topics := models.Field{Name: "topics", Type: models.TypeCheckboxes}
	for _, c := range []struct {
		show   models.ShowIf
		answer string
		want   bool
	}{
		{models.ShowIf{}, "x", true},
		{models.ShowIf{}, "", false},
		{models.ShowIf{Not: true}, "", true},
		{models.ShowIf{Not: true}, "x", false},
		{models.ShowIf{Values: []string{"a", "b"}}, "b", true},
		{models.ShowIf{Values: []string{"a", "b"}}, "c;b", true},
		{models.ShowIf{Values: []string{"a"}}, "", false},
		{models.ShowIf{Values: []string{"a"}}, "c;d", false},
		{models.ShowIf{Values: []string{"a"}, Not: true}, "c;d", true},
		{models.ShowIf{Values: []string{"a"}, Not: true}, "", true},
		{models.ShowIf{Values: []string{"a"}, Not: true}, "a;d", false},
	} {
		if got := c.show.Holds(&topics, c.answer); got != c.want {
			t.Errorf("%+v of %q: %v", c.show, c.answer, got)
		}
	}
}
