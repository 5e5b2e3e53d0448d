package i18n

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
)

// message is one key's texts: one, or one for each plural category of the language.
type message struct {
	other text
	forms map[plural.Form]text // nil unless plural; plural.Zero means exactly 0, a text most languages want
}

// text is a compiled message text.
type text []segment

// segment is literal, or the place of the argument named arg, which stands in quotation marks.
type segment struct {
	lit, arg string
	quoted   bool
}

// choose picks the form for the argument named "n": the text for exactly 0 where there is one, else the
// form of n's plural category by CLDR. A fraction counts as "other" in both languages.
func (m message) choose(l *Loc, args []any) text {
	if m.forms == nil {
		return m.other
	}
	n, whole := wholeNumber(args)
	if !whole {
		return m.other
	}
	if t, ok := m.forms[plural.Zero]; ok && n == 0 {
		return t
	}
	if t, ok := m.forms[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]; ok {
		return t
	}
	return m.other
}

// wholeNumber is the size of the argument named "n", cut where no language's rule looks any more.
func wholeNumber(args []any) (int, bool) {
	n, _ := argument(args, "n")
	v := reflect.ValueOf(n)
	var f float64
	switch {
	case v.CanInt():
		f = float64(v.Int())
	case v.CanUint():
		f = float64(v.Uint())
	case v.CanFloat():
		f = v.Float()
	default:
		return 0, false
	}
	return int(min(math.Abs(f), 1e9)), f == math.Trunc(f)
}

func (s segment) in(l *Loc, args []any) string {
	if s.arg == "" {
		return s.lit
	}
	v, ok := argument(args, s.arg)
	if !ok {
		return "{" + s.arg + "}"
	}
	if s.quoted {
		return l.nested(l.print(v))
	}
	return l.print(v)
}

// nested makes the quotation marks of a text inner ones, for it stands in quotation marks itself: «رونوشت ‹راهنما›».
func (l *Loc) nested(s string) string {
	if !strings.ContainsAny(s, `«»“”"`) {
		return s
	}
	s = strings.NewReplacer("«", l.inner[0], "»", l.inner[1], "“", l.inner[0], "”", l.inner[1]).Replace(s)
	if strings.Count(s, `"`)%2 != 0 { // an inch
		return s
	}
	for strings.Contains(s, `"`) {
		s = strings.Replace(strings.Replace(s, `"`, l.inner[0], 1), `"`, l.inner[1], 1)
	}
	return s
}

func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// A Key among the arguments is a text of the same language.
type Key string

// print writes a value as the language writes it. Named strings and numbers count as what they are.
func (l *Loc) print(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case Key:
		return l.T(string(v))
	case int:
		return l.Int(int64(v))
	case time.Time:
		return l.DateTime(v)
	case time.Duration:
		return l.Span(v)
	case fmt.Stringer:
		return v.String()
	}
	switch r := reflect.ValueOf(v); {
	case r.CanInt():
		return l.Int(r.Int())
	case r.CanUint():
		return l.uint(false, r.Uint())
	case r.CanFloat():
		return l.float(r.Float())
	}
	return fmt.Sprint(v)
}

// placeholder matches {name}; {{what stands in double braces}} is text, as in help on merge fields.
var placeholder = regexp.MustCompile(`\{\{.*?\}\}|\{[a-z][a-z0-9_]*\}`)

func compile(s string) (text, error) {
	var t text
	lit := func(s string) {
		if n := len(t); n > 0 && t[n-1].arg == "" {
			t[n-1].lit += s
		} else if s != "" {
			t = append(t, segment{lit: s})
		}
	}
	for s != "" {
		at := placeholder.FindStringIndex(s)
		if at == nil {
			at = []int{len(s), len(s)}
		}
		before, match := s[:at[0]], s[at[0]:at[1]]
		if strings.ContainsAny(before, "{}") {
			return nil, fmt.Errorf("stray brace in %q", before)
		}
		lit(before)
		if strings.HasPrefix(match, "{{") {
			lit(match)
		} else if match != "" {
			t = append(t, segment{arg: match[1 : len(match)-1]})
		}
		s = s[at[1]:]
	}
	for i := 1; i+1 < len(t); i++ {
		before, after := t[i-1].lit, t[i+1].lit
		t[i].quoted = strings.HasSuffix(before, "«") && strings.HasPrefix(after, "»") || strings.HasSuffix(before, "“") && strings.HasPrefix(after, "”")
	}
	return t, nil
}
