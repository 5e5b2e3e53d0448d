package i18n

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/feature/plural"
)

// texts are all forms of a message as written, placeholders in braces.
func (m message) texts() []string {
	var all []string
	for _, t := range append(slices.Collect(maps.Values(m.forms)), m.other) {
		var b strings.Builder
		for _, s := range t {
			if s.arg != "" {
				b.WriteString("{" + s.arg + "}")
			}
			b.WriteString(s.lit)
		}
		all = append(all, b.String())
	}
	return all
}

// placeholders are the names used in any form of a message.
func (m message) placeholders() map[string]bool {
	names := map[string]bool{}
	for _, t := range append(slices.Collect(maps.Values(m.forms)), m.other) {
		for _, s := range t {
			if s.arg != "" {
				names[s.arg] = true
			}
		}
	}
	return names
}

// Nobody reads a key: what is said in one language is said in the other, about the same values.
func TestEveryMessageIsInBothLanguages(t *testing.T) {
	for _, locale := range Locales() {
		other := For(locale.Other())
		for _, key := range Keys(locale) {
			there, ok := other.messages[key]
			if !ok {
				t.Errorf("%s: in %s, not in %s", key, locale, other.locale)
				continue
			}
			here := For(locale).messages[key]
			if !maps.Equal(here.placeholders(), there.placeholders()) {
				t.Errorf("%s: placeholders differ: %q and %q", key, here.texts(), there.texts())
			}
		}
	}
}

func TestEveryLabelOfAChoiceExists(t *testing.T) {
	for _, key := range Industries() {
		mustHave(t, "industry."+key)
	}
	for _, key := range CompanySizes() {
		mustHave(t, "company_size."+key)
	}
}

func mustHave(t *testing.T, key string) {
	t.Helper()
	for _, l := range Locales() {
		if !For(l).Has(key) {
			t.Errorf("%s has no %s", l, key)
		}
	}
}

// Persian as it is printed in a book, not as a keyboard without Persian makes it.
func TestPersianTextsAreWellTyped(t *testing.T) {
	for _, rule := range []struct{ what, pattern string }{
		{"Arabic ي ى ك ة", `[يىكة]`},
		{"straight quotes", `"`},
		{"Latin digits", `[0-9]`},
		{"Arabic digits", `[٠-٩]`},
		{"Latin comma, semicolon, question or percent mark", `[,;?%]`},
		{"a blank where a half-space belongs", `(^|\s)ن?می\s|\sها(ی|یی)?(\s|$)`},
		{"two blanks", `  `},
		{"a blank before a mark", `\s[،؛؟:!.»]`},
		{"a half-space at the edge of a word", `(^|[^\p{L}\p{M}}])\x{200C}|\x{200C}($|[^\p{L}{])`},
	} {
		bad := regexp.MustCompile(rule.pattern)
		for key, m := range For(FA).messages {
			for _, text := range m.texts() {
				if bad.MatchString(withoutPlaceholders(text)) {
					t.Errorf("%s: %s in %q", key, rule.what, text)
				}
			}
		}
	}
}

// withoutPlaceholders keeps the braces: their names are not Persian.
func withoutPlaceholders(s string) string {
	return regexp.MustCompile(`\{+[a-z0-9_.]*\}+`).ReplaceAllString(s, "{}")
}

func TestForFallsBackToPersian(t *testing.T) {
	if For("xx") != For(FA) || For(EN) != For(EN) || For(EN).Lang() != "en" || For(FA).Dir() != "rtl" {
		t.Error("For does not know its languages")
	}
}

// sample is a Loc with these messages and nothing else.
func sample(t *testing.T, locale Locale, yaml string) *Loc {
	t.Helper()
	c, err := load(fstest.MapFS{"m/a.yaml": {Data: []byte(yaml)}}, "m")
	if err != nil {
		t.Fatal(err)
	}
	return &Loc{manner: manners[locale], locale: locale, messages: c}
}

type points int

type stage string

func TestT(t *testing.T) {
	const yaml = `
lead: {hot: Hot, "no": NO}
flat.key: Flat
hello: "Hello {name}, {name}"
count: {zero: none, one: "{n} lead", other: "{n} leads"}
plain_count: {one: "one {n}", other: "other {n}"}
other: {other: Just a key}
merge: "Write {{first_name}} for {what}"
block: |
  Two
  lines
`
	when := time.Date(2026, 11, 21, 10, 42, 0, 0, time.UTC)
	for _, c := range []struct {
		locale Locale
		want   string
		key    string
		args   []any
	}{
		{EN, "Hot", "lead.hot", nil},
		{EN, "NO", "lead.no", nil},
		{EN, "Flat", "flat.key", nil},
		{EN, "Just a key", "other.other", nil},
		{EN, "Two\nlines", "block", nil},
		{EN, "⟦lead.gone⟧", "lead.gone", nil},
		{EN, "Hello Ali, Ali", "hello", []any{"name", "Ali"}},
		{EN, "Hello {name}, {name}", "hello", nil},
		{EN, "Hello {name}, {name}", "hello", []any{"name"}},
		{EN, "Hello {name}, {name}", "hello", []any{7, "x", "other", "y"}},
		{EN, "Write {{first_name}} for it", "merge", []any{"what", "it"}},
		{EN, "Hello 1,234, 1,234", "hello", []any{"name", 1234}},
		{FA, "Hello ۱٬۲۳۴, ۱٬۲۳۴", "hello", []any{"name", uint16(1234)}},
		{FA, "Hello ۲٫۵, ۲٫۵", "hello", []any{"name", 2.5}},
		{FA, "Hello ۰٫۳, ۰٫۳", "hello", []any{"name", 0.1 + 0.2}},
		{FA, "Hello −۵, −۵", "hello", []any{"name", points(-5)}},
		{FA, "Hello mql 2, mql 2", "hello", []any{"name", stage("mql 2")}},
		{FA, "Hello true, true", "hello", []any{"name", true}},
		{FA, "Hello , ", "hello", []any{"name", nil}},
		{EN, "none", "count", []any{"n", 0}},
		{EN, "1 lead", "count", []any{"n", int64(1)}},
		{EN, "2 leads", "count", []any{"n", uint8(2)}},
		{EN, "1,000,001 leads", "count", []any{"n", 1_000_001}},
		{EN, "−1 lead", "count", []any{"n", -1}},
		{EN, "1.5 leads", "count", []any{"n", 1.5}},
		{EN, "1 lead", "count", []any{"n", 1.0}},
		{EN, "many leads", "count", []any{"n", "many"}},
		{EN, "other 0", "plain_count", []any{"n", 0}},
		{FA, "one ۰", "plain_count", []any{"n", 0}}, // CLDR: in Persian 0 counts as one
		{FA, "one ۱", "plain_count", []any{"n", 1}},
		{FA, "other ۱۲", "plain_count", []any{"n", 12}},
	} {
		if got := sample(t, c.locale, yaml).T(c.key, c.args...); got != c.want {
			t.Errorf("%s T(%q, %v) = %q, want %q", c.locale, c.key, c.args, got, c.want)
		}
	}
	if got := For(FA).T("date.range", "from", when, "to", 90*time.Second); got != "۳۰ آبان ۱۴۰۵، ۱۰:۴۲ تا ۱ دقیقه و ۳۰ ثانیه" {
		t.Errorf("times and durations: %q", got)
	}
}

// Quotation marks within quotation marks are inner ones; where there are none around, a text stays as it is.
func TestQuotationMarksAreNested(t *testing.T) {
	fa := sample(t, FA, "gone: «{name}» حذف شد\nbare: حذف {name}")
	en := sample(t, EN, "gone: “{name}” was deleted\nbare: Deleted {name}")
	for _, c := range []struct {
		loc             *Loc
		key, name, want string
	}{
		{fa, "gone", "رونوشت «راهنما»", "«رونوشت ‹راهنما›» حذف شد"},
		{fa, "bare", "رونوشت «راهنما»", "حذف رونوشت «راهنما»"},
		{en, "gone", `Copy of "A" and “B”`, "“Copy of ‘A’ and ‘B’” was deleted"},
		{en, "gone", `A 15" screen`, `“A 15" screen” was deleted`},
		{en, "gone", "Guide", "“Guide” was deleted"},
	} {
		if got := c.loc.T(c.key, "name", c.name); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		whole := ""
		for _, p := range c.loc.Parts(c.key, "name", c.name) {
			whole += p.Text
		}
		if whole != c.want {
			t.Errorf("in parts %q, want %q", whole, c.want)
		}
	}
}

func TestPartsCutWhereValuesStand(t *testing.T) {
	got := For(EN).Parts("invalid.email", "example", "a@b.example")
	want := []Part{{Text: "Enter an email address in the form "}, {"a@b.example", "example"}, {Text: "."}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	gone := "no.such.key"
	if got := For(EN).Parts(gone); !slices.Equal(got, []Part{{Text: "⟦no.such.key⟧"}}) {
		t.Errorf("missing key: %+v", got)
	}
}

// A mistake in a message file stops the tests, and says in which file and line it is.
func TestMistakesInMessageFilesAreNamed(t *testing.T) {
	for _, c := range []struct{ name, yaml, want string }{
		{"the same key nested and flat", "a: {b: X}\na.b: Y", "m/z.yaml: line 2: a.b is there twice"},
		{"the same key in two files", "here: X", "m/z.yaml: line 1: here is there twice"},
		{"no text", "a:", "line 1: a has no text"},
		{"no text in a plural", "a: {one: X, other: }", "line 1: a has no text"},
		{"a list", "a: [x, y]", "line 1: a is neither a text nor a map"},
		{"a stray brace", "a: 'Hello {name'", `line 1: a: stray brace in "Hello {name"`},
		{"a placeholder that is no name", "a: 'Hello {Name}'", "stray brace"},
		{"no YAML", "a: b: c", "mapping values are not allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(fstest.MapFS{"m/a.yaml": {Data: []byte("here: There")}, "m/z.yaml": {Data: []byte(c.yaml)}}, "m")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	if c, err := load(fstest.MapFS{"m/a.yaml": {Data: []byte("# nothing yet\n")}}, "m"); err != nil || len(c) != 0 {
		t.Errorf("a file of comments: %v", err)
	}
}

// A form that the language's rule never chooses would be written for nobody.
func TestPluralFormsAreOnesTheLanguageUses(t *testing.T) {
	for _, l := range Locales() {
		for key, m := range For(l).messages {
			for form := range m.forms {
				if form != plural.Zero && form != plural.One && form != plural.Other {
					t.Errorf("%s %s: a form that is never chosen", l, key)
				}
			}
		}
	}
}

func BenchmarkT(b *testing.B) {
	l := For(FA)
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = l.T("stage.mql")
		}
	})
	b.Run("number", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = l.T("ago.minutes", "n", 12)
		}
	})
	b.Run("date", func(b *testing.B) {
		b.ReportAllocs()
		t := time.Date(2026, 11, 21, 10, 42, 0, 0, time.UTC)
		for b.Loop() {
			_ = l.DateTime(t)
		}
	})
}
