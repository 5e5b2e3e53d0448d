package theme

import "sarnakh/models"

// ground is what lies behind the words below the hero: paper, a tint of it for every other part, and lines.
type ground struct{ paper, tint, deep, line, strong, control string }

var (
	warm    = ground{"#fbfaf7", "#f5f2ec", "#ece7dd", "#e5e0d6", "#d2cabb", "#8b8576"}
	grounds = map[string]ground{
		"ink":    {"#fafbfd", "#f3f5f9", "#e7ebf2", "#dfe4ec", "#c6cedb", "#7d8698"},
		"forest": {"#fafbf6", "#f3f5ec", "#e8ebdd", "#e0e4d5", "#cbd1bb", "#828a74"},
		"paper":  {"#fffdf8", "#f8f4ea", "#efe8d9", "#e6decd", "#d3c8b2", "#8b8270"},
	}
)

func groundOf(base string) ground {
	if g, ok := grounds[base]; ok {
		return g
	}
	return warm
}

// shades is everything that follows from a theme's four colours.
type shades struct {
	hero, hero2, glow, onHero, onHero2, spark      rgb
	primary, primaryHover, primaryPress, onPrimary rgb
	primarySoft, primarySoft2, primaryText         rgb
	accent, accentHover, accentPress, onAccent     rgb
	accentSoft, accentText, bookTop, bookEnd       rgb
}

// shadesOf computes them of a complete theme. Whatever is text passes on its ground, as long as the theme's own
// checks pass.
func shadesOf(t models.Theme) (s shades) {
	page := parse(groundOf(t.Base).tint)
	s.hero, s.hero2, s.primary, s.accent = parse(t.Hero), parse(t.Hero2), parse(t.Primary), parse(t.Accent)

	s.onHero = heroInk(s.hero)
	s.glow = within(s.hero2, .06, NeededText, s.onHero)
	s.onHero2 = quiet(s.onHero, s.hero2, .25, s.hero, s.hero2, s.glow)
	s.spark = spark(s.accent, s.onHero, s.hero, s.hero2, s.glow)

	s.onPrimary = ownInk(s.primary)
	s.primaryHover, s.primaryPress = pressed(s.primary, s.onPrimary, .05), pressed(s.primary, s.onPrimary, .09)
	s.primarySoft, s.primarySoft2 = s.primary.at(.965, .012), s.primary.at(.92, .03)
	s.primaryText = readable(s.primary, .42, s.primarySoft2, page)

	s.onAccent = ownInk(s.accent)
	s.accentHover, s.accentPress = pressed(s.accent, s.onAccent, .04), pressed(s.accent, s.onAccent, .08)
	s.accentSoft = s.accent.at(.975, .03)
	s.accentText = readable(s.accent, .48, s.accentSoft, page)

	s.bookTop = within(s.accent, .05, NeededText, s.onAccent)
	s.bookEnd = within(s.accent, -.08, NeededText, s.onAccent)
	return s
}

// inkOn is the colour of words on a ground: light, or the ground's own hue nearly black, whichever is read better. There
// is no ground on which both pass, and a narrow band in the middle where neither does.
func inkOn(ground, light rgb) rgb {
	dark := ground.at(.22, .05)
	if contrast(ground, light) >= contrast(ground, dark) {
		return light
	}
	return dark
}

// ownInk is the ink of a button: white, or nearly black.
func ownInk(ground rgb) rgb { return inkOn(ground, rgb{1, 1, 1}) }

// largeInk is the ink of a hero of one colour: a trace of its hue takes the glare off.
func largeInk(ground rgb) rgb { return inkOn(ground, ground.at(.975, .008)) }

// heroInk is the ink of the whole hero: that of its first colour, in the shade that can be read.
func heroInk(hero rgb) rgb { return largeInk(nearest(hero, heroPair)) }

// within is a colour lightened or darkened by a step, or by less where words on it could not be read any more.
func within(c rgb, by, needed float64, ink rgb) rgb {
	for ; by > .004 || by < -.004; by *= .8 {
		if shade := c.lighter(by); contrast(shade, ink) >= needed {
			return shade
		}
	}
	return c
}

// pressed is a button under the pointer: further from its ink, or nearer where that has no room left.
func pressed(c, ink rgb, by float64) rgb {
	away := by
	if ink.luminance() > c.luminance() {
		away = -by
	}
	if l := c.lch().l + away; l < .15 || l > .97 {
		away = -away
	}
	return within(c, away, NeededText, ink)
}

// quiet is ink of less weight, still to be read on all grounds.
func quiet(ink, towards rgb, part float64, grounds ...rgb) rgb {
	for ; part > .01; part -= .01 {
		if c := ink.mixed(towards, part); readOn(c, grounds...) {
			return c
		}
	}
	return ink
}

// spark is the accent as small words and signs on the hero, or the ink where it can't be read there.
func spark(accent, ink rgb, grounds ...rgb) rgb {
	for _, by := range []float64{.04, 0, .08, .12, .16, -.04, -.08, -.12, -.16, -.2} {
		if c := accent.lighter(by); readOn(c, grounds...) {
			return c
		}
	}
	return ink
}

// readable is a hue as words on light grounds: in the lightness asked for, or darker.
func readable(c rgb, lightness float64, grounds ...rgb) rgb {
	for l := min(c.lch().l, lightness); l > 0; l -= .01 {
		if v := c.at(l, .2); readOn(v, grounds...) {
			return v
		}
	}
	return rgb{}
}

func readOn(c rgb, grounds ...rgb) bool {
	for _, g := range grounds {
		if contrast(c, g) < NeededText {
			return false
		}
	}
	return true
}
