package scenes

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	published "sarnakh/campaigns"
	"sarnakh/campaigns/starter"
	"sarnakh/e2e/program"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"
)

// Slugs of two more campaigns in each language: a form with conditions on one page, and one in steps.
func (s *Stage) OnePage() string { return "/p/" + OnePage(s.Locale) }
func (s *Stage) InSteps() string { return "/p/" + InSteps(s.Locale) }

// OnePage is the slug of the campaign whose form is on one page.
func OnePage(locale string) string { return "one-" + locale }

// InSteps is the slug of the campaign whose form has three steps.
func InSteps(locale string) string { return "steps-" + locale }

// BoothCode is the coupon of these campaigns.
const BoothCode = "BOOTH-20"

// PublishForms publishes them over the data in a folder, to be shown on other sites too.
func PublishForms(dir string, origins ...string) (err error) {
	ctx := context.Background()
	st, err := store.Open(ctx, store.Config{URL: filepath.Join(dir, "sarnakh.db"), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	camps, err := published.New(ctx, st, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	starters, err := starter.Campaigns()
	if err != nil {
		return err
	}
	for _, s := range starters {
		for _, steps := range []bool{false, true} {
			doc := s.Doc
			doc.Page.Twin, doc.Form.Origins = "", origins
			doc.Offer = models.Offer{Kind: models.OfferCoupon, Title: doc.Offer.Title, Coupon: &models.SharedCoupon{Code: BoothCode}}
			doc.Form.Fields = formFields(s.Locale, steps)
			campaign := models.Campaign{Slug: OnePage(s.Locale), Name: "One page", Locale: s.Locale}
			if steps {
				campaign.Slug, campaign.Name = InSteps(s.Locale), "In steps"
			}
			if err := camps.Publish(ctx, &campaign, doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// End ends a campaign over the data in a folder.
func End(dir, slug string) (err error) {
	ctx := context.Background()
	st, err := store.Open(ctx, store.Config{URL: filepath.Join(dir, "sarnakh.db"), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	camps, err := published.New(ctx, st, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	p, err := camps.Snapshot().Page(slug)
	if err != nil {
		return err
	}
	return st.PauseCampaign(ctx, p.ID)
}

// formFields are every kind of question that depends on another, or is asked once only.
func formFields(locale string, steps bool) []models.Field {
	choices := func(pairs ...string) (out []models.Choice) {
		for i := 0; i < len(pairs); i += 3 {
			out = append(out, models.Choice{Value: pairs[i], Label: say(locale, pairs[i+1], pairs[i+2])})
		}
		return out
	}
	least, most := 1.0, 10.0
	fields := []models.Field{
		{Name: "name", Type: models.TypeName, Label: say(locale, "نام و نام خانوادگی", "Full name"), Required: true, Progressive: true},
		{Name: "email", Type: models.TypeEmail, Label: say(locale, "ایمیل", "Email"), Required: true},
		{Name: "use", Type: models.TypeRadio, Label: say(locale, "برای چه می‌خواهید؟", "What is it for?"), Required: true,
			Choices: choices("work", "کار", "Work", "study", "درس", "Study"), Break: steps, StepTitle: say(locale, "کار شما", "Your work")},
		{Name: "company", Type: models.TypeCompany, Label: say(locale, "شرکت", "Company"), Required: true, Progressive: true,
			ShowIf: &models.ShowIf{Field: "use", Values: []string{"work"}}},
		{Name: "topics", Type: models.TypeCheckboxes, Label: say(locale, "دربارهٔ چه بدانیم؟", "What is it about?"),
			Choices: choices("price", "قیمت و شرایط پرداخت", "Price and payment", "support", "پشتیبانی", "Support")},
		{Name: "question", Type: models.TypeParagraph, Label: say(locale, "پرسش شما", "Your question"), Required: true, MaxLength: 500,
			ShowIf: &models.ShowIf{Field: "topics", Values: []string{"support"}}},
		{Name: "seats", Type: models.TypeNumber, Label: say(locale, "چند کاربر؟", "How many users?"), Min: &least, Max: &most,
			ShowIf: &models.ShowIf{Field: "company"}, Break: steps, StepTitle: say(locale, "آخرین پرسش‌ها", "The last questions")},
		{Name: "start", Type: models.TypeDate, Label: say(locale, "از کی؟", "From when?")},
		{Name: "province", Type: models.TypeProvince, Label: say(locale, "استان", "Province")},
		{Name: "city", Type: models.TypeCity, Label: say(locale, "شهر", "City")},
		{Name: "code", Type: models.TypeHidden, Value: "b7"},
	}
	for i := range fields {
		if !fields[i].Break {
			fields[i].StepTitle = ""
		}
	}
	return fields
}

func forms() []Scene {
	step := func(s *Stage) {
		s.Open(s.InSteps())
		s.fillName("steps")
		s.Press(Button)
	}
	return []Scene{
		{Name: "form-conditions", Who: Visitor, Open: func(s *Stage) {
			s.Open(s.OnePage())
			s.Click("label.seg:has([value=work])")
		}},
		{Name: "form-conditions-errors", Who: Visitor, Open: func(s *Stage) {
			s.Open(s.OnePage())
			s.Click("label.seg:has([value=work])")
			s.Press(Button)
		}},
		{Name: "form-step-1", Who: Visitor, Open: open((*Stage).InSteps)},
		{Name: "form-step-2", Who: Visitor, Open: step},
		{Name: "form-step-errors", Who: Visitor, Open: func(s *Stage) { step(s); s.Press(Button) }},
		{Name: "form-known", Who: Visitor, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Known })},
		{Name: "form-elsewhere", Who: Visitor, Open: fromElsewhere},
		{Name: "embed", Who: Visitor, Open: open(func(s *Stage) string { return s.OnePage() + "/embed" })},
		{Name: "embed-thanks", Who: Visitor, Open: func(s *Stage) { s.sendFrom("/embed") }},
		{Name: "kiosk", Who: Visitor, Open: open(func(s *Stage) string { return s.OnePage() + "/kiosk" })},
		{Name: "kiosk-thanks", Who: Visitor, Open: func(s *Stage) { s.sendFrom("/kiosk") }},
	}
}

func (s *Stage) fillName(who string) {
	s.Fill("#f-name", s.say("کاوه رستگار", "Karl Brandt"))
	s.Fill("#f-email", who+"."+s.Locale+"@example.com")
}

// sendFrom sends the form where it stands.
func (s *Stage) sendFrom(stand string) {
	s.Open(s.OnePage() + stand)
	s.fillName("at" + stand[1:])
	s.Click("label.seg:has([value=study])")
	if s.Click(Button); stand == "/embed" {
		s.Awaits(".lp-done")
		return
	}
	s.Awaits("[data-back]")
}

// Awaits waits until something is on the page.
func (s *Stage) Awaits(selector string) {
	for range 100 {
		if s.Has(selector) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Known is the path by which a mail leads a lead to a campaign's page.
func Known(p *program.Program, slug, lead string) (string, error) {
	signed, err := p.Links()
	if err != nil {
		return "", err
	}
	id, err := models.ParseID(lead)
	return signed.Page(slug, links.Ref{Lead: id, At: time.Now()}), err
}

// fromElsewhere is a form that another site, which the campaign does not name, sends in the visitor's name.
func fromElsewhere(s *Stage) {
	s.Open(s.OnePage())
	s.fillName("elsewhere")
	s.Click("label.seg:has([value=study])")
	s.Set("input[name=_token]", "value", "")
	// So the browser names no site, as from a page in a sandbox.
	s.Set("meta[name=description]", "content", "no-referrer")
	s.Set("meta[content=no-referrer]", "name", "referrer")
	s.Press(Button)
}
