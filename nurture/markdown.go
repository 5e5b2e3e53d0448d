package nurture

import (
	"strings"

	"sarnakh/templates/mail"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// reader understands the part of Markdown that a mail needs. It knows no HTML, which so is text like any other; no
// heading underlined with dashes, which would make one of the line above a divider; and no code blocks, which an
// indented line would be.
var reader = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(fieldParser{}, 50),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewLinkifyParser(), 999),
	),
)

// A written is a Markdown text being turned into a mail's blocks.
type written struct {
	source  []byte
	fill    func(name, fallback string) string
	href    func(i int, target string) string // the address of the i-th link
	targets []string                          // of the links so far, as stored
	images  []string                          // likewise
}

// blocks of a Markdown text.
func (w *written) blocks(markdown string) []mail.Block {
	w.source = []byte(strings.ReplaceAll(markdown, "\r\n", "\n"))
	return w.within(reader.Parse(text.NewReader(w.source)))
}

func (w *written) within(parent ast.Node) (out []mail.Block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, w.block(n))
	}
	return out
}

func (w *written) block(n ast.Node) mail.Block {
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
func (w *written) paragraph(n ast.Node) mail.Block {
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

func (w *written) picture(n *ast.Image, url string) mail.Block {
	address := string(util.URLEscape(n.Destination, true))
	w.images = append(w.images, string(n.Destination))
	return mail.Block{Kind: mail.Picture, Text: []mail.Span{{Text: w.plain(n)}}, Image: address, URL: url}
}

// link numbers a link and gives the address that stands in the mail.
func (w *written) link(target string) string {
	if !mergeField.MatchString(target) {
		target = string(util.URLEscape([]byte(target), true))
	}
	w.targets = append(w.targets, target)
	return w.href(len(w.targets)-1, target)
}

// spans are what stands in a line. A line that was broken by hand stays broken, as whoever wrote it sees it.
func (w *written) spans(parent ast.Node, as mail.Span) (out []mail.Span) {
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
			if s.Text = w.fill(n.name, n.fallback); n.name == fieldPage {
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
	return !b.Break && a.URL == "" && b.URL == "" && a.Strong == b.Strong && a.Stress == b.Stress && a.Code == b.Code
}

// plain is the text within a node, its forms left out.
func (w *written) plain(parent ast.Node) string {
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

func (w *written) leaf(n ast.Node) string {
	switch n := n.(type) {
	case *fieldNode:
		return w.fill(n.name, n.fallback)
	case *ast.Text:
		raw := n.Value(w.source)
		if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
			return fillLine(string(raw), w.fill)
		}
		return string(util.UnescapePunctuations(util.ResolveNumericReferences(util.ResolveEntityNames(raw))))
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
