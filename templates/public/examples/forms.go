package examples

import (
	"sarnakh/i18n"
	"sarnakh/templates/public"
	"sarnakh/templates/ui"
)

// forms are a form's other states and places: a further step, a lead who is known, another site, a booth.
func (s set) forms() []Example {
	step := s.form()
	step.Step, step.Steps, step.StepTitle, step.Turned = 2, 3, s.say("کار شما", "Your work"), true
	step.Fields, step.Submit = s.conditions(), s.loc.T("public.form.next")
	step.Carried = []public.Answer{{Name: "name", Value: "نرگس"}, {Name: "email", Value: "narges@example.com"}}
	step.Consents = nil

	known := s.form()
	known.Fields = known.Fields[3:]
	known.Known = &public.Known{Mask: "n•••@example.com", NotMe: known.Action, Token: "AbCd"}

	again := s.form()
	again.Notice = s.loc.T("public.form.from_elsewhere")

	frame, wrong, booth := s.form(), s.failedForm(), s.form()
	frame.Framed, wrong.Framed, booth.NoFill = true, true, true
	for i := range booth.Fields {
		booth.Fields[i].NoFill = true
	}
	hero := s.hero()
	return []Example{
		{"landing-step", public.Landing(s.landing(step))},
		{"landing-known", public.Landing(s.landing(known))},
		{"landing-again", public.Landing(s.landing(again))},
		{"framed", public.Framed(public.FramedProps{Head: s.head, Form: frame})},
		{"framed-errors", public.Framed(public.FramedProps{Head: s.head, Form: wrong})},
		{"framed-thanks", public.FramedThanks(s.thanksEbook())},
		{"booth", public.Kiosk(public.KioskProps{Head: s.head, Hero: &hero, Form: booth})},
		{"booth-thanks", public.KioskThanks(public.KioskThanksProps{Thanks: s.thanksCoupon(), Start: "/p/follow-ups/kiosk", Seconds: 20})},
	}
}

// conditions are questions that are for some only.
func (s set) conditions() []public.Field {
	return []public.Field{
		{Kind: public.Radio, Name: "use", Label: s.say("برای چه می‌خواهید؟", "What is it for?"), Required: true,
			Options: []ui.Option{{Value: "work", Label: s.say("کار", "Work")}, {Value: "study", Label: s.say("درس", "Study")}}},
		{Kind: public.Company, Name: "company", Label: s.say("شرکت", "Company"), Required: true, ShowIf: "use=work",
			When: s.loc.T("public.form.when.chose", "label", s.say("برای چه می‌خواهید؟", "What is it for?"), "values", s.say("«کار»", "“Work”"))},
		{Kind: public.CallMe, Name: "call_me", Label: s.say("به من زنگ بزنید", "Please call me"), ShowIf: "company",
			When: s.loc.T("public.form.when.answered", "label", s.say("شرکت", "Company"))},
		{Kind: public.Date, Name: "when", Label: s.say("از کی؟", "From when?"), Jalali: s.loc.Locale() == i18n.FA, ShowIf: "use!=study",
			When: s.loc.T("public.form.when.not_chose", "label", s.say("برای چه می‌خواهید؟", "What is it for?"), "values", s.say("«درس»", "“Study”"))},
	}
}
