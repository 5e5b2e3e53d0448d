package public

import (
	"unicode/utf8"

	"github.com/a-h/templ"

	"sarnakh/i18n"
	"sarnakh/templates/ui"
)

// Kind is what a field asks for. It decides the control, the phone's keyboard and what the browser may fill in.
type Kind string

// The kinds of field.
const (
	Text        Kind = "text"
	Paragraph   Kind = "paragraph"
	Name        Kind = "name"
	FirstName   Kind = "first_name"
	LastName    Kind = "last_name"
	Email       Kind = "email"
	Phone       Kind = "phone"
	Number      Kind = "number"
	Website     Kind = "website"
	Company     Kind = "company"
	JobTitle    Kind = "job_title"
	Industry    Kind = "industry"
	CompanySize Kind = "company_size"
	Country     Kind = "country"
	Province    Kind = "province"
	City        Kind = "city" // options grouped by province
	Date        Kind = "date"
	Select      Kind = "select"
	Radio       Kind = "radio"
	Checks      Kind = "checks"
	CallMe      Kind = "call_me" // a raised hand: one box, value 1
	Hidden      Kind = "hidden"
)

// Field is one question of a form.
type Field struct {
	Kind        Kind
	Name        string
	Label       string
	Hint        string
	Placeholder string
	Prefix      string // of a phone: the country code, "+98"
	Options     []ui.Option
	Required    bool
	MaxLength   int
	ShowIf      string // "name=a;b", as package ui has it; a question that does not depend on another has none
	When        string // the same in words, for whom there is no script
	Jalali      bool   // a date is asked in the Persian calendar, which browsers don't have
	NoFill      bool   // the browser is neither to fill it in nor to remember it
	CitiesOf    string // of a city: the field of its province on the same page

	Values     []string // what was typed
	Error      string
	Suggestion string // of an email: what was probably meant
}

// widget is the control a field is drawn as.
type widget string

const (
	inputWidget  widget = "input"
	affixWidget  widget = "affix"
	areaWidget   widget = "area"
	selectWidget widget = "select"
	segsWidget   widget = "segs"
	radioWidget  widget = "radio"
	checksWidget widget = "checks"
	checkWidget  widget = "check"
	hiddenWidget widget = "hidden"
)

// widgets: kinds that are not a plain input.
var widgets = map[Kind]widget{
	Paragraph: areaWidget, Radio: radioWidget, Checks: checksWidget, CallMe: checkWidget, Hidden: hiddenWidget,
	Select: selectWidget, Industry: selectWidget, CompanySize: selectWidget,
	Country: selectWidget, Province: selectWidget, City: selectWidget,
}

// widget: a choice among a few short words is quickest as large buttons.
func (f Field) widget() widget {
	switch w, ok := widgets[f.Kind]; {
	case (f.Kind == Radio || f.Kind == CompanySize) && f.short():
		return segsWidget
	case ok:
		return w
	case f.Prefix != "":
		return affixWidget
	}
	return inputWidget
}

// short: at most five choices of at most twelve letters fit the width of a phone.
func (f Field) short() bool {
	for _, o := range f.Options {
		if utf8.RuneCountInString(o.Label) > 12 {
			return false
		}
	}
	return len(f.Options) <= 5
}

// inputs is how each kind is typed. The lengths are RFC 5321's for email and generous elsewhere.
var inputs = map[Kind]ui.InputProps{
	Text:      {MaxLength: 200},
	Paragraph: {MaxLength: 4000},
	Name:      {MaxLength: 100, Autocomplete: "name"},
	FirstName: {MaxLength: 100, Autocomplete: "given-name"},
	LastName:  {MaxLength: 100, Autocomplete: "family-name"},
	Email:     {MaxLength: 254, Type: "email", InputMode: "email", Autocomplete: "email", LTR: true},
	Phone:     {MaxLength: 30, Type: "tel", InputMode: "tel", Autocomplete: "tel", LTR: true},
	Number:    {MaxLength: 20, InputMode: "decimal", LTR: true}, // not type=number, which refuses Persian digits
	Website:   {MaxLength: 200, InputMode: "url", Autocomplete: "url", LTR: true},
	Company:   {MaxLength: 150, Autocomplete: "organization"},
	JobTitle:  {MaxLength: 150, Autocomplete: "organization-title"},
	Date:      {MaxLength: 20, LTR: true},
}

// fills is what the browser may put into a select.
var fills = map[Kind]string{Country: "country", Province: "address-level1", City: "address-level2"}

func (f Field) id() string { return "f-" + f.Name }

func (f Field) value() string {
	if len(f.Values) == 0 {
		return ""
	}
	return f.Values[0]
}

// frame: a date that the browser has no calendar for is typed, and the hint shows how. A question that may not be for
// everybody is neither called optional nor required: the line above it says for whom it is.
func (f Field) frame(loc *i18n.Loc) ui.FieldProps {
	p := ui.FieldProps{ID: f.id(), Label: f.Label, Hint: f.Hint, Error: f.Error, Optional: !f.Required, ShowIf: f.ShowIf, When: f.When}
	if f.Kind == Date && f.Jalali && f.Hint == "" {
		p.Hint = loc.T("public.form.date_hint", "example", loc.T("public.form.date_jalali"))
	}
	return p
}

// must tells whether the browser may say that an answer is needed.
func (f Field) must() bool { return f.Required && f.When == "" }

func (f Field) input(loc *i18n.Loc) ui.InputProps {
	p := inputs[f.Kind]
	p.Name, p.Value, p.Placeholder, p.Required = f.Name, f.value(), f.Placeholder, f.must()
	if f.MaxLength > 0 {
		p.MaxLength = f.MaxLength
	}
	if f.Prefix != "" {
		p.Autocomplete = "tel-national"
	}
	if f.Kind == Date && !f.Jalali {
		p.Type = "date"
	}
	if f.NoFill {
		p.Autocomplete = "off"
	}
	return p
}

func (f Field) choice(loc *i18n.Loc) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: f.Name, Options: f.Options, Chosen: f.Values, Required: f.must(),
		Placeholder: f.Placeholder, Autocomplete: fills[f.Kind]}
	if p.Placeholder == "" {
		p.Placeholder = loc.T("public.form.choose")
	}
	if f.NoFill {
		p.Autocomplete = "off"
	}
	if f.CitiesOf != "" {
		p.Attrs = templ.Attributes{"data-of": f.CitiesOf}
	}
	return p
}
