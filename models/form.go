package models

import (
	"regexp"
	"slices"
)

// FieldType is how a question is asked and its answer checked (C4).
type FieldType string

// The types of field.
const (
	TypeName        FieldType = "name" // full name
	TypeFirstName   FieldType = "first_name"
	TypeLastName    FieldType = "last_name"
	TypeEmail       FieldType = "email"
	TypePhone       FieldType = "phone"
	TypeText        FieldType = "text"
	TypeParagraph   FieldType = "paragraph"
	TypeNumber      FieldType = "number"
	TypeSelect      FieldType = "select"
	TypeRadio       FieldType = "radio"
	TypeCheckboxes  FieldType = "checkboxes"
	TypeCompany     FieldType = "company"
	TypeJobTitle    FieldType = "job_title"
	TypeIndustry    FieldType = "industry"
	TypeCompanySize FieldType = "company_size"
	TypeCountry     FieldType = "country"
	TypeProvince    FieldType = "province"
	TypeCity        FieldType = "city"
	TypeDate        FieldType = "date"
	TypeHidden      FieldType = "hidden"
	TypeCallMe      FieldType = "call_me"
)

// Calendar in which a date is asked.
type Calendar string

// The calendars.
const (
	Jalali    Calendar = "jalali"
	Gregorian Calendar = "gregorian"
)

// A Form is the questions of a campaign as published.
type Form struct {
	Title    string           `json:"title"`
	Lead     string           `json:"lead,omitempty"` // a sentence under the title
	Fields   []Field          `json:"fields"`
	Purposes []ConsentRequest `json:"purposes,omitempty"`
	Button   string           `json:"button"`
	Safe     string           `json:"safe,omitempty"` // the line under the button
	// SingleOptIn believes that whoever types an address owns it; else a consent by mail has to be confirmed from there.
	SingleOptIn bool `json:"single_opt_in,omitempty"`
	// Thanks are the marketer's words after the form; ours where they are empty.
	Thanks Thanks `json:"thanks,omitzero"`
	// Origins are other sites on which the form may stand: "https://shop.example".
	Origins []string `json:"origins,omitempty"`
}

// Thanks is said after the form, above what the offer gives.
type Thanks struct {
	Heading string `json:"heading,omitempty"`
	Text    string `json:"text,omitempty"`
	Onward  Onward `json:"onward,omitzero"`
}

// A ShowIf lets a question be asked only after a certain answer to an earlier one.
type ShowIf struct {
	Field string `json:"field"`
	// Values of which one has to be the answer, or to be among several; any answer where there are none.
	Values []string `json:"values,omitempty"`
	Not    bool     `json:"not,omitempty"` // instead: none of them is
}

// A Field is one question.
type Field struct {
	Name     string    `json:"name"`
	Type     FieldType `json:"type"`
	Label    string    `json:"label"`
	Hint     string    `json:"hint,omitempty"`
	Required bool      `json:"required,omitempty"`
	Choices  []Choice  `json:"choices,omitempty"`
	// Fills names the lead's field that the answer fills: the field's own name where it is a standard one.
	Fills    string   `json:"fills,omitempty"`
	Region   string   `json:"region,omitempty"` // of phones without a country code: "IR"
	Calendar Calendar `json:"calendar,omitempty"`
	Min      *float64 `json:"min,omitempty"`
	Max      *float64 `json:"max,omitempty"`
	// MaxLength of a text, in letters; what its type takes at most where it is 0.
	MaxLength int     `json:"max_length,omitempty"`
	Value     string  `json:"value,omitempty"` // of a hidden field
	ShowIf    *ShowIf `json:"show_if,omitempty"`
	// Progressive leaves the question out for a lead whose answer is known.
	Progressive bool `json:"progressive,omitempty"`
	// Break begins a further step of the form with this question, under StepTitle.
	Break     bool   `json:"break,omitempty"`
	StepTitle string `json:"step_title,omitempty"`
}

// A Choice is one answer that can be chosen.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Allows tells whether a value is one of the choices.
func (f *Field) Allows(value string) bool {
	return slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == value })
}

// A ConsentRequest is a box on a form with the version of its text.
type ConsentRequest struct {
	Purpose Purpose `json:"purpose"`
	TextID  ID      `json:"text_id,omitempty"`
	Text    string  `json:"text"`
}

// Confirms tells whether a consent given here counts only once its link is confirmed: one to be written to.
func (f *Form) Confirms(p Purpose) bool { return !f.SingleOptIn && p == Newsletter }

// Field returns a field by its name.
func (f *Form) Field(name string) (*Field, bool) {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			return &f.Fields[i], true
		}
	}
	return nil, false
}

// Target is the lead's field that an answer fills, empty for none.
func (f *Field) Target() string {
	if f.Fills != "" {
		return f.Fills
	}
	switch f.Type {
	case TypeName, TypeFirstName, TypeLastName, TypeEmail, TypePhone, TypeCompany, TypeJobTitle,
		TypeIndustry, TypeCompanySize, TypeCountry, TypeProvince, TypeCity:
		return string(f.Type)
	}
	return ""
}

var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// TrapName is the field that people don't see and robots fill in.
const TrapName = "website_url"

// Check says what is wrong with the form's definition: it must be answerable before it is published.
func (f *Form) Check() error {
	bad := &Invalid{}
	if len(f.Fields) == 0 {
		bad.Add("form", "form.no_fields")
	}
	if len(f.Fields) > 40 {
		bad.Add("form", "form.too_many_fields", "n", 40)
	}
	seen := map[string]bool{}
	for i := range f.Fields {
		f.Fields[i].check(bad, seen)
	}
	f.checkConditions(bad)
	f.checkSteps(bad)
	for _, o := range f.Origins {
		if !IsOrigin(o) {
			bad.Add("origins", "form.bad_origin", "origin", o)
		}
	}
	for _, p := range f.Purposes {
		if p.TextID == 0 {
			bad.Add("consent."+string(p.Purpose), "form.no_consent_text")
		}
	}
	return bad.OrNil()
}

func (f *Field) check(bad *Invalid, seen map[string]bool) {
	switch {
	case !fieldName.MatchString(f.Name) || f.Name == TrapName:
		bad.Add(f.Name, "form.bad_name")
	case seen[f.Name]:
		bad.Add(f.Name, "form.same_name")
	case f.Label == "" && f.Type != TypeHidden:
		bad.Add(f.Name, "form.no_label")
	}
	seen[f.Name] = true
	switch f.Type {
	case TypeSelect, TypeRadio, TypeCheckboxes:
		if len(f.Choices) == 0 {
			bad.Add(f.Name, "form.no_choices")
		}
	case TypeCallMe:
		if f.Name != "call_me" {
			bad.Add(f.Name, "form.bad_name")
		}
	}
	if f.Min != nil && f.Max != nil && *f.Min > *f.Max {
		bad.Add(f.Name, "form.min_over_max")
	}
	for _, c := range f.Choices {
		if c.Value == "" || len(c.Value) > 100 || slices.Contains([]byte(c.Value), ';') {
			bad.Add(f.Name, "form.bad_choice")
		}
	}
}
