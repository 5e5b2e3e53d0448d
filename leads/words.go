package leads

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/nyaruka/phonenumbers"
)

const zwnj = "\u200c" // the half-space of Persian

// wordsOf is what searchWords reads, to tell whether they changed.
func wordsOf(l *models.Lead) [4]string { return [4]string{l.Name, l.Email, l.Company, l.Phone} }

// searchWords are the words by which a lead is found: the parts of its name, address and company, and the
// ways in which people remember a phone number.
func searchWords(l *models.Lead) []string {
	words := make([]string, 0, 24)
	keep := func(keys ...string) {
		for _, w := range keys {
			if !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	keep(splitWords(l.Email)...)
	for _, text := range [...]string{l.Name, l.Company} {
		parts := splitWords(text)
		keep(parts...)
		if strings.Contains(text, zwnj) { // «علی‌رضا» is also looked for by its parts
			parts = splitWords(strings.ReplaceAll(text, zwnj, " "))
			keep(parts...)
		}
		for i := 1; i < len(parts); i++ { // and «علی رضا» as «علیرضا»
			keep(parts[i-1] + parts[i])
		}
	}
	if digits := strings.TrimPrefix(l.Phone, "+"); digits != "" {
		national := digits[callingCode(digits):]
		words = append(words, digits, national, "0"+national)
		for _, n := range [...]int{7, 4} {
			if len(digits) > n {
				words = append(words, digits[len(digits)-n:])
			}
		}
	}
	return words
}

// SearchTerms are the words that someone looking for a lead typed.
func SearchTerms(typed string) []string { return splitWords(typed) }

// splitWords folds a text and cuts it where its letters and digits end. Words keep the blanks of the text:
// a key of the whole would join Persian words.
func splitWords(text string) (words []string) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\u200c'
	}) {
		if w := strings.Map(lettersOnly, i18n.SearchKey(part)); w != "" {
			words = append(words, w)
		}
	}
	return words
}

func lettersOnly(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return -1
}

// callingCode is how many of a number's first digits are its country's.
func callingCode(digits string) int {
	for n := 3; n > 0; n-- {
		if len(digits) > n && callingCodes()[digits[:n]] {
			return n
		}
	}
	return 0
}

var callingCodes = sync.OnceValue(func() map[string]bool {
	codes := map[string]bool{}
	for code := range phonenumbers.GetSupportedCallingCodes() {
		codes[strconv.Itoa(code)] = true
	}
	return codes
})
