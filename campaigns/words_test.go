package campaigns_test

import (
	"reflect"
	"testing"

	"sarnakh/campaigns"
	"sarnakh/models"
)

func TestPlaceholders(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"No brackets":                    "",
		"[name of the course] for you":   "[name of the course]",
		"See [our terms](https://x.org)": "",
		"[a link](/p/x) and [this]":      "[this]",
		"[۲۰٪] تخفیف":                    "[۲۰٪]",
		"a [x] single letter":            "",
		"not\n[over\ntwo lines]":         "",
	} {
		if got := campaigns.Placeholder(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := campaigns.Placeholders("[one] [two]", "[two] and [three]."); !reflect.DeepEqual(got, []string{"one", "two", "three"}) {
		t.Errorf("%q", got)
	}
}

// What only the owner knows is written once, wherever it stands; links of Markdown are none of it.
func TestFill(t *testing.T) {
	doc := models.CampaignDoc{Page: models.Page{Title: "[20%] off [the course]", Blocks: []models.Block{
		{ID: "hero", Type: models.BlockHero, Hero: &models.Hero{Heading: "[the course]", Ticks: []string{"[the course] today", "[left]"}}}}},
		Offer: models.Offer{Title: "[the course]", Files: []models.Download{{Size: 1 << 40}}}}
	words := map[string]string{"20%": "30%", "the course": `Go "for" all`}
	if err := campaigns.Fill(&doc, words); err != nil {
		t.Fatal(err)
	}
	hero := doc.Page.Blocks[0].Hero
	if doc.Page.Title != `30% off Go "for" all` || hero.Heading != `Go "for" all` || hero.Ticks[0] != `Go "for" all today` || hero.Ticks[1] != "[left]" {
		t.Errorf("%q %+v", doc.Page.Title, hero)
	}
	if doc.Offer.Files[0].Size != 1<<40 {
		t.Error("a number was changed:", doc.Offer.Files[0].Size)
	}
	steps := models.SequenceDoc{Steps: []models.Step{{Key: "a", Subject: "[the course]", Blocks: models.TextBlocks("Hello,\n\n[the course](x) and [the course].")}}}
	if err := campaigns.FillSteps(&steps, words); err != nil {
		t.Fatal(err)
	}
	if s := steps.Steps[0]; s.Subject != `Go "for" all` || s.Blocks[0].Text.Body != "Hello,\n\n[the course](x) and Go \"for\" all." {
		t.Errorf("%+v", s)
	}
}
