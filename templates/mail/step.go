package mail

import (
	"context"
	"strings"

	"sarnakh/i18n"
)

// Step is one mail of a sequence, in the marketer's words. It alone may load something: the pictures that they put in.
type Step struct {
	Loc     *i18n.Loc
	From    Sender
	Subject string
	Preview string // what a list of mails shows behind the subject; the first words where it is empty
	Body    []Block
	PageURL string // where the reader asked for these mails
	// UnsubscribeURL and PreferencesURL are never missing: without a way out a mail is not made.
	UnsubscribeURL string
	PreferencesURL string
}

// BlockKind is what a block is.
type BlockKind string

// The blocks that a marketer writes with.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	Button    BlockKind = "button"
	Picture   BlockKind = "picture"
	Divider   BlockKind = "divider"
	Quote     BlockKind = "quote"
	List      BlockKind = "list"
	Group     BlockKind = "group" // others with a Mark, by which who writes a mail finds them in it
)

// A Block is one part of a mail; which fields are filled depends on its kind.
type Block struct {
	Kind  BlockKind
	Text  []Span // of a paragraph, a heading or a button; what a picture shows
	URL   string // where a button or a picture leads
	Image string // a picture's own address
	// Blocks are within a quote or a group; Items are those of a list, numbered from First where it is not 0.
	Blocks []Block
	Items  [][]Block
	First  int
	Mark   string
}

// A Span is a piece of a text. A line ends with one that is a Break.
type Span struct {
	Text   string
	Strong bool
	Stress bool
	Code   bool
	Break  bool
	URL    string
}

// Value is a value from outside as it may stand within a sentence of this language.
func Value(loc *i18n.Loc, s string) string { return isolate(loc, s) }

// Render makes the mail. Its error is ErrAddress, or that of ctx.
func (s Step) Render(ctx context.Context) (Mail, error) {
	if web(s.UnsubscribeURL) == "" || web(s.PreferencesURL) == "" || !ours(s.From.PrivacyURL, s.From.MyDataURL) {
		return Mail{}, ErrAddress
	}
	w := s.folded()
	m := Mail{Subject: w.Subject, Text: w.text()}
	var err error
	m.HTML, err = html(ctx, stepHTML(w), 8<<10)
	m.HTML = w.From.Colours.paint(m.HTML)
	return m, err
}

// writtenStep is a step with the sentences that stand in both bodies.
type writtenStep struct {
	Step
	pageLink string
	page     string
}

// folded are the same values fit to be shown. Isolates of values in the subject stay: they were put there with Value.
func (s Step) folded() writtenStep {
	w := writtenStep{Step: s}
	w.Subject = cut(strings.Join(strings.Fields(s.Subject), " "), 2*maxLine)
	if w.Preview == "" {
		w.Preview = firstWords(s.Body)
	}
	w.Preview = cut(w.Preview, maxTitle)
	w.From.Name = line(s.From.Name, maxLine)
	w.From.Postal = postal(s.Loc, s.From.Postal)
	if w.pageLink, w.page = page(s.PageURL); w.pageLink == "" {
		w.page = w.From.Name
	}
	return w
}

// postal is an address of several lines as one.
func postal(loc *i18n.Loc, address string) string {
	lines := strings.FieldsFunc(address, func(r rune) bool { return r == '\n' || r == '\r' })
	return line(strings.Join(lines, loc.T("list.separator")), 2*maxLine)
}

func firstWords(blocks []Block) string {
	for _, b := range blocks {
		switch b.Kind {
		case Paragraph:
			return plainSpans(b.Text, " ")
		case Group:
			if words := firstWords(b.Blocks); words != "" {
				return words
			}
		}
	}
	return ""
}

// plainSpans is a text without its forms, its line breaks written as given.
func plainSpans(spans []Span, lineBreak string) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Break {
			b.WriteString(lineBreak)
		}
		b.WriteString(s.Text)
	}
	return strings.TrimSpace(b.String())
}
