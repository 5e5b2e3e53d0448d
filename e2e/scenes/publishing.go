package scenes

// publishing are the pages on which a draft becomes what visitors see, and those that tell what they saw before.
func publishing() []Scene {
	out := []Scene{
		{Name: "campaign-words", Who: Owner, Open: func(s *Stage) { s.inState("gaps", "/words") }},
		{Name: "campaign-words-errors", Who: Owner, Open: func(s *Stage) {
			s.inState("gaps", "/words")
			s.Fill("#f-w0", s.say("[هنوز نمی‌دانم]", "[not known yet]"))
			s.Fill("#f-w1", s.long(700))
			s.save()
		}},
		{Name: "campaign-words-some", Who: Owner, Open: func(s *Stage) {
			s.inState("gaps", "/words")
			s.Fill("#f-w0", s.say("پیگیری سرنخ‌ها", "following up leads"))
			s.save()
		}},
		{Name: "campaign-words-none", Who: Owner, Open: func(s *Stage) { s.inState("first", "/words") }},
		{Name: "campaign-preview", Who: Owner, Open: func(s *Stage) { s.inState("ready", "/preview") }},
		{Name: "campaign-preview-tablet", Who: Owner, Open: func(s *Stage) { s.inState("ready", "/preview?width=tablet") }},
		{Name: "campaign-preview-desktop", Who: Owner, Open: func(s *Stage) { s.inState("ready", "/preview?width=desktop") }},
	}
	for _, kind := range [...]string{"first", "ready", "faults", "advice", "calm", "soon", "later", "halted", "held", "ended", "kept", "mails"} {
		out = append(out, Scene{Name: "campaign-publish-" + kind, Who: Owner, Open: func(s *Stage) { s.inState(kind, "/publish") }})
	}
	return append(append(out, outcomes()...), versions()...)
}

// outcomes are what comes of its button.
func outcomes() []Scene {
	return []Scene{
		{Name: "campaign-publish-changes", Who: Owner, Open: func(s *Stage) {
			s.inState("ready", "/publish")
			s.Click(".changes li:first-child summary")
		}},
		{Name: "campaign-publish-errors", Who: Owner, Open: func(s *Stage) {
			s.inState("ready", "/publish")
			s.Click("label:has([name=when][value=later])")
			s.Fill("#f-at_clock", s.say("۲۵:۰۰", "25:00"))
			s.save()
		}},
		{Name: "campaign-publish-conflict", Who: Owner, Open: func(s *Stage) {
			s.inState("ready", "/publish")
			s.Set("[name=looked]", "value", "of-before")
			s.save()
		}},
		{Name: "campaign-publish-done", Who: Owner, Open: func(s *Stage) {
			s.inState("first", "/publish")
			s.save()
		}},
		{Name: "campaign-publish-taken-back", Who: Owner, Open: func(s *Stage) {
			s.inState("later", "/publish")
			s.Press("form[action$='/unschedule'] button")
		}},
	}
}

func versions() []Scene {
	return []Scene{
		{Name: "campaign-history", Who: Owner, Open: func(s *Stage) { s.inState("calm", "/history") }},
		{Name: "campaign-history-none", Who: Owner, Open: func(s *Stage) { s.inState("gaps", "/history") }},
		{Name: "campaign-history-ended", Who: Owner, Open: func(s *Stage) { s.inState("halted", "/history") }},
		{Name: "campaign-history-many", Who: Owner, Open: func(s *Stage) { s.inState("many", "/history") }},
		{Name: "campaign-history-older", Who: Owner, Open: func(s *Stage) {
			s.inState("many", "/history")
			s.Press(".pager [rel=next]")
		}},
		{Name: "campaign-version-first", Who: Owner, Open: func(s *Stage) { s.inState("calm", "/history/1") }},
		{Name: "campaign-version", Who: Owner, Open: func(s *Stage) { s.inState("many", "/history/24") }},
		{Name: "campaign-version-planned", Who: Owner, Open: func(s *Stage) {
			s.inState("many", "/history/25?width=desktop")
			s.Click(".changes li:first-child summary")
		}},
		{Name: "campaign-version-restored", Who: Owner, Open: func(s *Stage) {
			s.inState("many", "/history/3")
			s.Press("form[action$='/restore'] button")
		}},
		{Name: "campaign-version-taken-back", Who: Owner, Open: func(s *Stage) { s.Press(".note__act button") }},
	}
}

// inState opens a part of the campaign in a state.
func (s *Stage) inState(kind, part string) {
	list := "/admin/campaigns?q="
	if kind == "kept" {
		list = "/admin/campaigns?status=archived&q="
	}
	s.Open(list + inState(kind, s.Locale))
	s.Open(s.Attr("tbody .cell a", "href") + part)
}
