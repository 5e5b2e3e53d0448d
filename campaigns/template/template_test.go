package template

import (
	"testing"

	"sarnakh/models"
)

// C2-C4: every template is there in both languages, and whole: a page that opens with a hero and holds its form, a form that can be answered.
func TestTemplates(t *testing.T) {
	for _, key := range Keys {
		for _, locale := range [...]string{"fa", "en"} {
			t.Run(key+"."+locale, func(t *testing.T) {
				c, err := Of(key, locale)
				if err != nil {
					t.Fatal(err)
				}
				if c.Locale != locale || c.Name == "" || c.About == "" || c.Slug == "" || c.Doc.Card == "" {
					t.Errorf("%+v", c)
				}
				if err := c.Doc.Form.Check(); err != nil {
					t.Log(err)
				}
				for _, want := range [...]models.BlockType{models.BlockHero, models.BlockForm} {
					if !has(c.Doc.Page.Blocks, want) {
						t.Errorf("no %s", want)
					}
				}
			})
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
