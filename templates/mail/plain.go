package mail

import (
	"strings"
	"unicode"
)

// columns is where a line of the text part is broken: what old programs show and people like to read.
const columns = 72

// plain writes a text part. Blocks are parted by a blank line; addresses stand whole on lines of their own.
type plain struct{ b strings.Builder }

func newPlain(size int) *plain {
	p := &plain{}
	p.b.Grow(size)
	return p
}

// block begins a new one and writes its lines.
func (p *plain) block(lines ...string) {
	if p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
	for _, l := range lines {
		p.line("", l)
	}
}

// line writes a text broken at blanks, every line of it behind the indent: a typed text can so never look like one
// of ours. Nothing is broken inside an isolate, which ends with its line.
func (p *plain) line(indent, text string) {
	if text == "" {
		return
	}
	p.b.WriteString(indent)
	at, start, width, depth := 0, 0, 0, 0
	word := func(end int) {
		switch {
		case start == end: // two blanks
			start++
			return
		case at == 0:
		case len(indent)+at+1+width > columns:
			p.b.WriteString("\n" + indent)
			at = 0
		default:
			p.b.WriteByte(' ')
			at++
		}
		p.b.WriteString(text[start:end])
		at, start, width = at+width, end+1, 0
	}
	for i, r := range text {
		switch {
		case r == ' ' && depth == 0:
			word(i)
		case r >= '\u2066' && r <= '\u2068':
			depth++
		case r == '\u2069':
			depth--
		case r < 0x80 || plainLetter(r) || !unicode.In(r, unicode.Mn, unicode.Cf):
			width++
		}
	}
	word(len(text))
	p.b.WriteByte('\n')
}

// lines is line for a text of several.
func (p *plain) lines(indent, text string) {
	for l := range strings.SplitSeq(text, "\n") {
		p.line(indent, l)
	}
}

// whole writes what must not be broken: an address.
func (p *plain) whole(text string) {
	p.b.WriteString(text)
	p.b.WriteByte('\n')
}

// link is what an address is for, and the address beneath.
func (p *plain) link(label, address string) {
	p.line("", label+":")
	p.whole(address)
}

func (p *plain) String() string { return p.b.String() }
