package models

import "strings"

// Check says what is wrong with a block of a page, field by field. An unfinished text is none of it: that is asked when
// the page is published.
func (b *Block) Check() error {
	bad := b.CheckShape()
	for _, address := range markdownLinks(orEmpty(b.Text).Body) {
		if !PageLink(address) {
			bad.Add("body", "page_check.bad_link", "link", address)
		}
	}
	return bad.OrNil()
}

// CheckShape is Check without the links that stand in texts, which are others in mails.
func (b *Block) CheckShape() *Invalid {
	c := &pageCheck{}
	switch b.Type {
	case BlockHero:
		c.hero(orEmpty(b.Hero))
	case BlockBenefits:
		c.benefits(orEmpty(b.Benefits))
	case BlockInside:
		c.inside(orEmpty(b.Inside))
	case BlockProof:
		c.proof(orEmpty(b.Proof))
	case BlockForm:
	case BlockFAQ:
		c.faq(orEmpty(b.FAQ))
	case BlockCountdown:
		c.countdown(orEmpty(b.Countdown))
	case BlockGallery:
		c.gallery(orEmpty(b.Gallery))
	case BlockText:
		c.richText(orEmpty(b.Text))
	case BlockVideo:
		c.video(orEmpty(b.Video))
	case BlockCTA:
		c.cta(orEmpty(b.CTA))
	case BlockFooter:
		c.text("text", orEmpty(b.Footer).Text)
	case BlockButton:
		c.button(orEmpty(b.Button))
	case BlockPicture:
		c.banner(orEmpty(b.Picture))
	case BlockDivider:
	default:
		c.bad.Add("type", "invalid.required")
	}
	return &c.bad
}

// orEmpty is a block's content, that of a new one where there is none yet.
func orEmpty[T any](content *T) *T {
	if content == nil {
		return new(T)
	}
	return content
}

func (c *pageCheck) hero(h *Hero) {
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
	c.must("heading", b.Heading)
	c.text("lead", b.Lead)
	c.rows("items", len(b.Items))
	for i, item := range b.Items {
		c.must(row("items", i, "heading"), item.Heading)
		c.text(row("items", i, "text"), item.Text)
	}
}

func (c *pageCheck) inside(b *Inside) {
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
	c.must("heading", b.Heading)
	c.text("lead", b.Lead)
	c.rows("items", len(b.Items))
	for i, q := range b.Items {
		c.must(row("items", i, "question"), q.Question)
		c.text(row("items", i, "answer"), q.Answer)
	}
}

func (c *pageCheck) countdown(b *Countdown) {
	c.must("heading", b.Heading)
	if b.Until == 0 {
		c.bad.Add("until", "invalid.required")
	}
	c.text("after", b.After)
}

func (c *pageCheck) gallery(b *Gallery) {
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
	c.line("heading", b.Heading)
	if strings.TrimSpace(b.Body) == "" {
		c.bad.Add("body", "invalid.required")
	}
	c.long("body", b.Body, MaxBody)
}

func (c *pageCheck) video(b *Video) {
	c.line("heading", b.Heading)
	if !VideoPage(b.URL) {
		c.bad.Add("url", "page_check.bad_video")
	}
	c.image("cover", b.Cover)
	c.line("caption", b.Caption)
}

func (c *pageCheck) cta(b *CTA) {
	c.must("heading", b.Heading)
	c.text("text", b.Text)
	c.must("button", b.Button)
}

func (c *pageCheck) button(b *Button) {
	c.must("label", b.Label)
	if strings.TrimSpace(b.Link) == "" {
		c.bad.Add("link", "invalid.required")
	}
	c.long("link", b.Link, MaxURL)
}

func (c *pageCheck) banner(b *Banner) {
	c.image("image", b.Image)
	c.long("link", b.Link, MaxURL)
}
