package public

import (
	"github.com/a-h/templ"

	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// formID is where the skip link and every call to action lead.
const formID = "get"

// Form asks for the contact details.
type Form struct {
	Action     string
	Heading    string
	Text       string
	Fields     []Field
	Consents   []Consent
	Submit     string
	Promise    string // the line under the button; ours where empty
	PrivacyURL string
	Token      string // the value of _token, written exactly once
	Trap       string // the name of a field that only robots fill in
	Problem    string // what is wrong with the form as a whole
	Notice     string // what has to be done once more, though nothing is wrong
	Spent      bool   // no code is left to give
	Known      *Known
	Framed     bool // it stands in a frame, out of which links lead
	NoFill     bool // the browser is neither to fill anything in nor to remember it

	// Of a form in several steps; all zero in one of one step.
	Step      int // of Steps
	Steps     int
	StepTitle string
	Turned    bool     // just came to this step: it takes the focus
	Carried   []Answer // what was answered in the other steps
}

// Answer is a value that travels with the form unseen.
type Answer struct {
	Name, Value string
}

// Known is who comes by a link of ours: asked only what is not known yet.
type Known struct {
	Mask  string // of the address
	NotMe string // the page as anybody gets it
	Token string // goes back with the answers
}

// Scripted tells whether the form has questions that a script can make come and go.
func (f Form) Scripted() bool {
	for _, field := range f.Fields {
		if field.ShowIf != "" || field.CitiesOf != "" {
			return true
		}
	}
	return false
}

func (f Form) autocomplete() templ.Attributes {
	if f.NoFill {
		return templ.Attributes{"autocomplete": "off"}
	}
	return nil
}

// Consent is a box of its own for one purpose.
type Consent struct {
	Purpose  string
	Text     string
	Required bool // only where the page itself says that it is the price
	Checked  bool // what came back
	Error    string
}

func (c Consent) name() string { return "consent." + c.Purpose }
func (c Consent) id() string   { return "f-consent-" + c.Purpose }

// formHead is the head of a page with a form: the skip link leads to it, and the title tells how it stands.
func formHead(h layout.PublicHead, f Form) layout.PublicHead {
	h.SkipTo = formID
	switch {
	case len(f.problems()) > 0:
		h.Title = h.Loc.T("public.form.error_title", "title", h.Title)
	case f.Step > 1:
		h.Title = h.Loc.T("public.form.step_title", "title", h.Title, "step", f.Step, "steps", f.Steps)
	}
	return h
}

// problems are all errors in the order of the page.
func (f Form) problems() []ui.Problem {
	var out []ui.Problem
	add := func(target, text string) {
		if text != "" {
			out = append(out, ui.Problem{Target: target, Text: text})
		}
	}
	add("", f.Problem)
	for _, field := range f.Fields {
		add(field.id(), field.Error)
	}
	for _, c := range f.Consents {
		add(c.id(), c.Error)
	}
	return out
}

// hasOtherButtons: then the Enter key must not press one of them, as it does with the first of a form.
func (f Form) hasOtherButtons() bool {
	if f.Step > 1 {
		return true
	}
	for _, field := range f.Fields {
		if field.Suggestion != "" {
			return true
		}
	}
	return false
}
