package scenes

// results are the first page of a campaign: of the starter that people came to, of one that nobody has seen, and of one
// that is being written.
func results() []Scene {
	return []Scene{
		{Name: "results", Who: Owner, Open: (*Stage).results},
		{Name: "results-table", Who: Owner, Open: func(s *Stage) {
			s.results()
			s.Click(".data summary")
		}},
		{Name: "results-year", Who: Owner, Open: func(s *Stage) {
			s.results()
			s.Press(".period__days a:last-child")
		}},
		{Name: "results-days", Who: Owner, Open: func(s *Stage) {
			s.results()
			s.Click(".period__other summary")
		}},
		{Name: "results-errors", Who: Owner, Open: func(s *Stage) {
			s.results()
			s.Open(s.Path() + "?from=soon&to=later")
		}},
		{Name: "results-empty", Who: Beginner, Open: (*Stage).results},
		{Name: "results-draft", Who: Beginner, Open: func(s *Stage) {
			s.Open("/admin/campaigns/new?template=blank")
			s.Fill("#f-name", s.say("وبینار پاییز", "Autumn webinar"))
			s.Fill("#f-slug", "autumn-"+s.Locale)
			s.Press("form .btn--primary")
			s.Open("/admin/campaigns?q=autumn-" + s.Locale)
			s.Press("tbody .cell a")
		}},
	}
}

// results opens the page of the starter of the stage's language.
func (s *Stage) results() {
	s.Open("/admin/campaigns?q=" + s.say("rahnama", "playbook"))
	s.Press("tbody .cell a")
}
