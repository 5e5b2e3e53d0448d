package examples

import (
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"
)

func (s set) forms() (out []Example) {
	for _, kind := range [...]string{"name", "email", "phone", "call_me", "company_size", "text", "number", "date", "radio", "hidden"} {
		out = append(out, Example{"form-" + kind, admin.Form(s.formOf(s.question(kind)))})
	}
	words := s.formOf(nil)
	words.Words = &admin.FormWords{Base: "ab", Title: s.say("کتاب را بگیرید", "Get the book"), Button: s.say("برایم بفرست", "Send it to me"), OnwardURL: "/p/prices"}
	none := words
	none.Rows = nil
	badWords := words
	badWords.Problems = []ui.Problem{{Target: "f-button", Text: s.loc.T("invalid.required", "label", s.loc.T("form_edit.button"))}}
	add := s.formOf(nil)
	add.Part = "add"
	boxes := s.formOf(nil)
	boxes.Consents = &admin.FormConsents{Base: "ab", Rows: []admin.ConsentRow{{Purpose: "newsletter", Asked: true, Text: s.say("برایم ایمیل بفرستید.", "Send me e-mail.")}, {Purpose: "sms"}}}
	wrong := s.formOf(s.question("radio"))
	wrong.Field.Label, wrong.Field.Choices = hostile, long
	wrong.Problems = []ui.Problem{{Target: "f-choices", Text: s.loc.T("form_edit.bad.choices", "n", 60)}, {Target: "f-show_values", Text: s.loc.T("form_edit.bad.number", "label", "x")}}
	late := s.formOf(s.question("text"))
	late.Theirs = []admin.Fact{{Label: s.loc.T("form_edit.label"), Text: s.say("شرکت شما", "Your company")}}
	gone := s.formOf(s.question("text"))
	gone.Gone = s.loc.T("form_edit.gone")
	return append(out, Example{"form-words", admin.Form(words)}, Example{"form-words-wrong", admin.Form(badWords)}, Example{"form-none", admin.Form(none)},
		Example{"form-add", admin.Form(add)}, Example{"form-consents", admin.Form(boxes)}, Example{"form-wrong", admin.Form(wrong)},
		Example{"form-conflict", admin.Form(late)}, Example{"form-gone", admin.Form(gone)})
}

// question is one of a type, as it stands in the editor.
func (s set) question(kind string) *admin.FieldForm {
	regions := []ui.Option{{Value: "IR", Label: s.loc.Country("IR")}}
	return &admin.FieldForm{Base: "ab", Name: kind, Type: kind, Label: s.loc.T("field_type." + kind), Region: "IR", Regions: regions, Calendar: "jalali", Required: true, Break: true,
		StepTitle: s.say("کار شما", "Your work"), Before: []ui.Option{{Value: "email", Label: s.loc.T("field_type.email")}}, ShowField: "email",
		Fillable: []ui.Option{{Value: "budget", Label: s.loc.T("score.criterion.budget")}}, Worth: []admin.Worth{{Text: s.say("بیش از صد نفر", "More than a hundred"), Points: 15}, {Text: hostile, Points: -5}}}
}

func (s set) formOf(field *admin.FieldForm) admin.FormProps {
	at := "/admin/campaigns/1x/form"
	p := admin.FormProps{URL: at, PreviewURL: "/admin/campaigns/1x/preview?as=page", Field: field}
	p.Shell, p.Head = s.part("form")
	for i, kind := range [...]string{"name", "email", "radio", "hidden"} {
		row := admin.FormRow{Name: kind, Type: kind, Label: s.loc.T("field_type." + kind), Required: i < 2, Conditional: i == 2, Progressive: i == 0, URL: at + "?field=" + kind,
			CopyURL: at + "/fields/" + kind + "/copy", DeleteURL: at + "/fields/" + kind + "/delete", UpURL: at + "/fields/" + kind + "/up", Current: field != nil && field.Type == kind}
		if i == 2 {
			row.Step, row.StepTitle, row.Label = 2, s.say("کار شما", "Your work"), long
		}
		p.Rows = append(p.Rows, row)
	}
	for _, kind := range [...]string{"name", "email", "checkboxes"} {
		p.Types = append(p.Types, ui.Option{Value: kind, Label: s.loc.T("field_type." + kind)})
	}
	return p
}
