package i18n_test

import (
	"strings"
	"testing"
	"time"

	"sarnakh/i18n"
)

// C3: when an event takes place, on the calendars of whoever reads it.
func TestOccasion(t *testing.T) {
	at := func(zone, clock string) time.Time {
		z, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		out, err := time.ParseInLocation("2006-01-02 15:04", clock, z)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct {
		locale            i18n.Locale
		zone, from, until string
		want              string
	}{
		{i18n.EN, "Europe/Berlin", "2026-11-21 18:00", "2026-11-21 19:30", "Saturday, 21 November 2026|18:00–19:30, Berlin time (UTC+01:00)"},
		{i18n.EN, "Asia/Tehran", "2026-11-21 18:00", "2026-11-21 19:30", "Saturday, 21 November 2026 (30 Aban 1405)|18:00–19:30, Tehran time (UTC+03:30)"},
		{i18n.EN, "America/St_Johns", "2026-07-01 18:00", "", "Wednesday, 1 July 2026|18:00, St Johns time (UTC−02:30)"},
		{i18n.EN, "Europe/Berlin", "2026-11-21 18:00", "2026-11-22 12:00", "Starts Saturday, 21 November 2026, 18:00|Ends Sunday, 22 November 2026, 12:00|Berlin time (UTC+01:00)"},
		{i18n.FA, "Asia/Tehran", "2026-11-21 18:00", "2026-11-21 19:30", "شنبه ۳۰ آبان ۱۴۰۵ (۲۱ نوامبر ۲۰۲۶)|ساعت ۱۸:۰۰ تا ۱۹:۳۰، به وقت تهران (\u2066UTC+۰۳:۳۰\u2069)"},
		{i18n.FA, "Europe/Berlin", "2026-07-01 18:00", "", "چهارشنبه ۱۰ تیر ۱۴۰۵ (۱ ژوئیه ۲۰۲۶)|ساعت ۱۸:۰۰، به وقت برلین (\u2066UTC+۰۲:۰۰\u2069)"},
	} {
		var until time.Time
		if c.until != "" {
			until = at(c.zone, c.until)
		}
		if got := strings.Join(i18n.For(c.locale).Occasion(at(c.zone, c.from), until), "|"); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
