// Package letters reads what marketers write for mails, blocks and Markdown with merge fields, into what mails are made of.
package letters

import (
	"strings"

	"sarnakh/markdown"
	"sarnakh/templates/mail"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// reader understands what marketers write in, and merge fields.
var reader = markdown.Parser(util.Prioritized(fieldParser{}, 50))

// A Writing is a Markdown text being turned into a mail's blocks.
type Writing struct {
	Fill    func(name, fallback string) string
	Href    func(i int, target string) string // the address of the i-th link
	Targets []string                          // of the links so far, as stored
	Images  []string                          // likewise
	Media   string                            // what the addresses of our own pictures begin with
	Marked  bool                              // blocks are told apart, for who writes them

	source []byte
}

// Blocks of a Markdown text.
func (w *Writing) Blocks(words string) []mail.Block {
	w.source = []byte(strings.ReplaceAll(words, "\r\n", "\n"))
	return w.within(reader.Parse(text.NewReader(w.source)))
}

func (w *Writing) within(parent ast.Node) (out []mail.Block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, w.block(n))
	}
	return out
}

func (w *Writing) block(n ast.Node) mail.Block {
	switch n := n.(type) {
	case *ast.ThematicBreak:
		return mail.Block{Kind: mail.Divider}
	case *ast.Blockquote:
		return mail.Block{Kind: mail.Quote, Blocks: w.within(n)}
	case *ast.Heading:
		return mail.Block{Kind: mail.Heading, Text: w.spans(n, mail.Span{})}
	case *ast.List:
		list := mail.Block{Kind: mail.List, First: n.Start}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			list.Items = append(list.Items, w.within(item))
		}
		return list
	}
	return w.paragraph(n)
}

// paragraph is a text, or what stands alone in one: a button or a picture, which may be a link.
func (w *Writing) paragraph(n ast.Node) mail.Block {
	switch alone := onlyChild(n).(type) {
	case *ast.Image:
		return w.picture(alone, "")
	case *ast.Link:
		if picture, ok := onlyChild(alone).(*ast.Image); ok {
			return w.picture(picture, w.link(string(alone.Destination)))
		}
		if string(alone.Title) == "button" {
			url := w.link(string(alone.Destination))
			return mail.Block{Kind: mail.Button, Text: []mail.Span{{Text: w.plain(alone)}}, URL: url}
		}
	}
	return mail.Block{Kind: mail.Paragraph, Text: w.spans(n, mail.Span{})}
}

func onlyChild(n ast.Node) ast.Node {
	if n.ChildCount() != 1 {
		return nil
	}
	return n.FirstChild()
}

func (w *Writing) picture(n *ast.Image, url string) mail.Block {
	address := string(util.URLEscape(n.Destination, true))
	w.Images = append(w.Images, string(n.Destination))
	return mail.Block{Kind: mail.Picture, Text: []mail.Span{{Text: w.plain(n)}}, Image: address, URL: url}
}

// link numbers a link and gives the address that stands in the mail. One with braces stays as it was written, also where the
// address ends within the field: so it is none, and the editor refuses it.
func (w *Writing) link(target string) string {
	if !strings.Contains(target, "{{") {
		target = string(util.URLEscape([]byte(target), true))
	}
	w.Targets = append(w.Targets, target)
	return w.Href(len(w.Targets)-1, target)
}

// spans are what stands in a line. A line that was broken by hand stays broken, as whoever wrote it sees it.
func (w *Writing) spans(parent ast.Node, as mail.Span) (out []mail.Span) {
	add := func(s mail.Span) {
		if last := len(out) - 1; last >= 0 && joins(out[last], s) {
			out[last].Text += s.Text
		} else {
			out = append(out, s)
		}
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		s := as
		switch n := n.(type) {
		case *ast.Emphasis:
			s.Strong, s.Stress = s.Strong || n.Level == 2, s.Stress || n.Level == 1
			for _, inner := range w.spans(n, s) {
				add(inner)
			}
		case *ast.Link:
			s.URL, s.Text = w.link(string(n.Destination)), w.plain(n)
			add(s)
		case *ast.AutoLink:
			s.Text = string(n.Label(w.source))
			if n.AutoLinkType == ast.AutoLinkURL {
				s.URL = w.link(string(n.URL(w.source)))
			}
			add(s)
		case *ast.CodeSpan:
			s.Code, s.Text = true, w.plain(n)
			add(s)
		case *fieldNode:
			if s.Text = w.Fill(n.name, n.fallback); IsLink(n.name) {
				s.URL = w.link("{{" + n.name + "}}")
			}
			add(s)
		default:
			s.Text = w.leaf(n)
			add(s)
			if t, ok := n.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
				add(mail.Span{Break: true, Strong: as.Strong, Stress: as.Stress})
			}
		}
	}
	return out
}

// joins tells whether a piece only goes on with the one before.
func joins(a, b mail.Span) bool {
	return !a.Break && !b.Break && a.URL == "" && b.URL == "" && a.Strong == b.Strong && a.Stress == b.Stress && a.Code == b.Code
}

// plain is the text within a node, its forms left out.
func (w *Writing) plain(parent ast.Node) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if n.HasChildren() {
			b.WriteString(w.plain(n))
			continue
		}
		b.WriteString(w.leaf(n))
		if t, ok := n.(*ast.Text); ok && t.SoftLineBreak() {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func (w *Writing) leaf(n ast.Node) string {
	switch n := n.(type) {
	case *fieldNode:
		return w.Fill(n.name, n.fallback)
	case *ast.Text:
		raw := n.Value(w.source)
		if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
			return FillLine(string(raw), w.Fill)
		}
		return markdown.Text(n, w.source)
	case *ast.String:
		return string(n.Value)
	}
	return w.plain(n) // a picture within a sentence: what it shows
}

// A fieldNode is a merge field in a text. Being one piece, nothing in its fallback is Markdown, and nothing in its value.
type fieldNode struct {
	ast.BaseInline
	name, fallback string
}

var fieldKind = ast.NewNodeKind("MergeField")

// Kind is goldmark's name for what this is.
func (*fieldNode) Kind() ast.NodeKind { return fieldKind }

// Dump prints the node for whoever looks for a mistake.
func (n *fieldNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A fieldParser finds merge fields.
type fieldParser struct{}

// Trigger is what a field begins with.
func (fieldParser) Trigger() []byte { return []byte{'{'} }

// Parse reads a field where one begins.
func (fieldParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	rest, _ := block.PeekLine()
	m := mergeField.FindSubmatchIndex(rest)
	if m == nil || m[0] != 0 {
		return nil
	}
	n := &fieldNode{name: string(rest[m[2]:m[3]])}
	if m[4] >= 0 {
		n.fallback = string(rest[m[4]:m[5]])
	}
	block.Advance(m[1])
	return n
}
