package admin

import (
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
)

// An aboutPart is what a page says of itself to those who don't see it yet. Home is no part of the draft: it is one
// campaign of all, at once.
type aboutPart struct {
	Title, Description string
	Brand, Phone       string
	Share              *models.Image
	NoIndex            bool
}

func aboutOf(p *models.Page) aboutPart {
	return aboutPart{p.Title, p.Description, p.Brand.Name, p.Brand.Phone, p.Share, p.NoIndex}
}

// put writes it to a page.
func (a *aboutPart) put(p *models.Page) {
	p.Title, p.Description, p.Brand.Name, p.Brand.Phone, p.Share, p.NoIndex = a.Title, a.Description, a.Brand, a.Phone, a.Share, a.NoIndex
}

var aboutForm = []binding[aboutPart]{
	line("title", func(a *aboutPart) *string { return &a.Title }),
	text[aboutPart]{name: "description", kind: kindLines, most: 500, at: func(a *aboutPart) *string { return &a.Description }, optional: true},
	line("brand", func(a *aboutPart) *string { return &a.Brand }),
	telephone{text[aboutPart]{name: "phone", kind: kindLink, most: 20, at: func(a *aboutPart) *string { return &a.Phone }, optional: true}},
	picture[aboutPart]{"share", func(a *aboutPart) *models.Image { return a.Share }, func(a *aboutPart, i *models.Image) { a.Share = i }},
	flag[aboutPart]{"no_index", func(a *aboutPart) *bool { return &a.NoIndex }},
}

// A telephone is a number with its country code, however it is spaced.
type telephone struct{ text[aboutPart] }

func (t telephone) read(f *typed, at string, to *aboutPart) {
	number := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "").Replace(i18n.FoldDigits(strings.TrimSpace(f.values.Get(at + t.name))))
	if rest, abroad := strings.CutPrefix(number, "00"); abroad {
		number = "+" + rest
	}
	*t.at(to) = number
}
