package leads

import (
	"strings"
	"unicode"

	"sarnakh/i18n"
)

// maxGreeting is how much of a typed name reaches a mail.
const maxGreeting = 40

// SafeName is a typed name as it may reach a mail: letters, at most forty, without link or address.
// Anything that looks like one is no name and becomes empty, so that nobody can write through us.
func SafeName(typed string) string {
	name := i18n.FoldText(typed)
	if countLinks(name, 1) > 0 || strings.ContainsRune(name, '@') {
		return ""
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), r == ' ', r == '\u200c', r == '\'', r == '’', r == '-', r == '.':
			return r
		}
		return -1
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if r := []rune(name); len(r) > maxGreeting {
		name = string(r[:maxGreeting])
		if i := strings.LastIndexByte(name, ' '); i > 0 {
			name = name[:i]
		}
	}
	return name
}
