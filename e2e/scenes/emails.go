package scenes

// emails are the mails of a campaign, with their checks, and a mail in its dark colours.
func emails() []Scene {
	return []Scene{
		{Name: "campaign-emails", Who: Owner, Open: (*Stage).emails},
		{Name: "campaign-emails-checked", Who: Owner, Open: func(s *Stage) {
			s.emails()
			s.Press("form[action$='/emails/links'] button")
		}},
		{Name: "preview-dark", Who: Owner, Open: func(s *Stage) {
			s.preview()
			s.Press(".tabs a[href*='colours=dark']")
		}},
		{Name: "preview-dark-phone", Who: Owner, Open: func(s *Stage) {
			s.preview()
			s.Press(".tabs a[href*='colours=dark']")
			s.Press(".tabs a:nth-child(2)")
		}},
	}
}

// emails opens the mails of the starter of the stage's language.
func (s *Stage) emails() {
	s.settings()
	s.Press(".tabs a[href$='/emails']")
}
