package i18n

import "time"

// Day is the day of the month alone, as on an axis where its month was named before: 19 or ۲۸.
func (l *Loc) Day(t time.Time) string {
	_, _, d := l.civil(t)
	return l.plain(d)
}

// SameMonth tells whether two days are in one month of the language's own calendar.
func (l *Loc) SameMonth(a, b time.Time) bool {
	ya, ma, _ := l.civil(a)
	yb, mb, _ := l.civil(b)
	return ya == yb && ma == mb
}

// FormDay is a day as the field of a form shows it: 2026-11-21 or ۱۴۰۵/۸/۳۰, which ParseDate reads again.
func (l *Loc) FormDay(t time.Time) string {
	if !l.jalali {
		return t.Format(time.DateOnly)
	}
	y, m, d := l.civil(t)
	return l.plain(y) + "/" + l.plain(m) + "/" + l.plain(d)
}
