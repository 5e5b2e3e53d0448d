package scenes

// formEditor is where a form is written: that of the campaign on one page, and the empty one.
func formEditor() []Scene {
	edit := func(name, query string) Scene {
		return Scene{Name: "form-edit-" + name, Who: Owner, Open: func(s *Stage) { s.part(OnePage(s.Locale), "/form"+query) }}
	}
	scenes := []Scene{
		{Name: "form-edit", Who: Owner, Open: func(s *Stage) { s.part(OnePage(s.Locale), "/form") }},
		{Name: "form-edit-steps", Who: Owner, Open: func(s *Stage) { s.part(InSteps(s.Locale), "/form?field=seats") }},
		{Name: "form-edit-starter", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/form?field=company_size") }},
		{Name: "form-edit-phone", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/form?field=phone") }},
		edit("add", "?part=add"), edit("consents", "?part=consents"), edit("email", "?field=email"), edit("choices", "?field=use"),
		edit("condition", "?field=company"), edit("question", "?field=question"), edit("number", "?field=seats"), edit("date", "?field=start"),
		edit("province", "?field=province"), edit("hidden", "?field=code"),
	}
	return append(scenes, wrongForms()...)
}

func wrongForms() []Scene {
	return []Scene{
		{Name: "form-edit-errors", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?field=seats")
			s.Fill("#f-label", "")
			s.Fill("#f-min", s.say("کم", "few"))
			s.Fill("#f-hint", s.say("راهنمایی که نوشته بودم", "The hint that I had written"))
			s.save()
		}},
		{Name: "form-edit-errors-words", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?part=words")
			s.Fill("#f-button", "")
			s.Fill("#f-onward_url", "example.org")
			s.save()
		}},
		{Name: "form-edit-errors-consents", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?part=consents")
			s.Click("label:has([name=ask_sms])")
			s.save()
		}},
		{Name: "form-edit-conflict", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?field=use")
			s.late()
			s.Fill("#f-label", s.say("پرسشی که من نوشتم", "The question that I wrote"))
			s.save()
		}},
		{Name: "form-edit-conflict-consents", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?part=consents")
			s.late()
			s.Fill("#f-text_newsletter", s.say("متنی که من نوشتم", "The text that I wrote"))
			s.save()
		}},
		{Name: "form-edit-saved", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?field=question")
			s.Fill("#f-hint", s.say("هرچه کوتاه‌تر، زودتر جواب می‌دهیم.", "The shorter, the sooner we answer."))
			s.save()
		}},
		{Name: "form-edit-long", Who: Owner, Open: func(s *Stage) {
			s.part(InSteps(s.Locale), "/form?field=topics")
			s.Fill("#f-label", s.long(150))
			s.Fill("#f-hint", s.long(300))
			s.Fill("#f-choices", s.long(80)+"\n"+s.long(60))
			s.save()
		}},
		{Name: "form-edit-deleted", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?field=city")
			s.Press("form[action$='/fields/city/delete'] button")
		}},
		{Name: "form-edit-undone", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/form?field=province")
			s.Press("form[action$='/fields/province/delete'] button")
			s.Press(".note__act button")
		}},
		{Name: "form-edit-empty", Who: Owner, Open: func(s *Stage) {
			s.blank("/form?field=email")
			if s.Has("form[action$='/fields/email/delete']") {
				s.Press("form[action$='/fields/email/delete'] button")
			}
			s.blank("/form")
		}},
	}
}
