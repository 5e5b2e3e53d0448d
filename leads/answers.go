package leads

import (
	"net/url"

	"sarnakh/i18n"
	"sarnakh/models"
)

// checked is what a form's answers turn out to be.
type checked struct {
	answers  models.Answers
	purposes map[string]bool
	identity string // of the lead; empty where no contact was left
	email    string // as typed
	phone    string
	callMe   bool
}

// check reads posted values against the form. Every field that can't be taken is named; values that the form does not ask
// for, and answers to questions that are not for whoever gave the others, are dropped.
func (a *Asking) check(values url.Values) (checked, error) {
	questions, said := a.read(values)
	c := checked{answers: said}
	if a.Lead != nil {
		c.email, c.identity = a.Lead.Email, a.Lead.Identity
	}
	bad := &models.Invalid{}
	for i := range questions {
		switch q := &questions[i]; {
		case q.wrong != nil:
			bad.Fields = append(bad.Fields, *q.wrong)
		case q.Known:
			delete(c.answers, q.Field.Name)
		case q.value != "":
			c.keep(q.Field, q.value)
		}
	}
	cityInProvince(questions, &c, bad, a.loc)
	reachable(questions, &c, bad, a.loc)
	if n := len(a.Form.Purposes); n > 0 {
		c.purposes = make(map[string]bool, n)
		for _, p := range a.Form.Purposes {
			c.purposes[string(p.Purpose)] = values.Get("consent."+string(p.Purpose)) == "1"
		}
	}
	return c, bad.OrNil()
}

func (c *checked) keep(f *models.Field, value string) {
	c.answers[f.Name] = value
	switch f.Type {
	case models.TypeEmail:
		if c.email == "" {
			c.email = value
			_, c.identity, _ = Mailbox(value)
		}
	case models.TypePhone:
		c.phone = value
		if c.identity == "" {
			c.identity = value
		}
	case models.TypeCallMe:
		c.callMe = true
	}
}

// cityInProvince fills the province from the city where both are asked, and refuses a city of another one.
func cityInProvince(questions []Question, c *checked, bad *models.Invalid, loc *i18n.Loc) {
	for i := range questions {
		f := questions[i].Field
		slug := c.answers[f.Name]
		if f.Type != models.TypeCity || slug == "" {
			continue
		}
		_, province, found := i18n.CityBySlug(slug)
		for j := range questions {
			p := &questions[j]
			if p.Field.Type != models.TypeProvince || !p.Applies || p.Known || !found {
				continue
			}
			if said := c.answers[p.Field.Name]; said != "" && said != province.Code {
				bad.Fields = append(bad.Fields, *asked{field: f, loc: loc}.wrong("invalid.choice"))
			} else {
				c.answers[p.Field.Name] = province.Code
			}
		}
	}
}

// reachable asks whoever wants to be called for a number, where they left no address either by which to answer. With one
// they are taken as they are (C1), and the salesperson reads that there is no number.
func reachable(questions []Question, c *checked, bad *models.Invalid, loc *i18n.Loc) {
	if !c.callMe || c.email != "" || c.phone != "" {
		return
	}
	var phone *models.Field
	for i := range questions {
		q := &questions[i]
		if q.Field.Type != models.TypePhone && q.Field.Type != models.TypeEmail {
			continue
		}
		if q.Known || q.wrong != nil { // we have it, or it is said already
			return
		}
		if q.Field.Type == models.TypePhone && q.Applies && phone == nil {
			phone = q.Field
		}
	}
	if phone != nil {
		bad.Fields = append(bad.Fields, *asked{field: phone, loc: loc}.wrong("invalid.call_me_phone"))
	}
}
