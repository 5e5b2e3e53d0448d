package i18n

import (
	"strings"
	"time"
)

// Ago tells when t was, as seen at now and in now's zone: "just now", "5 minutes ago", "Today 10:42",
// "Yesterday 21:05", "19 Nov", "19 Nov 2024". What lies ahead reads "Today 18:00", "Tomorrow 09:00" or
// its date; less than a minute ahead is "just now", for clocks differ.
func (l *Loc) Ago(t, now time.Time) string {
	t = t.In(now.Location())
	switch past := now.Sub(t); {
	case past > -time.Minute && past < time.Minute:
		return l.T("ago.just_now")
	case past > 0 && past < time.Hour:
		return l.T("ago.minutes", "n", int(past/time.Minute))
	}
	switch civilDay(now) - civilDay(t) {
	case 0:
		return l.T("ago.today", "time", l.Time(t))
	case 1:
		return l.T("ago.yesterday", "time", l.Time(t))
	case -1:
		return l.T("ago.tomorrow", "time", l.Time(t))
	}
	if l.Year(t) == l.Year(now) {
		return l.DayMonth(t)
	}
	return l.Date(t)
}

var spanUnits = []struct {
	key  string
	size time.Duration
}{
	{"span.day", 24 * time.Hour},
	{"span.hour", time.Hour},
	{"span.minute", time.Minute},
	{"span.second", time.Second},
	{"span.millisecond", time.Millisecond},
}

// Span is a length of time in its two largest neighbouring units, cut and not rounded: "2 min 10 s",
// "3 days", "350 ms". Below a millisecond it is 0 s.
func (l *Loc) Span(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = minus, -d
	}
	for i, u := range spanUnits {
		if d < u.size {
			continue
		}
		large := l.T(u.key, "n", int64(d/u.size))
		if i >= 3 { // seconds stand alone: nobody reads "4 s 120 ms"
			return sign + large
		}
		next := spanUnits[i+1]
		if n := int64(d % u.size / next.size); n > 0 {
			return sign + l.T("span.pair", "large", large, "small", l.T(next.key, "n", n))
		}
		return sign + large
	}
	return l.T("span.second", "n", 0)
}

// List joins items as a sentence does: "a, b and c" or «الف، ب و پ».
func (l *Loc) List(items ...string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return l.T("list.end", "items", strings.Join(items[:last], l.T("list.separator")), "last", items[last])
}
