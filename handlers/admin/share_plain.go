package admin

import (
	"cmp"
	"html"
	"strings"

	"sarnakh/handlers/public"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
)

// plainSnippet is the form as plain HTML, to be styled by the other site. It has no script and no token, but says which
// version it is of: the consents that are recorded are those that stand in it, as long as it stands there.
func plainSnippet(base string, campaign *models.Campaign, doc *models.CampaignDoc) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\n") }
	esc, loc := html.EscapeString, i18n.For(i18n.Locale(campaign.Locale))
	line(`<form action="` + esc(base+"/p/"+campaign.Slug) + `" method="post" accept-charset="utf-8" lang="` + loc.Lang() + `" dir="` + loc.Dir() + `">`)
	if campaign.VersionID != 0 {
		line(`  <input type="hidden" name="` + leads.FieldVersion + `" value="` + campaign.VersionID.String() + `">`)
	}
	for i := range doc.Form.Fields {
		plainField(line, loc, &doc.Form.Fields[i])
	}
	for _, p := range doc.Form.Purposes {
		line(`  <p><label><input type="checkbox" name="consent.` + esc(string(p.Purpose)) + `" value="1"> ` + esc(p.Text) + `</label></p>`)
	}
	line(`  <p><button>` + esc(doc.Form.Button) + `</button></p>`)
	line(`  <p><small>` + esc(cmp.Or(doc.Form.Safe, loc.T("public.form.promise"))) + ` <a href="` + esc(base+"/privacy?lang="+campaign.Locale) + `">` + esc(loc.T("public.footer.privacy")) + `</a></small></p>`)
	b.WriteString(`</form>`)
	return b.String()
}

// plainInputs is how a question is typed where it is more than a line of text.
var plainInputs = map[models.FieldType]string{
	models.TypeEmail: ` type="email" autocomplete="email" dir="ltr"`, models.TypePhone: ` type="tel" autocomplete="tel" dir="ltr"`,
	models.TypeName: ` autocomplete="name"`, models.TypeCompany: ` autocomplete="organization"`, models.TypeNumber: ` inputmode="decimal" dir="ltr"`,
}

// plainField is one question. What depends on an answer is asked of everybody, and required of nobody.
func plainField(line func(string), loc *i18n.Loc, f *models.Field) {
	esc := html.EscapeString
	name, label, required := esc(f.Name), esc(f.Label), ""
	if f.Hint != "" {
		label += ` <small>` + esc(f.Hint) + `</small>`
	}
	if f.Required && f.ShowIf == nil {
		required = " required"
	}
	switch choices := public.Options(loc, f); {
	case f.Type == models.TypeHidden:
		line(`  <input type="hidden" name="` + name + `" value="` + esc(f.Value) + `">`)
	case f.Type == models.TypeCallMe:
		line(`  <p><label><input type="checkbox" name="` + name + `" value="1"> ` + label + `</label></p>`)
	case f.Type == models.TypeParagraph:
		line(`  <p><label>` + label + `<br><textarea name="` + name + `" rows="4"` + required + `></textarea></label></p>`)
	case f.Type == models.TypeRadio || f.Type == models.TypeCheckboxes:
		kind := "radio"
		if f.Type == models.TypeCheckboxes {
			kind, required = "checkbox", "" // it would ask for each of them
		}
		line(`  <fieldset><legend>` + label + `</legend>`)
		for _, c := range choices {
			line(`    <label><input type="` + kind + `" name="` + name + `" value="` + esc(c.Value) + `"` + required + `> ` + esc(c.Label) + `</label>`)
		}
		line(`  </fieldset>`)
	case len(choices) > 0:
		line(`  <p><label>` + label + `<br><select name="` + name + `"` + required + `><option value=""></option>`)
		for _, c := range choices {
			line(`    <option value="` + esc(c.Value) + `">` + esc(c.Label) + `</option>`)
		}
		line(`  </select></label></p>`)
	case f.Type == models.TypeDate && !leads.AsksJalali(f, loc):
		line(`  <p><label>` + label + `<br><input type="date" name="` + name + `"` + required + `></label></p>`)
	case f.Type == models.TypeDate:
		line(`  <p><label>` + label + `<br><input name="` + name + `" placeholder="` + esc(loc.T(leads.DateExample(f, loc))) + `"` + required + `></label></p>`)
	default:
		line(`  <p><label>` + label + `<br><input name="` + name + `"` + plainInputs[f.Type] + required + `></label></p>`)
	}
}
