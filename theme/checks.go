package theme

import "sarnakh/models"

// What WCAG 2.2 asks of text (1.4.3) and of the edges of what can be pressed or chosen (1.4.11).
const (
	NeededText = 4.5
	NeededEdge = 3.0
)

// A Check is one pair of colours of a theme that people must be able to tell apart. What it is about in words is the
// message "theme.check.<What>".
type Check struct {
	What    string // hero, hero2, primary, page, accent
	Colour  string // which colour of the theme it is about: hero, hero2, primary, accent
	Value   string // that colour
	Ratio   float64
	Needed  float64
	Nearest string // the shade of that colour nearest in OKLCH lightness that passes all its checks; Value itself where it does
}

// Passes tells whether people can read it.
func (c Check) Passes() bool { return c.Ratio >= c.Needed }

// The colours of a theme that a marketer chooses.
const (
	Hero    = "hero"
	Hero2   = "hero2"
	Primary = "primary"
	Accent  = "accent"
)

// Checks are all pairs that a theme's colours have to pass. The colours of words are computed: dark or light ink,
// whichever can be read; so what fails is a ground on which neither can, or two grounds of the hero that ask for
// different inks.
func Checks(t models.Theme) []Check {
	t = Resolve(t)
	hero, hero2, primary, accent := parse(t.Hero), parse(t.Hero2), parse(t.Primary), parse(t.Accent)
	ink := heroInk(hero)
	page := parse(groundOf(t.Base).tint)
	onInk := func(c rgb) float64 { return contrast(c, ink) }
	onOwn := func(c rgb) float64 { return contrast(c, ownInk(c)) }
	onPage := func(c rgb) float64 { return contrast(c, page) }
	return flat(
		checked(Hero, hero, heroPair),
		checked(Hero2, hero2, pair{"hero2", onInk, NeededText}),
		checked(Primary, primary, pair{"primary", onOwn, NeededText}, pair{"page", onPage, NeededEdge}),
		checked(Accent, accent, pair{"accent", onOwn, NeededText}),
	)
}

// Mended is a theme with each of its colours in the nearest shade that passes.
func Mended(t models.Theme) models.Theme {
	for _, c := range Checks(t) {
		if !c.Passes() {
			t = With(t, c.Colour, c.Nearest)
		}
	}
	return t
}

// With is a theme with one of its colours changed.
func With(t models.Theme, colour, value string) models.Theme {
	switch colour {
	case Hero:
		t.Hero = value
	case Hero2:
		t.Hero2 = value
	case Primary:
		t.Primary = value
	case Accent:
		t.Accent = value
	}
	return t
}

// pair is a colour beside another: its contrast, and how much of it there has to be.
type pair struct {
	what   string
	ratio  func(rgb) float64
	needed float64
}

// heroPair is a hero's colour and the ink it asks for.
var heroPair = pair{"hero", func(c rgb) float64 { return contrast(c, largeInk(c)) }, NeededText}

func checked(colour string, value rgb, pairs ...pair) (out []Check) {
	near := nearest(value, pairs...).String()
	for _, p := range pairs {
		out = append(out, Check{What: p.what, Colour: colour, Value: value.String(), Ratio: p.ratio(value), Needed: p.needed, Nearest: near})
	}
	return out
}

// step is how finely lightness is searched: less than the eye can tell.
const step = 1.0 / 500

// nearest is the shade of a colour that passes all pairs with the least change of lightness, darker rather than lighter
// where both are as near. Some shade passes always: black or white is far enough from every ink and every page of ours.
func nearest(c rgb, pairs ...pair) rgb {
	for n := range int(1/step) + 1 {
		for _, by := range []float64{-step * float64(n), step * float64(n)} {
			shade := c
			if n > 0 {
				shade = c.lighter(by)
			}
			if passes(shade, pairs) {
				return shade
			}
		}
	}
	return c
}

func passes(c rgb, pairs []pair) bool {
	for _, p := range pairs {
		if p.ratio(c) < p.needed {
			return false
		}
	}
	return true
}

func flat(groups ...[]Check) (out []Check) {
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}
