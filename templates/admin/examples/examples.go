// Package examples holds every page of the back office with canned words in both languages: for tests, and for
// taking pictures of them. All people and companies in it are made up.
package examples

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"sarnakh/i18n"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// Example is one page in one state.
type Example struct {
	Name string
	Page templ.Component
}

// set is one language's examples in the making.
type set struct {
	loc  *i18n.Loc
	head layout.AdminHead
	now  time.Time
}

// say picks the words of the set's language.
func (s set) say(fa, en string) string {
	if s.loc.Locale() == i18n.FA {
		return fa
	}
	return en
}

// ago is a moment before now.
func (s set) ago(d time.Duration) time.Time { return s.now.Add(-d) }

const day = 24 * time.Hour

// All are the examples of one language as of now.
func All(loc *i18n.Loc, assets layout.Assets, theme layout.Theme, now time.Time) []Example {
	s := set{loc: loc, now: now}
	s.head = layout.AdminHead{
		Loc: loc, Assets: assets, Theme: theme, Now: now, Path: "/admin/leads", Version: "0.1.0", Zone: "Asia/Tehran",
		Actions: layout.AdminActions{Home: "/admin", Search: "/admin/leads#q",
			Locale: "/admin/locale", Theme: "/admin/theme", SignOut: "/admin/logout", Account: "/admin/account"},
	}
	var out []Example
	for _, part := range [][]Example{s.gates(), s.campaigns(), s.media(), s.results(), s.lists(), s.leads(), s.sequences(), s.mails(), s.kept(), s.errors(), s.people(), s.pageEditor(), s.emails(), s.offers(), s.forms(), s.share()} {
		out = append(out, part...)
	}
	return out
}

// shell is that of somebody who is signed in.
func (s set) shell(room layout.Room, crumbs ...layout.Crumb) layout.AdminShell {
	return layout.AdminShell{
		AdminHead: s.head, Current: room, Crumbs: crumbs,
		User: layout.AdminUser{Name: s.say("مینا یاوری", "Mina Yavari"), Role: "owner"},
		Nav: []layout.NavItem{
			{Room: layout.RoomLeads, URL: "/admin/leads", Count: 12},
			{Room: layout.RoomSequences, URL: "/admin/sequences"},
			{Room: layout.RoomMailbox, URL: "/admin/mailbox"},
			{Room: layout.RoomQuarantine, URL: "/admin/quarantine", Count: 2},
			{Room: layout.RoomTeam, URL: "/admin/team"},
		},
	}
}

// warned is the shell of a server that is being tried out.
func (s set) warned(room layout.Room) layout.AdminShell {
	shell := s.shell(room)
	shell.Notices = []layout.Notice{layout.SpeedNotice(s.loc, 1440), layout.MailboxNotice(s.loc, "/admin/mailbox")}
	return shell
}

func (s set) gates() []Example {
	setup := admin.SetupProps{Head: s.head, Action: "/admin/setup/abc", MinLength: 12}
	typed := setup
	typed.Name, typed.Email, typed.Locale = s.say("مینا یاوری", "Mina Yavari"), "mina@example.com", i18n.EN
	wrong := typed
	wrong.Name, wrong.Email, wrong.Strength = "", "mina@", admin.StrengthCommon
	wrong.Errors = admin.SetupErrors{Name: s.loc.T("invalid.required_name"),
		Email: s.loc.T("invalid.email", "example", s.loc.T("example.email")), Password: s.loc.T("invalid.password_short", "n", 12)}
	shown := typed
	shown.Shown, shown.Password, shown.Strength = true, "چای سرد و پنجرهٔ باز", admin.StrengthGood
	reset := setup
	reset.Reset, reset.Email, reset.Strength = true, "mina@example.com", admin.StrengthFair
	door := admin.SignInProps{Head: s.head, Action: "/admin/login", Next: "/admin/leads"}
	failed := door
	failed.Email, failed.Failed = "mina@example.com", true
	slow := failed
	slow.Wait = 90 * time.Second
	ended := door
	ended.Ended = true
	return []Example{
		{"setup", admin.Setup(setup)},
		{"setup-errors", admin.Setup(wrong)},
		{"setup-shown", admin.Setup(shown)},
		{"setup-reset", admin.Setup(reset)},
		{"setup-gone", admin.SetupGone(admin.SetupGoneProps{Head: s.head})},
		{"setup-gone-owned", admin.SetupGone(admin.SetupGoneProps{Head: s.head, HasOwner: true, SignInURL: "/admin/login"})},
		{"signin", admin.SignIn(door)},
		{"signin-failed", admin.SignIn(failed)},
		{"signin-slow", admin.SignIn(slow)},
		{"signin-ended", admin.SignIn(ended)},
		{"gate-error", admin.GateError(admin.GateErrorProps{Head: s.head, Status: http.StatusInternalServerError, RequestID: "01k9x7-4fz2"})},
	}
}

func (s set) errors() []Example {
	var out []Example
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusInternalServerError} {
		p := admin.ErrorProps{Shell: s.shell(""), Status: status}
		switch status {
		case http.StatusConflict:
			p.BackURL = "/admin/leads/1x2y"
		case http.StatusInternalServerError:
			p.RequestID = "01k9x7-4fz2"
		}
		out = append(out, Example{"error-" + strconv.Itoa(status), admin.Error(p)})
	}
	return out
}

// released is the flash after a submission was let in.
func (s set) released() *layout.Notice {
	n := admin.ReleasedNotice(s.loc, s.say("نرگس مهرآیین", "Nora Hale"), "/admin/leads/1x2y")
	return &n
}

// refused is a flash of something that did not work.
func (s set) refused() *layout.Notice {
	return &layout.Notice{Tone: ui.Bad, Text: []i18n.Part{{Text: s.say("ذخیره نشد؛ دوباره امتحان کنید.", "That was not saved; try again.")}}}
}
