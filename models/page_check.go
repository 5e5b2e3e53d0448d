package models

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what a page holds, in letters and in rows. They are far above what a page needs, and keep it a page.
const (
	MaxLine   = 200 // a heading, a label, the words of a button
	MaxText   = 2000
	MaxBody   = 20_000 // a rich text
	MaxURL    = 1000
	MaxRows   = 24
	MaxBlocks = 60
)

// PageLink tells whether an address may stand on a page: https, http, mailto, tel, a place on the page, or a page of
// ours. Anything else could run in the visitor's browser.
func PageLink(address string) bool {
	if len(address) > MaxURL || strings.ContainsAny(address, " \t\r\n\"<>\\") {
		return false
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "https", "http":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	case "":
		return u.Host == "" && (strings.HasPrefix(address, "/") || len(address) > 1 && address[0] == '#')
	}
	return false
}

// markdownLink finds the addresses of a Markdown text: in round brackets after square ones, in angle brackets, and after
// the name of a reference.
var markdownLink = regexp.MustCompile(`\]\(\s*<?([^)\s>]*)|<([a-zA-Z][a-zA-Z0-9+.-]*:[^>\s]*)>|(?m)^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)`)

// markdownLinks are the addresses that a Markdown text leads to.
func markdownLinks(text string) (out []string) {
	for _, m := range markdownLink.FindAllStringSubmatch(text, -1) {
		if address := m[1] + m[2] + m[3]; address != "" {
			out = append(out, address)
		}
	}
	return out
}

// VideoPage tells whether an address is a film's page at YouTube or Aparat.
func VideoPage(address string) bool {
	_, ok := FilmOf(address)
	return ok && len(address) <= MaxURL
}

// A pageCheck collects what is wrong with a part of a page. Fields are named as in its JSON: "items.2.text".
type pageCheck struct{ bad Invalid }

func (c *pageCheck) long(field, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		c.bad.Add(field, "invalid.too_long", "n", most)
	}
}

func (c *pageCheck) line(field, text string) { c.long(field, text, MaxLine) }
func (c *pageCheck) text(field, text string) { c.long(field, text, MaxText) }

// must is a line that has to be there.
func (c *pageCheck) must(field, text string) {
	if strings.TrimSpace(text) == "" {
		c.bad.Add(field, "invalid.required")
	}
	c.line(field, text)
}

func (c *pageCheck) image(field string, image *Image) {
	if image != nil {
		c.line(field+".alt", image.Alt)
	}
}

func (c *pageCheck) rows(field string, n int) {
	if n > MaxRows {
		c.bad.Add(field, "page_check.too_many_rows", "n", MaxRows)
	}
}

func row(list string, i int, field string) string { return list + "." + strconv.Itoa(i) + "." + field }

// Check says what is wrong with a block, field by field. An unfinished text is none of it: that is asked when the page
// is published.
func (b *Block) Check() error {
	c := &pageCheck{}
	switch b.Type {
	case BlockHero:
		c.hero(b.Hero)
	case BlockBenefits:
		c.benefits(b.Benefits)
	case BlockInside:
		c.inside(b.Inside)
	case BlockProof:
		c.proof(b.Proof)
	case BlockForm:
	case BlockFAQ:
		c.faq(b.FAQ)
	case BlockCountdown:
		c.countdown(b.Countdown)
	case BlockGallery:
		c.gallery(b.Gallery)
	case BlockText:
		c.richText(b.Text)
	case BlockVideo:
		c.video(b.Video)
	case BlockCTA:
		c.cta(b.CTA)
	case BlockFooter:
		if b.Footer != nil {
			c.text("text", b.Footer.Text)
		}
	default:
		c.bad.Add("type", "invalid.required")
	}
	return c.bad.OrNil()
}

func (c *pageCheck) hero(h *Hero) {
	if h == nil {
		c.must("heading", "")
		return
	}
	c.line("eyebrow", h.Eyebrow)
	c.must("heading", h.Heading)
	c.text("lead", h.Lead)
	c.image("image", h.Image)
	if h.Cover != nil {
		c.long("cover.number", h.Cover.Number, 4)
		c.must("cover.title", h.Cover.Title)
		c.line("cover.by", h.Cover.By)
	}
	c.rows("ticks", len(h.Ticks))
	for i, tick := range h.Ticks {
		c.line(row("ticks", i, "text"), tick)
	}
}

func (c *pageCheck) benefits(b *Benefits) {
	if b == nil {
		b = &Benefits{}
	}
	c.must("heading", b.Heading)
	c.text("lead", b.Lead)
	c.rows("items", len(b.Items))
	for i, item := range b.Items {
		c.must(row("items", i, "heading"), item.Heading)
		c.text(row("items", i, "text"), item.Text)
	}
}

func (c *pageCheck) inside(b *Inside) {
	if b == nil {
		b = &Inside{}
	}
	c.must("heading", b.Heading)
	c.text("lead", b.Lead)
	c.rows("chapters", len(b.Chapters))
	for i, chapter := range b.Chapters {
		c.line(row("chapters", i, "label"), chapter.Label)
		c.must(row("chapters", i, "heading"), chapter.Heading)
		c.text(row("chapters", i, "text"), chapter.Text)
		c.text(row("chapters", i, "sample"), chapter.Sample)
	}
}

func (c *pageCheck) proof(b *Proof) {
	if b == nil {
		b = &Proof{}
	}
	c.must("heading", b.Heading)
	c.rows("quotes", len(b.Quotes))
	for i, q := range b.Quotes {
		if strings.TrimSpace(q.Text) == "" {
			c.bad.Add(row("quotes", i, "text"), "invalid.required")
		}
		c.text(row("quotes", i, "text"), q.Text)
		c.must(row("quotes", i, "name"), q.Name)
		c.line(row("quotes", i, "role"), q.Role)
	}
}

func (c *pageCheck) faq(b *FAQ) {
	if b == nil {
		b = &FAQ{}
	}
	c.must("heading", b.Heading)
	c.text("lead", b.Lead)
	c.rows("items", len(b.Items))
	for i, q := range b.Items {
		c.must(row("items", i, "question"), q.Question)
		c.text(row("items", i, "answer"), q.Answer)
	}
}

func (c *pageCheck) countdown(b *Countdown) {
	if b == nil {
		b = &Countdown{}
	}
	c.must("heading", b.Heading)
	if b.Until == 0 {
		c.bad.Add("until", "invalid.required")
	}
	c.text("after", b.After)
}

func (c *pageCheck) gallery(b *Gallery) {
	if b == nil {
		return
	}
	c.line("heading", b.Heading)
	c.text("lead", b.Lead)
	c.rows("images", len(b.Images))
	for i := range b.Images {
		p := &b.Images[i]
		if len(p.Image.Sizes) == 0 {
			c.bad.Add(row("images", i, "image"), "page_check.no_picture")
		}
		c.image(row("images", i, "image"), &p.Image)
		c.line(row("images", i, "caption"), p.Caption)
	}
}

func (c *pageCheck) richText(b *RichText) {
	if b == nil {
		b = &RichText{}
	}
	c.line("heading", b.Heading)
	if strings.TrimSpace(b.Body) == "" {
		c.bad.Add("body", "invalid.required")
	}
	c.long("body", b.Body, MaxBody)
	for _, address := range markdownLinks(b.Body) {
		if !PageLink(address) {
			c.bad.Add("body", "page_check.bad_link", "link", address)
		}
	}
}

func (c *pageCheck) video(b *Video) {
	if b == nil {
		b = &Video{}
	}
	c.line("heading", b.Heading)
	if !VideoPage(b.URL) {
		c.bad.Add("url", "page_check.bad_video")
	}
	c.image("cover", b.Cover)
	c.line("caption", b.Caption)
}

func (c *pageCheck) cta(b *CTA) {
	if b == nil {
		b = &CTA{}
	}
	c.must("heading", b.Heading)
	c.text("text", b.Text)
	c.must("button", b.Button)
}

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Check says what is wrong with a theme, field by field. Colours that can't be read well together are none of it.
func (t *Theme) Check() error {
	c := &pageCheck{}
	for _, colour := range [...]struct{ field, value string }{{"hero", t.Hero}, {"hero2", t.Hero2}, {"primary", t.Primary}, {"accent", t.Accent}} {
		if colour.value != "" && !hexColour.MatchString(colour.value) {
			c.bad.Add(colour.field, "invalid.color")
		}
	}
	return c.bad.OrNil()
}

var phoneNumber = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// CheckAbout says what is wrong with what a page says of itself, field by field.
func (p *Page) CheckAbout() error {
	c := &pageCheck{}
	c.must("title", p.Title)
	c.long("description", p.Description, 500)
	c.must("brand", p.Brand.Name)
	if p.Brand.Phone != "" && !phoneNumber.MatchString(p.Brand.Phone) {
		c.bad.Add("phone", "page_check.bad_phone")
	}
	c.image("share", p.Share)
	return c.bad.OrNil()
}
