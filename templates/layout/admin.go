package layout

import (
	"slices"
	"strconv"
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/ui"
)

// Theme is how a person wants the back office coloured.
type Theme string

// The themes. System follows the device without a script: tokens.css asks for its choice.
const (
	ThemeSystem Theme = "system"
	ThemeLight  Theme = "light"
	ThemeDark   Theme = "dark"
)

var themes = [...]Theme{ThemeSystem, ThemeLight, ThemeDark}

// AdminHead is what every page of the back office has, whoever reads it. All times of a page's props are in the
// owner's zone, and so is Now.
type AdminHead struct {
	Loc     *i18n.Loc
	Assets  Assets
	Theme   Theme
	Now     time.Time
	Title   string
	Path    string // of this page: sent as "back" with the small forms, so that they return to it
	Actions AdminActions
	Version string // of the program
	Zone    string // in which times are shown: "Asia/Tehran"
}

// AdminActions are the addresses that do not depend on the page. The last three take a POST: "locale" with fa or
// en, "theme" with system, light or dark, and nothing; each with "back".
type AdminActions struct {
	Home    string
	Search  string // where a lead is looked for; empty without leave to see them
	Locale  string
	Theme   string
	SignOut string
	Account string // the person's own
}

// theme: where nobody chose, the device does.
func (h AdminHead) theme() Theme {
	if slices.Contains(themes[:], h.Theme) {
		return h.Theme
	}
	return ThemeSystem
}

// AdminShell is what a page shows to somebody who is signed in, around its own matter.
type AdminShell struct {
	AdminHead
	User    AdminUser
	Nav     []NavItem
	Current Room     // the room this page is in
	Crumbs  []Crumb  // how to come here, without this page itself
	Notices []Notice // true of the whole server, on every page
	Flash   *Notice  // what the last button did
}

// AdminUser is who is signed in.
type AdminUser struct {
	Name string
	Role string // a stored role: "owner"
}

// Room is a part of the back office with a place in its menu. Its name is the message "admin.nav.<room>".
type Room string

// The rooms.
const (
	RoomCampaigns  Room = "campaigns"
	RoomLeads      Room = "leads"
	RoomSequences  Room = "sequences"
	RoomMailbox    Room = "mailbox"
	RoomQuarantine Room = "quarantine"
	RoomTeam       Room = "team"
	RoomAccount    Room = "account" // without a place in the menu: the person's name leads there
)

var roomIcons = map[Room]string{RoomCampaigns: "flag", RoomLeads: "users", RoomSequences: "route", RoomMailbox: "inbox", RoomQuarantine: "shield", RoomTeam: "user"}

// NavItem is a room that exists and that this person may enter. Count is what waits there: hot leads, or
// submissions in quarantine.
type NavItem struct {
	Room  Room
	URL   string
	Count int64
}

// Crumb is a page on the way to this one.
type Crumb struct {
	Text string
	URL  string
}

// Notice is a message of the program above the page.
type Notice struct {
	Tone ui.Tone // Plain, OK, Warn or Bad
	Text []i18n.Part
	Link string // the words of a link that helps; empty for none
	URL  string
	Act  *NoticeAct // a button beside it, nil for none
}

// NoticeAct is a button in a notice, such as one that takes back what the notice tells. It sends a POST with one value.
type NoticeAct struct {
	Text, URL   string
	Name, Value string
}

var noticeIcons = map[ui.Tone]string{ui.OK: "check", ui.Warn: "alert", ui.Bad: "alert"}

func (n Notice) icon() string {
	if icon := noticeIcons[n.Tone]; icon != "" {
		return icon
	}
	return "info"
}

// SpeedNotice is shown while the delays of sequences are not their true ones.
func SpeedNotice(loc *i18n.Loc, speed float64) Notice {
	return Notice{Tone: ui.Warn, Text: loc.Parts("admin.notice.speed", "key", "nurture.speed", "speed", speed)}
}

// MailboxNotice is shown while no mail leaves the house; url is the built-in mailbox, or empty.
func MailboxNotice(loc *i18n.Loc, url string) Notice {
	n := Notice{Tone: ui.Warn, Text: loc.Parts("admin.notice.mailbox", "key", "smtp.url")}
	if url != "" {
		n.Link, n.URL = loc.T("admin.notice.mailbox_link"), url
	}
	return n
}

// PausedNotice is shown while no mail leaves at all, with why; resume is where a button sends to, empty for who may not.
func PausedNotice(loc *i18n.Loc, reason, resume string) Notice {
	n := Notice{Tone: ui.Bad, Text: loc.Parts("admin.notice.paused", "reason", reason)}
	if resume != "" {
		n.Act = &NoticeAct{Text: loc.T("admin.notice.resume"), URL: resume}
	}
	return n
}

// count is short enough for a badge.
func (i NavItem) count(loc *i18n.Loc) string {
	if i.Count > 999 {
		return loc.Digits(strconv.Itoa(999)) + "+"
	}
	return loc.Int(i.Count)
}
