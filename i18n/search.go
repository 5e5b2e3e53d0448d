package i18n

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SearchKey makes texts comparable that a person would call the same. Store it beside the text, and look
// for the key of what was typed inside it (contains, not equals).
//
// NFKD; lower case; digits 0-9; harakat and the accents of Latin, Greek and Cyrillic letters removed; أ إ آ ٱ
// are ا, ؤ is و, ئ ي ى are ی, ك is ک, ة ۀ ە are ه; invisible characters removed; white space is one blank.
//
// «می‌شود», «می شود» and «میشود» have one key, and so have «علی رضا» and «علیرضا»: half-spaces are removed
// everywhere and blanks between two letters of the Arabic script, since people set the three about as they
// like. The price is that a search may also match across two words, which in a search by parts of words
// nobody notices. Words of other scripts stay apart.
func SearchKey(s string) string {
	if isPlain(s) { // most addresses and English names
		return strings.ToLower(s)
	}
	s = norm.NFKD.String(strings.ToValidUTF8(s, ""))
	words := strings.Fields(strings.Map(searchRune, s))
	var b strings.Builder
	var last rune
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		if b.Len() > 0 && !(isArabicLetter(last) && isArabicLetter(first)) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		last, _ = utf8.DecodeLastRuneInString(word)
	}
	return norm.NFC.String(b.String())
}

// isPlain tells that a text has ASCII letters and digits only.
func isPlain(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// SearchWords is the keys of the words of what was typed: a text is found when it contains each of them, in
// any order.
func SearchWords(s string) []string {
	var keys []string
	for word := range strings.FieldsSeq(s) {
		if key := SearchKey(word); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

var searchLetters = map[rune]rune{
	'ي': 'ی', 'ى': 'ی', 'ې': 'ی', 'ۍ': 'ی', 'ك': 'ک', 'ڪ': 'ک', 'ٱ': 'ا',
	'ة': 'ه', 'ە': 'ه', 'ہ': 'ه', 'ھ': 'ه', 'ۃ': 'ه',
}

func searchRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), unicode.Is(unaccented, r), unicode.Is(invisible, r), unicode.Is(unicode.Join_Control, r), r == 'ـ':
		return -1
	}
	if to, ok := searchLetters[r]; ok {
		return to
	}
	return unicode.ToLower(foldDigit(r))
}

// unaccented are the marks a search does not see: those put over Latin, Greek and Cyrillic letters, and
// those of Arabic. Elsewhere (Devanagari, Thai …) marks are vowels.
var unaccented = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036F, Stride: 1}, {Lo: 0x0610, Hi: 0x061A, Stride: 1},
	{Lo: 0x064B, Hi: 0x065F, Stride: 1}, {Lo: 0x0670, Hi: 0x0670, Stride: 1},
	{Lo: 0x06D6, Hi: 0x06DC, Stride: 1}, {Lo: 0x06DF, Hi: 0x06E4, Stride: 1},
	{Lo: 0x06E7, Hi: 0x06E8, Stride: 1}, {Lo: 0x06EA, Hi: 0x06ED, Stride: 1},
	{Lo: 0x08CA, Hi: 0x08E1, Stride: 1}, {Lo: 0x08E3, Hi: 0x08FF, Stride: 1},
}}

func isArabicLetter(r rune) bool { return unicode.IsLetter(r) && unicode.Is(unicode.Arabic, r) }
