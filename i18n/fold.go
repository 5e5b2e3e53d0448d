package i18n

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const zwnj = '\u200c' // the half-space of می‌شود

// FoldDigits turns Persian ۰-۹, Arabic ٠-٩ and full-width ０-９ digits into 0-9; all else is kept.
func FoldDigits(s string) string { return strings.Map(foldDigit, s) }

func foldDigit(r rune) rune {
	for _, zero := range [...]rune{'۰', '٠', '０'} {
		if r >= zero && r <= zero+9 {
			return r - zero + '0'
		}
	}
	return r
}

// FoldNumber makes a typed number fit for strconv: FoldDigits, the decimal sign ٫ becomes a point, every
// minus and dash before it a hyphen, and signs that only group (٬, and a comma of either script before
// exactly three digits) are removed, as are marks of direction and blanks around.
func FoldNumber(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch r {
		case '٫':
			return '.'
		case '−', '–', '－', '﹣':
			return '-'
		case '،':
			return ','
		case '٬', '\u00a0', '\u202f', '\u2009': // and the blanks other languages group with
			return -1
		}
		if unicode.Is(invisible, r) {
			return -1
		}
		return foldDigit(r)
	}, s))
	var b strings.Builder
	for i := range len(s) {
		if s[i] != ',' || !groups(s, i) {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// groups tells whether the comma at i stands between a digit and exactly three.
func groups(s string, i int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return digit(i-1) && digit(i+1) && digit(i+2) && digit(i+3) && !digit(i+4)
}

// invisible characters say nothing in a name or an answer and can make one text look like another:
// marks and overrides of direction, soft hyphen, zero-width space, joiners of words, tags.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00AD, Hi: 0x00AD, Stride: 1}, {Lo: 0x061C, Hi: 0x061C, Stride: 1},
		{Lo: 0x180E, Hi: 0x180E, Stride: 1}, {Lo: 0x200B, Hi: 0x200B, Stride: 1},
		{Lo: 0x200E, Hi: 0x200F, Stride: 1}, {Lo: 0x202A, Hi: 0x202E, Stride: 1},
		{Lo: 0x2060, Hi: 0x206F, Stride: 1}, {Lo: 0xFEFF, Hi: 0xFEFF, Stride: 1},
		{Lo: 0xFFF9, Hi: 0xFFFB, Stride: 1},
	},
	R32:         []unicode.Range32{{Lo: 0xE0000, Hi: 0xE007F, Stride: 1}},
	LatinOffset: 1,
}

// FoldText is how a line of text is stored: the same letters look the same to the program as to a reader.
// Bytes that are no UTF-8, control and invisible characters and tatweel (ـ) are removed; NFC; ي and ك become
// ی and ک; ى becomes ی at the end of a word, where Persian keyboards without ی produce it, and is kept
// elsewhere, where it is another language's vowel; ة is kept. The half-space stays between two letters,
// once, and goes at the edge of a word. White space, line breaks included, is one blank inside and none
// around. FoldText of its own result changes nothing.
func FoldText(s string) string {
	if isFolded(s) {
		return s
	}
	s = norm.NFC.String(trimZWNJ(dropUnwanted(s)))
	return strings.Join(strings.Fields(foldLetters(s)), " ")
}

// FoldLines is FoldText for an answer of several lines: each is folded, blank ones at the ends are
// removed, and inside no more than one remains.
func FoldLines(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = FoldText(line)
		if line != "" || len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, line)
		}
	}
	return strings.TrimSuffix(strings.Join(lines, "\n"), "\n")
}

// isFolded recognises plain ASCII that FoldText would keep: most addresses, codes and English names.
func isFolded(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

func dropUnwanted(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == 'ـ', unicode.Is(invisible, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// trimZWNJ keeps a half-space only where it joins: after a letter, mark or digit and before a letter or digit.
func trimZWNJ(s string) string {
	if !strings.ContainsRune(s, zwnj) {
		return s
	}
	var b strings.Builder
	var before rune
	pending := false
	for _, r := range s {
		if r == zwnj {
			pending = true
			continue
		}
		if pending && (isWord(before) || unicode.IsMark(before)) && isWord(r) {
			b.WriteRune(zwnj)
		}
		pending, before = false, r
		b.WriteRune(r)
	}
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func foldLetters(s string) string {
	if !strings.ContainsAny(s, "يكى") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == 'ي', r == 'ى' && endsWord(s[i+len("ى"):]):
			r = 'ی'
		case r == 'ك':
			r = 'ک'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// endsWord tells whether no letter follows, marks left aside.
func endsWord(rest string) bool {
	for _, r := range rest {
		if !unicode.IsMark(r) {
			return !unicode.IsLetter(r)
		}
	}
	return true
}
