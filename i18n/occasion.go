package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// tehran is the zone in which people live by the Jalali calendar, whatever they read.
const tehran = "Asia/Tehran"

// OtherDate is t's day on the calendar that is not the language's own: 30 Aban 1405 or ۲۱ نوامبر ۲۰۲۶.
func (l *Loc) OtherDate(t time.Time) string {
	calendar, year, month, day := "gregorian", t.Year(), int(t.Month()), t.Day()
	if !l.jalali {
		d := ToJalali(t)
		calendar, year, month, day = "jalali", d.Year, d.Month, d.Day
	}
	return l.T("date.date", "day", l.plain(day), "month", l.T("month."+calendar+"."+strconv.Itoa(month)), "year", l.plain(year))
}

// Occasion says when something takes place, in the zone of its times: its day, and in a second line the hours. Who reads
// Persian, and who is in Iran, is told the day on both calendars. Without an end until is zero.
func (l *Loc) Occasion(from, until time.Time) []string {
	zone := l.zone(from)
	switch {
	case until.IsZero():
		return []string{l.occasionDay(from), l.T("occasion.from", "from", l.Time(from), "zone", zone)}
	case from.Format(time.DateOnly) == until.Format(time.DateOnly):
		return []string{l.occasionDay(from), l.T("occasion.hours", "from", l.Time(from), "until", l.Time(until), "zone", zone)}
	}
	return []string{l.T("occasion.begins", "day", l.occasionDay(from), "time", l.Time(from)),
		l.T("occasion.ends", "day", l.occasionDay(until), "time", l.Time(until)), zone}
}

func (l *Loc) occasionDay(t time.Time) string {
	if !l.jalali && t.Location().String() != tehran {
		return l.DateLong(t)
	}
	return l.T("occasion.both", "day", l.DateLong(t), "other", l.OtherDate(t))
}

// zone names the zone of a time after its city, with how far it is from UTC then.
func (l *Loc) zone(t time.Time) string {
	name := t.Location().String()
	city := name[strings.LastIndexByte(name, '/')+1:]
	if key := "zone." + strings.ToLower(strings.ReplaceAll(name, "/", "_")); l.Has(key) {
		city = l.T(key)
	}
	_, offset := t.Zone()
	sign := "+"
	if offset < 0 {
		sign, offset = "−", -offset
	}
	utc := "UTC" + sign + l.Digits(fmt.Sprintf("%02d:%02d", offset/3600, offset/60%60))
	if l.jalali {
		utc = LTR(utc)
	}
	return l.T("occasion.zone", "city", strings.ReplaceAll(city, "_", " "), "utc", utc)
}

// LastDay before an end: one at midnight is the end of the day before.
func (l *Loc) LastDay(end time.Time) string {
	if h, m, s := end.Clock(); h+m+s == 0 {
		return l.Date(end.Add(-time.Nanosecond))
	}
	return l.DateTime(end)
}
