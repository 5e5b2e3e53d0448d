package public

import (
	"maps"
	"net/url"
	"slices"
	"strings"

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
	notice  string // what has to be done once more, though nothing is wrong
	token   string
	step    int          // of a form in several, from 0
	turned  bool         // it was just come to
	fixed   bool         // a suggestion was taken
	lead    *models.Lead // who is known by a mail's link, nil for anybody
	link    string       // its token
	stand   stand
}

// form is a campaign's form, or the step of it that is asked now.
func (h *Handlers) form(loc *i18n.Loc, p *models.Published, r reply) page.Form {
	f := &p.Version.Doc.Form
	a := leads.NewAsking(f, r.lead, loc)
	r.step = min(max(r.step, 0), len(a.Steps)-1)
	last := r.step == len(a.Steps)-1
	out := page.Form{
		Action: r.stand.path(p), Heading: f.Title, Text: f.Lead, Submit: f.Button, Promise: f.Safe, PrivacyURL: "/privacy?lang=" + p.Locale,
		Token: r.token, Trap: models.TrapName, Problem: r.problem, Notice: r.notice, Framed: r.stand == inFrame, NoFill: r.stand == atBooth,
		Spent: h.Campaigns.Spent(p.ID),
	}
	if r.lead != nil {
		out.Known = &page.Known{Mask: masked(r.lead.Email), NotMe: r.stand.path(p), Token: r.link}
	}
	if len(a.Steps) > 1 {
		out.Step, out.Steps, out.StepTitle, out.Turned = r.step+1, len(a.Steps), a.Steps[r.step].Title, r.turned
	}
	r.values = withHidden(f, r.values)
	out.Fields, out.Carried = questions(loc, a, r)
	if !last {
		out.Submit = loc.T("public.form.next")
	}
	for _, asked := range f.Purposes {
		name := "consent." + string(asked.Purpose)
		switch ticked := r.values.Get(name) == "1"; {
		case last:
			out.Consents = append(out.Consents, page.Consent{Purpose: string(asked.Purpose), Text: asked.Text, Checked: ticked, Error: r.error(loc, name)})
		case ticked:
			out.Carried = append(out.Carried, page.Answer{Name: name, Value: "1"})
		}
	}
	return out
}

// questions are what is asked in the step, and the answers to all else, which travel with it: also those that don't apply
// for now, so that nobody types twice what they thought better of.
func questions(loc *i18n.Loc, a *leads.Asking, r reply) (asked []page.Field, carried []page.Answer) {
	all, said := a.Questions(r.values)
	here := map[string]bool{}
	for i := range all {
		q := &all[i]
		inStep := slices.Contains(a.Steps[r.step].Fields, q.Field)
		cond := q.Field.ShowIf
		switch on := cond != nil && here[cond.Field]; {
		case q.Known:
		case inStep && (on || q.Field.Applies(a.Form, said)):
			f := field(loc, q.Field, r)
			if on {
				f.ShowIf, f.When = condition(cond), when(loc, a.Form, cond)
			}
			f.CitiesOf = provinceOf(a.Form, q.Field, here)
			asked = append(asked, f)
			here[q.Field.Name] = q.Field.Type != models.TypeHidden
		default:
			for _, v := range r.values[q.Field.Name] {
				carried = append(carried, page.Answer{Name: q.Field.Name, Value: v})
			}
		}
	}
	return asked, carried
}

// withHidden puts the values of hidden fields where none were sent: what depends on them is asked accordingly.
func withHidden(f *models.Form, values url.Values) url.Values {
	copied := false
	for i := range f.Fields {
		if hidden := &f.Fields[i]; hidden.Type == models.TypeHidden && !values.Has(hidden.Name) {
			if !copied {
				values, copied = maps.Clone(values), true
			}
			if values == nil {
				values = url.Values{}
			}
			values.Set(hidden.Name, hidden.Value)
		}
	}
	return values
}

// provinceOf is the field on the page that says in which province a city is, empty where there is none.
func provinceOf(form *models.Form, f *models.Field, here map[string]bool) string {
	if f.Type == models.TypeCity && len(f.Choices) == 0 {
		for i := range form.Fields {
			if p := &form.Fields[i]; p.Type == models.TypeProvince && here[p.Name] {
				return p.Name
			}
		}
	}
	return ""
}

// condition is a condition as the script reads it.
func condition(c *models.ShowIf) string {
	out := c.Field
	if c.Not {
		out += "!"
	}
	if len(c.Values) > 0 {
		out += "=" + strings.Join(c.Values, ";")
	}
	return out
}

// when says a condition in words.
func when(loc *i18n.Loc, form *models.Form, c *models.ShowIf) string {
	on, _ := form.Field(c.Field)
	key := "answered"
	switch {
	case on.Type == models.TypeCallMe:
		key = "ticked"
	case len(c.Values) > 0:
		key = "chose"
	}
	if c.Not {
		key = "not_" + key
	}
	if key != "chose" && key != "not_chose" {
		return loc.T("public.form.when."+key, "label", on.Label)
	}
	return loc.T("public.form.when."+key, "label", on.Label, "values", either(loc, on, c.Values))
}

// either names the answers one of which it is.
func either(loc *i18n.Loc, on *models.Field, values []string) (out string) {
	choices := Options(loc, on)
	for _, v := range values {
		if i := slices.IndexFunc(choices, func(o ui.Option) bool { return o.Value == v }); i >= 0 {
			v = choices[i].Label
		}
		if v = loc.T("public.form.quoted", "value", v); out == "" {
			out = v
		} else {
			out = loc.T("public.form.or", "a", out, "b", v)
		}
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
		Kind: kinds[f.Type], Name: f.Name, Label: f.Label, Hint: f.Hint, Required: f.Required, MaxLength: f.MaxLength,
		Values: r.values[f.Name], Error: r.error(loc, f.Name), Options: Options(loc, f), NoFill: r.stand == atBooth,
	}
	switch f.Type {
	case models.TypePhone:
		out.Prefix, out.Placeholder = leads.CountryCode(f.Region), leads.NationalExample(loc, f.Region)
	case models.TypeEmail:
		out.Suggestion = leads.Suggest(r.values.Get(f.Name))
	case models.TypeDate:
		out.Jalali = leads.AsksJalali(f, loc)
	case models.TypeNumber:
		if out.Hint == "" {
			out.Hint = bounds(loc, f)
		}
	}
	return out
}

// bounds says which numbers are taken, where not all are.
func bounds(loc *i18n.Loc, f *models.Field) string {
	switch {
	case f.Min != nil && f.Max != nil:
		return loc.T("public.form.range", "min", *f.Min, "max", *f.Max)
	case f.Min != nil:
		return loc.T("public.form.range_min", "min", *f.Min)
	case f.Max != nil:
		return loc.T("public.form.range_max", "max", *f.Max)
	}
	return ""
}

// Options are a field's choices: its own, or the list that its type stands for.
func Options(loc *i18n.Loc, f *models.Field) (out []ui.Option) {
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
