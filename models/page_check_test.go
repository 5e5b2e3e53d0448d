package models

import (
	"errors"
	"strings"
	"testing"
)

// C2: what stands on a page leads nowhere that could run in the visitor's browser.
func TestLinksOfAPage(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.com/a?b=c#d": true, "http://example.com": true, "mailto:nora@example.com": true, "tel:+982100000000": true, "#get": true, "/privacy": true,
		"": false, "#": false, "javascript:alert(1)": false, "JavaScript:alert(1)": false, "data:text/html,x": false, "//evil.example": false, "https://": false,
		"vbscript:x": false, "https://a b": false, "example.com": false, `\\evil`: false, "https://e.com/" + strings.Repeat("a", MaxURL): false,
	} {
		if got := PageLink(address); got != want {
			t.Errorf("%q: %t", address, got)
		}
	}
	for address, want := range map[string]bool{
		"https://www.youtube.com/watch?v=dQw4w9WgXcQ": true, "https://youtu.be/dQw4w9WgXcQ": true, "https://www.aparat.com/v/abc": true,
		"https://youtube.com.evil.example/watch": false, "https://www.youtube.com/watch?v=abc": false, "https://vimeo.com/1": false, "https://youtu.be/": false,
	} {
		if got := VideoPage(address); got != want {
			t.Errorf("%q: %t", address, got)
		}
	}
}

// C2: each thing wrong with a block is said of its own field.
func TestChecksOfBlocks(t *testing.T) {
	long := strings.Repeat("ا", MaxLine+1)
	for name, c := range map[string]struct {
		block       Block
		field, says string
	}{
		"hero without heading":    {Block{Type: BlockHero, Hero: &Hero{}}, "heading", "invalid.required"},
		"nothing in it":           {Block{Type: BlockHero}, "heading", "invalid.required"},
		"long heading":            {Block{Type: BlockFAQ, FAQ: &FAQ{Heading: long}}, "heading", "invalid.too_long"},
		"cover without title":     {Block{Type: BlockHero, Hero: &Hero{Heading: "a", Cover: &Cover{By: "b"}}}, "cover.title", "invalid.required"},
		"long tick":               {Block{Type: BlockHero, Hero: &Hero{Heading: "a", Ticks: []string{"b", long}}}, "ticks.1.text", "invalid.too_long"},
		"quote of nobody":         {Block{Type: BlockProof, Proof: &Proof{Heading: "a", Quotes: []Quote{{Text: "b"}}}}, "quotes.0.name", "invalid.required"},
		"too many rows":           {Block{Type: BlockFAQ, FAQ: &FAQ{Heading: "a", Items: make([]Question, MaxRows+1)}}, "items", "page_check.too_many_rows"},
		"script in a link":        {Block{Type: BlockText, Text: &RichText{Body: "[a](javascript:alert(1))"}}, "body", "page_check.bad_link"},
		"script in angles":        {Block{Type: BlockText, Text: &RichText{Body: "<javascript:alert(1)>"}}, "body", "page_check.bad_link"},
		"script in a reference":   {Block{Type: BlockText, Text: &RichText{Body: "[a][b]\n\n[b]: javascript:alert(1)"}}, "body", "page_check.bad_link"},
		"film of somebody else's": {Block{Type: BlockVideo, Video: &Video{URL: "https://example.com/film"}}, "url", "page_check.bad_video"},
		"countdown to never":      {Block{Type: BlockCountdown, Countdown: &Countdown{Heading: "a"}}, "until", "invalid.required"},
		"picture that is none":    {Block{Type: BlockGallery, Gallery: &Gallery{Images: make([]Picture, 1)}}, "images.0.image", "page_check.no_picture"},
		"button without words":    {Block{Type: BlockCTA, CTA: &CTA{Heading: "a"}}, "button", "invalid.required"},
		"unknown kind":            {Block{Type: "tarot"}, "type", "invalid.required"},
	} {
		t.Run(name, func(t *testing.T) {
			bad, _ := errors.AsType[*Invalid](c.block.Check())
			if got, _ := bad.Of(c.field); got.Key != c.says {
				t.Errorf("%v", bad)
			}
		})
	}
	for _, fine := range []Block{
		{Type: BlockForm}, {Type: BlockFooter, Footer: &Footer{}}, {Type: BlockGallery, Gallery: &Gallery{}},
		{Type: BlockText, Text: &RichText{Body: "[a](https://example.com) <https://example.com> [b](#get) [c](mailto:a@b.c \"button\") [name of the course]"}},
	} {
		if err := fine.Check(); err != nil {
			t.Errorf("%s: %v", fine.Type, err)
		}
	}
}

// C2: a colour is written #rrggbb, and who speaks has a name.
func TestChecksOfAPage(t *testing.T) {
	if err := (&Theme{Hero: "#0b6661"}).Check(); err != nil {
		t.Error(err)
	}
	bad, _ := errors.AsType[*Invalid]((&Theme{Accent: "red; }"}).Check())
	if _, wrong := bad.Of("accent"); !wrong {
		t.Error("a colour may be anything")
	}
	page := Page{Title: "a", Brand: Brand{Phone: "0912"}}
	bad, _ = errors.AsType[*Invalid](page.CheckAbout())
	for _, field := range []string{"brand", "phone"} {
		if _, wrong := bad.Of(field); !wrong {
			t.Errorf("%s is fine", field)
		}
	}
}
