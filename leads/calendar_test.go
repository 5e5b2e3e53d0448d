package leads

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sarnakh/models"

	"pgregory.net/rapid"
)

func conference(change ...func(*models.Published)) (*Leads, *models.Published) {
	l := &Leads{cfg: Config{BaseURL: "https://leads.example.org", MailDomain: "leads.example.org", Zone: time.UTC}}
	at := func(day, hour int) models.Instant {
		return models.At(time.Date(2026, 12, day, hour, 0, 0, 0, time.UTC))
	}
	p := &models.Published{Campaign: models.Campaign{ID: 42, Slug: "webinar", Locale: "en"}, Version: models.CampaignVersion{Number: 3, CreatedAt: at(1, 8),
		Doc: models.CampaignDoc{Offer: models.Offer{Kind: models.OfferWebinar, Title: "Leads; how to follow up, and when",
			Event: &models.Gathering{From: at(3, 14), Until: at(3, 15), Zone: "Asia/Tehran", URL: "https://meet.example.org/x?y=1,2"}}}}}
	for _, c := range change {
		c(p)
	}
	return l, p
}

// C3: the file for calendars, byte for byte (RFC 5545): the address of the meeting only for those who signed up.
func TestCalendar(t *testing.T) {
	l, p := conference()
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sarnakh//Sarnakh//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
BEGIN:VEVENT
UID:event-16@leads.example.org
SEQUENCE:3
DTSTAMP:20261201T080000Z
DTSTART:20261203T140000Z
DTEND:20261203T150000Z
SUMMARY:Leads\; how to follow up\, and when
DESCRIPTION:Thursday\, 3 December 2026 (12 Azar 1405)\n17:30–18:30\, Tehr
 an time (UTC+03:30)\nhttps://meet.example.org/x?y=1\,2\nhttps://leads.exam
 ple.org/p/webinar
LOCATION:https://meet.example.org/x?y=1\,2
URL:https://leads.example.org/p/webinar
STATUS:CONFIRMED
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got := string(l.Calendar(p, true)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if open := string(l.Calendar(p, false)); strings.Contains(open, "meet.") || open != string(l.Calendar(p, false)) {
		t.Error(open)
	}
	_, fa := conference(func(p *models.Published) { p.Locale = "fa" })
	if got := unfolded(string(l.Calendar(fa, false))); !strings.Contains(got, "پنجشنبه ۱۲ آذر ۱۴۰۵ (۳ دسامبر ۲۰۲۶)") {
		t.Error(got)
	}
	if _, none := conference(func(p *models.Published) { p.Version.Doc.Offer.Event = nil }); l.Calendar(none, true) != nil {
		t.Error("a file of no event")
	}
}

func unfolded(s string) string { return strings.ReplaceAll(s, "\r\n ", "") }

// Whatever is written, no line is too long, none is cut within a letter, and a reader gets back what was written.
func TestCalendarLines(t *testing.T) {
	plain := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("وبینار پیگیری؛ ab,;\\\n\r👩‍👩‍👧")))).Draw(t, "text")
		var c ics
		c.line("SUMMARY", icsText(text))
		for line := range strings.SplitSeq(strings.TrimSuffix(c.String(), "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Errorf("line %q", line)
			}
		}
		want := strings.Map(func(r rune) rune {
			if r != '\n' && (r < ' ' || r >= 0x7f && r <= 0x9f) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(text, ""))
		if want != "" {
			want = "SUMMARY:" + want
		}
		if got := plain.Replace(strings.TrimSuffix(unfolded(c.String()), "\r\n")); got != want {
			t.Errorf("%q became %q", text, got)
		}
	})
}
