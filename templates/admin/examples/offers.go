package examples

import (
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// part is the frame of a part of a campaign.
func (s set) part(key string) (layout.AdminShell, admin.CampaignHead) {
	at := "/admin/campaigns/1x"
	head := admin.CampaignHead{Name: s.say("۲۷ پیام پیگیری", "27 follow-ups"), Status: "live", Unpublished: true,
		ShareURL: at + "/share", PreviewURL: at + "/preview", PublishURL: at + "/publish"}
	for _, k := range [...]string{"leads", "form", "offer"} {
		head.Tabs = append(head.Tabs, ui.Tab{Text: s.loc.T("campaign.tab." + k), URL: at + "/" + k, Current: k == key})
	}
	return s.shell(layout.RoomCampaigns, s.campaignCrumb()), head
}

func (s set) offers() (out []Example) {
	for _, kind := range [...]string{"", "ebook", "file", "coupon", "trial", "demo", "price", "contact", "webinar", "newsletter", "survey", "contest"} {
		name := "offer-" + kind
		if kind == "" {
			name = "offer"
		}
		out = append(out, Example{name, admin.Offer(s.offer(kind))})
	}
	pool := s.offer("coupon")
	pool.Pool, pool.AllCodes, pool.FreeCodes, pool.StockOf = true, 500, 12, 0
	badCodes := pool
	badCodes.Pasted = long + "\n" + hostile
	badCodes.Problems = []ui.Problem{{Target: "f-pasted", Text: s.loc.T("offer.bad.no_codes")}}
	wrong := s.offer("webinar")
	wrong.Title, wrong.Place = hostile, long
	wrong.Problems = []ui.Problem{{Target: "f-zone", Text: s.loc.T("offer.bad.zone")}, {Target: "f-until_day", Text: s.loc.T("offer.bad.order")}}
	noFile := s.offer("file")
	noFile.Problems = []ui.Problem{{Target: "f-file", Text: s.loc.T("offer.bad.no_file")}}
	late := s.offer("demo")
	late.Theirs = []admin.Fact{{Label: s.loc.T("offer.title"), Text: s.say("نمایش رایگان", "A free demo")}}
	made := s.offer("trial")
	made.Webhook, made.Trouble = "https://app.example.org/new", &admin.OfferTrouble{Waiting: 3, GivenUp: 1, Why: s.loc.T("offer.fault.slow")}
	return append(out,
		Example{"offer-pool", admin.Offer(pool)}, Example{"offer-pool-wrong", admin.Offer(badCodes)}, Example{"offer-wrong", admin.Offer(wrong)},
		Example{"offer-file-wrong", admin.Offer(noFile)}, Example{"offer-conflict", admin.Offer(late)}, Example{"offer-trouble", admin.Offer(made)},
		Example{"offer-mail", admin.OfferMail(s.offerMail("html"))}, Example{"offer-mail-phone", admin.OfferMail(s.offerMail("phone"))},
		Example{"offer-mail-text", admin.OfferMail(s.offerMail("text"))})
}

// offer is the page of one kind; of none where nothing is chosen yet.
func (s set) offer(kind string) admin.OfferProps {
	at := "/admin/campaigns/1x/offer"
	p := admin.OfferProps{Action: at, Base: "ab", FilesURL: at + "/files", CodesURL: at + "/codes", DropURL: at + "/codes/drop", Kind: kind, Saved: kind != "file",
		Title: s.say("۲۷ پیام پیگیری", "27 follow-ups"), Zone: "Asia/Tehran", From: admin.Moment{Name: "from"}, Until: admin.Moment{Name: "until"},
		Funnels: []ui.Option{{Value: "consideration", Label: s.loc.T("offer.funnel.consideration")}}}
	p.Shell, p.Head = s.part("offer")
	for _, k := range [...]string{"ebook", "coupon", "trial", "webinar"} {
		p.Kinds = append(p.Kinds, admin.OfferKind{Key: k, URL: at + "?kind=" + k, Current: k == kind})
	}
	if p.Saved {
		p.ThanksURL, p.MailURL = "/admin/campaigns/1x/preview?as=thanks", "/admin/campaigns/1x/preview?as=mail"
	}
	switch kind {
	case "ebook":
		p.Files = []admin.OfferFile{{Name: s.say("پیگیری.pdf", "follow-ups.pdf"), Format: "PDF", Size: 1_240_000, DeleteURL: at + "/files/pdf/delete"},
			{Name: long + ".epub", Format: "EPUB", Size: 310_000, DeleteURL: at + "/files/epub/delete"}}
	case "coupon":
		p.Code, p.Stock, p.Given, p.StockOf = "NOWRUZ-20", s.loc.Int(300), 41, 300
	case "trial":
		p.URL, p.Secret = "https://app.example.org/start", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
	}
	return p
}

func (s set) offerMail(view string) admin.OfferMailProps {
	at := "/admin/campaigns/1x/preview?as=mail"
	p := admin.OfferMailProps{Subject: s.say("کتاب شما آماده است", "Your book is ready"), From: s.say("سرنخ", "Sarnakh"), Files: []string{"event.ics"}, BackURL: "/admin/campaigns/1x/offer"}
	p.Shell, p.Head = s.part("offer")
	for _, k := range [...]string{"html", "phone", "text"} {
		p.Views = append(p.Views, ui.Tab{Text: s.loc.T("sequence.view." + k), URL: at, Current: k == view})
	}
	if view == "text" {
		p.Text = s.say("سلام نرگس،\nکتاب شما آماده است.", "Hello Nora,\nyour book is ready.")
		return p
	}
	p.FrameURL, p.Phone = at+"_html", view == "phone"
	return p
}
