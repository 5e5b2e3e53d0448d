package i18n

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Loc is one language with everything needed to print in it. Safe for concurrent use, cheap to keep.
type Loc struct {
	manner
	locale              Locale
	messages            catalog
	months, monthsShort [12]string // of the language's own calendar
	weekdays            [7]string  // Sunday first, as in package time
	countries           func() []string
	provinces           func() []Province
}

var locs = map[Locale]func() *Loc{
	FA: sync.OnceValue(func() *Loc { return build(FA) }),
	EN: sync.OnceValue(func() *Loc { return build(EN) }),
}

// For is the Loc of a language, built at first use; Persian where l is not spoken here.
func For(l Locale) *Loc {
	if get, ok := locs[l]; ok {
		return get()
	}
	return locs[FA]()
}

// build panics when an embedded message file is broken: a test has read them all before.
func build(locale Locale) *Loc {
	messages, err := load(messageFiles, "messages/"+string(locale))
	if err != nil {
		panic(err)
	}
	l := &Loc{manner: manners[locale], locale: locale, messages: messages}
	calendar := "gregorian"
	if l.jalali {
		calendar = "jalali"
	}
	for i := range l.months {
		n := strconv.Itoa(i + 1)
		l.months[i] = l.T("month." + calendar + "." + n)
		l.monthsShort[i] = l.T("month_short." + calendar + "." + n)
	}
	for i := range l.weekdays {
		l.weekdays[i] = l.T("weekday." + strconv.Itoa(i))
	}
	l.countries = sync.OnceValue(l.sortCountries)
	l.provinces = sync.OnceValue(l.sortProvinces)
	return l
}

// Locale is the language of l.
func (l *Loc) Locale() Locale { return l.locale }

// Lang is the language as HTML's lang attribute wants it.
func (l *Loc) Lang() string { return string(l.locale) }

// Dir is the direction of the script: "rtl" or "ltr".
func (l *Loc) Dir() string { return l.dir }

// T is the text of key with its placeholders filled. args alternate name and value: T("lead.found",
// "n", 12, "name", campaign.Name). A number named "n" chooses the plural form. Numbers are printed in
// the language's digits and grouping, durations as by Span, times as by DateTime, a Key as its text, strings untouched;
// so what must not be grouped (a year, a code) goes in as a string. A key that does not exist comes
// back in ⟦brackets⟧.
func (l *Loc) T(key string, args ...any) string {
	m, ok := l.messages[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	t := m.choose(l, args)
	if len(t) == 1 && t[0].arg == "" {
		return t[0].lit
	}
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.in(l, args))
	}
	return b.String()
}

// Part is a stretch of a text: what stands in the message, or what was put in for the placeholder Arg.
type Part struct{ Text, Arg string }

// Parts is T cut where the placeholders were, for a template that wraps a value in an element of its
// own: an address in <bdi>, a word that is a link.
func (l *Loc) Parts(key string, args ...any) []Part {
	m, ok := l.messages[key]
	if !ok {
		return []Part{{Text: l.T(key)}}
	}
	t := m.choose(l, args)
	parts := make([]Part, len(t))
	for i, s := range t {
		parts[i] = Part{Text: s.in(l, args), Arg: s.arg}
	}
	return parts
}

// Has tells whether the language has a text for key.
func (l *Loc) Has(key string) bool {
	_, ok := l.messages[key]
	return ok
}

// Keys lists every message key of a language, sorted: for tests and for a page that shows them all.
func Keys(l Locale) []string { return slices.Sorted(maps.Keys(For(l).messages)) }
