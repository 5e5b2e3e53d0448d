package examples

import (
	"time"

	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

func (s set) campaigns() []Example {
	list := s.campaignList()
	looked := list
	looked.NewURL, looked.MediaURL, looked.Filter = "", "", admin.CampaignFilter{Period: "all"}
	looked.Rows = append([]admin.CampaignRow(nil), list.Rows...)
	for i := range looked.Rows {
		looked.Rows[i].Next, looked.Rows[i].Acts = nil, nil
	}
	found := list
	found.Filter = admin.CampaignFilter{Query: "zzz", Owner: "1", Status: "live", Sort: admin.CampaignsByName}
	found.Rows, found.Next = nil, ""
	none := list
	none.Rows, none.Next, none.Counts = nil, "", nil
	archived := none
	archived.Filter.Status = "archived"
	return []Example{
		{"campaigns", admin.Campaigns(list)},
		{"campaigns-analyst", admin.Campaigns(looked)},
		{"campaigns-nothing-found", admin.Campaigns(found)},
		{"campaigns-none", admin.Campaigns(none)},
		{"campaigns-none-archived", admin.Campaigns(archived)},
		{"campaign-templates", admin.CampaignTemplates(s.templates())},
		{"campaign-new", admin.CampaignNew(s.newCampaign())},
		{"campaign-new-errors", admin.CampaignNew(s.wrongCampaign())},
		{"campaign-settings", admin.CampaignSettings(s.settings())},
		{"campaign-settings-errors", admin.CampaignSettings(s.wrongSettings())},
		{"campaign-settings-conflict", admin.CampaignSettings(s.lateSettings())},
	}
}

func (s set) owners() []ui.Option {
	return []ui.Option{{Value: "1", Label: s.say("مینا یاوری", "Mina Yavari")}, {Value: "2", Label: s.say("سارا نیک‌نام", "Sara Hale")}}
}

func (s set) campaignList() admin.CampaignsProps {
	kpi := func(key, icon, shown string, now, before float64, spark ...float64) admin.KPI {
		return admin.KPI{Key: key, Icon: icon, Shown: shown, Now: now, Before: before, Spark: spark, Compared: true}
	}
	acts := []admin.CampaignAct{{Key: "edit", Icon: "edit", URL: "/admin/campaigns/1/page"}, {Key: "duplicate", Icon: "copy", URL: "/admin/campaigns/1/duplicate", Post: true},
		{Key: "pause", Icon: "pause", URL: "/admin/campaigns/1/pause", Post: true}, {Key: "archive", Icon: "inbox", URL: "/admin/campaigns/1/archive", Post: true}}
	row := func(name, slug, status, kind string, ago time.Duration, visits, leads, hot int64, next *admin.NextThing) admin.CampaignRow {
		return admin.CampaignRow{URL: "/admin/campaigns/" + slug, Name: name, Slug: slug, Status: status, Kind: kind, Published: status != "draft", Changed: s.ago(ago),
			Figures: admin.CampaignFigures{Visits: visits, Leads: leads, Hot: hot, Spark: []int64{visits / 20, visits / 18, visits / 15, visits / 16, visits / 12, visits / 9, visits / 8, visits / 9, visits / 7, visits / 8, visits / 6, visits / 5}},
			Next:    next, Acts: acts}
	}
	return admin.CampaignsProps{
		Shell: s.shell(layout.RoomCampaigns), URL: "/admin/campaigns", NewURL: "/admin/campaigns/new", MediaURL: "/admin/media", Owners: s.owners(),
		KPIs: []admin.KPI{
			kpi("visits", "eye", s.loc.Int(18420), 18420, 17024, 4, 5, 4, 6, 7, 6, 8, 7, 9, 10, 9, 11),
			kpi("leads", "users", s.loc.Int(2316), 2316, 2021, 4, 4, 5, 5, 6, 6, 5, 7, 8, 9, 9, 10),
			kpi("conversion", "flag", s.loc.Percent(.126, 1), .126, .126, 7, 8, 8, 7, 9, 8, 9, 10, 9, 10, 10, 10),
			kpi("hot", "flame", s.loc.Int(187), 187, 193, 7, 8, 9, 8, 10, 9, 9, 8, 8, 7, 8, 7),
		},
		Counts: map[string]int64{"live": 3, "scheduled": 1, "paused": 1, "draft": 1, "ended": 1, "archived": 4},
		Rows: []admin.CampaignRow{
			row(s.say("۲۷ پیام پیگیری", "27 follow-ups"), "follow-ups", "live", "ebook", 2*time.Hour, 8240, 1310, 96, nil),
			row(s.say("کوپن نوروز ۱۴۰۵", "Spring coupon"), "nowruz", "live", "coupon", day, 5110, 604, 41, &admin.NextThing{Key: "codes", Args: []any{"n", 4}, URL: "/admin/campaigns/nowruz/offer"}),
			row(s.say("آزمایش ۱۴ روزهٔ نرم‌افزار", "14-day trial"), "trial", "live", "trial", 3*day, 3320, 272, 38, &admin.NextThing{Key: "ends_tomorrow", URL: "/admin/campaigns/trial/settings"}),
			row(s.say("غرفهٔ نمایشگاه", "Trade fair booth"), "fair", "paused", "booth", 18*day, 1380, 118, 10, &admin.NextThing{Key: "resume", URL: "/admin/campaigns/fair/settings"}),
			row(s.say("وبینار قیف فروش", "Funnel webinar"), "webinar", "ended", "webinar", 32*day, 370, 12, 2, nil),
			row(s.say("نظرسنجی پاییز", "Autumn survey"), "survey", "scheduled", "survey", 33*day, 0, 0, 0, nil),
			row(s.say("دورهٔ عکاسی", "Photo course"), "course", "draft", "", 400*day, 0, 0, 0, &admin.NextThing{Key: "write", Args: []any{"n", 3}, URL: "/admin/campaigns/course/words"}),
		},
		Next: "/admin/campaigns?after=1_2",
	}
}

func (s set) templates() admin.TemplatesProps {
	p := admin.TemplatesProps{Shell: s.shell(layout.RoomCampaigns, s.campaignCrumb()), URL: "/admin/campaigns/new", BlankURL: "/admin/campaigns/new?template=blank",
		Copies: []ui.Option{{Value: "1", Label: s.say("کوپن نوروز ۱۴۰۵", "Spring coupon")}}}
	for _, t := range [...]struct{ kind, fa, en, aboutFA, aboutEN string }{
		{"ebook", "کتاب الکترونیکی", "Ebook", "کتابی می‌دهید و در برابرش ایمیل می‌گیرید.", "Give a book, get an address."},
		{"coupon", "کوپن تخفیف", "Coupon", "تخفیفی برای نخستین خرید.", "Money off the first purchase."},
		{"webinar", "وبینار", "Webinar", "ثبت‌نام با یادآوری و پیوند ورود.", "Registration with a reminder and the link to the room."},
		{"booth", "غرفهٔ نمایشگاه", "Event booth", "فرمی روی تبلت که بعد از هر نفر از نو شروع می‌شود.", "A form on a tablet that begins anew after each visitor."},
	} {
		p.Templates = append(p.Templates, admin.TemplateCard{Kind: t.kind, Name: s.say(t.fa, t.en), About: s.say(t.aboutFA, t.aboutEN), URL: p.URL + "?template=" + t.kind})
	}
	return p
}

func (s set) campaignCrumb() layout.Crumb {
	return layout.Crumb{Text: s.loc.T("admin.nav.campaigns"), URL: "/admin/campaigns"}
}

func (s set) newCampaign() admin.CampaignNewProps {
	return admin.CampaignNewProps{
		Shell: s.shell(layout.RoomCampaigns, s.campaignCrumb(), layout.Crumb{Text: s.loc.T("campaign.new"), URL: "/admin/campaigns/new"}), Action: "/admin/campaigns/new",
		SlugURL: "/admin/campaigns/slug", BackURL: "/admin/campaigns/new", Template: "coupon", Kind: "coupon", From: s.say("کوپن تخفیف", "Coupon"),
		About: s.say("تخفیفی برای نخستین خرید.", "Money off the first purchase."), Host: "leads.example.org",
		Languages: admin.Languages(s.loc), Cards: []ui.Option{{Value: "b2c", Label: s.loc.T("score.preset.b2c")}}, Owners: s.owners(),
		Form: admin.CampaignForm{Language: s.loc.Lang(), Card: "b2c", Owner: "1", Until: admin.Moment{Name: "until"}},
	}
}

func (s set) wrongCampaign() admin.CampaignNewProps {
	p := s.newCampaign()
	p.Form.Slug, p.Form.Goal = "-Spring", "many"
	p.Problems = []ui.Problem{
		{Target: "f-name", Text: s.loc.T("invalid.required", "label", s.loc.T("campaign.name"))},
		{Target: "f-slug", Text: s.loc.T("campaign.slug.shape")},
		{Target: "f-goal", Text: s.loc.T("campaign.bad_goal", "max", 10_000_000)},
	}
	return p
}

func (s set) settings() admin.SettingsProps {
	n := s.newCampaign()
	tabs := []ui.Tab{{Text: s.loc.T("campaign.tab.page"), URL: "/admin/campaigns/1/page"}, {Text: s.loc.T("campaign.tab.settings"), URL: "/admin/campaigns/1/settings", Current: true}}
	form := n.Form
	form.Name, form.Slug, form.Goal, form.Home, form.Base = s.say("کوپن نوروز ۱۴۰۵", "Spring coupon"), "nowruz", s.loc.Int(500), true, "ab"
	return admin.SettingsProps{
		Shell: s.shell(layout.RoomCampaigns, s.campaignCrumb()), Head: admin.CampaignHead{Name: form.Name, Status: "live", Unpublished: true, Tabs: tabs,
			ShareURL: "/admin/campaigns/1/share", PreviewURL: "/admin/campaigns/1/preview", PublishURL: "/admin/campaigns/1/publish"},
		Action: "/admin/campaigns/1/settings", ShownAction: "/admin/campaigns/1/settings/page", SlugURL: n.SlugURL, ID: "1", Host: n.Host, Known: true, LocaleFixed: true,
		Languages: n.Languages, Cards: n.Cards, Owners: n.Owners, Form: &form,
		Shown: &admin.ShownForm{Base: "cd", Card: "b2c", Twin: "spring", Heading: s.say("کدها تمام شد", "All codes are gone")},
		Acts: []admin.CampaignAct{{Key: "duplicate", Icon: "copy", URL: "/admin/campaigns/1/duplicate", Post: true}, {Key: "pause", Icon: "pause", URL: "/admin/campaigns/1/pause", Post: true},
			{Key: "archive", Icon: "inbox", URL: "/admin/campaigns/1/archive", Post: true}},
	}
}

func (s set) wrongSettings() admin.SettingsProps {
	p := s.settings()
	p.Known, p.LocaleFixed = false, false
	p.Problems = []ui.Problem{{Target: "f-slug", Text: s.loc.T("campaign.slug_taken", "slug", "nowruz")}, {Target: "f-until_day", Text: s.loc.T("campaign.until_past")},
		{Target: "f-over_link", Text: s.loc.T("campaign.bad_link")}}
	return p
}

func (s set) lateSettings() admin.SettingsProps {
	p := s.settings()
	p.Theirs = []admin.Fact{{Label: s.loc.T("campaign.name"), Text: s.say("کوپن بهار", "Coupon of spring")}}
	return p
}
