package admin

import (
	"sarnakh/i18n"
	"sarnakh/nurture"
	"sarnakh/templates/admin"
)

// inserts are what can be put into a text of a mail.
func inserts(loc *i18n.Loc) (out []admin.Insert) {
	for _, name := range nurture.Fields() {
		out = append(out, admin.Insert{Group: "field", Text: "{{" + name + "}}", Label: loc.T("sequence.field." + name)})
	}
	for _, m := range admin.Marks {
		out = append(out, admin.Insert{Group: "mark", Text: m.Text, Label: loc.T("page_editor.mark." + m.Key)})
	}
	return out
}
