package public

import (
	"sarnakh/i18n"
	"sarnakh/markdown"
	"sarnakh/models"
	page "sarnakh/templates/public"
)

// block is one part of a page; nil for one that is drawn elsewhere, or in which nothing is to be seen.
func (h *Handlers) block(loc *i18n.Loc, p *models.Published, b *models.Block, r reply) page.Block {
	switch b.Type {
	case models.BlockHero:
		return hero(b.Hero)
	case models.BlockCountdown:
		return h.countdown(loc, b.Countdown)
	case models.BlockGallery:
		return gallery(b.Gallery)
	case models.BlockText:
		return page.Prose{Heading: b.Text.Heading, Text: markdown.Read(b.Text.Body, models.PageLink)}
	case models.BlockVideo:
		return video(b.Video)
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
	return page.Hero{Eyebrow: b.Eyebrow, Heading: b.Heading, Lead: b.Lead, Ticks: b.Ticks, Cover: cover(b.Cover), Image: picture(b.Image)}
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
