package examples

import (
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
)

func (s set) leads() []Example {
	return []Example{
		{"lead", admin.Lead(s.hot())},
		{"lead-hand", admin.Lead(s.hand())},
		{"lead-over", admin.Lead(s.over())},
		{"lead-bare", admin.Lead(s.bare())},
		{"lead-odd", admin.Lead(s.odd())},
	}
}

func (s set) leadShell() layout.AdminShell {
	return s.shell(layout.RoomLeads, layout.Crumb{Text: s.loc.T("admin.nav.leads"), URL: "/admin/leads"})
}

// hot is the lead of the design.
func (s set) hot() admin.LeadProps {
	return admin.LeadProps{
		Shell: s.leadShell(), Name: s.say("نرگس مهرآیین", "Nora Hale"), Email: "nora@example.com", Phone: "0912 000 4567",
		JobTitle: s.say("مدیر فروش", "Head of sales"), Company: s.say("نرم‌افزار برکه", "Berkeh Software"), Stage: "mql",
		CreatedAt: s.ago(2 * day), Campaign: s.say("۲۷ پیام پیگیری", "27 follow-ups"), CampaignURL: "/p/follow-ups",
		MailURL: "mailto:nora@example.com", CallURL: "tel:+989120004567",
		Score: s.score(), Asked: s.asked(), Activity: s.activity(), Facts: s.facts(), Consents: s.consents(), Messages: s.messages(),
		Agreed:     []admin.Agreed{{Purpose: "newsletter", Live: true, CanWithdraw: true}, {Purpose: "phone", CanAgree: true}, {Purpose: "sms", Waiting: true, CanWithdraw: true}},
		ConsentURL: "/admin/leads/1x2y/consents", EraseURL: "/admin/leads/1x2y/erase",
		Sequences: []admin.LeadSequence{
			{Name: s.afterBook(), URL: "/admin/sequences/1x", State: "active", Paused: true, Step: s.say("از کجا شروع کنیم", "Where to begin"), Since: s.ago(day), NextAt: s.now.Add(day)},
			{Name: s.afterBook(), State: "waiting", Since: s.ago(day)}, {Name: s.afterBook(), State: "stopped", Reason: "hot", EndedAt: s.ago(day)},
		},
		Todo: &admin.Todo{Reason: "score", Since: s.ago(12 * time.Minute), Phone: "0912 000 4567", CallURL: "tel:+989120004567",
			WhatsAppURL: "https://wa.me/989120004567", MailURL: "mailto:nora@example.com"},
		Kinds: []admin.Kind{{Kind: "mql", Rule: "score", At: s.ago(12 * time.Minute)}},
		First: &admin.Touch{Channel: "social", Source: "instagram", Medium: "story", Campaign: "aban", Referrer: "l.instagram.com", Landing: "/p/follow-ups"},
	}
}

func (s set) score() admin.Score {
	reason := func(axis admin.Axis, group, fa, en, faSeen, enSeen string, points int, ago time.Duration) admin.Reason {
		return admin.Reason{Axis: axis, Group: group, Text: s.say(fa, en), Evidence: s.say(faSeen, enSeen), Points: points, At: s.ago(ago)}
	}
	return admin.Score{
		Shown: 78, Grade: "A1", Temperature: "hot", Probability: 0.34, Assumed: true, Base: 0.03,
		Card: s.say("فروش سازمانی", "Company sales"), Version: 7, ScoredAt: s.ago(12 * time.Minute),
		Reasons: []admin.Reason{
			reason(admin.Fit, "company", "شرکت ۵۱ تا ۲۰۰ نفره", "Company of 51–200 people", "در فرم گفته", "Said in the form", 20, 2*day),
			reason(admin.Fit, "demographic", "مدیر فروش", "Head of sales", "در فرم گفته", "Said in the form", 15, 2*day),
			reason(admin.Fit, "product_fit", "صنعت: نرم‌افزار", "Industry: software", "در فرم گفته", "Said in the form", 8, 2*day),
			reason(admin.Engagement, "website", "صفحهٔ قیمت را دید", "Saw the price page", "۳ بار", "3 times", 18, 12*time.Minute),
			reason(admin.Engagement, "content", "کتاب را خواست", "Asked for the ebook", "", "", 12, 2*day),
			reason(admin.Engagement, "email", "روی پیوند ایمیل زد", "Clicked in an email", "۲ بار", "2 times", 10, 13*time.Hour),
			{Axis: admin.Fit, Group: "demographic", Text: s.say("نشانی ایمیل رایگان", "Free email address"), Points: -5},
		},
		Hints: []admin.Hint{
			{Group: "sales", Text: s.say("درخواست دمو یا تماس", "Asks for a demo or a call"), Points: 40},
			{Group: "product_fit", Text: s.say("نیازی که ما برآورده می‌کنیم", "A need that we serve"), Points: 10},
			{Group: "content", Text: s.say("شرکت در وبینار", "Attends a webinar"), Points: 9},
		},
	}
}

func (s set) asked() []admin.Submission {
	answers := []admin.Fact{
		{Label: s.say("نام و نام خانوادگی", "Full name"), Text: s.say("نرگس مهرآیین", "Nora Hale")},
		{Label: s.loc.T("field.email"), Text: "nora@example.com", As: admin.LeftToRight},
		{Label: s.loc.T("field.company_size"), Text: s.loc.T("company_size.51-200")},
		{Label: s.say("بزرگ‌ترین دردسرتان در پیگیری چیست؟", "What is hardest about following up?"),
			Text: s.say("فروشنده‌ها یادشان می‌رود.\nما هم خبردار نمی‌شویم.", "People forget.\nAnd we don’t hear of it.")},
	}
	campaign := s.say("۲۷ پیام پیگیری", "27 follow-ups")
	return []admin.Submission{
		{Campaign: campaign, CampaignURL: "/p/follow-ups", At: s.ago(47 * time.Hour), Corrects: true, Answers: answers},
		{Campaign: campaign, CampaignURL: "/p/follow-ups", At: s.ago(2 * day), Released: true, Answers: answers[:2]},
	}
}

func (s set) activity() []admin.Activity {
	return []admin.Activity{
		{Kind: "page_viewed", Text: s.say("صفحهٔ قیمت را دید", "Saw the price page"), Detail: s.loc.Span(130 * time.Second), At: s.ago(12 * time.Minute)},
		{Kind: admin.BecameHot, Detail: s.say("امتیاز از ۶۹ به ۷۸ رسید", "Score rose from 69 to 78"), At: s.ago(12 * time.Minute)},
		{Kind: "mail_clicked", At: s.ago(13 * time.Hour)},
		{Kind: "mail_clicked", Machine: true, At: s.ago(14 * time.Hour)},
		{Kind: "content_downloaded", Detail: "PDF", At: s.ago(2 * day)},
		{Kind: "form_submitted", Text: s.say("فرم «۲۷ پیام پیگیری» را پر کرد", "Filled in “27 follow-ups”"), Detail: s.say("از اینستاگرام", "From Instagram"), At: s.ago(2 * day)},
	}
}

func (s set) facts() []admin.Fact {
	return []admin.Fact{
		{Label: s.loc.T("field.email"), Text: "nora@example.com", As: admin.LeftToRight, URL: "mailto:nora@example.com"},
		{Label: s.loc.T("field.mobile"), Text: "+98 912 000 4567", As: admin.Number, URL: "tel:+989120004567"},
		{Label: s.loc.T("field.company"), Text: s.say("نرم‌افزار برکه", "Berkeh Software")},
		{Label: s.loc.T("field.city"), Text: s.say("اصفهان", "Isfahan")},
		{Label: s.loc.T("admin.lead.code_of", "campaign", s.say("تخفیف «آغاز پاییز»", "The “autumn” coupon")), Text: "PAYIZ-7F3K", As: admin.LeftToRight},
		{Label: s.loc.T("field.language"), Text: s.loc.T("language." + s.loc.Lang())},
	}
}

func (s set) consents() []admin.Consent {
	c := admin.Consent{Purpose: "newsletter", Decision: "given", Method: "confirmation", Version: 3, TextLocale: s.loc.Locale(), At: s.ago(46 * time.Hour),
		Text: s.say("ماهی یک بار، نکته‌های پیگیری را برایم ایمیل کنید. هر وقت بخواهم لغو می‌کنم.", "Email me a follow-up tip once a month. I can stop it at any time."),
		Page: "https://avand.example/p/follow-ups", IP: "203.0.113.0", Browser: "Mozilla/5.0 (Linux; Android 14) Chrome/130"}
	phone := c
	phone.Purpose, phone.Decision, phone.Method, phone.Version = "phone", "refused", "form", 1
	waits := c
	waits.Decision, waits.Waits, waits.Method, waits.Version = "given", true, "form", 0
	own := c
	own.Purpose, own.Decision, own.Method = s.say("دعوت به رویدادها", "Invitations to events"), "withdrawn", "preferences"
	return []admin.Consent{c, waits, phone, own}
}

func (s set) messages() []admin.Message {
	return []admin.Message{
		{Kind: "hot", To: "sepehr@example.com", Class: "sales", State: "sent", At: s.ago(12 * time.Minute), Attempts: 1, URL: "/admin/mailbox/1"},
		{Kind: "nurture", To: "nora@example.com", Class: "marketing", State: "queued", At: s.now.Add(20 * time.Hour)},
		{Kind: "delivery", To: "nora@example.com", Class: "transactional", State: "failed", At: s.ago(2 * day), Attempts: 4,
			Reply: "550 5.1.1 user unknown", URL: "/admin/mailbox/2"},
	}
}

// hand raised their hand without having done much, and cannot be called.
func (s set) hand() admin.LeadProps {
	p := s.hot()
	p.Name, p.JobTitle, p.CallURL, p.Phone, p.Stage = s.say("آرش کیانی", "Arash Kiani"), "", "", "", "sql"
	p.Todo = &admin.Todo{Reason: "raised_hand", Since: s.ago(3 * time.Hour), MailURL: p.MailURL}
	p.Last = &admin.Touch{Channel: "paid", Source: "google", Medium: "cpc", Term: s.say("پیگیری مشتری", "lead follow-up"), Landing: "/p/demo"}
	p.Kinds = append(p.Kinds, admin.Kind{Kind: "sql", Rule: "bant", At: s.ago(time.Hour)}, admin.Kind{Kind: "pql", Rule: "activation", At: s.ago(5 * day)})
	p.Score.Probability, p.Score.Assumed, p.Score.Base, p.Score.RulesURL = 0.34, false, 0.068, "/admin/cards/b2b"
	return p
}

// over is the worked example of the scoring rules: 105 points, shown as 100.
func (s set) over() admin.LeadProps {
	p := s.hot()
	p.Todo.NoConsent = true
	p.Score.Shown, p.Score.Probability, p.Score.Hints = 100, 0.4, nil
	line := func(axis admin.Axis, group, fa, en string, points int) admin.Reason {
		return admin.Reason{Axis: axis, Group: group, Text: s.say(fa, en), Points: points}
	}
	p.Score.Reasons = []admin.Reason{
		line(admin.Fit, "company", "اندازهٔ شرکت در هدف", "Company size in target", 15),
		line(admin.Fit, "company", "صنعت در هدف", "Industry in target", 10),
		line(admin.Fit, "product_fit", "نیازی که ما برآورده می‌کنیم", "A need that we serve", 10),
		line(admin.Fit, "demographic", "نشانی ایمیل رایگان", "Free email address", -5),
		line(admin.Engagement, "website", "صفحهٔ محصول", "Product page", 20),
		line(admin.Engagement, "website", "صفحهٔ قیمت", "Price page", 14),
		{Axis: admin.Engagement, Group: "website", Limit: true, Text: s.say("سقف وب‌سایت", "Website limit"), Points: -4},
		line(admin.Engagement, "email", "خبرنامه", "Newsletter", 5),
		line(admin.Engagement, "email", "کلیک در ایمیل", "Clicked in an email", 4),
		line(admin.Engagement, "content", "کتاب", "Ebook", 8),
		line(admin.Engagement, "content", "وبینار", "Webinar", 13),
		line(admin.Engagement, "combination", "قیمت، کتاب و وبینار با هم", "Price, ebook and webinar together", 15),
		{Limit: true, Text: s.say("بیش از ۱۰۰", "Over 100"), Points: -5},
	}
	return p
}

// bare is known by an address only, and left alone.
func (s set) bare() admin.LeadProps {
	return admin.LeadProps{
		Shell: s.leadShell(), Email: "info@example.com", Stage: "lead", CreatedAt: s.ago(40 * day), MailURL: "mailto:info@example.com",
		Disqualified: &admin.Disqualified{Reason: s.say("به گفتهٔ خودش دانشجو است.", "A student, by own word."), Until: s.now.Add(90 * day)},
		Score: admin.Score{Temperature: "cold", Grade: "C3", Probability: 0.004, Assumed: true, Base: 0.03,
			Card: s.say("فروش سازمانی", "Company sales"), Version: 1, ScoredAt: s.ago(day)},
	}
}

// odd holds hostile and endless words wherever somebody outside may write some.
func (s set) odd() admin.LeadProps {
	p := s.hot()
	p.Name, p.Email, p.JobTitle, p.Company, p.Campaign = hostile, hostile, long, hostile, long
	p.CampaignURL, p.MailURL = "javascript:alert(4)", "javascript:alert(5)"
	p.Asked[0].Answers = []admin.Fact{{Label: hostile, Text: hostile}, {Label: long, Text: long}, {Label: "URL", Text: "https://example.com/" + long, As: admin.LeftToRight}}
	p.Activity = []admin.Activity{{Kind: "not_yet_known", At: s.now}, {Kind: "form_submitted", Text: hostile, Detail: long, At: s.now}}
	p.Facts = []admin.Fact{{Label: long, Text: long}, {Label: hostile, Text: hostile, URL: "data:text/html,x"}}
	p.Consents = []admin.Consent{{Purpose: hostile, Decision: "expired", Method: hostile, Text: hostile, TextLocale: i18n.EN, At: s.now, Page: long, Browser: hostile}}
	p.Messages = []admin.Message{{Kind: hostile, To: long + "@example.com", Class: "bulk", State: "unknown", At: s.now, Attempts: 2, Reply: hostile + long}}
	p.First = &admin.Touch{Channel: hostile, Source: long, Term: hostile}
	p.Score.Reasons[0].Text, p.Score.Reasons[1].Evidence, p.Score.Card = long, hostile, hostile
	return p
}
