package leads

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
)

// An Asking is a form as one visitor is asked it: all of it, or what is not known yet of a lead who came by a link of
// ours. The form alone decides what applies to whom, never the browser.
type Asking struct {
	Form  *models.Form
	Steps []models.FormStep
	Lead  *models.Lead // who is known; nil for anybody
	loc   *i18n.Loc
}

// NewAsking asks a form of a lead, nil for anybody.
func NewAsking(form *models.Form, lead *models.Lead, loc *i18n.Loc) *Asking {
	a := &Asking{Form: form, Lead: lead, loc: loc}
	a.Steps = form.Steps(func(f *models.Field) bool { return f.Known(lead) != "" })
	return a
}

// A Question is what was posted for a field, or what of it was known.
type Question struct {
	Field   *models.Field
	Applies bool // to whoever gave the other answers; what does not is dropped
	Known   bool // and therefore not asked
	value   string
	wrong   *models.FieldError
	missing bool // is what is wrong
}

// read goes through the form from top to bottom. Said is every answer that applies, in canonical form, or as it was typed
// where it is wrong: what depends on it is asked then too, so that everything to be mended is told at once.
func (a *Asking) read(values url.Values) (questions []Question, said models.Answers) {
	said = make(models.Answers, len(a.Form.Fields))
	questions = make([]Question, len(a.Form.Fields))
	abroad := false
	for i := range a.Form.Fields {
		f := &a.Form.Fields[i]
		q := &questions[i]
		q.Field, q.Applies = f, f.ShowIf == nil || f.Applies(a.Form, said)
		if known := f.Known(a.Lead); known != "" {
			q.Known, said[f.Name] = true, known
			continue
		}
		if !q.Applies {
			continue
		}
		one := asked{field: f, loc: a.loc, raw: values[f.Name]}
		q.value, q.wrong = one.answer()
		switch {
		case q.wrong != nil:
			said[f.Name] = strings.TrimSpace(one.raw[0])
		case q.value != "":
			said[f.Name] = q.value
			abroad = abroad || f.Type == models.TypeCountry && q.value != listedCountry
		case f.Required && !(abroad && (f.Type == models.TypeProvince || f.Type == models.TypeCity)):
			missing := one.missing()
			q.wrong, q.missing = &missing, true
		}
	}
	provinceOfCity(questions)
	return questions, said
}

// provinceOfCity: whoever chose a city has said the province too.
func provinceOfCity(questions []Question) {
	for i := range questions {
		if city := &questions[i]; city.Field.Type != models.TypeCity || city.value == "" || city.wrong != nil {
			continue
		}
		for j := range questions {
			if p := &questions[j]; p.Field.Type == models.TypeProvince && p.missing {
				p.wrong, p.missing = nil, false
			}
		}
	}
}

// listedCountry is the one whose provinces and cities can be chosen; nobody else is kept out for want of one (C1).
const listedCountry = "IR"

// Questions are the form's questions with what applies to whoever posted these values, and what they said.
func (a *Asking) Questions(values url.Values) ([]Question, models.Answers) { return a.read(values) }

// CheckStep checks the answers to one step's questions, counted from 0.
func (a *Asking) CheckStep(values url.Values, step int) error {
	questions, _ := a.read(values)
	bad := &models.Invalid{}
	for i := range questions {
		if q := &questions[i]; q.wrong != nil && slices.Contains(a.Steps[step].Fields, q.Field) {
			bad.Fields = append(bad.Fields, *q.wrong)
		}
	}
	return bad.OrNil()
}

// Check checks a whole form; the error is *models.Invalid.
func (a *Asking) Check(values url.Values) error {
	_, err := a.check(values)
	return err
}

// Turn is the step after a step, or before it where by is -1: the nearest with a question for whoever posted these values.
// The last one, which has the button, is for everybody.
func (a *Asking) Turn(values url.Values, step, by int) int {
	questions, _ := a.read(values)
	last := len(a.Steps) - 1
	for step += by; step > 0 && step < last; step += by {
		for i := range questions {
			q := &questions[i]
			if q.Applies && q.Field.Type != models.TypeHidden && slices.Contains(a.Steps[step].Fields, q.Field) {
				return step
			}
		}
	}
	return min(max(step, 0), last)
}

// StepOf is the first step that has something to be mended; the last one where nothing has.
func (a *Asking) StepOf(wrong *models.Invalid) int {
	for i, s := range a.Steps {
		for _, f := range s.Fields {
			if _, bad := wrong.Of(f.Name); bad {
				return i
			}
		}
	}
	return len(a.Steps) - 1
}

// pageLinkLife is how long a mail's link to a page knows who comes by it.
const pageLinkLife = 30 * 24 * time.Hour

// Knows is the lead whom a link to a campaign's page was made for: nil where the form asks everybody the same, and for a
// token that is too old, not ours, or of somebody who is forgotten. Such a visitor is a stranger, and never in the way.
func (l *Leads) Knows(ctx context.Context, p *models.Published, token string) (*models.Lead, error) {
	if token == "" || !p.Version.Doc.Form.AsksProgressively() {
		return nil, nil
	}
	ref, err := l.links.OpenPage(token)
	if age := l.clock().Sub(ref.At); err != nil || age > pageLinkLife || age < -time.Minute {
		return nil, nil
	}
	lead, err := l.store.Lead(ctx, ref.Lead)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case lead.Email == "":
		return nil, nil
	}
	return lead, nil
}
