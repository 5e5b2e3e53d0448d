package i18n

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFoldDigits(t *testing.T) {
	if got := FoldDigits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ ０１２３４５６７８９ 7 ۱٫۵"); got != "0123456789 0123456789 0123456789 7 1٫5" {
		t.Errorf("got %q", got)
	}
}

func TestFoldNumber(t *testing.T) {
	for s, want := range map[string]string{
		"۱٬۲۳۴٫۵":     "1234.5",
		"1,234,567.8": "1234567.8",
		"۱،۲۳۴":       "1234",
		" −۵ ":        "-5",
		"–5":          "-5",
		"1\u00a0200":  "1200",
		"\u200e42":    "42",
		"1,5":         "1,5", // nobody knows which it is: left for strconv to refuse
		"12,34":       "12,34",
		",123":        ",123",
		"1,2345":      "1,2345",
		"1 2":         "1 2",
		"abc":         "abc",
		"":            "",
	} {
		if got := FoldNumber(s); got != want {
			t.Errorf("FoldNumber(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestFoldText(t *testing.T) {
	for _, c := range []struct{ what, in, want string }{
		{"plain ASCII", "Nora Hale", "Nora Hale"},
		{"Arabic yeh and kaf", "علي كريمي", "علی کریمی"},
		{"alef maksura at the end", "موسى مصطفى‌پور", "موسی مصطفی‌پور"},
		{"alef maksura under a mark", "موسىٰ", "موسیٰ"},
		{"alef maksura within is a vowel of Uyghur", "قىز", "قىز"},
		{"teh marbuta stays", "فاطمة", "فاطمة"},
		{"hamza stays", "مسئول رأی", "مسئول رأی"},
		{"yeh with hamza is one letter", "مسي\u0654ول", "مسئول"},
		{"tatweel", "ســـلام", "سلام"},
		{"half-space", "می‌شود", "می‌شود"},
		{"doubled half-space", "می\u200c\u200cشود", "می‌شود"},
		{"half-space at edges", "\u200cسرنخ\u200c ها\u200c، خوب", "سرنخ ها، خوب"},
		{"half-space around a removed character", "می\u200c\u200f\u200cشود", "می‌شود"},
		{"half-space after a digit", "۱۲\u200cنفره", "۱۲‌نفره"},
		{"white space", "\t نرگس \u00a0\u2003 مهرآیین\r\n", "نرگس مهرآیین"},
		{"decomposed letters", "ا\u0653مل Cafe\u0301", "آمل Café"},
		{"controls", "a\x00b\x07c\x7f", "abc"},
		{"bidi overrides", "\u202Egpj.exe\u202C \u2066x\u2069", "gpj.exe x"},
		{"byte order mark and soft hyphen", "\ufeffnew\u00adsletter", "newsletter"},
		{"zero-width space", "a\u200bb", "ab"},
		{"invalid UTF-8", "a\xffb", "ab"},
		{"emoji keep their joiners", "👩‍💻 ❤️", "👩‍💻 ❤️"},
		{"nothing", " \u200c\u200f ", ""},
	} {
		if got := FoldText(c.in); got != c.want {
			t.Errorf("%s: FoldText(%q) = %q, want %q", c.what, c.in, got, c.want)
		}
	}
}

func TestFoldLines(t *testing.T) {
	in := "\r\n  سلام \r\nيك پرسش\r\n\r\n\r\nباقي \n \n"
	if got, want := FoldLines(in), "سلام\nیک پرسش\n\nباقی"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What a person would call the same word has one key.
func TestSearchKeysMeet(t *testing.T) {
	for _, same := range [][]string{
		{"می‌شود", "می شود", "میشود", "مي شود", "مي‌شود"},
		{"علی رضا", "علیرضا", "علی‌رضا", "عليرضا", "علىرضا"},
		{"آرش", "ارش", "أرش", "اَرَش"},
		{"فاطمه", "فاطمة", "فاطِمه"},
		{"مؤسسه", "موسسه", "مؤسسة"},
		{"مسئول", "مسیول"},
		{"نسخهٔ", "نسخۀ", "نسخه"},
		{"موسیٰ", "موسی", "موسى"},
		{"۰۹۱۲", "0912", "٠٩١٢", "０９１２"},
		{"Café Müller", "cafe  muller", "CAFÉ MÜLLER"},
		{"ﻣﺤﻤﺪ", "محمد"}, // presentation forms, as copied out of a PDF
		{"شرکت ۱۲", "شركت 12"},
	} {
		for _, s := range same[1:] {
			if SearchKey(s) != SearchKey(same[0]) {
				t.Errorf("%q has the key %q, %q has %q", s, SearchKey(s), same[0], SearchKey(same[0]))
			}
		}
	}
}

func TestSearchKeysDiffer(t *testing.T) {
	for _, pair := range [][2]string{{"کرد", "گرد"}, {"Ann Arbor", "Annarbor"}, {"کرم", "گرم"}, {"۱۲ نفر", "1 2نفر"}, {"हिंदी", "हद"}} {
		if SearchKey(pair[0]) == SearchKey(pair[1]) {
			t.Errorf("%q and %q have one key %q", pair[0], pair[1], SearchKey(pair[0]))
		}
	}
}

func TestSearchWords(t *testing.T) {
	if got := SearchWords("  Hale نَرگس \u200c 0912 "); !slices.Equal(got, []string{"hale", "نرگس", "0912"}) {
		t.Errorf("got %q", got)
	}
}

// persianish draws the letters, marks, blanks and invisibles that make folding hard, and any others.
func persianish() *rapid.Generator[string] {
	hard := rapid.RuneFrom([]rune("يىكیکةهئؤأآاءل\u0653\u0654\u064b\u0670\u0640\u200c\u200d\u200f\u202e\u00ad \n\t\u00a00۱٢,٬٫،-−A\u0301é"))
	return rapid.StringOf(rapid.OneOf(hard, rapid.Rune()))
}

var folds = map[string]func(string) string{
	"FoldDigits": FoldDigits, "FoldNumber": FoldNumber, "FoldText": FoldText, "FoldLines": FoldLines, "SearchKey": SearchKey,
}

func checkFolds(t interface{ Errorf(string, ...any) }, s string) {
	for name, fold := range folds {
		if once := fold(s); fold(once) != once {
			t.Errorf("%s(%q) = %q, again %q", name, s, once, fold(once))
		}
	}
	text := FoldText(s)
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) || strings.ContainsFunc(text, unicode.IsControl) || strings.Contains(text, "  ") {
		t.Errorf("FoldText(%q) = %q", s, text)
	}
	if isFolded(s) && text != s {
		t.Errorf("the short way of FoldText(%q) is wrong: %q", s, text)
	}
	if SearchKey(text) != SearchKey(s) {
		t.Errorf("stored as %q, %q is not found: %q and %q", text, s, SearchKey(text), SearchKey(s))
	}
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkFolds(t, persianish().Draw(t, "s")) })
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"می‌شود", "علي كريمى", "1,234,567", "a\xff\u200c\u0653", "\ufe70", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFolds(t, s) })
}

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{"ascii": "nora.hale@example.com", "persian": "نرگس مهرآیین می‌شود"} {
		b.Run("FoldText/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = FoldText(s)
			}
		})
		b.Run("SearchKey/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = SearchKey(s)
			}
		})
	}
}
