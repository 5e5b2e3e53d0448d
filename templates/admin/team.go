package admin

import (
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// TeamProps is who works here, those who came first at the top.
type TeamProps struct {
	Shell  layout.AdminShell
	Rows   []Colleague
	NewURL string
	Next   string
}

// Colleague is one person who works here, or was asked to.
type Colleague struct {
	URL       string
	Name      string
	Email     string
	Role      string
	State     string // models.UserState
	Factor    bool
	SeenAt    time.Time
	InvitedAt time.Time
	Until     time.Time // the end of an invitation
	You       bool
}

var userTones = map[string]ui.Tone{"active": ui.OK, "invited": ui.Info, "disabled": ui.Plain}

// late tells an invitation whose link no longer works.
func (c Colleague) late(now time.Time) bool {
	return c.State == "invited" && known(c.Until) && c.Until.Before(now)
}

func (c Colleague) state(loc *i18n.Loc, now time.Time) string {
	if c.late(now) {
		return loc.T("team.state.late")
	}
	return loc.T("team.state." + c.State)
}

func (c Colleague) tone(now time.Time) ui.Tone {
	if c.late(now) {
		return ui.Warn
	}
	return userTones[c.State]
}

// factor says whether there is a second one; of somebody who has not come nothing.
func (c Colleague) factor(loc *i18n.Loc) string {
	switch {
	case c.State == "invited":
		return "—"
	case c.Factor:
		return loc.T("team.factor.on")
	}
	return loc.T("team.factor.off")
}

// TeamNewProps asks somebody in. The form posts name, email, role and locale.
type TeamNewProps struct {
	Shell    layout.AdminShell
	Action   string
	Name     string
	Email    string
	Role     string
	Locale   i18n.Locale
	Problems []ui.Problem
}

// roles are offered with what each may do.
func (p TeamNewProps) roles() ui.ChoiceProps {
	c := ui.ChoiceProps{Name: "role", Chosen: []string{p.Role}, Required: true}
	for _, r := range roles {
		c.Options = append(c.Options, ui.Option{Value: r, Label: p.Shell.Loc.T("role."+r) + ": " + p.Shell.Loc.T("team.may."+r)})
	}
	return c
}

var roles = [...]string{"owner", "marketer", "sales", "analyst"}

// locales: each language is offered in its own words.
func locales(chosen i18n.Locale) ui.ChoiceProps {
	c := ui.ChoiceProps{Name: "locale", Chosen: []string{string(chosen)}}
	for _, l := range i18n.Locales() {
		c.Options = append(c.Options, ui.Option{Value: string(l), Label: i18n.For(l).T("language." + string(l))})
	}
	return c
}

// ColleagueProps is one person, with what an owner can do about them.
type ColleagueProps struct {
	Shell    layout.AdminShell
	Person   Colleague
	Since    time.Time // when they were added
	Sessions int       // in how many browsers they are signed in
	Last     bool      // the last who owns the server: stays so
	Refused  bool      // what was asked for would have left the server without one

	RoleURL, DisableURL, EnableURL, SignOutURL, AgainURL, TakeBackURL string // empty where it can't be done
}

func (p ColleagueProps) facts() []Fact {
	loc, c := p.Shell.Loc, p.Person
	out := []Fact{
		{Label: loc.T("field.email"), Text: c.Email, As: LeftToRight, URL: "mailto:" + c.Email},
		{Label: loc.T("team.role"), Text: loc.T("role." + c.Role)},
		{Label: loc.T("team.may.label"), Text: loc.T("team.may." + c.Role)},
		{Label: loc.T("team.since"), Text: loc.Date(p.Since)},
	}
	if c.State == "invited" {
		if known(c.InvitedAt) {
			out = append(out, Fact{Label: loc.T("team.invited_at"), Text: loc.DateTime(c.InvitedAt)})
		}
		return out
	}
	seen := "—"
	if known(c.SeenAt) {
		seen = loc.Ago(c.SeenAt, p.Shell.Now)
	}
	return append(out, Fact{Label: loc.T("team.seen"), Text: seen}, Fact{Label: loc.T("team.factor.label"), Text: c.factor(loc)},
		Fact{Label: loc.T("team.sessions"), Text: loc.Int(int64(p.Sessions))})
}

func (p ColleagueProps) roleChoice() ui.ChoiceProps {
	c := ui.ChoiceProps{Name: "role", Chosen: []string{p.Person.Role}}
	for _, r := range roles {
		c.Options = append(c.Options, ui.Option{Value: r, Label: p.Shell.Loc.T("role." + r)})
	}
	return c
}
