package public

import "sarnakh/templates/ui"

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
	Step       int    // of Steps; both 0 in a form of one step
	Steps      int
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
	for _, field := range f.Fields {
		if field.Suggestion != "" {
			return true
		}
	}
	return false
}
