package admin

import (
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
)

// A blockForm ties the blocks of one kind to their form.
type blockForm interface {
	show(f *typed, b *models.Block)
	read(f *typed, b *models.Block)
	fields(f *typed) []admin.PageField
	// begin gives a new block its first words, which say in square brackets what belongs there.
	begin(loc *i18n.Loc, b *models.Block, now models.Instant)
}

// A content is the form of a kind of block: where its matter stands in a block, and what is in it.
type content[C any] struct {
	of    func(*models.Block) **C
	parts []binding[C]
	first func(loc *i18n.Loc, now models.Instant) C
}

func (c content[C]) show(f *typed, b *models.Block) {
	matter := *c.of(b)
	if matter == nil {
		matter = new(C)
	}
	for _, p := range c.parts {
		p.show(f, "", matter)
	}
}

func (c content[C]) read(f *typed, b *models.Block) {
	matter := new(C)
	for _, p := range c.parts {
		p.read(f, "", matter)
	}
	*c.of(b) = matter
}

func (c content[C]) fields(f *typed) (out []admin.PageField) {
	for _, p := range c.parts {
		out = append(out, p.field(f, ""))
	}
	return out
}

func (c content[C]) begin(loc *i18n.Loc, b *models.Block, now models.Instant) {
	matter := c.first(loc, now)
	*c.of(b) = &matter
}

// noContent is the form of a block that holds nothing of its own: a divider, and the visitors' form, which is written on its
// own page.
type noContent struct{}

func (noContent) show(*typed, *models.Block)                     {}
func (noContent) read(*typed, *models.Block)                     {}
func (noContent) fields(*typed) []admin.PageField                { return nil }
func (noContent) begin(*i18n.Loc, *models.Block, models.Instant) {}

// blockTypes in the order in which they are offered.
var blockTypes = [...]models.BlockType{
	models.BlockHero, models.BlockForm, models.BlockBenefits, models.BlockInside, models.BlockProof, models.BlockFAQ, models.BlockText,
	models.BlockGallery, models.BlockVideo, models.BlockCountdown, models.BlockCTA, models.BlockFooter,
}

// blockIcons are how the kinds of block are told apart at a glance.
var blockIcons = map[models.BlockType]string{
	models.BlockHero: "flag", models.BlockForm: "form", models.BlockBenefits: "check", models.BlockInside: "page", models.BlockProof: "users",
	models.BlockFAQ: "info", models.BlockText: "edit", models.BlockGallery: "image", models.BlockVideo: "play", models.BlockCountdown: "clock",
	models.BlockCTA: "arrow-right", models.BlockFooter: "menu", models.BlockButton: "arrow-right", models.BlockPicture: "image", models.BlockDivider: "minus",
}

// blockForms are the forms of all kinds of block.
var blockForms = map[models.BlockType]blockForm{
	models.BlockHero: heroForm, models.BlockForm: noContent{}, models.BlockBenefits: benefitsForm, models.BlockInside: insideForm, models.BlockProof: proofForm,
	models.BlockFAQ: faqForm, models.BlockText: textForm, models.BlockGallery: galleryForm, models.BlockVideo: videoForm,
	models.BlockCountdown: countdownForm, models.BlockCTA: ctaForm, models.BlockFooter: footerForm,
}

var heroForm = content[models.Hero]{
	of: func(b *models.Block) **models.Hero { return &b.Hero },
	parts: []binding[models.Hero]{
		line("eyebrow", func(h *models.Hero) *string { return &h.Eyebrow }).free(),
		line("heading", func(h *models.Hero) *string { return &h.Heading }),
		lines("lead", func(h *models.Hero) *string { return &h.Lead }).free(),
		list[models.Hero, string]{"ticks", func(h *models.Hero) *[]string { return &h.Ticks }, []binding[string]{
			line("text", func(s *string) *string { return s }),
		}},
		picture[models.Hero]{"image", func(h *models.Hero) *models.Image { return h.Image }, func(h *models.Hero, i *models.Image) { h.Image = i }},
		group[models.Hero, models.Cover]{"cover", func(h *models.Hero) **models.Cover { return &h.Cover }, []binding[models.Cover]{
			text[models.Cover]{name: "number", kind: kindLine, most: 4, at: func(c *models.Cover) *string { return &c.Number }, optional: true},
			line("title", func(c *models.Cover) *string { return &c.Title }),
			line("by", func(c *models.Cover) *string { return &c.By }).free(),
		}},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.Hero {
		return models.Hero{Heading: loc.T("page_first.hero.heading"), Lead: loc.T("page_first.hero.lead")}
	},
}

var benefitsForm = content[models.Benefits]{
	of: func(b *models.Block) **models.Benefits { return &b.Benefits },
	parts: []binding[models.Benefits]{
		line("heading", func(b *models.Benefits) *string { return &b.Heading }),
		lines("lead", func(b *models.Benefits) *string { return &b.Lead }).free(),
		list[models.Benefits, models.BenefitItem]{"items", func(b *models.Benefits) *[]models.BenefitItem { return &b.Items }, []binding[models.BenefitItem]{
			line("heading", func(i *models.BenefitItem) *string { return &i.Heading }),
			lines("text", func(i *models.BenefitItem) *string { return &i.Text }).free(),
		}},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.Benefits {
		return models.Benefits{Heading: loc.T("page_first.benefits.heading"), Items: []models.BenefitItem{
			{Heading: loc.T("page_first.benefits.item"), Text: loc.T("page_first.benefits.text")}}}
	},
}

var insideForm = content[models.Inside]{
	of: func(b *models.Block) **models.Inside { return &b.Inside },
	parts: []binding[models.Inside]{
		line("heading", func(b *models.Inside) *string { return &b.Heading }),
		lines("lead", func(b *models.Inside) *string { return &b.Lead }).free(),
		list[models.Inside, models.Chapter]{"chapters", func(b *models.Inside) *[]models.Chapter { return &b.Chapters }, []binding[models.Chapter]{
			line("label", func(c *models.Chapter) *string { return &c.Label }).free(),
			line("heading", func(c *models.Chapter) *string { return &c.Heading }),
			lines("text", func(c *models.Chapter) *string { return &c.Text }).free(),
			lines("sample", func(c *models.Chapter) *string { return &c.Sample }).free(),
		}},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.Inside {
		return models.Inside{Heading: loc.T("page_first.inside.heading"), Chapters: []models.Chapter{
			{Heading: loc.T("page_first.inside.chapter"), Text: loc.T("page_first.inside.text")}}}
	},
}

var proofForm = content[models.Proof]{
	of: func(b *models.Block) **models.Proof { return &b.Proof },
	parts: []binding[models.Proof]{
		line("heading", func(b *models.Proof) *string { return &b.Heading }),
		list[models.Proof, models.Quote]{"quotes", func(b *models.Proof) *[]models.Quote { return &b.Quotes }, []binding[models.Quote]{
			lines("text", func(q *models.Quote) *string { return &q.Text }),
			line("name", func(q *models.Quote) *string { return &q.Name }),
			line("role", func(q *models.Quote) *string { return &q.Role }).free(),
		}},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.Proof {
		return models.Proof{Heading: loc.T("page_first.proof.heading"), Quotes: []models.Quote{
			{Text: loc.T("page_first.proof.text"), Name: loc.T("page_first.proof.name")}}}
	},
}

var faqForm = content[models.FAQ]{
	of: func(b *models.Block) **models.FAQ { return &b.FAQ },
	parts: []binding[models.FAQ]{
		line("heading", func(b *models.FAQ) *string { return &b.Heading }),
		lines("lead", func(b *models.FAQ) *string { return &b.Lead }).free(),
		list[models.FAQ, models.Question]{"items", func(b *models.FAQ) *[]models.Question { return &b.Items }, []binding[models.Question]{
			line("question", func(q *models.Question) *string { return &q.Question }),
			lines("answer", func(q *models.Question) *string { return &q.Answer }).free(),
		}},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.FAQ {
		return models.FAQ{Heading: loc.T("page_first.faq.heading"), Items: []models.Question{
			{Question: loc.T("page_first.faq.question"), Answer: loc.T("page_first.faq.answer")}}}
	},
}

var textForm = content[models.RichText]{
	of: func(b *models.Block) **models.RichText { return &b.Text },
	parts: []binding[models.RichText]{
		line("heading", func(b *models.RichText) *string { return &b.Heading }).free(),
		text[models.RichText]{name: "body", kind: kindBody, most: models.MaxBody, at: func(b *models.RichText) *string { return &b.Body }},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.RichText {
		return models.RichText{Heading: loc.T("page_first.text.heading"), Body: loc.T("page_first.text.body")}
	},
}

var galleryForm = content[models.Gallery]{
	of: func(b *models.Block) **models.Gallery { return &b.Gallery },
	parts: []binding[models.Gallery]{
		line("heading", func(b *models.Gallery) *string { return &b.Heading }).free(),
		lines("lead", func(b *models.Gallery) *string { return &b.Lead }).free(),
		list[models.Gallery, models.Picture]{"images", func(b *models.Gallery) *[]models.Picture { return &b.Images }, []binding[models.Picture]{
			picture[models.Picture]{"image", func(p *models.Picture) *models.Image { return &p.Image }, func(p *models.Picture, i *models.Image) {
				if i != nil {
					p.Image = *i
				}
			}},
			line("caption", func(p *models.Picture) *string { return &p.Caption }).free(),
		}},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.Gallery {
		return models.Gallery{Heading: loc.T("page_first.gallery.heading")}
	},
}

var videoForm = content[models.Video]{
	of: func(b *models.Block) **models.Video { return &b.Video },
	parts: []binding[models.Video]{
		line("heading", func(v *models.Video) *string { return &v.Heading }).free(),
		text[models.Video]{name: "url", kind: kindLink, most: models.MaxURL, at: func(v *models.Video) *string { return &v.URL }},
		picture[models.Video]{"cover", func(v *models.Video) *models.Image { return v.Cover }, func(v *models.Video, i *models.Image) { v.Cover = i }},
		line("caption", func(v *models.Video) *string { return &v.Caption }).free(),
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.Video {
		return models.Video{Heading: loc.T("page_first.video.heading")}
	},
}

var countdownForm = content[models.Countdown]{
	of: func(b *models.Block) **models.Countdown { return &b.Countdown },
	parts: []binding[models.Countdown]{
		line("heading", func(b *models.Countdown) *string { return &b.Heading }),
		moment[models.Countdown]{"until", func(b *models.Countdown) *models.Instant { return &b.Until }},
		lines("after", func(b *models.Countdown) *string { return &b.After }).free(),
	},
	first: func(loc *i18n.Loc, now models.Instant) models.Countdown {
		return models.Countdown{Heading: loc.T("page_first.countdown.heading"), Until: models.At(now.Time().AddDate(0, 0, 7).Truncate(3600e9))}
	},
}

var ctaForm = content[models.CTA]{
	of: func(b *models.Block) **models.CTA { return &b.CTA },
	parts: []binding[models.CTA]{
		line("heading", func(b *models.CTA) *string { return &b.Heading }),
		lines("text", func(b *models.CTA) *string { return &b.Text }).free(),
		line("button", func(b *models.CTA) *string { return &b.Button }),
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.CTA {
		return models.CTA{Heading: loc.T("page_first.cta.heading"), Button: loc.T("page_first.cta.button")}
	},
}

var footerForm = content[models.Footer]{
	of: func(b *models.Block) **models.Footer { return &b.Footer },
	parts: []binding[models.Footer]{
		lines("text", func(b *models.Footer) *string { return &b.Text }).free(),
	},
	first: func(*i18n.Loc, models.Instant) models.Footer { return models.Footer{} },
}
