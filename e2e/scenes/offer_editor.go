package scenes

import "sarnakh/models"

// offerEditor is where it is written what a campaign gives: each kind that is published, each kind before it is saved, and
// what can go wrong with it.
func offerEditor() []Scene {
	scenes := []Scene{
		{Name: "offer-edit-ebook", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/offer") }},
		{Name: "offer-edit-coupon", Who: Owner, Open: func(s *Stage) { s.part(OnePage(s.Locale), "/offer") }},
		{Name: "offer-edit-none", Who: Owner, Open: func(s *Stage) { s.blank("/offer") }},
	}
	for _, kind := range Offers {
		scenes = append(scenes, Scene{Name: "offer-edit-" + kind, Who: Owner, Open: func(s *Stage) { s.part(Offered(kind, s.Locale), "/offer") }})
	}
	for _, kind := range [...]models.OfferKind{models.OfferFile, models.OfferCoupon, models.OfferTrial, models.OfferPrice, models.OfferContact,
		models.OfferWebinar, models.OfferNewsletter, models.OfferContest} {
		scenes = append(scenes, Scene{Name: "offer-edit-new-" + string(kind), Who: Owner, Open: func(s *Stage) { s.blank("/offer?kind=" + string(kind)) }})
	}
	return append(scenes, wrongOffers()...)
}

func wrongOffers() []Scene {
	return []Scene{
		{Name: "offer-edit-errors", Who: Owner, Open: func(s *Stage) {
			s.blank("/offer?kind=webinar")
			s.Fill("#f-title", s.say("وبینار پاییز", "Autumn webinar"))
			s.Fill("#f-zone", s.say("تهران", "Teheran"))
			s.Fill("#f-url", "meet.example.org")
			s.Fill("#f-text", "{{nickname}}")
			s.save()
		}},
		{Name: "offer-edit-errors-trial", Who: Owner, Open: func(s *Stage) {
			s.blank("/offer?kind=trial")
			s.Fill("#f-url", "app.example.org")
			s.Fill("#f-webhook", "http://app.example.org/new")
			s.Fill("#f-days", s.say("زیاد", "many"))
			s.save()
		}},
		{Name: "offer-edit-errors-codes", Who: Owner, Open: func(s *Stage) {
			s.part(Offered("pool", s.Locale), "/offer")
			s.Fill("#f-pasted", "AUTUMN-1\nAUTUMN 2")
			s.save()
		}},
		{Name: "offer-edit-errors-file", Who: Owner, Open: func(s *Stage) {
			s.blank("/offer?kind=file")
			s.attach("#f-file", "notes.txt", "no book")
			s.Press(".btn[formaction*='/files']")
		}},
		{Name: "offer-edit-conflict", Who: Owner, Open: func(s *Stage) {
			s.part(Offered("event", s.Locale), "/offer")
			s.late()
			s.Fill("#f-title", s.say("نامی که من نوشتم", "The name that I wrote"))
			s.save()
		}},
		{Name: "offer-edit-codes", Who: Owner, Open: func(s *Stage) {
			s.part(Offered("pool", s.Locale), "/offer")
			s.Fill("#f-pasted", "AUTUMN-1\nAUTUMN-2\nAUTUMN-3")
			s.save()
		}},
		{Name: "offer-edit-files", Who: Owner, Open: func(s *Stage) {
			s.blank("/offer?kind=file")
			s.attach("#f-file", s.long(70)+".pdf", "%PDF-1.7\n")
			s.Press(".btn[formaction*='/files']")
		}},
		{Name: "offer-edit-long", Who: Owner, Open: func(s *Stage) {
			s.part(Offered("letter", s.Locale), "/offer")
			s.Fill("#f-title", s.long(120))
			s.Fill("#f-subject", s.long(120))
			s.Fill("#f-text", s.long(900)+"\n\nhttps://example.org/"+s.long(60))
			s.save()
		}},
		{Name: "offer-mail", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/preview?as=mail") }},
		{Name: "offer-mail-phone", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/preview?as=mail_phone") }},
		{Name: "offer-mail-text", Who: Owner, Open: func(s *Stage) { s.part(Offered("event", s.Locale), "/preview?as=mail_text") }},
		{Name: "offer-mail-long", Who: Owner, Open: func(s *Stage) { s.part(Offered("letter", s.Locale), "/preview?as=mail") }},
		{Name: "offer-thanks", Who: Owner, Open: func(s *Stage) { s.part(s.slug(), "/preview?as=thanks") }},
	}
}
