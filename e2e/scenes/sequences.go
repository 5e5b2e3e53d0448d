package scenes

// sequences are the pages of nurture emails: the starter's sequence of each language, and one that is being written.
func sequences() []Scene {
	return []Scene{
		{Name: "sequences", Who: Owner, Open: at("/admin/sequences")},
		{Name: "sequence", Who: Owner, Open: (*Stage).sequence},
		{Name: "sequence-leads", Who: Owner, Open: func(s *Stage) {
			s.sequence()
			s.Press(".kpi--link")
		}},
		{Name: "sequence-edit", Who: Owner, Open: (*Stage).editor},
		{Name: "step", Who: Owner, Open: (*Stage).step},
		{Name: "step-head", Who: Owner, Open: func(s *Stage) { s.stepPart("part=head") }},
		{Name: "step-time", Who: Owner, Open: func(s *Stage) { s.stepPart("part=time") }},
		{Name: "step-dark", Who: Owner, Open: func(s *Stage) { s.stepPart("width=dark&view=look") }},
		{Name: "step-button", Who: Owner, Open: func(s *Stage) { s.stepBlock("button") }},
		{Name: "step-picture", Who: Owner, Open: func(s *Stage) { s.stepBlock("picture") }},
		{Name: "step-divider", Who: Owner, Open: func(s *Stage) { s.stepBlock("divider") }},
		{Name: "step-deleted", Who: Owner, Open: func(s *Stage) {
			s.step()
			s.Click(".part--current [value=delete]")
			s.Wait(".note__act")
		}},
		{Name: "step-undone", Who: Owner, Open: func(s *Stage) {
			s.Press(".note__act button")
		}},
		{Name: "step-errors", Who: Owner, Open: func(s *Stage) {
			s.step()
			s.Fill("#f-body", s.say("{{نام}} سلام", "Hello {{nickname}}"))
			s.Click("#save")
			s.Wait(".part-form .errors")
		}},
		{Name: "step-time-errors", Who: Owner, Open: func(s *Stage) {
			s.stepPart("part=time")
			s.Fill("#f-delay", "?")
			s.Choose("#f-cond-1", "score")
			s.Choose("#f-cond-1-op", "is")
			s.Click("#save")
			s.Wait(".part-form .errors")
		}},
		{Name: "step-conflict", Who: Owner, Open: func(s *Stage) {
			s.step()
			s.Set(".part-form [name=base]", "value", "of-before")
			s.Fill("#f-body", s.say("متن من", "My words"))
			s.Click("#save")
			s.Wait("#theirs")
		}},
		{Name: "preview", Who: Owner, Open: (*Stage).preview},
		{Name: "preview-phone", Who: Owner, Open: func(s *Stage) {
			s.preview()
			s.Press(".tabs a:nth-child(2)")
		}},
		{Name: "preview-text", Who: Owner, Open: func(s *Stage) {
			s.preview()
			s.Press(".tabs a:nth-child(3)")
		}},
		{Name: "preview-lead", Who: Owner, Open: func(s *Stage) {
			s.preview()
			s.Fill("[name=q]", eager(s.Locale))
			s.Press("[role=search] .btn--quiet")
		}},
		{Name: "sequence-deleted", Who: Owner, Open: func(s *Stage) {
			s.editor()
			s.Press("form[action$='/delete'] button")
		}},
		{Name: "sequence-restored", Who: Owner, Open: func(s *Stage) {
			s.editor()
			s.Press("form[action$='/delete'] button")
			s.Press(".note__act button")
		}},
		{Name: "sequence-publish", Who: Owner, Open: func(s *Stage) {
			s.editor()
			s.Press("form[action$='/down'] button")
			s.Press("a[href$='/publish']")
		}},
		{Name: "sequence-paused", Who: Owner, Open: func(s *Stage) {
			s.sequence()
			s.Fill("#f-reason", s.say("کتاب تازه می‌شود", "The book is being revised"))
			s.Press("form[action$='/pause'] button")
		}},
		{Name: "sequence-resumed", Who: Owner, Open: func(s *Stage) {
			s.sequence()
			s.Press("form[action$='/resume'] button")
		}},
		{Name: "sequence-new", Who: Owner, Open: at("/admin/sequences/new")},
		{Name: "sequence-draft", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/sequences/new")
			s.Fill("#f-name", s.say("پس از وبینار", "After the webinar"))
			s.Set("#f-campaign option:nth-child(2)", "selected", "")
			s.Press("form .btn--primary")
			s.Press("form[action$='/steps'] button")
			s.Press(".crumbs a:nth-of-type(2)")
		}},
		{Name: "sequences-none", Who: Beginner, Open: at("/admin/sequences")},
		{Name: "erase", Who: Owner, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Quiet + "/erase" })},
		{Name: "erase-errors", Who: Owner, Open: func(s *Stage) {
			s.Open(s.Papers[s.Locale].Quiet + "/erase")
			s.Fill("#f-confirm", "somebody@example.com")
			s.Press("form .btn--danger")
		}},
		{Name: "lead-agreed", Who: Owner, Open: func(s *Stage) {
			s.Open(s.Papers[s.Locale].Quiet)
			s.Press("button[name=said][value=yes]")
		}},
	}
}

// sequence opens the one of the stage's language.
func (s *Stage) sequence() {
	s.Open("/admin/sequences")
	s.Press(say(s.Locale, "tbody tr:last-child a", "tbody tr:nth-last-child(2) a"))
}

func (s *Stage) editor() {
	s.sequence()
	s.Press("a[href$='/edit']")
}

func (s *Stage) step() {
	s.editor()
	s.Press(".step .btn--quiet")
}

// stepPart opens the first mail at a part of it, or in another look.
func (s *Stage) stepPart(query string) {
	s.step()
	s.Open(s.Path() + "?" + query)
}

// stepBlock adds a block to the first mail.
func (s *Stage) stepBlock(kind string) {
	s.step()
	s.Click("#adder summary")
	s.Click("#adder [value=" + kind + "]")
	s.Wait("[name=kind][value=" + kind + "]")
}

func (s *Stage) preview() {
	s.editor()
	s.Press("a[href$='/preview']")
}
