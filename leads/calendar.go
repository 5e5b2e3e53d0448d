package leads

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"sarnakh/i18n"
	"sarnakh/mailer"
	"sarnakh/models"
)

// CalendarType is what a calendar's file is (RFC 5545 8.1), CalendarName how it is saved.
const (
	CalendarType = "text/calendar; charset=utf-8; method=PUBLISH"
	CalendarName = "event.ics"
)

// Calendar is a campaign's event as a file for calendars, nil where it has none. It is made of the published version alone
// and so the same each time; a later version takes the place of an earlier one, by its SEQUENCE. The address of a meeting
// is only for those who signed up.
func (l *Leads) Calendar(p *models.Published, withAddress bool) []byte {
	doc := &p.Version.Doc
	e := doc.Offer.Event
	if e == nil || e.From == 0 {
		return nil
	}
	from, until := Occasion(e, l.cfg.Zone)
	if until.IsZero() {
		until = from.Add(time.Hour)
	}
	page := l.cfg.BaseURL + "/p/" + p.Slug
	says := i18n.For(i18n.Locale(p.Locale)).Occasion(from, until)
	says[0] = bothCalendars(i18n.Locale(p.Locale), from)
	place := e.Place
	if withAddress && e.URL != "" {
		says = append(says, e.URL)
		if place == "" {
			place = e.URL
		}
	}
	says = append(says, page)
	c := ics{}
	for _, property := range [...][2]string{
		{"BEGIN", "VCALENDAR"}, {"VERSION", "2.0"}, {"PRODID", "-//Sarnakh//Sarnakh//EN"}, {"CALSCALE", "GREGORIAN"}, {"METHOD", "PUBLISH"},
		{"BEGIN", "VEVENT"}, {"UID", "event-" + p.ID.String() + "@" + l.cfg.MailDomain}, {"SEQUENCE", strconv.Itoa(p.Version.Number)},
		{"DTSTAMP", utcStamp(p.Version.CreatedAt.Time())}, {"DTSTART", utcStamp(from)}, {"DTEND", utcStamp(until)},
		{"SUMMARY", icsText(doc.Offer.Title)}, {"DESCRIPTION", icsText(strings.Join(says, "\n"))}, {"LOCATION", icsText(place)}, {"URL", page},
		{"STATUS", "CONFIRMED"}, {"TRANSP", "OPAQUE"}, {"END", "VEVENT"}, {"END", "VCALENDAR"},
	} {
		c.line(property[0], property[1])
	}
	return []byte(c.String())
}

// Occasion is when an event is, in its own zone.
func Occasion(e *models.Gathering, fallback *time.Location) (from, until time.Time) {
	zone, err := time.LoadLocation(e.Zone)
	if err != nil || e.Zone == "" {
		zone = fallback
	}
	if from = e.From.In(zone); e.Until != 0 {
		until = e.Until.In(zone)
	}
	return from, until
}

// bothCalendars: the file may be read by somebody who was sent it.
func bothCalendars(l i18n.Locale, t time.Time) string {
	loc := i18n.For(l)
	return loc.T("occasion.both", "day", loc.DateLong(t), "other", loc.OtherDate(t))
}

// attachment is the event's file as a mail brings it.
func (l *Leads) attachment(p *models.Published) []mailer.Attachment {
	file := l.Calendar(p, true)
	if file == nil {
		return nil
	}
	return []mailer.Attachment{{Name: CalendarName, Type: CalendarType, Data: file}}
}

func utcStamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// icsText escapes a text (RFC 5545 3.3.11). Control characters have no place in one.
func icsText(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(strings.ToValidUTF8(s, ""))
}

// An ics is a file being written.
type ics struct{ strings.Builder }

// maxOctets of a line, its end not counted (RFC 5545 3.1).
const maxOctets = 75

// line writes a property, folded between letters and never within one. What is empty is left out.
func (c *ics) line(name, value string) {
	if value == "" {
		return
	}
	width := 0
	for _, r := range name + ":" + value {
		if n := len(string(r)); width+n > maxOctets {
			c.WriteString("\r\n ")
			width = 1 + n
		} else {
			width += n
		}
		c.WriteRune(r)
	}
	c.WriteString("\r\n")
}
