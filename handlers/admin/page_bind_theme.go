package admin

import (
	"strings"

	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"
	"sarnakh/theme"
)

// A themePart is what "Colours and fonts" is about: the theme, and the mark of who speaks.
type themePart struct {
	Theme models.Theme
	Logo  *models.Image
}

func themeOf(p *models.Page) themePart { return themePart{p.Theme, p.Brand.Logo} }

// A choice is one of a few.
type choice[T any] struct {
	name    string
	options func(f *typed) []ui.Option
	at      func(*T) *string
}

func (c choice[T]) show(f *typed, at string, from *T) { f.values.Set(at+c.name, *c.at(from)) }

// read takes what is offered; anything else is as in the theme that it begins from.
func (c choice[T]) read(f *typed, at string, to *T) {
	*c.at(to) = ""
	for _, o := range c.options(f) {
		if o.Value == f.values.Get(at+c.name) {
			*c.at(to) = o.Value
		}
	}
}

func (c choice[T]) field(f *typed, at string) admin.PageField {
	p := f.field(at+c.name, kindChoice)
	p.Options = c.options(f)
	return p
}

// A colour is written in hex; empty is the ready theme's.
type colour[T any] struct {
	name string
	at   func(*T) *string
}

func (c colour[T]) show(f *typed, at string, from *T) { f.values.Set(at+c.name, *c.at(from)) }

// read keeps what is no colour, to be refused with a word.
func (c colour[T]) read(f *typed, at string, to *T) {
	value := strings.TrimSpace(f.values.Get(at + c.name))
	if hex, ok := theme.Colour(value); ok {
		value = hex
	}
	*c.at(to) = value
}

func (c colour[T]) field(f *typed, at string) admin.PageField {
	p := f.field(at+c.name, kindColour)
	p.Optional, p.Max = true, 7
	return p
}

// named are options whose words are messages.
func named(f *typed, key string, names []string) (out []ui.Option) {
	for _, n := range names {
		out = append(out, ui.Option{Value: n, Label: f.loc.T("theme." + key + "." + n)})
	}
	return out
}

func readyThemes(f *typed) []ui.Option {
	var names []string
	for _, r := range theme.Ready() {
		names = append(names, r.Name)
	}
	return named(f, "name", names)
}

// own are names before which stands the one that leaves it to the ready theme.
func own(key string, names []string) func(f *typed) []ui.Option {
	return func(f *typed) []ui.Option {
		return append([]ui.Option{{Label: f.loc.T("page_editor.as_theme")}}, named(f, key, names)...)
	}
}

var themeForm = []binding[themePart]{
	choice[themePart]{"ready", readyThemes, func(t *themePart) *string { return &t.Theme.Base }},
	colour[themePart]{"hero", func(t *themePart) *string { return &t.Theme.Hero }},
	colour[themePart]{"hero2", func(t *themePart) *string { return &t.Theme.Hero2 }},
	colour[themePart]{"primary", func(t *themePart) *string { return &t.Theme.Primary }},
	colour[themePart]{"accent", func(t *themePart) *string { return &t.Theme.Accent }},
	choice[themePart]{"fonts", own("fonts", theme.Fonts()), func(t *themePart) *string { return &t.Theme.Fonts }},
	choice[themePart]{"radius", own("radius", theme.Radii()), func(t *themePart) *string { return &t.Theme.Radius }},
	picture[themePart]{"logo", func(t *themePart) *models.Image { return t.Logo }, func(t *themePart, i *models.Image) { t.Logo = i }},
}

// themeFields are the form of a theme: under each colour, how well it can be read, and the nearest shade that can.
func themeFields(f *typed) (out []admin.PageField) {
	var t themePart
	for _, b := range themeForm {
		b.read(f, "", &t)
	}
	whole := theme.Resolve(t.Theme)
	now := map[string]string{theme.Hero: whole.Hero, theme.Hero2: whole.Hero2, theme.Primary: whole.Primary, theme.Accent: whole.Accent}
	for _, b := range themeForm {
		p := b.field(f, "")
		if c, is := now[p.Name]; is && p.Kind == kindColour {
			p.Colour = c
			p.Contrast = contrasts(f, theme.Checks(whole), p.Name)
		}
		if p.Name == "ready" && p.Value == "" {
			p.Value = theme.Default
		}
		out = append(out, p)
	}
	return out
}

// contrasts is how well one colour of a theme can be read where it is used.
func contrasts(f *typed, checks []theme.Check, colour string) (out []admin.PageContrast) {
	for _, c := range checks {
		if c.Colour != colour {
			continue
		}
		one := admin.PageContrast{Passes: c.Passes(), Text: f.loc.T("page_editor.contrast", "what", f.loc.T("theme.check."+c.What),
			"ratio", f.loc.Digits(decimal(f, c.Ratio)), "needed", f.loc.Digits(decimal(f, c.Needed)))}
		if !one.Passes {
			one.Nearest = c.Nearest
		}
		out = append(out, one)
	}
	return out
}

func decimal(f *typed, n float64) string { return f.loc.Num(n, 1) }

// swatches are the ready themes, to be looked at.
func swatches() (out []admin.PageSwatch) {
	for _, r := range theme.Ready() {
		out = append(out, admin.PageSwatch{Name: r.Name, Colours: []string{r.Theme.Hero, r.Theme.Hero2, r.Theme.Primary, r.Theme.Accent}})
	}
	return out
}
