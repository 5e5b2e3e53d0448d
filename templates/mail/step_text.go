package mail

import (
	"strings"

	"sarnakh/i18n"
)

// text is the mail as people write by hand: links under what they belong to, quotes behind ">", lists with dashes.
func (w writtenStep) text() string {
	p := newPlain(2 << 10)
	prose{w.Loc}.blocks(p, "", w.Body)
	w.foot(p)
	return p.String()
}

// prose writes the blocks of a text in a language.
type prose struct{ loc *i18n.Loc }

// blocks writes blocks behind an indent, parted by a blank line of the same indent.
func (w prose) blocks(p *plain, indent string, blocks []Block) {
	first := true
	for _, b := range blocks {
		part := newPlain(256)
		w.block(part, indent, b)
		if part.b.Len() == 0 {
			continue
		}
		if !first {
			p.b.WriteString(strings.TrimRight(indent, " ") + "\n")
		}
		first = false
		p.b.WriteString(part.String())
	}
}

func (w prose) block(p *plain, indent string, b Block) {
	switch b.Kind {
	case Divider:
		p.line(indent, "* * *")
	case Quote:
		w.blocks(p, indent+"> ", b.Blocks)
	case Group:
		w.blocks(p, indent, b.Blocks)
	case List:
		for i, item := range b.Items {
			w.item(p, indent, w.marker(b, i), item)
		}
	case Picture:
		if alt := plainSpans(b.Text, " "); alt != "" {
			p.line(indent, "["+alt+"]")
		}
		p.address(indent, b.URL)
	case Button:
		w.sentences(p, indent, []Span{{Text: plainSpans(b.Text, " "), URL: b.URL}})
	default:
		w.sentences(p, indent, b.Text)
	}
}

func (w prose) marker(b Block, i int) string {
	if b.First == 0 {
		return "- "
	}
	return w.loc.Int(int64(b.First+i)) + ". "
}

// item writes one entry of a list: its marker stands where the indent of its first line would.
func (w prose) item(p *plain, indent, marker string, blocks []Block) {
	within := indent + strings.Repeat(" ", len([]rune(marker)))
	part := newPlain(256)
	w.blocks(part, within, blocks)
	p.b.WriteString(indent + marker + strings.TrimPrefix(part.String(), within))
}

// sentences are a text with its line breaks, and beneath it the addresses that it links to but does not show.
func (w prose) sentences(p *plain, indent string, spans []Span) {
	var links []Span
	for _, s := range spans {
		if web(s.URL) != "" && s.URL != s.Text {
			links = append(links, s)
		}
	}
	text := plainSpans(spans, "\n")
	if len(links) == 1 && len(spans) == 1 { // nothing but a link
		text += ":"
	}
	p.lines(indent, text)
	for _, s := range links {
		if len(links) > 1 { // which is which
			p.line(indent, s.Text+":")
		}
		p.address(indent, s.URL)
	}
}

// address writes a link whole, on a line of its own.
func (p *plain) address(indent, url string) {
	if web(url) != "" {
		p.whole(indent + url)
	}
}

func (w writtenStep) foot(p *plain) {
	t := w.Loc.T
	p.block("--", t("mail.step.why", "page", isolate(w.Loc, w.page)))
	p.link(t("mail.step.unsubscribe"), w.UnsubscribeURL)
	p.link(t("mail.step.preferences"), w.PreferencesURL)
	p.block(w.From.Name, w.From.Postal)
	if w.From.PrivacyURL != "" {
		p.link(t("public.footer.privacy"), w.From.PrivacyURL)
	}
}
