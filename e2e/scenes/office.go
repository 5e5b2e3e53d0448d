package scenes

func office() []Scene {
	return []Scene{
		{Name: "setup", Who: Newcomer, Open: open(func(s *Stage) string { return s.NewLink })},
		{Name: "setup-errors", Who: Newcomer, Open: func(s *Stage) {
			s.Open(s.NewLink)
			s.Fill("#f-name", s.say("مینا یاوری", "Mina Yavari"))
			s.Fill("#f-password", "short")
			s.Press(".gate .btn--primary")
		}},
		{Name: "setup-shown", Who: Newcomer, Open: func(s *Stage) {
			s.Open(s.NewLink)
			s.Fill("#f-password", s.say("هر صبح چای با نبات", "tea with rock sugar"))
			s.Press("button[name=_show]")
		}},
		{Name: "setup-gone", Who: Newcomer, Open: at("/admin/setup/USED")},
		{Name: "setup-gone-owned", Who: Stranger, Open: at("/admin/setup/USED")},
		{Name: "signin-wait", Who: Newcomer, Open: func(s *Stage) {
			s.guess()
			signIn(s)
		}},
		{Name: "signin", Who: Stranger, Open: at("/admin/login")},
		{Name: "signin-ended", Who: Stranger, Open: at("/admin/login?ended=1")},
		{Name: "signin-failed", Who: Stranger, Open: signIn},
		{Name: "leads", Who: Owner, Open: at("/admin/leads")},
		{Name: "leads-hot", Who: Owner, Open: at("/admin/leads?temperature=hot")},
		{Name: "leads-next", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/leads?sort=score")
			s.Press(".pager [rel=next]")
		}},
		{Name: "leads-nothing", Who: Owner, Open: open(func(s *Stage) string { return "/admin/leads?q=" + s.say("هیچ‌کس", "nobody") })},
		{Name: "leads-empty", Who: Beginner, Open: at("/admin/leads")},
		{Name: "lead", Who: Owner, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Lead })},
		{Name: "lead-busy", Who: Owner, Open: open(func(s *Stage) string { return s.Busy })},
		{Name: "lead-quiet", Who: Owner, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Quiet })},
		{Name: "menu", Who: Owner, Phone: true, Open: func(s *Stage) {
			s.Open("/admin/leads?temperature=hot")
			s.Set(".menu", "open", "")
		}},
		{Name: "mailbox", Who: Owner, Open: at("/admin/mailbox")},
		{Name: "mailbox-empty", Who: Beginner, Open: at("/admin/mailbox")},
		{Name: "mail-delivery", Who: Owner, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Delivery })},
		{Name: "mail-text", Who: Owner, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Delivery + "/text" })},
		{Name: "mail-source", Who: Owner, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Delivery + "/raw" })},
		{Name: "mail-hot", Who: Owner, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Hot })},
		{Name: "quarantine", Who: Owner, Open: at("/admin/quarantine")},
		{Name: "quarantine-released", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/quarantine")
			s.Press("form[action='" + s.Papers[s.Locale].Release + "'] button")
		}},
		{Name: "quarantine-empty", Who: Beginner, Open: at("/admin/quarantine")},
		{Name: "office-not-found", Who: Owner, Open: at("/admin/leads/nobody")},
		{Name: "office-nowhere", Who: Owner, Open: at("/admin/nothing")},
		{Name: "office-forbidden", Who: Seller, Open: at("/admin/mailbox")},
	}
}

func signIn(s *Stage) {
	s.Open("/admin/login")
	s.Fill("#f-email", "guess@example.com")
	s.Fill("#f-password", "not the one")
	s.Press(".gate .btn--primary")
}
