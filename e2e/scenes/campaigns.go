package scenes

// campaignList are the list, how one begins, its settings, and what is done with one as a whole.
func campaignList() []Scene {
	return []Scene{
		{Name: "campaigns", Who: Owner, Open: at("/admin/campaigns")},
		{Name: "campaigns-none-found", Who: Owner, Open: at("/admin/campaigns?q=zzz&status=live")},
		{Name: "campaigns-archive", Who: Owner, Open: at("/admin/campaigns?status=archived")},
		{Name: "campaigns-menu", Who: Owner, Open: (*Stage).starter},
		{Name: "campaigns-filter", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/campaigns")
			s.Click(".bar-tools .pop summary")
		}},
		{Name: "campaign-begin", Who: Owner, Open: at("/admin/campaigns/new")},
		{Name: "campaign-new", Who: Owner, Open: at("/admin/campaigns/new?template=ebook")},
		{Name: "campaign-new-errors", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/campaigns/new?template=blank")
			s.Fill("#f-slug", "-Spring")
			s.Click(".more summary")
			s.Fill("#f-goal", s.say("زیاد", "many"))
			s.Press("form .btn--primary")
		}},
		{Name: "campaign-settings", Who: Owner, Open: (*Stage).settings},
		{Name: "campaign-settings-errors", Who: Owner, Open: func(s *Stage) {
			s.settings()
			s.Fill("#f-name", "")
			s.Fill("#f-slug", s.say("playbook", "rahnama"))
			s.Press("form .btn--primary")
		}},
		{Name: "campaign-settings-conflict", Who: Owner, Open: func(s *Stage) {
			s.settings()
			s.Set("[name=base]", "value", "of-before")
			s.Press("form .btn--primary")
		}},
		{Name: "campaign-settings-saved", Who: Owner, Open: func(s *Stage) {
			s.settings()
			s.Fill("#f-goal", s.say("۵۰۰", "500"))
			s.Press("form .btn--primary")
		}},
		{Name: "campaigns-paused", Who: Owner, Open: func(s *Stage) { s.turn("pause") }},
		{Name: "campaigns-resumed", Who: Owner, Open: func(s *Stage) { s.turn("resume") }},
	}
}

// settings opens those of the starter of the stage's language.
func (s *Stage) settings() {
	s.starter()
	s.Press("tbody .pop a[href$='/settings']")
}

// starter finds the starter of the stage's language in the list, and opens its menu.
func (s *Stage) starter() {
	s.Open("/admin/campaigns?q=" + s.say("rahnama", "playbook"))
	s.Click("tbody .pop summary")
}

// turn presses a button of its menu.
func (s *Stage) turn(act string) {
	s.starter()
	s.Press("tbody .pop form[action$='/" + act + "'] button")
}
