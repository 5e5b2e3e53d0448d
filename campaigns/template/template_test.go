package template

import (
	"testing"

	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/scoring"
)

// C2-C4, N1: every template is there in both languages, and whole: a page that opens with a hero and holds its form, a form
// that can be answered and asks for consent before anything is written, a card, and the same parts in both languages.
func TestTemplates(t *testing.T) {
	for _, key := range Keys {
		var both [2]*Template
		for i, locale := range [...]string{"fa", "en"} {
			c, err := Of(key, locale)
			if err != nil {
				t.Fatal(key, locale, err)
			}
			both[i] = c
			t.Run(key+"."+locale, func(t *testing.T) { whole(t, c, locale) })
		}
		fa, en := both[0], both[1]
		if len(fa.Doc.Page.Blocks) != len(en.Doc.Page.Blocks) || len(fa.Doc.Form.Fields) != len(en.Doc.Form.Fields) ||
			len(fa.Sequence.Doc.Steps) != len(en.Sequence.Doc.Steps) || fa.Doc.Offer.Kind != en.Doc.Offer.Kind {
			t.Errorf("%s differs between the languages", key)
		}
	}
}

func whole(t *testing.T, c *Template, locale string) {
	if c.Locale != locale || c.Name == "" || c.About == "" || c.Slug == "" || c.Doc.Offer.Kind == "" {
		t.Errorf("%q %q %q", c.Name, c.About, c.Slug)
	}
	if _, ok := scoring.Preset(c.Doc.Card); !ok {
		t.Errorf("no card %q", c.Doc.Card)
	}
	form := c.Doc.Form
	asks := false
	for i := range form.Purposes {
		asks = asks || form.Purposes[i].Purpose == models.Newsletter
		form.Purposes[i].TextID = 1 // as publishing will
	}
	if err := form.Check(); err != nil {
		t.Error(err)
	}
	if err := nurture.Check(&c.Sequence.Doc); err != nil && len(c.Sequence.Doc.Steps) > 0 {
		t.Error(err)
	}
	if len(c.Sequence.Doc.Steps) > 0 && !asks {
		t.Error("it writes to people whom it did not ask")
	}
	for _, want := range [...]models.BlockType{models.BlockHero, models.BlockForm} {
		if !has(c.Doc.Page.Blocks, want) {
			t.Errorf("no %s", want)
		}
	}
}

func has(blocks []models.Block, kind models.BlockType) bool {
	for _, b := range blocks {
		if b.Type == kind && !b.Hidden {
			return true
		}
	}
	return false
}
