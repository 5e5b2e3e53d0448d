package mail

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sarnakh/i18n"
)

// How much of a typed text a mail shows, in characters.
const (
	maxName    = 40 // in a greeting and in a subject
	maxLine    = 80
	maxTitle   = 140 // a title or a question: our own side's words
	maxAddress = 254
	maxAnswer  = 500 // one answer
	maxConsent = 1000
	maxAnswers = 900 // all of them
)

// line is a text as one line: without line breaks, control characters and marks of direction, so that it can stand
// in a header and changes nothing around it; cut with an ellipsis.
func line(s string, limit int) string {
	s = head(s, limit)
	if strings.ContainsFunc(s, unsafe) {
		s = i18n.FoldText(s)
	}
	return cut(strings.TrimSpace(s), limit)
}

// unsafe asks for folding. Texts are stored folded: most pass as they are, which is quick.
func unsafe(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' '
	case r == '\u200c', plainLetter(r):
		return false
	}
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// plainLetter knows most letters of Persian without looking into a table.
func plainLetter(r rune) bool { return r >= 'ء' && r <= 'ي' && r != 'ـ' || r >= 'ٱ' && r <= 'ۓ' }

// head is more than enough of a text, so that a very long one costs no more than a long one.
func head(s string, limit int) string { return s[:min(len(s), 16*limit)] }

func cut(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	r := []rune(s)[:limit-1]
	return strings.TrimRight(string(r), " \n\u200c\u200d") + "…"
}

// greetable is a typed name as a mail to its owner may say it. Anyone can type anyone's address: nobody may write to
// others through the name, so one that could hold a link or an address is left out.
func greetable(name string) string {
	name = line(name, 1<<10)
	if !nameOnly(name) {
		return ""
	}
	return cut(name, maxName)
}

func nameOnly(s string) bool {
	dot, letters := false, 0 // letters since the dot
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if letters++; dot && letters > 1 {
				return false // "example.com"; "J.R." is a name
			}
			continue
		case r == '.':
			dot = true
		case strings.ContainsRune(" \u200c'’-", r):
			dot = false
		default:
			return false
		}
		letters = 0
	}
	return true
}

// isolate keeps a text of either direction from reordering what stands around it, where no element can do so:
// U+2068 and U+2069 (UAX #9). A text that cannot do it stays as it is, to be copied clean.
func isolate(loc *i18n.Loc, s string) string {
	if strings.ContainsFunc(s, against(loc)) {
		return "\u2068" + s + "\u2069"
	}
	return s
}

// against finds letters that run against the language.
func against(loc *i18n.Loc) func(rune) bool {
	if loc.Dir() == "rtl" {
		return func(r rune) bool {
			return !plainLetter(r) && unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek)
		}
	}
	return func(r rune) bool { return r > 0x7f && unicode.In(r, unicode.Arabic, unicode.Hebrew) }
}
