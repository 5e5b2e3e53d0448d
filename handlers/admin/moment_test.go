package admin

import (
	"testing"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
)

// C3: what is good until a day is good on that day, in either calendar; an hour that is given is kept, and a beginning is the
// day's first minute.
func TestADayAlone(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	day := func(hour, minute int) models.Instant {
		return models.At(time.Date(2026, 12, 21, hour, minute, 0, 0, zone))
	}
	for _, c := range []struct {
		day, clock string
		alone      int
		want       models.Instant
		bad        string
	}{
		{"2026-12-21", "", lastMinute, day(23, 59), ""},
		{"۱۴۰۵/۹/۳۰", "", lastMinute, day(23, 59), ""},
		{"2026-12-21", "", 0, day(0, 0), ""},
		{"2026-12-21", "۰۰:۰۰", lastMinute, day(0, 0), ""},
		{"2026-12-21", "18:30", lastMinute, day(18, 30), ""},
		{"", "", lastMinute, 0, ""},
		{"", "18:30", lastMinute, 0, "day"},
		{"2026-12-21", "soon", lastMinute, 0, "clock"},
	} {
		if at, bad := momentOf(c.day, c.clock, zone, c.alone); at != c.want || bad != c.bad {
			t.Errorf("%q %q is %v, %q", c.day, c.clock, at.Time().In(zone), bad)
		}
	}
	if shown := shownMoment(i18n.For(i18n.EN), "until", day(23, 59), zone); shown.Day != "2026-12-21" || shown.Clock != "23:59" {
		t.Errorf("it is shown as %+v", shown)
	}
}
