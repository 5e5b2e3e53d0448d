package campaigns

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
)

// A Problem is one thing about a draft that should be mended, as the key of a sentence and its arguments.
type Problem struct {
	Key  string
	Args []any
	// At ends the address of the page where it is mended: "/page?block=hero", "/form?field=phone".
	At string
	// Stops keeps the draft from being published; the others are advice.
	Stops bool
}

// Facts are what a check has to know beside the draft.
type Facts struct {
	Now   models.Instant
	Until models.Instant // when the campaign ends; 0: never
	// FreeCodes are those of the pool that nobody has yet.
	FreeCodes int64
	// Pages tells whether an address of ours below /p/ is or was a campaign's.
	Pages func(slug string) bool
	// Weak are pairs of colours that can't be read well, in words.
	Weak []string
	// Writes: a sequence writes to its leads.
	Writes bool
	// SignedUp is how many wait for the event as visitors see it now, and Told when and where that is, in words: empty where
	// it stays so.
	SignedUp int64
	Told     string
}

// Check says what is wrong with a draft before visitors see it, what stops it first.
func Check(doc *models.CampaignDoc, f Facts) []Problem {
	c := &checker{doc: doc, facts: f}
	c.page()
	c.form()
	c.offer()
	c.images()
	c.texts()
	slices.SortStableFunc(c.found, func(a, b Problem) int {
		switch {
		case a.Stops == b.Stops:
			return 0
		case a.Stops:
			return -1
		}
		return 1
	})
	return c.found
}

// Stops tells whether any of the problems keeps a draft from being published.
func Stops(list []Problem) bool {
	return slices.ContainsFunc(list, func(p Problem) bool { return p.Stops })
}

type checker struct {
	doc   *models.CampaignDoc
	facts Facts
	found []Problem
}

func (c *checker) stop(at, key string, args ...any) {
	c.found = append(c.found, Problem{Key: "campaign_check." + key, Args: args, At: at, Stops: true})
}

func (c *checker) warn(at, key string, args ...any) {
	c.found = append(c.found, Problem{Key: "campaign_check." + key, Args: args, At: at})
}

const (
	atAbout = "/page?part=about"
	atTheme = "/page?part=theme"
)

func atBlock(id string) string   { return "/page?block=" + url.QueryEscape(id) }
func atField(name string) string { return "/form?field=" + url.QueryEscape(name) }

func (c *checker) page() {
	p := &c.doc.Page
	if !slices.ContainsFunc(p.Blocks, func(b models.Block) bool { return b.Type == models.BlockForm && !b.Hidden }) {
		c.stop("/page", "no_form")
	}
	if strings.TrimSpace(p.Title) == "" {
		c.stop(atAbout, "no_title")
	}
	if strings.TrimSpace(p.Description) == "" && !p.NoIndex {
		c.warn(atAbout, "no_description")
	}
	if strings.TrimSpace(p.Brand.Name) == "" {
		c.warn(atAbout, "no_brand")
	}
	for _, words := range c.facts.Weak {
		c.warn(atTheme, "weak_contrast", "pair", words)
	}
	for i := range p.Blocks {
		if b := &p.Blocks[i]; !b.Hidden && b.Countdown != nil && b.Countdown.Until <= c.facts.Now {
			c.warn(atBlock(b.ID), "countdown_over")
		}
	}
	if c.facts.Until != 0 && c.facts.Until <= c.facts.Now {
		c.warn("/settings", "until_over")
	}
}

func (c *checker) form() {
	f := &c.doc.Form
	for _, e := range FormTrouble(f) {
		at := atField(e.Field)
		if _, isField := f.Field(e.Field); !isField {
			at = "/form"
		}
		c.found = append(c.found, Problem{Key: e.Key, Args: e.Args, At: at, Stops: true})
	}
	for _, p := range f.Purposes {
		if strings.TrimSpace(p.Text) == "" {
			c.stop("/form?part=consents", "no_consent_text", "purpose", string(p.Purpose))
		}
	}
	asksMail := asks(f, models.TypeEmail)
	switch {
	case !asksMail && c.mailsGift():
		c.stop("/form", "no_address_for_gift")
	case !asksMail && !asks(f, models.TypePhone):
		c.warn("/form", "nobody_reachable")
	}
	asksNews := slices.ContainsFunc(f.Purposes, func(p models.ConsentRequest) bool { return p.Purpose == models.Newsletter })
	if c.facts.Writes && !asksNews {
		c.warn("/form?part=consents", "sequence_without_consent")
	}
}

func asks(f *models.Form, kind models.FieldType) bool {
	return slices.ContainsFunc(f.Fields, func(field models.Field) bool { return field.Type == kind })
}

// images asks for words for those who can't see them.
func (c *checker) images() {
	p := &c.doc.Page
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Hidden {
			continue
		}
		for _, image := range imagesOf(b) {
			if image != nil && strings.TrimSpace(image.Alt) == "" && !image.Decorative {
				c.warn(atBlock(b.ID), "no_alt")
				break
			}
		}
	}
}

func imagesOf(b *models.Block) (out []*models.Image) {
	switch {
	case b.Hero != nil:
		out = append(out, b.Hero.Image)
	case b.Video != nil:
		out = append(out, b.Video.Cover)
	case b.Gallery != nil:
		for i := range b.Gallery.Images {
			out = append(out, &b.Gallery.Images[i].Image)
		}
	}
	return out
}

// texts looks through everything that is written, wherever it stands.
func (c *checker) texts() {
	seen := map[string]bool{}
	once := func(at, what string) bool {
		first := !seen[at+"\x00"+what]
		seen[at+"\x00"+what] = true
		return first
	}
	for _, t := range Texts(c.doc) {
		if p := Placeholder(t.Text); p != "" && once(t.At, p) {
			c.stop(t.At, "placeholder", "words", p)
		}
		for _, slug := range ownPages(t.Text) {
			if c.facts.Pages != nil && !c.facts.Pages(slug) && once(t.At, slug) {
				c.warn(t.At, "dead_link", "link", i18n.LTR("/p/"+slug))
			}
		}
	}
}

var pageLink = regexp.MustCompile(`(?:^|[\s("'])/p/([a-z0-9-]+)`)

func ownPages(text string) (slugs []string) {
	for _, m := range pageLink.FindAllStringSubmatch(text, -1) {
		slugs = append(slugs, m[1])
	}
	return slugs
}
