package scenes

// share is everything by which people come to a campaign, and who came.
func share() []Scene {
	return []Scene{
		{Name: "share", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/share?source=instagram") }},
		{Name: "share-draft", Who: Owner, Open: func(s *Stage) { s.blank("/share") }},
		{Name: "share-errors-source", Who: Owner, Open: func(s *Stage) {
			s.part(s.slug(), "/share")
			s.Fill("#f-source", s.say("اینستاگرام", "My flyer"))
			s.Press("form:has(#f-source) .btn")
		}},
		{Name: "share-errors", Who: Owner, Open: func(s *Stage) {
			s.part(s.slug(), "/share")
			s.Fill("#f-origins", "https://shop.example\nshop.example")
			s.save()
		}},
		{Name: "share-conflict", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/share")
			s.late()
			s.Fill("#f-origins", "https://mine.example")
			s.save()
		}},
		{Name: "share-saved", Who: Owner, Open: func(s *Stage) {
			s.part(OnePage(s.Locale), "/share")
			s.Fill("#f-origins", "https://shop.example/offers\nhttp://localhost:3000")
			s.save()
		}},
		{Name: "submissions", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/leads") }},
		{Name: "submissions-next", Who: Owner, Open: func(s *Stage) {
			if s.part(s.slug(), "/leads"); s.Has(".pager [rel=next]") {
				s.Press(".pager [rel=next]")
			}
		}},
		{Name: "submissions-answers", Who: Owner, Open: func(s *Stage) {
			s.Open(s.OnePage())
			s.fillName("answers")
			s.Click("label.seg:has([value=work])")
			s.Fill("#f-company", s.long(80))
			s.Click("label:has([value=price])")
			s.Press(Button)
			s.part(OnePage(s.Locale), "/leads")
		}},
		{Name: "submissions-empty", Who: Owner, Open: func(s *Stage) { s.blank("/leads") }},
	}
}
