package nurture

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/models"
	"sarnakh/templates/mail"
)

// A Problem is a piece of advice about a mail: the end of a sentence's key, and what the sentence names.
type Problem struct {
	Key   string
	Words []string // found in it
	N     int
}

// The advice there is. Nothing of it keeps a mail from being sent.
const (
	AdviceWords       = "words"        // of advertising, which filters look for
	AdviceShouting    = "shouting"     // with exclamation marks
	AdviceCapitals    = "capitals"     // a subject in capital letters
	AdviceLongSubject = "long_subject" // mail programs cut it off
	AdviceShortLinks  = "short_links"  // by services that hide where they lead
	AdviceOnlyPicture = "only_picture"
	AdviceOnlyLink    = "only_link"
	AdviceLinkFirst   = "link_first" // no word stands before the first link
)

const (
	longSubject = 60
	// fewLetters are too few for a shout: "PDF" is a word.
	fewLetters = 8
	// calmMarks are how many exclamation marks a whole mail bears.
	calmMarks = 3
)

// Advice says what of a step may have it taken for advertising nobody asked for, and so sorted out before it is read.
func Advice(step *models.Step, locale i18n.Locale) []Problem {
	l := lookAt(step.Blocks)
	subject := letters.FillLine(step.Subject, sample)
	var out []Problem
	if found := adWords(subject+"\n"+l.text, locale); len(found) > 0 {
		out = append(out, Problem{Key: AdviceWords, Words: found})
	}
	if shouts(subject, l.text) {
		out = append(out, Problem{Key: AdviceShouting})
	}
	if inCapitals(letters.FillLine(step.Subject, func(string, string) string { return "" })) {
		out = append(out, Problem{Key: AdviceCapitals})
	}
	if n := utf8.RuneCountInString(subject); n > longSubject {
		out = append(out, Problem{Key: AdviceLongSubject, N: longSubject})
	}
	if found := shortLinks(Targets(step)); len(found) > 0 {
		out = append(out, Problem{Key: AdviceShortLinks, Words: found})
	}
	if key := l.shape(); key != "" {
		out = append(out, Problem{Key: key})
	}
	return out
}

// sample is about as long as what a field will say.
func sample(name, fallback string) string {
	return cmp.Or(strings.TrimSpace(fallback), strings.ReplaceAll(name, "_", " "))
}

// A look is what a reader sees of a mail's blocks at first sight.
type look struct {
	text            string // all of it, those of links too
	words           bool   // something is said beside links
	links, pictures int
	linkFirst       bool // a link came before any word
}

func lookAt(blocks []models.Block) look {
	w := letters.Writing{Fill: sample, Href: func(_ int, target string) string { return target }}
	var l look
	l.blocks(w.Mail(blocks))
	return l
}

func (l *look) blocks(all []mail.Block) {
	for i := range all {
		b := &all[i]
		switch b.Kind {
		case mail.Picture:
			l.pictures++
			if b.URL != "" {
				l.link()
			}
			continue
		case mail.Button:
			l.link()
			l.text += b.Text[0].Text
		default:
			l.spans(b.Text)
		}
		l.blocks(b.Blocks)
		for _, item := range b.Items {
			l.blocks(item)
		}
		l.text += "\n"
	}
}

func (l *look) spans(all []mail.Span) {
	for _, s := range all {
		if s.Break {
			l.text += " "
		}
		l.text += s.Text
		switch {
		case s.URL != "":
			l.link()
		case strings.ContainsFunc(s.Text, unicode.IsLetter):
			l.words = true
		}
	}
}

func (l *look) link() {
	l.links++
	l.linkFirst = l.linkFirst || !l.words
}

// shape is what is odd about the mail as a whole; the worst of it.
func (l *look) shape() string {
	switch {
	case l.pictures > 0 && !l.words:
		return AdviceOnlyPicture
	case l.links > 0 && !l.words:
		return AdviceOnlyLink
	case l.linkFirst:
		return AdviceLinkFirst
	}
	return ""
}

func shouts(subject, text string) bool {
	all := subject + "\n" + text
	return strings.Count(subject, "!") > 1 || strings.Contains(all, "!!") || strings.Count(all, "!") > calmMarks
}

func inCapitals(subject string) bool {
	upper, lower := 0, 0
	for _, r := range subject {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= fewLetters && upper > 3*lower
}

func shortLinks(targets []string) (found []string) {
	for _, target := range targets {
		u, err := url.Parse(target)
		if err != nil {
			continue
		}
		host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		if slices.Contains(shorteners[:], host) && !slices.Contains(found, host) {
			found = append(found, host)
		}
	}
	return found
}

// adWords are the words of advertising in a text, each once, as the table has them.
func adWords(text string, locale i18n.Locale) (found []string) {
	text = plainWords(text)
	for _, list := range [...][]string{advertising[locale], shouted} {
		for _, word := range list {
			if !slices.Contains(found, word) && hasWord(text, plainWords(word)) {
				found = append(found, word)
			}
		}
	}
	return found
}

// plainWords makes words equal that are written differently: capitals, half-spaces, vowel signs, digits, signs of percent.
func plainWords(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || unicode.IsSpace(r):
			return ' '
		case r == '٪':
			return '%'
		case r == '’':
			return '\''
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return unicode.ToLower(r)
	}, i18n.FoldDigits(i18n.FoldText(s)))
	return strings.Join(strings.Fields(s), " ")
}

// hasWord finds words that are not part of longer ones.
func hasWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		first, _ := utf8.DecodeRuneInString(word)
		last, _ := utf8.DecodeLastRuneInString(word)
		if !(joined(before) && joined(first)) && !(joined(last) && joined(after)) {
			return true
		}
		from = i + len(word)
	}
}

func joined(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
