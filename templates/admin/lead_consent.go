package admin

import (
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// Consent is one decision, with the very text that was shown.
type Consent struct {
	Purpose    string
	Decision   string
	Waits      bool // given, and counts once it is confirmed
	Method     string
	Version    int // of the text; 0 where none was shown
	Text       string
	TextLocale i18n.Locale
	At         time.Time
	Page       string
	IP         string
	Browser    string
}

// Agreed is what holds for one purpose now, and what may be written down about it.
type Agreed struct {
	Purpose               string
	Live, Waiting         bool
	CanAgree, CanWithdraw bool
}

func (a Agreed) word() (tone ui.Tone, key string) {
	switch {
	case a.Live:
		return ui.OK, "yes"
	case a.Waiting:
		return ui.Info, "waiting"
	}
	return ui.Plain, "no"
}

// facts behind a consent: what proves it.
func (c Consent) facts(loc *i18n.Loc) []Fact {
	return filled([]Fact{
		{Label: loc.T("admin.lead.consents.at"), Text: loc.DateTime(c.At)},
		{Label: loc.T("admin.lead.consents.page"), Text: c.Page, As: LeftToRight},
		{Label: loc.T("admin.lead.consents.network"), Text: c.IP, As: LeftToRight},
		{Label: loc.T("admin.lead.consents.browser"), Text: c.Browser, As: LeftToRight},
	})
}

var decisionTones = map[string]ui.Tone{"given": ui.OK, "confirmed": ui.OK, "waiting": ui.Info, "withdrawn": ui.Warn}

// decision is the word for what was said: what was given counts only once it is confirmed, where that was asked for.
func (c Consent) decision() string {
	if c.Waits {
		return "waiting"
	}
	return c.Decision
}

// EraseProps asks whether a person is to be forgotten.
type EraseProps struct {
	Shell   layout.AdminShell
	Action  string
	BackURL string
	Confirm string // what has to be typed
	Typed   string
	Error   string
}
