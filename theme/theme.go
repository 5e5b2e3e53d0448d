// Package theme knows the colours and shapes of landing pages: the ready ones, what follows from a marketer's own, and
// whether people can read the result. It is pure: a theme goes in, a stylesheet and its address come out.
package theme

import (
	"slices"

	"sarnakh/models"
)

// A Choice is a ready theme. Its name in words is the message "theme.name.<Name>".
type Choice struct {
	Name  string
	Theme models.Theme // complete
}

// Default is the program's own theme; a page in it loads no further stylesheet.
const Default = "firuzeh"

// The pairs of fonts, of those that the program ships and those that every device has. "theme.fonts.<name>".
const (
	FontsPlain  = "plain"  // Inter and Vazirmatn
	FontsSerif  = "serif"  // the same under Latin headings with serifs
	FontsLetter = "letter" // serifs throughout; nothing is loaded
	FontsSystem = "system" // the device's own; nothing is loaded
)

// The roundness of corners. "theme.radius.<name>".
const (
	RadiusNone  = "none"
	RadiusSmall = "small"
	RadiusLarge = "large"
)

var (
	fontPairs = [...]string{FontsPlain, FontsSerif, FontsLetter, FontsSystem}
	radii     = [...]string{RadiusNone, RadiusSmall, RadiusLarge}
)

// Fonts are the names of the font pairs, the program's own first.
func Fonts() []string { return fontPairs[:] }

// Radii are the names of the roundnesses.
func Radii() []string { return radii[:] }

// ready are the themes to choose from, calm grounds with one colour that says "act".
var ready = [...]models.Theme{
	{Base: Default, Hero: "#082d2b", Hero2: "#0a403d", Primary: "#0b6661", Accent: "#f3b329", Fonts: FontsPlain, Radius: RadiusLarge},
	{Base: "ink", Hero: "#121826", Hero2: "#1f2a44", Primary: "#2f4d94", Accent: "#8cc8f2", Fonts: FontsPlain, Radius: RadiusSmall},
	{Base: "pomegranate", Hero: "#360d1a", Hero2: "#561329", Primary: "#8c1d40", Accent: "#ffb59a", Fonts: FontsPlain, Radius: RadiusLarge},
	{Base: "dusk", Hero: "#2b1531", Hero2: "#5a2a4d", Primary: "#7d3562", Accent: "#f7a93b", Fonts: FontsPlain, Radius: RadiusLarge},
	{Base: "forest", Hero: "#10271a", Hero2: "#1b4029", Primary: "#2a6640", Accent: "#d6e264", Fonts: FontsPlain, Radius: RadiusSmall},
	{Base: "paper", Hero: "#f1eadb", Hero2: "#faf6ec", Primary: "#2c3a47", Accent: "#b8391f", Fonts: FontsSerif, Radius: RadiusNone},
}

// Ready are the themes to choose from, the program's own first.
func Ready() []Choice {
	var out []Choice
	for _, t := range ready {
		out = append(out, Choice{t.Base, t})
	}
	return out
}

// Resolve fills in what a theme leaves to its base. What is no colour, pair, radius or base that we know is as in the
// base too, so that a page is always drawn.
func Resolve(t models.Theme) models.Theme {
	out := base(t.Base)
	for _, c := range []struct{ from, to *string }{
		{&t.Hero, &out.Hero}, {&t.Hero2, &out.Hero2}, {&t.Primary, &out.Primary}, {&t.Accent, &out.Accent},
	} {
		if colour, ok := Colour(*c.from); ok {
			*c.to = colour
		}
	}
	if slices.Contains(fontPairs[:], t.Fonts) {
		out.Fonts = t.Fonts
	}
	if slices.Contains(radii[:], t.Radius) {
		out.Radius = t.Radius
	}
	return out
}

func base(name string) models.Theme {
	for _, t := range ready {
		if t.Base == name {
			return t
		}
	}
	return ready[0]
}

// LoadsFont tells whether pages in a theme use the fonts that the program ships.
func LoadsFont(t models.Theme) bool {
	pair := Resolve(t).Fonts
	return pair == FontsPlain || pair == FontsSerif
}
