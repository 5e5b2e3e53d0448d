package letters

import (
	"strconv"
	"strings"

	"sarnakh/models"
	"sarnakh/templates/mail"
)

// Mail turns the blocks of a mail into what is written, without those that are hidden.
func (w *Writing) Mail(blocks []models.Block) (out []mail.Block) {
	for i := range blocks {
		b := &blocks[i]
		if b.Hidden {
			continue
		}
		written := w.written(b)
		if w.Marked {
			written = []mail.Block{{Kind: mail.Group, Mark: "b-" + b.ID, Blocks: written}}
		}
		out = append(out, written...)
	}
	return out
}

// written is one block; nothing for one of a type that mails don't hold.
func (w *Writing) written(b *models.Block) []mail.Block {
	switch b.Type {
	case models.BlockText:
		t := some(b.Text)
		return append(w.heading(t.Heading), w.Blocks(t.Body)...)
	case models.BlockButton:
		t := some(b.Button)
		return []mail.Block{{Kind: mail.Button, Text: []mail.Span{{Text: FillLine(t.Label, w.Fill)}}, URL: w.link(t.Link)}}
	case models.BlockPicture:
		return w.banner(some(b.Picture))
	case models.BlockDivider:
		return []mail.Block{{Kind: mail.Divider}}
	case models.BlockBenefits:
		return w.benefits(some(b.Benefits))
	case models.BlockProof:
		return w.proof(some(b.Proof))
	case models.BlockFAQ:
		return w.faq(some(b.FAQ))
	}
	return nil
}

func some[T any](matter *T) *T {
	if matter == nil {
		return new(T)
	}
	return matter
}

// line is a text that is no Markdown, in which a line that was broken by hand stays broken, and a field that is an address leads
// there.
func (w *Writing) line(text string) (out []mail.Span) {
	for i, one := range strings.Split(text, "\n") {
		if i > 0 {
			out = append(out, mail.Span{Break: true})
		}
		at := 0
		for _, m := range mergeField.FindAllStringSubmatchIndex(one, -1) {
			if name := one[m[2]:m[3]]; IsLink(name) {
				out = append(out, mail.Span{Text: FillLine(one[at:m[0]], w.Fill)}, mail.Span{Text: w.Fill(name, ""), URL: w.link("{{" + name + "}}")})
				at = m[1]
			}
		}
		out = append(out, mail.Span{Text: FillLine(one[at:], w.Fill)})
	}
	return out
}

func (w *Writing) heading(text string) []mail.Block {
	if text == "" {
		return nil
	}
	return []mail.Block{{Kind: mail.Heading, Text: w.line(text)}}
}

// titled begins a block that has a heading, and perhaps some words below it.
func (w *Writing) titled(heading, lead string) []mail.Block {
	out := w.heading(heading)
	if lead != "" {
		out = append(out, mail.Block{Kind: mail.Paragraph, Text: w.line(lead)})
	}
	return out
}

// bannerWidth is twice the width of a mail: sharp on a good screen, and no heavier than it has to be.
const bannerWidth = 1100

func (w *Writing) banner(b *models.Banner) []mail.Block {
	size := some(b.Image).Fit(bannerWidth)
	if size.Key == "" {
		return nil
	}
	out := mail.Block{Kind: mail.Picture, Text: w.line(b.Image.Alt), Image: w.Media + size.Key}
	if b.Link != "" {
		out.URL = w.link(b.Link)
	}
	return []mail.Block{out}
}

func (w *Writing) benefits(b *models.Benefits) []mail.Block {
	list := mail.Block{Kind: mail.List}
	for _, item := range b.Items {
		text := strong(w.line(item.Heading))
		if item.Text != "" {
			text = append(append(text, mail.Span{Break: true}), w.line(item.Text)...)
		}
		list.Items = append(list.Items, []mail.Block{{Kind: mail.Paragraph, Text: text}})
	}
	return append(w.titled(b.Heading, b.Lead), list)
}

func (w *Writing) proof(b *models.Proof) []mail.Block {
	out := w.heading(b.Heading)
	for _, q := range b.Quotes {
		by := strong(w.line(q.Name))
		if q.Role != "" {
			by = append(append(by, mail.Span{Break: true}), w.line(q.Role)...)
		}
		out = append(out, mail.Block{Kind: mail.Quote, Blocks: []mail.Block{{Kind: mail.Paragraph, Text: w.line(q.Text)}, {Kind: mail.Paragraph, Text: by}}})
	}
	return out
}

func (w *Writing) faq(b *models.FAQ) []mail.Block {
	out := w.titled(b.Heading, b.Lead)
	for _, q := range b.Items {
		text := append(append(strong(w.line(q.Question)), mail.Span{Break: true}), w.line(q.Answer)...)
		out = append(out, mail.Block{Kind: mail.Paragraph, Text: text})
	}
	return out
}

func strong(spans []mail.Span) []mail.Span {
	for i := range spans {
		spans[i].Strong = true
	}
	return spans
}

// A Text is something written in a block, with the name of its field: "items.0.answer".
type Text struct{ Field, Text string }

// Texts are all that is written in a block of a mail.
func Texts(b *models.Block) (out []Text) {
	add := func(field, text string) { out = append(out, Text{field, text}) }
	row := func(list string, i int, field, text string) { add(list+"."+strconv.Itoa(i)+"."+field, text) }
	switch b.Type {
	case models.BlockText:
		add("heading", some(b.Text).Heading)
		add("body", some(b.Text).Body)
	case models.BlockButton:
		add("label", some(b.Button).Label)
		add("link", some(b.Button).Link)
	case models.BlockPicture:
		add("image.alt", some(some(b.Picture).Image).Alt)
		add("link", some(b.Picture).Link)
	case models.BlockBenefits:
		add("heading", some(b.Benefits).Heading)
		add("lead", some(b.Benefits).Lead)
		for i, item := range some(b.Benefits).Items {
			row("items", i, "heading", item.Heading)
			row("items", i, "text", item.Text)
		}
	case models.BlockProof:
		add("heading", some(b.Proof).Heading)
		for i, q := range some(b.Proof).Quotes {
			row("quotes", i, "text", q.Text)
			row("quotes", i, "name", q.Name)
			row("quotes", i, "role", q.Role)
		}
	case models.BlockFAQ:
		add("heading", some(b.FAQ).Heading)
		add("lead", some(b.FAQ).Lead)
		for i, q := range some(b.FAQ).Items {
			row("items", i, "question", q.Question)
			row("items", i, "answer", q.Answer)
		}
	}
	return out
}
