package nurture

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sarnakh/i18n"
	"sarnakh/letters"

	"pgregory.net/rapid"
)

// Nobody writes to others through their name: what could carry a message is left out, and the fallback said instead.
func TestTypedValues(t *testing.T) {
	for in, want := range map[string]string{
		"نرگس مهرآیین": "نرگس مهرآیین", "علی‌رضا": "علی‌رضا", "Nora": "Nora", "J.R. O’Neil-Smith": "J.R. O’Neil-Smith", "": "",
		"Berkeh & Sons (Tehran)": "Berkeh & Sons (Tehran)", "3M": "3M", "شرکت ۱۲": "شرکت ۱۲", "Studio 54": "Studio 54",
		"علي كريمي": "علی کریمی", "  Nora \t Hale ": "Nora Hale", "\u202eNora\u202c": "Nora",
		"evil.example": "", "visit t.me/x": "", "a@b.example": "", "https://x": "", "<b>Nora</b>": "", "call 09123456789": "", "Nora 🎁": "",
		"**Nora**": "", "[x](y)": "", "{{code}}": "", "a_b": "", "#1": "", "Nora\r\nBcc: x": "",
		strings.Repeat("Nora ", 20): "Nora Nora Nora Nora Nora Nora Nora Nora", strings.Repeat("x", 50): strings.Repeat("x", 40),
	} {
		if got := letters.Typed(in); got != want {
			t.Errorf("typed(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTypedValuesAreShortWholeAndWithoutALink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := letters.Typed(rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("نرگس می‌شود. -@/:ab12")))).Draw(t, "typed"))
		if utf8.RuneCountInString(s) > 40 || len(s) > 80+utf8.UTFMax || !utf8.ValidString(s) || strings.ContainsAny(s, "@/:<>[]{}*_`#!\\|\n\"") || s != i18n.FoldText(s) {
			t.Errorf("%q", s)
		}
	})
}

func TestFields(t *testing.T) {
	v := values{"name": "Nora", "company": "برکه"}
	for in, want := range map[string]string{
		"سلام {{name}}": "سلام \u2068Nora\u2069", "سلام {{ first_name | دوست عزیز }}،": "سلام دوست عزیز،", "{{company|x}}": "برکه", "{{last_name}}": "",
		"{{Name}}": "{{Name}}", "{{.Name}}": "{{.Name}}", "{name}": "{name}", "{{name|a|b}}": "\u2068Nora\u2069", "{{code|a|b}}": "a|b", "{{{name}}}": "{\u2068Nora\u2069}",
	} {
		got := letters.FillLine(in, func(name, fallback string) string { return v.fill(i18n.For(i18n.FA), name, fallback) })
		if got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}
