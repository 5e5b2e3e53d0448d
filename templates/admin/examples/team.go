package examples

import (
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// people are the pages of the team and of one's own account, and the further pages at the door.
func (s set) people() []Example {
	var out []Example
	for _, part := range [][]Example{s.team(), s.account(), s.door()} {
		out = append(out, part...)
	}
	return out
}

func (s set) colleagues() []admin.Colleague {
	return []admin.Colleague{
		{URL: "/admin/team/1a", Name: s.say("مینا یاوری", "Mina Yavari"), Email: "mina@example.com", Role: "owner", State: "active", Factor: true, SeenAt: s.ago(time.Minute), You: true},
		{URL: "/admin/team/1b", Name: s.say("آرش دماوندی", "Arash Damavandi"), Email: "arash@example.com", Role: "marketer", State: "active", SeenAt: s.ago(3 * day)},
		{URL: "/admin/team/1c", Name: "Lena Novak", Email: "lena@example.com", Role: "sales", State: "invited", InvitedAt: s.ago(day), Until: s.ago(-2 * day)},
		{URL: "/admin/team/1d", Name: s.say("سامان سپید", "Omar Silva"), Email: "omar@example.com", Role: "analyst", State: "invited", InvitedAt: s.ago(5 * day), Until: s.ago(2 * day)},
		{URL: "/admin/team/1e", Name: s.say("بهار رستگار", "May Holt"), Email: "may@example.com", Role: "sales", State: "disabled", SeenAt: s.ago(90 * day)},
	}
}

func (s set) team() []Example {
	all := s.colleagues()
	crumb := layout.Crumb{Text: s.loc.T("admin.nav.team"), URL: "/admin/team"}
	list := admin.TeamProps{Shell: s.shell(layout.RoomTeam), NewURL: "/admin/team/new", Rows: all, Next: "/admin/team?after=1e"}
	asked := admin.TeamNewProps{Shell: s.shell(layout.RoomTeam, crumb), Action: "/admin/team/new", Role: "marketer", Locale: s.loc.Locale()}
	wrong := asked
	wrong.Email, wrong.Role, wrong.Locale = "arash@", "", ""
	wrong.Problems = []ui.Problem{{Target: "f-name", Text: s.loc.T("invalid.required_name")}, {Target: "f-email", Text: s.loc.T("team.known")},
		{Target: "f-role", Text: s.loc.T("invalid.required_choice", "label", s.loc.T("team.role"))},
		{Target: "f-locale", Text: s.loc.T("invalid.required_choice", "label", s.loc.T("team.locale"))}}
	person := admin.ColleagueProps{Shell: s.shell(layout.RoomTeam, crumb), Person: all[1], Since: s.ago(200 * day), Sessions: 2,
		RoleURL: "/admin/team/1b/role", DisableURL: "/admin/team/1b/disable", SignOutURL: "/admin/team/1b/sign-out"}
	last := admin.ColleagueProps{Shell: person.Shell, Person: all[0], Since: s.ago(300 * day), Sessions: 1, Last: true, SignOutURL: "/admin/team/1a/sign-out"}
	refused := last
	refused.Refused = true
	invited := admin.ColleagueProps{Shell: person.Shell, Person: all[2], Since: s.ago(day), RoleURL: "/admin/team/1c/role", AgainURL: "/admin/team/1c/again", TakeBackURL: "/admin/team/1c/take-back"}
	disabled := admin.ColleagueProps{Shell: person.Shell, Person: all[4], Since: s.ago(300 * day), RoleURL: "/admin/team/1e/role", EnableURL: "/admin/team/1e/enable"}
	return []Example{
		{"team", admin.Team(list)}, {"team-new", admin.TeamNew(asked)}, {"team-new-errors", admin.TeamNew(wrong)},
		{"team-person", admin.ColleaguePage(person)}, {"team-last", admin.ColleaguePage(last)}, {"team-refused", admin.ColleaguePage(refused)},
		{"team-invited", admin.ColleaguePage(invited)}, {"team-disabled", admin.ColleaguePage(disabled)},
	}
}

func (s set) account() []Example {
	crumb := layout.Crumb{Text: s.loc.T("account.heading"), URL: "/admin/account"}
	within := s.shell(layout.RoomAccount, crumb)
	own := admin.AccountProps{Shell: s.shell(layout.RoomAccount), Action: "/admin/account", PasswordURL: "/admin/account/password", FactorURL: "/admin/account/factor",
		SessionsURL: "/admin/account/sessions", Name: s.say("مینا یاوری", "Mina Yavari"), Email: "mina@example.com", Locale: s.loc.Locale(), Theme: layout.ThemeSystem, MinLength: 12,
		Sessions: []admin.SessionRow{{ID: "a", Browser: "Firefox", System: "Linux", Network: "192.0.2.7", Since: s.ago(2 * day), Seen: s.ago(time.Minute), This: true}}}
	busy := own
	busy.Factor, busy.CodesLeft = true, 7
	busy.Sessions = append(busy.Sessions, admin.SessionRow{ID: "b", Browser: "Safari", System: "iPhone", Network: "2001:db8::7", Since: s.ago(9 * day), Seen: s.ago(day)},
		admin.SessionRow{ID: "c", Since: s.ago(3 * day), Seen: s.ago(3 * day)}, admin.SessionRow{ID: "d", Browser: "curl", Since: s.ago(3 * day), Seen: s.ago(3 * day)})
	wrong := busy
	wrong.Problems = []ui.Problem{{Target: "f-name", Text: s.loc.T("invalid.required_name")}, {Target: "f-present", Text: s.loc.T("account.password.wrong")},
		{Target: "f-password", Text: s.loc.T("invalid.password_short", "n", 12)}, {Target: "f-end-present", Text: s.loc.T("account.password.missing")}}
	fresh := admin.FactorNewProps{Shell: within, Action: "/admin/account/factor", Sealed: "sealed", Secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", Size: 29,
		Path: "M4 4h7v1h-7z" + strings.Repeat("M8 9h3v1h-3z", 3), LaterURL: "/admin/account"}
	welcome := fresh
	welcome.Welcome, welcome.LaterURL = true, "/admin"
	welcome.Problems = []ui.Problem{{Target: "f-code", Text: s.loc.T("account.factor.wrong")}, {Target: "f-present", Text: s.loc.T("account.password.missing")}}
	factor := admin.FactorProps{Shell: within, CodesURL: "/admin/account/codes", OffURL: "/admin/account/factor/off", Left: 1}
	lost := factor
	lost.Left, lost.Forgotten = 0, true
	lost.Problems = []ui.Problem{{Target: "f-codes-present", Text: s.loc.T("account.password.wrong")}, {Target: "f-code", Text: s.loc.T("second.failed")}}
	codes := admin.CodesProps{Shell: within, Codes: strings.Fields("k7m2q-9xw4t a3f8h-6jz9c p2d5v-8nr4y w9t3s-7eg6k b8c4m-2hx5q z6y9f-3av7d j5n2r-4kw8p e7g3t-9sq6m v4h8c-5by2z x3d6j-7mf9a"), DoneURL: "/admin/account"}
	renewed := codes
	renewed.Fresh = true
	return []Example{
		{"account", admin.Account(own)}, {"account-factor", admin.Account(busy)}, {"account-errors", admin.Account(wrong)},
		{"factor-new", admin.FactorNew(fresh)}, {"factor-welcome", admin.FactorNew(welcome)}, {"factor", admin.Factor(factor)}, {"factor-lost", admin.Factor(lost)},
		{"codes", admin.Codes(codes)}, {"codes-fresh", admin.Codes(renewed)},
	}
}

func (s set) door() []Example {
	var out []Example
	for _, lost := range []admin.Lost{admin.LostKept, admin.LostFiles, admin.LostLarge, admin.LostSecret} {
		p := admin.SignInProps{Head: s.head, Action: "/admin/login", Next: "/admin", Lost: lost}
		if lost == admin.LostKept {
			p.Parked = "sealed"
		}
		out = append(out, Example{"signin-" + string(lost), admin.SignIn(p)})
	}
	second := admin.SecondProps{Head: s.head, Action: "/admin/login/code", Next: "/admin", BackURL: "/admin/login"}
	failed, slow := second, second
	failed.Failed, slow.Wait = true, 8*time.Second
	invited := admin.SetupProps{Head: s.head, Action: "/admin/setup/abc", MinLength: 12, Invited: "marketer", Name: s.say("آرش", "Arash"), Email: "arash@example.com", Locale: i18n.FA}
	off := admin.SetupProps{Head: s.head, Action: "/admin/setup/abc", MinLength: 12, Reset: true, FactorOff: true, Email: "arash@example.com"}
	parked := admin.ParkedProps{Head: s.head, Action: "/admin/sequences/1x/edit", LeaveURL: "/admin/sequences", Fields: []admin.Hidden{{Name: "name", Value: "x"}, {Name: "op", Value: ""}}}
	parked.Place = []string{s.loc.T("admin.nav.sequences"), long}
	return append(out, Example{"parked-others", admin.OthersParked(s.head, "/admin")}, Example{"signin-late", admin.SignIn(admin.SignInProps{Head: s.head, Action: "/admin/login", Late: true})},
		Example{"second", admin.Second(second)}, Example{"second-failed", admin.Second(failed)}, Example{"second-slow", admin.Second(slow)},
		Example{"setup-invited", admin.Setup(invited)}, Example{"setup-factor-off", admin.Setup(off)}, Example{"parked", admin.Parked(parked)})
}
