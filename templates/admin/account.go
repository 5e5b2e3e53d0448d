package admin

import (
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// AccountProps is what a person decides about themselves. The first form posts name, locale and theme; the second present
// and password; the third present and end, a session's name or "others".
type AccountProps struct {
	Shell       layout.AdminShell
	Action      string
	PasswordURL string
	FactorURL   string
	SessionsURL string

	Name      string
	Email     string
	Locale    i18n.Locale
	Theme     layout.Theme
	MinLength int
	Factor    bool
	CodesLeft int
	Sessions  []SessionRow

	Problems []ui.Problem // of one of the forms, each of which has targets of its own
}

// SessionRow is a browser in which the person is signed in.
type SessionRow struct {
	ID              string
	Browser, System string // names, empty where they are not known
	Network         string
	Since, Seen     time.Time
	This            bool
}

// words are the browser's, each name with a direction of its own.
func (r SessionRow) words(loc *i18n.Loc) []i18n.Part {
	switch {
	case r.Browser != "" && r.System != "":
		return loc.Parts("account.session.device", "browser", r.Browser, "system", r.System)
	case r.Browser+r.System != "":
		return []i18n.Part{{Text: r.Browser + r.System, Arg: "browser"}}
	}
	return loc.Parts("account.session.unknown")
}

// device is the same for who listens.
func (r SessionRow) device(loc *i18n.Loc) string {
	var b strings.Builder
	for _, part := range r.words(loc) {
		b.WriteString(part.Text)
	}
	return b.String()
}

func (p AccountProps) others() bool { return len(p.Sessions) > 1 }

func (p AccountProps) themes() ui.ChoiceProps {
	c := ui.ChoiceProps{Name: "theme", Chosen: []string{string(p.Theme)}}
	for _, t := range [...]layout.Theme{layout.ThemeSystem, layout.ThemeLight, layout.ThemeDark} {
		c.Options = append(c.Options, ui.Option{Value: string(t), Label: p.Shell.Loc.T("admin.theme." + string(t))})
	}
	return c
}

// of are the problems of one form.
func (p AccountProps) of(targets ...string) (out []ui.Problem) {
	for _, t := range targets {
		if text := problem(p.Problems, t); text != "" {
			out = append(out, ui.Problem{Target: t, Text: text})
		}
	}
	return out
}

// FactorNewProps is where the second factor is turned on: the form posts sealed, code and present.
type FactorNewProps struct {
	Shell    layout.AdminShell
	Action   string
	Sealed   string // the secret, for the next try
	Secret   string // as it is typed, in groups of four
	Size     int    // of the picture, in modules
	Path     string // its dark ones
	LaterURL string // empty where it can't wait
	Welcome  bool   // somebody has just come
	Needed   bool   // by everybody here
	Problems []ui.Problem
}

// FactorProps is the second factor of somebody who has one. The first form posts present, the second present and code.
type FactorProps struct {
	Shell     layout.AdminShell
	CodesURL  string
	OffURL    string
	Left      int
	Forgotten bool // the program's key has changed: only the recovery codes work
	Problems  []ui.Problem
}

// CodesProps are the recovery codes, which nobody can show again.
type CodesProps struct {
	Shell   layout.AdminShell
	Codes   []string
	Fresh   bool // in place of others; else the second factor was just turned on
	DoneURL string
}

func passwordInput(name, autocomplete string) ui.InputProps {
	return ui.InputProps{Name: name, Type: "password", Autocomplete: autocomplete, LTR: true, Required: true, MaxLength: 200}
}
