package admin

import (
	"cmp"

	"github.com/a-h/templ"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// SetupProps is the page behind a one-time link: it makes the first owner, or gives somebody a new password.
//
// The form posts name, email, locale and password; the button that shows the password posts _show=1 with them,
// and the page comes back with Shown. It must not be stored by browsers (Cache-Control: no-store).
type SetupProps struct {
	Head      layout.AdminHead
	Action    string
	Reset     bool   // only a new password is asked for, for Email
	Invited   string // as what somebody was invited with Email, a role as stored; empty for the others
	FactorOff bool   // with a new password, the second factor ends
	Name      string // what was typed
	Email     string
	Locale    i18n.Locale
	Password  string // written back only while Shown
	Shown     bool
	MinLength int
	Strength  Strength // of what was typed, empty for nothing
	Errors    SetupErrors
}

// SetupErrors are sentences, empty where all is well.
type SetupErrors struct {
	Name, Email, Locale, Password string
}

// Strength is how hard a password is to guess; its words are the message "admin.setup.strength.<strength>".
type Strength string

// The strengths.
const (
	StrengthShort  Strength = "short"
	StrengthCommon Strength = "common"
	StrengthFair   Strength = "fair"
	StrengthGood   Strength = "good"
)

var strengthTones = map[Strength]ui.Tone{StrengthShort: ui.Bad, StrengthCommon: ui.Bad, StrengthFair: ui.Warn, StrengthGood: ui.OK}

func (p SetupProps) heading() string {
	switch {
	case p.Reset:
		return p.Head.Loc.T("admin.setup.reset_heading")
	case p.Invited != "":
		return p.Head.Loc.T("team.setup.heading")
	}
	return p.Head.Loc.T("admin.setup.heading")
}

func (p SetupProps) text() string {
	switch {
	case p.FactorOff:
		return p.Head.Loc.T("team.setup.factor_off")
	case p.Reset:
		return p.Head.Loc.T("admin.setup.reset_text")
	case p.Invited != "":
		return p.Head.Loc.T("team.setup.text", "role", p.Head.Loc.T("role."+p.Invited))
	}
	return p.Head.Loc.T("admin.setup.text")
}

func (p SetupProps) button() string {
	switch {
	case p.Reset:
		return p.Head.Loc.T("admin.setup.reset_button")
	case p.Invited != "":
		return p.Head.Loc.T("team.setup.button")
	}
	return p.Head.Loc.T("admin.setup.button")
}

// known tells whether the address is that of a user already.
func (p SetupProps) known() bool { return p.Reset || p.Invited != "" }

// problems are the errors in the order of the page.
func (p SetupProps) problems() []ui.Problem {
	var out []ui.Problem
	for _, e := range []ui.Problem{
		{Target: "f-name", Text: p.Errors.Name}, {Target: "f-email", Text: p.Errors.Email},
		{Target: "f-locale", Text: p.Errors.Locale}, {Target: "f-password", Text: p.Errors.Password},
	} {
		if e.Text != "" {
			out = append(out, e)
		}
	}
	return out
}

func (p SetupProps) head() layout.AdminHead {
	return failed(p.Head, p.heading(), len(p.problems()) > 0)
}

func (p SetupProps) nameField() ui.FieldProps {
	return ui.FieldProps{ID: "f-name", Label: p.Head.Loc.T("field.name"), Hint: p.Head.Loc.T("admin.setup.name_hint"), Error: p.Errors.Name}
}

func (p SetupProps) emailField() ui.FieldProps {
	f := ui.FieldProps{ID: "f-email", Label: p.Head.Loc.T("field.email"), Error: p.Errors.Email}
	if !p.known() {
		f.Hint = p.Head.Loc.T("admin.setup.email_hint")
	}
	return f
}

// emailInput: where the address is known it is only shown, so that the browser keeps both together.
func (p SetupProps) emailInput() ui.InputProps {
	in := ui.InputProps{Name: "email", Value: p.Email, Type: "email", InputMode: "email", Autocomplete: "username", LTR: true, Required: true, MaxLength: 254}
	if p.known() {
		in.Attrs = templ.Attributes{"readonly": true}
	}
	return in
}

func (p SetupProps) localeField() ui.FieldProps {
	return ui.FieldProps{ID: "f-locale", Label: p.Head.Loc.T("admin.setup.locale"), Error: p.Errors.Locale}
}

// locales: the language of the page is proposed.
func (p SetupProps) locales() ui.ChoiceProps { return locales(cmp.Or(p.Locale, p.Head.Loc.Locale())) }

func (p SetupProps) passwordField() ui.FieldProps {
	return ui.FieldProps{ID: "f-password", Label: p.Head.Loc.T("field.password"),
		Hint: p.Head.Loc.T("admin.setup.password_hint", "n", p.MinLength), Error: p.Errors.Password}
}

func (p SetupProps) passwordInput() ui.InputProps {
	in := ui.InputProps{Name: "password", Type: "password", Autocomplete: "new-password", LTR: true, Required: true, MaxLength: 200}
	if p.Shown {
		in.Type, in.Value = "text", p.Password
	}
	return in
}

// SetupGoneProps is for a one-time link that was used or ran out.
type SetupGoneProps struct {
	Head      layout.AdminHead
	HasOwner  bool // then there is somebody to sign in
	SignInURL string
}
