package public

import (
	"context"
	"io"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/layout"
	page "sarnakh/templates/public"
)

// Preview writes a campaign's page as visitors get it, of a version that need not be published.
func (h *Handlers) Preview(ctx context.Context, w io.Writer, p *models.Published) error {
	return landingPage(h.landing(p, reply{token: "preview"})).Render(ctx, w)
}

// landing is a campaign's page for the template.
func (h *Handlers) landing(p *models.Published, r reply) page.LandingProps {
	doc := &p.Version.Doc
	head := h.head(i18n.Locale(p.Locale), doc.Page.Brand)
	head.Title, head.Description, head.NoIndex = doc.Page.Title, doc.Page.Description, doc.Page.NoIndex
	head.Canonical = h.Site.BaseURL + "/p/" + p.Slug
	head.Alternates = h.alternates(p)
	head.Image, head.ImageAlt = h.Site.BaseURL+shareImage(), doc.Page.Title
	head.Assets.Script = "/s.js"
	props := page.LandingProps{Head: head}
	for i := range doc.Page.Blocks {
		if b := &doc.Page.Blocks[i]; !b.Hidden {
			if view := h.block(head.Loc, p, b, r); view != nil {
				props.Blocks = append(props.Blocks, view)
			}
		}
	}
	return props
}

// alternates are the page itself and its twin in the other language, where both are published.
func (h *Handlers) alternates(p *models.Published) []layout.Alternate {
	twin, err := h.Campaigns.Snapshot().Page(p.Version.Doc.Page.Twin)
	if p.Version.Doc.Page.Twin == "" || err != nil {
		return nil
	}
	alternate := func(p *models.Published) layout.Alternate {
		return layout.Alternate{Locale: i18n.Locale(p.Locale), URL: h.Site.BaseURL + "/p/" + p.Slug}
	}
	return []layout.Alternate{alternate(p), alternate(twin)}
}

func (h *Handlers) block(loc *i18n.Loc, p *models.Published, b *models.Block, r reply) page.Block {
	switch b.Type {
	case models.BlockHero:
		return hero(b.Hero)
	case models.BlockBenefits:
		return benefits(b.Benefits)
	case models.BlockInside:
		return inside(b.Inside)
	case models.BlockProof:
		return proof(b.Proof)
	case models.BlockForm:
		return h.form(loc, p, r)
	case models.BlockFAQ:
		return faq(b.FAQ)
	case models.BlockCTA:
		return page.CTA{Heading: b.CTA.Heading, Text: b.CTA.Text, Button: b.CTA.Button}
	}
	return nil
}

func hero(b *models.Hero) page.Block {
	out := page.Hero{Eyebrow: b.Eyebrow, Heading: b.Heading, Lead: b.Lead, Ticks: b.Ticks, Cover: cover(b.Cover)}
	return out
}

func cover(c *models.Cover) *page.Cover {
	if c == nil {
		return nil
	}
	return &page.Cover{Big: c.Number, Title: c.Title, By: c.By}
}

// coverOf is the cover that a campaign's page shows, for the pages after the form.
func coverOf(p *models.Published) *page.Cover {
	for _, b := range p.Version.Doc.Page.Blocks {
		if b.Hero != nil && b.Hero.Cover != nil {
			return cover(b.Hero.Cover)
		}
	}
	return nil
}

func benefits(b *models.Benefits) page.Block {
	out := page.Benefits{Heading: b.Heading, Text: b.Lead}
	for _, i := range b.Items {
		out.Items = append(out.Items, page.Benefit{Heading: i.Heading, Text: i.Text})
	}
	return out
}

func inside(b *models.Inside) page.Block {
	out := page.Inside{Heading: b.Heading, Text: b.Lead}
	for _, c := range b.Chapters {
		out.Chapters = append(out.Chapters, page.Chapter{Label: c.Label, Heading: c.Heading, Text: c.Text, Sample: c.Sample})
	}
	return out
}

func proof(b *models.Proof) page.Block {
	out := page.Proof{Heading: b.Heading}
	for _, q := range b.Quotes {
		out.Quotes = append(out.Quotes, page.Quote{Text: q.Text, Name: q.Name, Role: q.Role})
	}
	return out
}

func faq(b *models.FAQ) page.Block {
	out := page.FAQ{Heading: b.Heading, Text: b.Lead}
	for _, q := range b.Items {
		out.Items = append(out.Items, page.QA{Question: q.Question, Answer: q.Answer})
	}
	return out
}
