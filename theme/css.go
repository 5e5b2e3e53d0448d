package theme

import (
	"fmt"
	"math"
	"strings"

	"sarnakh/models"
)

// CSS is a theme's stylesheet: it is loaded after the program's own and says again what differs. It stands outside the
// cascade layers, and so before them.
func CSS(t models.Theme) string {
	t = Resolve(t)
	var b strings.Builder
	rule(&b, ":root", append(rootValues(t), fontsOf(t.Fonts).latin...))
	rule(&b, ":root:lang(fa)", fontsOf(t.Fonts).persian)
	rule(&b, ".lp", heroValues(t))
	if t.Base != Default { // the star pattern is the default theme's own
		b.WriteString(".lp-hero::before,.lp-cta::before,.lp-done__cover::before,.book::after{content:none}")
	}
	return b.String()
}

// A value is one custom property, without its dashes.
type value struct{ name, is string }

func rule(b *strings.Builder, selector string, values []value) {
	if len(values) == 0 {
		return
	}
	b.WriteString(selector + "{")
	for i, v := range values {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString("--" + v.name + ":" + v.is)
	}
	b.WriteByte('}')
}

func rootValues(t models.Theme) []value {
	s, g := shadesOf(t), groundOf(t.Base)
	r := corners[t.Radius]
	return []value{
		{"primary", s.primary.String()}, {"primary-hover", s.primaryHover.String()}, {"primary-press", s.primaryPress.String()},
		{"on-primary", s.onPrimary.String()}, {"primary-soft", s.primarySoft.String()}, {"primary-soft-2", s.primarySoft2.String()},
		{"primary-text", s.primaryText.String()},
		{"accent", s.accent.String()}, {"accent-hover", s.accentHover.String()}, {"accent-press", s.accentPress.String()},
		{"on-accent", s.onAccent.String()}, {"accent-soft", s.accentSoft.String()}, {"accent-text", s.accentText.String()},
		{"paper", g.paper}, {"paper-2", g.tint}, {"paper-3", g.deep}, {"rule", g.line}, {"rule-2", g.strong}, {"rule-3", g.control},
		{"r-1", r[0]}, {"r-2", r[1]}, {"r-3", r[2]}, {"r-4", r[3]},
	}
}

func heroValues(t models.Theme) []value {
	s := shadesOf(t)
	return []value{
		{"lp-hero", s.hero.String()}, {"lp-hero-2", s.hero2.String()}, {"lp-glow", s.glow.String()},
		{"lp-on-hero", s.onHero.String()}, {"lp-on-hero-2", s.onHero2.String()}, {"lp-spark", s.spark.String()},
		{"lp-rule", veil(s.onHero, ".16")}, {"lp-veil", veil(s.onHero, ".06")},
		{"lp-book", fmt.Sprintf("linear-gradient(160deg,%s,%s 60%%,%s)", s.bookTop, s.accent, s.bookEnd)},
	}
}

// veil is a colour through which the ground is seen.
func veil(c rgb, alpha string) string {
	return fmt.Sprintf("rgb(%.0f %.0f %.0f / %s)", math.Round(c[0]*255), math.Round(c[1]*255), math.Round(c[2]*255), alpha)
}

// corners: from the smallest control to the form's card.
var corners = map[string][4]string{
	RadiusNone:  {"0", "0", "0", "0"},
	RadiusSmall: {".1875rem", ".3125rem", ".4375rem", ".625rem"},
	RadiusLarge: {".375rem", ".625rem", ".875rem", "1.25rem"},
}

// fonts are what a pair changes, in pages of either script. Families that a device has are named in the order in which
// they suit the script. Persian serifs are naskh, of which every device has another: they are for those who ask for them
// throughout, and headings with serifs are Latin alone.
type fonts struct{ latin, persian []value }

const (
	serif  = `"Iowan Old Style","Charter","Georgia","Noto Serif",serif`
	naskh  = `"Noto Naskh Arabic","Geeza Pro","Traditional Arabic","Times New Roman","Noto Serif",serif`
	system = `system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif`
)

// bold: families of a device have one bold weight, and no other is asked of them.
var bold = []value{{"w-black", "700"}}

func fontsOf(pair string) fonts {
	with := func(values ...value) []value { return append(values, bold...) }
	switch pair {
	case FontsSerif:
		return fonts{with(value{"font-head", serif}), []value{{"font-head", "inherit"}, {"w-black", "820"}}} // as tokens.css has it
	case FontsLetter:
		return fonts{with(value{"font", serif}, value{"w-body", "400"}, value{"w-medium", "600"}), with(value{"font", naskh}, value{"w-body", "400"}, value{"w-medium", "600"})}
	case FontsSystem:
		return fonts{with(value{"font", system}), with(value{"font", system})}
	}
	return fonts{}
}
