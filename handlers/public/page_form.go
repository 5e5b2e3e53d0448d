package public

import (
	"net/url"
	"slices"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	page "sarnakh/templates/public"
	"sarnakh/templates/ui"
)

// A reply is what a form comes back with: what was typed and what is wrong.
type reply struct {
	values  url.Values
	wrong   *models.Invalid
	problem string // with the form as a whole
	token   string
}

func (h *Handlers) form(loc *i18n.Loc, p *models.Published, r reply) page.Block {
	f := &p.Version.Doc.Form
	out := page.Form{
		Action: "/p/" + p.Slug, Heading: f.Title, Text: f.Lead, Submit: f.Button, Promise: f.Safe,
		PrivacyURL: "/privacy?lang=" + p.Locale, Token: r.token, Trap: models.TrapName, Problem: r.problem,
	}
	for i := range f.Fields {
		out.Fields = append(out.Fields, field(loc, &f.Fields[i], r))
	}
	for _, asked := range f.Purposes {
		name := "consent." + string(asked.Purpose)
		out.Consents = append(out.Consents, page.Consent{
			Purpose: string(asked.Purpose), Text: asked.Text, Checked: r.values.Get(name) == "1", Error: r.error(loc, name),
		})
	}
	return out
}

func (r reply) error(loc *i18n.Loc, name string) string {
	if e, ok := r.wrong.Of(name); ok {
		return loc.T(e.Key, e.Args...)
	}
	return ""
}

// kinds: how each type of field is drawn.
var kinds = map[models.FieldType]page.Kind{
	models.TypeName: page.Name, models.TypeFirstName: page.FirstName, models.TypeLastName: page.LastName,
	models.TypeEmail: page.Email, models.TypePhone: page.Phone, models.TypeText: page.Text, models.TypeParagraph: page.Paragraph,
	models.TypeNumber: page.Number, models.TypeSelect: page.Select, models.TypeRadio: page.Radio, models.TypeCheckboxes: page.Checks,
	models.TypeCompany: page.Company, models.TypeJobTitle: page.JobTitle, models.TypeIndustry: page.Industry,
	models.TypeCompanySize: page.CompanySize, models.TypeCountry: page.Country, models.TypeProvince: page.Province,
	models.TypeCity: page.City, models.TypeDate: page.Date, models.TypeHidden: page.Hidden, models.TypeCallMe: page.CallMe,
}

func field(loc *i18n.Loc, f *models.Field, r reply) page.Field {
	out := page.Field{
		Kind: kinds[f.Type], Name: f.Name, Label: f.Label, Hint: f.Hint, Required: f.Required,
		Values: r.values[f.Name], Error: r.error(loc, f.Name), Options: options(loc, f),
	}
	switch f.Type {
	case models.TypePhone:
		out.Prefix, out.Placeholder = leads.CountryCode(f.Region), loc.T("example.mobile_national")
	case models.TypeEmail:
		out.Suggestion = leads.Suggest(r.values.Get(f.Name))
	case models.TypeHidden:
		out.Values = []string{f.Value}
	}
	return out
}

// options are a field's choices: its own, or the list that its type stands for.
func options(loc *i18n.Loc, f *models.Field) (out []ui.Option) {
	for _, c := range f.Choices {
		out = append(out, ui.Option{Value: c.Value, Label: c.Label})
	}
	if len(out) > 0 {
		return out
	}
	switch f.Type {
	case models.TypeIndustry:
		return labelled(i18n.Industries(), func(k string) string { return loc.T("industry." + k) })
	case models.TypeCompanySize:
		return labelled(i18n.CompanySizes(), func(k string) string { return loc.T("company_size." + k) })
	case models.TypeCountry:
		return labelled(i18n.SortedCountries(loc), loc.Country)
	case models.TypeProvince:
		for _, p := range i18n.SortedProvinces(loc) {
			out = append(out, ui.Option{Value: p.Code, Label: p.Name(loc.Locale())})
		}
	case models.TypeCity:
		for _, p := range i18n.SortedProvinces(loc) {
			for _, c := range i18n.SortedCities(loc, p) {
				out = append(out, ui.Option{Value: c.Slug, Label: c.Name(loc.Locale()), Group: p.Name(loc.Locale())})
			}
		}
	}
	return out
}

func labelled(keys []string, label func(string) string) []ui.Option {
	out := make([]ui.Option, len(keys))
	for i, k := range keys {
		out[i] = ui.Option{Value: k, Label: label(k)}
	}
	return slices.Clip(out)
}
