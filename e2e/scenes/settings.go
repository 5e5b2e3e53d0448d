package scenes

// settings are those of a campaign in each of its states, and how one is begun from another.
func settings() []Scene {
	out := []Scene{
		{Name: "campaign-settings-over-errors", Who: Owner, Open: func(s *Stage) {
			s.inState("calm", "/settings")
			s.Fill("#f-twin", "nowhere")
			s.Fill("#f-over_link", "example.com")
			s.Press("form[action$='/settings/page'] button")
		}},
		{Name: "campaign-settings-over-conflict", Who: Owner, Open: func(s *Stage) {
			s.inState("calm", "/settings")
			s.Set("form[action$='/settings/page'] [name=base]", "value", "of-before")
			s.Fill("#f-over_heading", s.say("تا سال آینده", "Until next year"))
			s.Press("form[action$='/settings/page'] button")
		}},
		{Name: "campaign-settings-sure", Who: Owner, Open: func(s *Stage) {
			s.inState("calm", "/settings")
			s.Click("#over li:last-child summary")
		}},
		{Name: "campaign-new-copy", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/campaigns/new")
			s.Press("form:has(#f-from) button")
		}},
		{Name: "campaign-new-taken", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/campaigns/new?template=coupon")
			s.Fill("#f-name", s.long(100))
			s.Fill("#f-slug", s.slug())
			s.save()
		}},
	}
	for _, kind := range [...]string{"gaps", "soon", "halted", "held", "ended", "kept"} {
		out = append(out, Scene{Name: "campaign-settings-" + kind, Who: Owner, Open: func(s *Stage) { s.inState(kind, "/settings") }})
	}
	return out
}
