package models

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// Hours are a part of each day from one minute after midnight to another, over midnight where From is the later.
// Where both are the same they are none.
type Hours struct {
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"`
}

// Empty tells that no time is within them.
func (h Hours) Empty() bool { return h.From == h.To }

func (h Hours) has(minute int) bool {
	if h.From <= h.To {
		return minute >= h.From && minute < h.To
	}
	return minute >= h.From || minute < h.To
}

// A Window is when something may be sent: some days of the week, some hours of the day. An empty part is no limit.
type Window struct {
	Days  []time.Weekday `json:"days,omitempty"`
	Hours Hours          `json:"hours,omitzero"`
}

// Sending is when a mail may begin: within a window, outside quiet hours, by the clocks of a zone. Kept with the mail as
// one word, so that the last moment needs nothing else to judge by. The zero one is always.
type Sending struct {
	Window Window
	Quiet  Hours
	Zone   string // IANA name
}

// Always tells that there is no limit.
func (s Sending) Always() bool {
	return len(s.Window.Days) == 0 && s.Window.Hours.Empty() && s.Quiet.Empty()
}

// String is the word kept with a mail: "0800-2000/2100-0700/12345/Asia/Tehran", empty for always.
func (s Sending) String() string {
	if s.Always() {
		return ""
	}
	var days strings.Builder
	for _, d := range s.Window.Days {
		days.WriteByte('0' + byte(d))
	}
	return s.Window.Hours.word() + "/" + s.Quiet.word() + "/" + days.String() + "/" + s.Zone
}

func (h Hours) word() string {
	return fmt.Sprintf("%02d%02d-%02d%02d", h.From/60, h.From%60, h.To/60, h.To%60)
}

// ParseSending reads String's word. What is not such a word is always.
func ParseSending(word string) (s Sending) {
	parts := strings.SplitN(word, "/", 4)
	if len(parts) != 4 {
		return Sending{}
	}
	s.Window.Hours, s.Quiet, s.Zone = parseHours(parts[0]), parseHours(parts[1]), parts[3]
	for _, d := range parts[2] {
		if d >= '0' && d <= '6' {
			s.Window.Days = append(s.Window.Days, time.Weekday(d-'0'))
		}
	}
	return s
}

func parseHours(word string) Hours {
	var fh, fm, th, tm int
	if _, err := fmt.Sscanf(word, "%02d%02d-%02d%02d", &fh, &fm, &th, &tm); err != nil {
		return Hours{}
	}
	return Hours{fh*60 + fm, th*60 + tm}
}

// Next is the first moment, not before t, at which sending is allowed: t itself where it is. Minutes are those of a wall
// clock, so that the hours hold over daylight-saving changes. Where no moment of two weeks is allowed it is t: a
// window that can never open stops nobody for ever.
func (s Sending) Next(t time.Time, fallback *time.Location) time.Time {
	if s.Always() {
		return t
	}
	local := t.In(Zone(s.Zone, fallback))
	if s.allows(local) {
		return t
	}
	// By elapsed minutes, read on the wall clock each: an hour that a change of the clocks leaves out or repeats is
	// what that clock shows.
	at := local.Truncate(time.Minute)
	for range 15 * 24 * 60 {
		at = at.Add(time.Minute)
		if s.allows(at) {
			return at
		}
	}
	return t
}

// zones keeps what was once read: time.LoadLocation reads its file each time.
var zones sync.Map

// Zone is the time zone of an IANA name, the fallback where there is none of that name.
func Zone(name string, fallback *time.Location) *time.Location {
	if name == "" {
		return fallback
	}
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return fallback
	}
	zones.Store(name, z)
	return z
}

func (s Sending) allows(local time.Time) bool {
	minute := local.Hour()*60 + local.Minute()
	if s.Quiet.has(minute) && !s.Quiet.Empty() || !s.Window.Hours.Empty() && !s.Window.Hours.has(minute) {
		return false
	}
	if len(s.Window.Days) == 0 {
		return true
	}
	for _, d := range s.Window.Days {
		if d == local.Weekday() {
			return true
		}
	}
	return false
}
