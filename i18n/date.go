package i18n

import (
	"strconv"
	"time"
)

// civil is t's day in the language's own calendar and t's own zone.
func (l *Loc) civil(t time.Time) (year, month, day int) {
	if l.jalali {
		d := ToJalali(t)
		return d.Year, d.Month, d.Day
	}
	year, m, day := t.Date()
	return year, int(m), day
}

// plain is n without grouping, as years and days are written.
func (l *Loc) plain(n int) string { return l.Digits(strconv.Itoa(n)) }

// Date is t's day in its own zone: 21 Nov 2026 or ۳۰ آبان ۱۴۰۵.
func (l *Loc) Date(t time.Time) string {
	y, m, d := l.civil(t)
	return l.T("date.date", "day", l.plain(d), "month", l.monthsShort[m-1], "year", l.plain(y))
}

// DateLong is the day with its weekday: Saturday, 21 November 2026 or شنبه ۳۰ آبان ۱۴۰۵.
func (l *Loc) DateLong(t time.Time) string {
	y, m, d := l.civil(t)
	return l.T("date.long", "weekday", l.weekdays[t.Weekday()],
		"day", l.plain(d), "month", l.months[m-1], "year", l.plain(y))
}

// DayMonth is the day without its year, as on the axis of a plot: 19 Nov or ۲۸ آبان.
func (l *Loc) DayMonth(t time.Time) string {
	_, m, d := l.civil(t)
	return l.T("date.day_month", "day", l.plain(d), "month", l.monthsShort[m-1])
}

// MonthYear is a whole month: November 2026 or آبان ۱۴۰۵.
func (l *Loc) MonthYear(t time.Time) string {
	y, m, _ := l.civil(t)
	return l.T("date.month_year", "month", l.months[m-1], "year", l.plain(y))
}

// Year is t's year in the language's own calendar: 2026 or ۱۴۰۵.
func (l *Loc) Year(t time.Time) string {
	y, _, _ := l.civil(t)
	return l.plain(y)
}

// Time is the hour and minute of t in its own zone, of 24 hours: 10:42 or ۱۰:۴۲.
func (l *Loc) Time(t time.Time) string { return l.Digits(t.Format("15:04")) }

// DateTime is both: 21 Nov 2026, 10:42 or ۳۰ آبان ۱۴۰۵، ۱۰:۴۲.
func (l *Loc) DateTime(t time.Time) string {
	return l.T("date.date_time", "date", l.Date(t), "time", l.Time(t))
}

// Months are the twelve months of the language's own calendar, for a choice in a form.
func (l *Loc) Months() []string { return append([]string(nil), l.months[:]...) }

// Weekdays are the days of the week, Sunday first, as package time counts them.
func (l *Loc) Weekdays() []string { return append([]string(nil), l.weekdays[:]...) }
