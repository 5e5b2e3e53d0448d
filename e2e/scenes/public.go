package scenes

// Button sends the form of a landing page.
const Button = "#get .btn--accent"

func public() []Scene {
	return []Scene{
		{Name: "landing", Who: Visitor, Open: open((*Stage).Landing)},
		{Name: "landing-errors", Who: Visitor, Open: failed},
		{Name: "landing-suggestion", Who: Visitor, Open: mistyped},
		{Name: "landing-too-old", Who: Visitor, Open: tooOld},
		{Name: "landing-too-many", Who: Visitor, Open: tooMany},
		{Name: "thanks", Who: Visitor, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Thanks })},
		{Name: "download", Who: Visitor, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Download })},
		{Name: "expired", Who: Visitor, Open: open(func(s *Stage) string { return s.Papers[s.Locale].Expired })},
		{Name: "expired-sent", Who: Visitor, Open: func(s *Stage) {
			s.Open(s.Papers[s.Locale].Expired)
			s.Press(".lp-files .btn")
		}},
		{Name: "privacy", Who: Visitor, Open: open(func(s *Stage) string { return "/privacy?lang=" + s.Locale })},
		{Name: "index", Who: Visitor, Open: open(func(s *Stage) string { return "/?lang=" + s.Locale })},
		{Name: "not-found", Who: Visitor, Open: at("/p/nothing-here")},
	}
}

// failed sends a form that is as good as empty.
func failed(s *Stage) {
	s.Open(s.Landing())
	s.Fill("#f-phone", s.say("۱۲۳", "123"))
	s.Press(Button)
}

// mistyped has a slip in the mail's domain, which is told beside another error.
func mistyped(s *Stage) {
	s.Open(s.Landing())
	s.Fill("#f-email", "narges@gmial.com")
	s.Press(Button)
}

// tooOld comes with a token that is none of this server's, as after seven days.
func tooOld(s *Stage) {
	s.Open(s.Landing())
	s.fillIn("later@example.com")
	s.Set("input[name=_token]", "value", "of-another-time")
	s.Press(Button)
}

// tooMany is one form more than is taken for an address; the world has sent the others.
func tooMany(s *Stage) {
	s.Open(s.Landing())
	s.fillIn(often(s.Locale))
	s.Press(Button)
}

func (s *Stage) fillIn(email string) {
	s.Fill("#f-name", s.say("کاوه رستگار", "Karl Brandt"))
	s.Fill("#f-email", email)
	s.Fill("#f-company", s.say("نرم‌افزار برکه", "Berkeh Software"))
}

func often(locale string) string { return say(locale, "saman@sepid.example", "omar@sepid.example") }
