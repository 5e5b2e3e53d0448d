package admin

import (
	"fmt"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
)

// moment reads a day and a time of day in a zone; 0 where both are empty. A day alone is its first minute. Days may be
// written in either calendar and in any digits.
func (s *sheet) moment(name, label string, zone *time.Location) models.Instant {
	return s.momentFrom(name, label, zone, 0)
}

// lastMoment is moment for an end: a day alone is over when it is.
func (s *sheet) lastMoment(name, label string, zone *time.Location) models.Instant {
	return s.momentFrom(name, label, zone, lastMinute)
}

// lastMinute of a day.
const lastMinute = 24*60 - 1

func (s *sheet) momentFrom(name, label string, zone *time.Location, alone int) models.Instant {
	m := s.typedMoment(name)
	at, bad := momentOf(m.Day, m.Clock, zone, alone)
	if bad != "" {
		s.wrong("f-"+name+"_"+bad, s.loc.T("moment.bad_"+bad, "label", label))
	}
	return at
}

// momentOf is what moment reads, a day alone being one of its minutes, and which of the two is wrong: "day", "clock", or empty
// for neither.
func momentOf(day, clock string, zone *time.Location, alone int) (at models.Instant, bad string) {
	day, clock = strings.TrimSpace(day), strings.TrimSpace(clock)
	if day == "" && clock == "" {
		return 0, ""
	}
	date, err := i18n.ParseDate(day)
	if err != nil {
		return 0, "day"
	}
	minute := alone
	if clock != "" {
		minute = minuteOf(clock)
	}
	if minute < 0 {
		return 0, "clock"
	}
	return models.At(time.Date(date.Year(), date.Month(), date.Day(), 0, minute, 0, 0, zone)), ""
}

// typedMoment is what was typed, to be shown again.
func (s *sheet) typedMoment(name string) admin.Moment {
	return admin.Moment{Name: name, Day: s.c.FormValue(name + "_day"), Clock: s.c.FormValue(name + "_clock")}
}

// shownMoment is a moment as its fields show it, empty for 0.
func shownMoment(loc *i18n.Loc, name string, at models.Instant, zone *time.Location) admin.Moment {
	m := admin.Moment{Name: name}
	if at == 0 {
		return m
	}
	t := at.Time().In(zone)
	m.Day, m.Clock = t.Format(time.DateOnly), loc.Digits(t.Format("15:04"))
	if loc.Locale() == i18n.FA {
		d := i18n.ToJalali(t)
		m.Day = loc.Digits(fmt.Sprintf("%d/%d/%d", d.Year, d.Month, d.Day))
	}
	return m
}
