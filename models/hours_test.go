package models

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func at(t testing.TB, zone, clock string) time.Time {
	t.Helper()
	got, err := time.ParseInLocation("2006-01-02 15:04", clock, Zone(zone, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// I9: windows and quiet hours by the lead's own clock.
func TestSendingWaitsForItsHours(t *testing.T) {
	evening := Hours{21 * 60, 8 * 60}
	workdays := []time.Weekday{time.Saturday, time.Sunday, time.Monday, time.Tuesday, time.Wednesday}
	for _, x := range []struct {
		what, now, want string
		s               Sending
	}{
		{"no limit", "2026-11-21 03:00", "2026-11-21 03:00", Sending{}},
		{"by day", "2026-11-21 12:00", "2026-11-21 12:00", Sending{Quiet: evening}},
		{"the last minute before the quiet", "2026-11-21 20:59", "2026-11-21 20:59", Sending{Quiet: evening}},
		{"the first minute of the quiet", "2026-11-21 21:00", "2026-11-22 08:00", Sending{Quiet: evening}},
		{"after midnight", "2026-11-21 03:30", "2026-11-21 08:00", Sending{Quiet: evening}},
		{"before the window", "2026-11-21 06:10", "2026-11-21 09:00", Sending{Window: Window{Hours: Hours{9 * 60, 17 * 60}}}},
		{"the window ends", "2026-11-21 17:00", "2026-11-22 09:00", Sending{Window: Window{Hours: Hours{9 * 60, 17 * 60}}}},
		{"a Thursday in Iran", "2026-11-19 12:00", "2026-11-21 00:00", Sending{Window: Window{Days: workdays}}},
		{"days and hours", "2026-11-18 17:30", "2026-11-21 09:00", Sending{Window: Window{Days: workdays, Hours: Hours{9 * 60, 17 * 60}}}},
		{"a window within the quiet never opens", "2026-11-21 12:00", "2026-11-21 12:00", Sending{Window: Window{Hours: Hours{22 * 60, 23 * 60}}, Quiet: evening}},
	} {
		x.s.Zone = "Asia/Tehran"
		now := at(t, x.s.Zone, x.now)
		if got := x.s.Next(now, time.UTC); !got.Equal(at(t, x.s.Zone, x.want)) {
			t.Errorf("%s: %s, want %s", x.what, got, x.want)
		}
	}
}

// I9: both changes of the clocks in Europe/Berlin, and Tehran, which has had none since 2022.
func TestSendingHoldsWhenClocksChange(t *testing.T) {
	quiet := Sending{Quiet: Hours{21 * 60, 8 * 60}, Zone: "Europe/Berlin"}
	for now, want := range map[string]string{
		"2026-03-28 22:00": "2026-03-29 08:00", // the night without 02:00
		"2026-10-24 22:00": "2026-10-25 08:00", // the night with two of them
	} {
		if got := quiet.Next(at(t, quiet.Zone, now), time.UTC); !got.Equal(at(t, quiet.Zone, want)) {
			t.Errorf("%s: %s, want %s", now, got, want)
		}
	}
	// A window that lies in the hour that does not exist waits for the next day.
	gone := Sending{Window: Window{Hours: Hours{2*60 + 10, 2*60 + 50}}, Zone: "Europe/Berlin"}
	if got := gone.Next(at(t, gone.Zone, "2026-03-29 00:30"), time.UTC); !got.Equal(at(t, gone.Zone, "2026-03-30 02:10")) {
		t.Errorf("the missing hour: %s", got)
	}
}

func TestSendingLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.Custom(func(t *rapid.T) Hours {
			return Hours{rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1439).Draw(t, "to")}
		})
		s := Sending{Quiet: hours.Draw(t, "quiet"), Zone: rapid.SampledFrom([]string{"Asia/Tehran", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", ""}).Draw(t, "zone")}
		s.Window.Hours = hours.Draw(t, "window")
		for _, d := range rapid.SliceOfDistinct(rapid.IntRange(0, 6), rapid.ID).Draw(t, "days") {
			s.Window.Days = append(s.Window.Days, time.Weekday(d))
		}
		now := time.Unix(rapid.Int64Range(1_750_000_000, 1_850_000_000).Draw(t, "now"), 0)
		next := s.Next(now, time.UTC)
		if next.Before(now) {
			t.Fatalf("%s is before %s", next, now)
		}
		if word := s.String(); word != "" {
			if read := ParseSending(word); read.String() != word || !read.Next(now, time.UTC).Equal(next) {
				t.Fatalf("%q read as %+v", word, read)
			}
		}
		if again := s.Next(next, time.UTC); !again.Equal(next) {
			t.Fatalf("%s, and once more %s", next, again)
		}
	})
}

// I6: the last word counts, but that an empty box on a further form takes nothing back.
func TestLive(t *testing.T) {
	row := func(d Decision, confirm bool) Consent {
		return Consent{Purpose: Newsletter, Decision: d, Confirm: confirm}
	}
	other := Consent{Purpose: ByPhone, Decision: Given}
	for _, x := range []struct {
		what          string
		rows          []Consent
		live, waiting bool
	}{
		{"never asked", nil, false, false},
		{"another purpose", []Consent{other}, false, false},
		{"refused", []Consent{row(Refused, false)}, false, false},
		{"given, single opt-in", []Consent{row(Given, false)}, true, false},
		{"given, waits", []Consent{row(Given, true)}, false, true},
		{"confirmed", []Consent{row(Given, true), row(Confirmed, false)}, true, false},
		{"box left empty later", []Consent{row(Given, true), row(Confirmed, false), row(Refused, false)}, true, false},
		{"box left empty before the confirmation", []Consent{row(Given, true), row(Refused, false)}, false, true},
		{"withdrawn", []Consent{row(Confirmed, false), row(Withdrawn, false)}, false, false},
		{"ticked again after that", []Consent{row(Confirmed, false), row(Withdrawn, false), row(Given, true)}, false, true},
		{"expired", []Consent{row(Given, true), row(Expired, false)}, false, false},
	} {
		_, waiting := Unconfirmed(x.rows, Newsletter)
		if live := Live(x.rows, Newsletter); live != x.live || waiting != x.waiting {
			t.Errorf("%s: live %v waiting %v", x.what, live, waiting)
		}
	}
}
