package theme

import "sarnakh/models"

// A Letter is a theme's colours in mails, each as #rrggbb. Mail programs know light grounds and dark ones, which are those of
// package templates/mail whatever the theme.
type Letter struct {
	Mark, OnMark         string // the brand's sign, and the letter on it
	Link                 string // words that lead somewhere
	Accent, OnAccent     string // the button, and its words
	DarkMark, DarkOnMark string
	DarkLink             string
}

// Grounds of mails: the sheet and the paper around it, and the dark sheet.
var lightSheet, lightPaper, darkSheet = parse("#ffffff"), parse("#fbfaf7"), parse("#141e1d")

// LetterOf is a theme in mails; the zero one where it has the program's own colours.
func LetterOf(t models.Theme) Letter {
	resolved, own := Resolve(t), Resolve(models.Theme{})
	if resolved.Primary == own.Primary && resolved.Accent == own.Accent {
		return Letter{}
	}
	primary, accent := parse(resolved.Primary), parse(resolved.Accent)
	bright := brightOn(primary, darkSheet)
	return Letter{
		Mark: primary.String(), OnMark: ownInk(primary).String(), Link: readable(primary, .5, lightSheet, lightPaper).String(),
		Accent: accent.String(), OnAccent: ownInk(accent).String(),
		DarkMark: bright.String(), DarkOnMark: ownInk(bright).String(), DarkLink: bright.String(),
	}
}

// brightOn is a hue as words on a dark ground: as light as it is, or lighter.
func brightOn(c, ground rgb) rgb {
	for l := max(c.lch().l, .72); l < 1; l += .01 {
		if v := c.at(l, .12); readOn(v, ground) {
			return v
		}
	}
	return rgb{1, 1, 1}
}
