package scenes

import (
	"encoding/base32"
	"strings"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/team"
)

// people are the pages of the team, and of one's own account: what the guard's do to their second factor, the next ones find.
func people() []Scene {
	return []Scene{
		{Name: "team-new", Who: Owner, Open: at("/admin/team/new")},
		{Name: "team-errors", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/team/new")
			s.Fill("#f-email", "arash@")
			s.Press("form .btn--primary")
		}},
		{Name: "team", Who: Owner, Open: (*Stage).invite},
		{Name: "team-known", Who: Owner, Open: (*Stage).invite},
		{Name: "team-invited", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/team")
			s.Press("tr:has(.badge--info) a")
		}},
		{Name: "team-person", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/team")
			s.Press("tr:has(.badge--ok) a")
		}},
		{Name: "team-again", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/team")
			s.Press("tr:has(.badge--info) a")
			s.Press("form[action$='/again'] button")
		}},
		{Name: "team-one", Who: Beginner, Open: at("/admin/team")},
		{Name: "invitation", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/mailbox")
			s.Press("tbody a")
		}},
		{Name: "account", Who: Guard, Open: (*Stage).account},
		{Name: "account-errors", Who: Guard, Open: func(s *Stage) {
			s.account()
			s.Fill("#f-present", "not the one")
			s.Fill("#f-password", "short")
			s.Press("form[action$='/password'] button")
		}},
		{Name: "factor-new", Who: Guard, Open: func(s *Stage) {
			s.account()
			s.Press("a[href$='/factor']")
		}},
		{Name: "factor-errors", Who: Guard, Open: func(s *Stage) {
			s.account()
			s.Press("a[href$='/factor']")
			s.Fill("#f-code", "000000")
			s.Press("main form .btn--primary, main form .btn--danger")
		}},
		{Name: "codes", Who: Guard, Open: (*Stage).secure},
		{Name: "factor", Who: Guard, Open: func(s *Stage) {
			s.secure()
			s.Open("/admin/account/factor")
		}},
		{Name: "second", Who: Guard, Open: func(s *Stage) {
			s.secure()
			s.leave()
			s.Open("/admin/login")
			s.password()
		}},
		{Name: "second-failed", Who: Guard, Open: func(s *Stage) {
			s.secure()
			s.leave()
			s.Open("/admin/login")
			s.password()
			s.Fill("#f-code", "000000")
			s.Press(".gate .btn--primary")
		}},
		{Name: "parked", Who: Guard, Open: (*Stage).lose},
		{Name: "parked-back", Who: Guard, Open: func(s *Stage) {
			s.lose()
			s.password()
			s.recover()
		}},
		{Name: "parked-campaign", Who: Guard, Open: func(s *Stage) {
			s.secure()
			s.part(s.slug(), "/form?part=words")
			s.elsewhere()
			s.save()
			s.password()
			s.recover()
		}},
		{Name: "parked-others", Who: Guard, Open: func(s *Stage) { // the last: the guard's browser is another's then
			if _, err := s.Stage(Owner, s.Locale); err != nil {
				return
			}
			s.lose()
			s.Fill("#f-email", "owner."+s.Locale+"@example.com")
			s.Fill("#f-password", guardPassword)
			s.Press(".gate .btn--primary")
		}},
	}
}

const guardPassword = "tea with rock sugar"

// invite asks somebody in, or is told that they were asked before.
func (s *Stage) invite() {
	s.Open("/admin/team/new")
	s.Fill("#f-name", s.say("آرش دماوندی", "Arash Damavandi"))
	s.Fill("#f-email", "arash."+s.Locale+"@example.com")
	s.Press("form .btn--primary")
}

// account opens the guard's own page, by the door where it has to be.
func (s *Stage) account() {
	s.Open("/admin/account")
	if !strings.HasPrefix(s.Path(), "/admin/login") {
		return
	}
	s.password()
	if s.Has("#f-code") {
		s.recover()
	}
}

func (s *Stage) password() {
	s.Fill("#f-email", "marketer."+s.Locale+"@example.com")
	s.Fill("#f-password", guardPassword)
	s.Press(".gate .btn--primary")
}

// recover gives one of the codes that were shown.
func (s *Stage) recover() {
	s.mu.Lock()
	code := ""
	if kept := s.codes[s.Locale]; len(kept) > 0 {
		code, s.codes[s.Locale] = kept[0], kept[1:]
	}
	s.mu.Unlock()
	s.Fill("#f-code", code)
	s.Press(".gate .btn--primary")
}

// secure turns the second factor on, or makes fresh codes where it is on already.
func (s *Stage) secure() {
	s.account()
	s.Open("/admin/account/factor")
	if s.Has("[name=sealed]") {
		secret, _ := base32.StdEncoding.DecodeString(strings.ReplaceAll(s.Text("#secret"), " ", ""))
		s.Fill("#f-code", team.Secret(secret).Code(time.Now()))
		s.Fill("#f-present", guardPassword)
		s.Press("main form .btn--primary")
	} else {
		s.Fill("#f-codes-present", guardPassword)
		s.Press("form[action$='/codes'] button")
	}
	s.mu.Lock()
	s.codes[s.Locale] = s.All("#codes li")
	s.mu.Unlock()
}

func (s *Stage) leave() { s.Press(`.side form[action="/admin/logout"] button`) }

// lose sends a form whose session has ended elsewhere.
func (s *Stage) lose() {
	s.secure()
	s.Open("/admin/account")
	s.Fill("#f-name", s.say("مینا یاوری تهرانی", "Mina Yavari Tehrani"))
	s.elsewhere()
	s.Press("form[action='/admin/account'] .btn--primary")
}

// elsewhere signs out as in another tab.
func (s *Stage) elsewhere() {
	browser.Eval[browser.Nothing](s.Tab, "fetch('/admin/logout', {method: 'POST'}).then(() => null)")
}
