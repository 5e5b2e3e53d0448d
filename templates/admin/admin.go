// Package admin holds the pages of the back office, each with one typed struct of props that a handler fills.
// Times in the props are in the owner's zone; stored values (a stage, a state) are given as stored, and the page
// puts them in words.
package admin

import (
	"cmp"
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// Fact is something known about a lead, or a question of a form with its answer.
type Fact struct {
	Label string
	Text  string
	As    Way
	URL   string // where the text leads: mailto:, or a page of ours
}

// Way is how a text is written.
type Way string

// The ways. Number is a phone number or the like: left to right, in the digits of the language.
const (
	Words       Way = ""
	LeftToRight Way = "ltr"
	Number      Way = "number"
)

// word is the text of a stored value, or the value itself where nobody wrote one: an owner may add purposes and
// channels of their own.
func word(loc *i18n.Loc, prefix, value string) string {
	if key := prefix + "." + value; loc.Has(key) {
		return loc.T(key)
	}
	return value
}

// temperatureTones: warm and cold have no tone of their own on a badge; the word says it.
var temperatureTones = map[string]ui.Tone{"hot": ui.Hot, "warm": ui.Warn}

// stateTones are those of a mail.
var stateTones = map[string]ui.Tone{
	"queued": ui.Info, "sending": ui.Info, "sent": ui.OK, "failed": ui.Bad, "suppressed": ui.Warn, "unknown": ui.Warn,
}

// titled is the shell of a page under its own heading.
func titled(s layout.AdminShell, title string) layout.AdminShell {
	s.Title = title
	return s
}

// failed says in the title that a form came back, for whoever hears it before seeing it.
func failed(h layout.AdminHead, title string, bad bool) layout.AdminHead {
	h.Title = title
	if bad {
		h.Title = h.Loc.T("invalid.title", "title", title)
	}
	return h
}

// called is how a lead is called: by name, else by address or number.
func called(name, email, phone string) string { return cmp.Or(name, email, phone, "—") }

// known tells whether a time was given.
func known(t time.Time) bool { return !t.IsZero() }
