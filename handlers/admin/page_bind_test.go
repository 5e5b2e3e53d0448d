package admin

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sarnakh/campaigns/starter"
	"sarnakh/campaigns/template"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

	"pgregory.net/rapid"
)

var inTehran = time.FixedZone("+0330", 12600)

func editorOf() *Handlers { return &Handlers{Web: &web.Web{Site: web.Site{Zone: inTehran}}} }

// through sends a block through its form, in a language, and back.
func through(t interface{ Fatalf(string, ...any) }, h *Handlers, loc *i18n.Loc, b models.Block) models.Block {
	form := blockForms[b.Type]
	if form == nil {
		t.Fatalf("no form for %s", b.Type)
	}
	f := h.typed(loc, string(b.Type), url.Values{})
	form.show(f, &b)
	sent, err := url.ParseQuery(f.values.Encode()) // as a browser would
	if err != nil {
		t.Fatalf("%v", err)
	}
	back := h.typed(loc, string(b.Type), sent)
	out := models.Block{ID: b.ID, Type: b.Type, Hidden: b.Hidden}
	form.read(back, &out)
	if len(back.problems) > 0 {
		t.Fatalf("%s: %v", b.ID, back.problems)
	}
	return out
}

// C2: whatever block the starters and templates have comes back from its form as it was, in both languages.
func TestBlocksGoThroughTheirForms(t *testing.T) {
	h := editorOf()
	for _, b := range known(t) {
		for _, locale := range i18n.Locales() {
			if got := through(t, h, i18n.For(locale), b); fingerprint(got) != fingerprint(normal(b)) {
				t.Errorf("%s %s:\n%+v\n%+v", b.Type, b.ID, got, b)
			}
		}
	}
}

// normal is a block as forms hold it: an empty footer is a footer with nothing in it, and no text ends in an empty line.
func normal(b models.Block) models.Block {
	if b.Text != nil {
		b.Text = &models.RichText{Heading: b.Text.Heading, Body: strings.Trim(b.Text.Body, "\n")}
	}
	if b.Type == models.BlockFooter && b.Footer == nil {
		b.Footer = &models.Footer{}
	}
	return b
}

func known(t *testing.T) (out []models.Block) {
	t.Helper()
	for _, key := range template.Keys {
		for _, locale := range i18n.Locales() {
			one, err := template.Of(key, string(locale))
			if err != nil {
				continue // whether all are there is tested where they are
			}
			out = append(out, one.Doc.Page.Blocks...)
		}
	}
	all, err := starter.Campaigns()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		out = append(out, s.Doc.Page.Blocks...)
	}
	if len(out) < 16 {
		t.Fatalf("%d blocks", len(out))
	}
	return out
}

// C2: and so does any other block that passes its check, whatever is written in it.
func TestAnyBlockGoesThroughItsForm(t *testing.T) {
	h := editorOf()
	rapid.Check(t, func(t *rapid.T) {
		b := models.Block{ID: "x", Type: rapid.SampledFrom(blockTypes[:]).Draw(t, "type")}
		fill(t, &b)
		loc := i18n.For(rapid.SampledFrom(i18n.Locales()).Draw(t, "locale"))
		first := through(t, h, loc, b)
		if again := through(t, h, loc, first); fingerprint(again) != fingerprint(first) {
			t.Fatalf("%+v, then %+v", first, again)
		}
		if b.Check() == nil && fingerprint(first) != fingerprint(b) {
			t.Fatalf("%+v became %+v", b, first)
		}
	})
}

// fill writes into a block what people write.
func fill(t *rapid.T, b *models.Block) {
	word := func(name string) string {
		return rapid.SampledFrom([]string{"", "a", "سرِ نخ را رها نکنید", "می‌شود", "۱۴ روز", "A “quoted” line & more", "[name of the course]", "50 % off: now!"}).Draw(t, name)
	}
	n := rapid.IntRange(0, 3).Draw(t, "rows")
	switch b.Type {
	case models.BlockHero:
		b.Hero = &models.Hero{Eyebrow: word("eyebrow"), Heading: word("heading"), Lead: word("lead"), Image: somePicture(t)}
		if cover := (models.Cover{Number: rapid.SampledFrom([]string{"", "14"}).Draw(t, "number"), Title: word("title"), By: word("by")}); cover != (models.Cover{}) {
			b.Hero.Cover = &cover
		}
		for range n {
			if tick := word("tick"); tick != "" {
				b.Hero.Ticks = append(b.Hero.Ticks, tick)
			}
		}
	case models.BlockBenefits:
		b.Benefits = &models.Benefits{Heading: word("heading"), Lead: word("lead")}
		for range n {
			if item := (models.BenefitItem{Heading: word("item"), Text: word("text")}); item != (models.BenefitItem{}) {
				b.Benefits.Items = append(b.Benefits.Items, item)
			}
		}
	case models.BlockInside:
		b.Inside = &models.Inside{Heading: word("heading")}
		for range n {
			if c := (models.Chapter{Label: word("label"), Heading: word("item"), Text: word("text"), Sample: word("sample")}); c != (models.Chapter{}) {
				b.Inside.Chapters = append(b.Inside.Chapters, c)
			}
		}
	case models.BlockProof:
		b.Proof = &models.Proof{Heading: word("heading")}
		for range n {
			if q := (models.Quote{Text: word("text"), Name: word("name"), Role: word("role")}); q != (models.Quote{}) {
				b.Proof.Quotes = append(b.Proof.Quotes, q)
			}
		}
	case models.BlockFAQ:
		b.FAQ = &models.FAQ{Heading: word("heading"), Lead: word("lead")}
		for range n {
			if q := (models.Question{Question: word("question"), Answer: word("answer")}); q != (models.Question{}) {
				b.FAQ.Items = append(b.FAQ.Items, q)
			}
		}
	case models.BlockCountdown:
		b.Countdown = &models.Countdown{Heading: word("heading"), After: word("after"),
			Until: models.Instant(rapid.Int64Range(1, 60*24*365*30).Draw(t, "until")) * 60_000_000}
	case models.BlockGallery:
		b.Gallery = &models.Gallery{Heading: word("heading"), Lead: word("lead")}
		for range n {
			if image := somePicture(t); image != nil {
				b.Gallery.Images = append(b.Gallery.Images, models.Picture{Image: *image, Caption: word("caption")})
			}
		}
	case models.BlockText:
		b.Text = &models.RichText{Heading: word("heading"), Body: rapid.SampledFrom([]string{"One.\n\nTwo **bold** and [a link](https://example.com).", "- one\n  - two\n\n> said", "سلام\n\nدوباره"}).Draw(t, "body")}
	case models.BlockVideo:
		b.Video = &models.Video{Heading: word("heading"), URL: "https://www.aparat.com/v/abc", Cover: somePicture(t), Caption: word("caption")}
	case models.BlockCTA:
		b.CTA = &models.CTA{Heading: word("heading"), Text: word("text"), Button: word("button")}
	case models.BlockFooter:
		b.Footer = &models.Footer{Text: word("text")}
	}
}

func somePicture(t *rapid.T) *models.Image {
	if rapid.Bool().Draw(t, "no picture") {
		return nil
	}
	const key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff.jpg"
	return &models.Image{FileID: 7, Alt: rapid.SampledFrom([]string{"", "کتابی روی میز"}).Draw(t, "alt"), Decorative: rapid.Bool().Draw(t, "decorative"),
		Width: 1200, Height: 800, Sizes: []models.ImageSize{{Width: 320, Key: key}, {Width: 1200, Key: key}}}
}

// A form says which picture it has; what is no picture of ours is none.
func TestPicturesOfAForm(t *testing.T) {
	for _, raw := range []string{"", "{", `{"width":1,"height":1}`, `{"width":1,"height":1,"sizes":[{"width":1,"key":"../../etc/passwd"}]}`, `{"width":0,"height":1,"sizes":[]}`} {
		if typedPicture(raw) != nil {
			t.Errorf("%q is a picture", raw)
		}
	}
}

// Rows are added, moved and taken out by buttons that send the whole form: nothing typed is lost.
func TestRowsOfAForm(t *testing.T) {
	h, loc := editorOf(), i18n.For(i18n.EN)
	for act, want := range map[string][]string{
		"":               {"a", "b", "c"},
		"up:items:1":     {"b", "a", "c"},
		"up:items:0":     {"a", "b", "c"},
		"down:items:1":   {"a", "c", "b"},
		"down:items:2":   {"a", "b", "c"},
		"remove:items:0": {"b", "c"},
		"remove:items:9": {"a", "b", "c"},
		"add:items":      {"a", "b", "c"},
		"clear:heading":  {"a", "b", "c"},
	} {
		f := h.typed(loc, "faq", url.Values{"heading": {"H"}, "items.0.question": {"a"}, "items.2.question": {"b"}, "items.2.answer": {"B"}, "items.5.question": {"c"}, "items.9.question": {" "}})
		parseRowAct(act).apply(f)
		var b models.Block
		faqForm.read(f, &b)
		var got []string
		for _, q := range b.FAQ.Items {
			got = append(got, q.Question)
		}
		if fingerprint(got) != fingerprint(want) {
			t.Errorf("%s: %v", act, got)
		}
		if rows := faqForm.fields(f)[2].Rows; len(rows) != len(want)+1 { // the blank one is shown again
			t.Errorf("%s: %d rows", act, len(rows))
		}
	}
}

// Every kind of block can be added, and its form has words in both languages.
func TestEveryBlockHasItsForm(t *testing.T) {
	h := editorOf()
	for _, locale := range i18n.Locales() {
		loc := i18n.For(locale)
		for _, kind := range blockTypes {
			b := models.Block{ID: "x", Type: kind}
			blockForms[kind].begin(loc, &b, models.At(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)))
			f := h.typed(loc, string(kind), url.Values{})
			blockForms[kind].show(f, &b)
			for _, x := range blockForms[kind].fields(f) {
				if x.Label == x.Name {
					t.Errorf("%s: no words for %s of %s", locale, x.Name, kind)
				}
			}
			if err := b.Check(); err != nil && kind != models.BlockVideo { // whose address nobody can guess
				t.Errorf("a new %s: %v", kind, err)
			}
		}
	}
}
