// Package markdown reads the small and harmless part of Markdown that marketers write in: for mails, which add their own
// fields to it, and for pages.
package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Parser understands paragraphs, headings, lists, quotations, dividers, emphasis, code within a line and links, and the
// pieces of a line that are added. It knows no HTML, which so is text like any other; no heading underlined with dashes,
// which would make one of the line above a divider; and no code blocks, which an indented line would be.
func Parser(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(anyLine{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(append(more,
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		)...),
	)
}

// anyLine lets a paragraph begin with an indented line too: where there are no code blocks, nothing else would take it.
type anyLine struct{ parser.BlockParser }

// CanAcceptIndentedLine says so.
func (anyLine) CanAcceptIndentedLine() bool { return true }

// Text is what a piece of text says, its escapes and entities resolved.
func Text(n *ast.Text, source []byte) string {
	raw := n.Value(source)
	if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
		return string(raw)
	}
	return string(util.UnescapePunctuations(util.ResolveNumericReferences(util.ResolveEntityNames(raw))))
}

// Kind is what a block is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	Heading
	List // of Items
	Quote
	Divider
)

// A Block is a part of a text.
type Block struct {
	Kind   Kind
	Spans  []Span
	Blocks []Block   // of a Quote
	Items  [][]Block // of a List
	First  int       // number of an ordered List's first item; 0: it has no numbers
}

// A Span is a piece of a line. A Break is the end of a line that was ended by hand.
type Span struct {
	Text                 string
	URL                  string
	Strong, Stress, Code bool
	Break                bool
}

var plain = Parser()

// Read reads a text. Of its links, those stay that may; of the others, and of pictures, the words.
func Read(source string, may func(address string) bool) []Block {
	r := reading{source: []byte(strings.ReplaceAll(source, "\r\n", "\n")), may: may}
	return r.within(plain.Parse(text.NewReader(r.source)))
}

type reading struct {
	source []byte
	may    func(string) bool
}

func (r *reading) within(parent ast.Node) (out []Block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, r.block(n))
	}
	return out
}

func (r *reading) block(n ast.Node) Block {
	switch n := n.(type) {
	case *ast.ThematicBreak:
		return Block{Kind: Divider}
	case *ast.Blockquote:
		return Block{Kind: Quote, Blocks: r.within(n)}
	case *ast.Heading:
		return Block{Kind: Heading, Spans: r.spans(n, Span{})}
	case *ast.List:
		list := Block{Kind: List, First: n.Start}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			list.Items = append(list.Items, r.within(item))
		}
		return list
	}
	return Block{Spans: r.spans(n, Span{})}
}

// spans are what stands in a line. A line that was broken by hand stays broken, as whoever wrote it sees it.
func (r *reading) spans(parent ast.Node, as Span) (out []Span) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		s := as
		switch n := n.(type) {
		case *ast.Emphasis:
			s.Strong, s.Stress = s.Strong || n.Level == 2, s.Stress || n.Level == 1
			out = append(out, r.spans(n, s)...)
		case *ast.Link:
			s.URL = r.link(n.Destination)
			out = append(out, r.spans(n, s)...)
		case *ast.AutoLink:
			s.Text = string(n.Label(r.source))
			if n.AutoLinkType == ast.AutoLinkURL {
				s.URL = r.link(n.URL(r.source))
			}
			out = append(out, s)
		case *ast.CodeSpan:
			s.Code = true
			out = append(out, r.spans(n, s)...)
		case *ast.Image:
			out = append(out, r.spans(n, s)...)
		case *ast.Text:
			if s.Text = Text(n, r.source); s.Text != "" {
				out = append(out, s)
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				out = append(out, Span{Break: true})
			}
		case *ast.String:
			s.Text = string(n.Value)
			out = append(out, s)
		}
	}
	return out
}

func (r *reading) link(destination []byte) string {
	address := string(util.URLEscape(destination, true))
	if !r.may(address) {
		return ""
	}
	return address
}
