package mail

import (
	"context"
	"strings"
	"time"

	"sarnakh/i18n"
)

type renderer interface {
	Render(context.Context) (Mail, error)
}

// example is a mail with everything, with as little as can be, or with what people type to break it.
type example struct {
	name string
	mail renderer
}

func examples(l i18n.Locale) []example {
	s := set{i18n.For(l)}
	return []example{
		{"delivery.full", s.delivery()},
		{"delivery.code", s.code()},
		{"delivery.letter", s.letter()},
		{"delivery.event", s.event()},
		{"delivery.trial", s.trial()},
		{"delivery.trial_soon", s.trialSoon()},
		{"delivery.contest", s.contest()},
		{"delivery.thanks", s.survey()},
		{"delivery.minimal", s.deliveryMinimal()},
		{"delivery.hostile", s.deliveryHostile()},
		{"delivery.no_code", s.noCode()},
		{"confirm", s.confirm()},
		{"my_data", s.myData()},
		{"invitation", s.invitation()},
		{"invitation.hostile", s.invitationHostile()},
		{"hot.full", s.hot()},
		{"hot.score", s.hotByScore()},
		{"hot.minimal", s.hotMinimal()},
		{"hot.hostile", s.hotHostile()},
	}
}

type set struct{ loc *i18n.Loc }

func (s set) say(fa, en string) string {
	if s.loc.Locale() == i18n.FA {
		return fa
	}
	return en
}

func (s set) zone() *time.Location {
	if s.loc.Locale() == i18n.FA {
		return time.FixedZone("+0330", 12600)
	}
	return time.FixedZone("CET", 3600)
}

func (s set) sender() Sender {
	return Sender{
		Name:       s.say("آوند", "Avand"),
		Postal:     s.say("تهران، خیابان نمونه، پلاک ۱۲", "12 Example Street\nBerlin"),
		PrivacyURL: "https://avand.example/privacy", MyDataURL: "https://avand.example/my-data",
	}
}

func (s set) title() string {
	return s.say("۲۷ پیام پیگیری که جواب می‌گیرند", "27 follow-ups that get a reply")
}

func (s set) delivery() Delivery {
	return Delivery{
		Loc: s.loc, From: s.sender(), Name: s.say("نرگس مهرآیین", "Nora"), Title: s.title(),
		PageURL: "https://avand.example/p/peygiri?utm_source=instagram",
		Download: &Download{
			URL: "https://avand.example/d/AZzQ1xkTq7m4Yy0bT8rFhVw2uN6sJcLpE3oKgD9iXeA", Until: time.Date(2026, 11, 28, 10, 42, 0, 0, s.zone()),
			Files: []File{{"PDF", 2_400_000}, {"EPUB", 840_000}},
		},
		ConfirmURL:  "https://avand.example/confirm/BQ7m4Yy0bT8rFhVw2uN6sJcLpE3oKgD9iXeAzZ1xkT",
		ConfirmText: s.say("هفته‌ای یک نکتهٔ فروش هم برایم ایمیل کنید. هر زمان با یک کلیک لغو می‌کنم.", "Also send me one sales tip a week. I can stop it with one click."),
	}
}

// confirm is a fresh button, or the answer to a form that gives nothing else.
func (s set) confirm() Delivery {
	d := s.delivery()
	d.Download = nil
	return d
}

// noCode: the pool was empty; whoever confirmed before is not told that no other mail comes.
func (s set) noCode() Delivery {
	d := s.confirm()
	d.Title, d.NoCode, d.ConfirmURL, d.Subscribed = s.code().Title, true, "", true
	return d
}

func (s set) myData() MyData {
	return MyData{
		Loc: s.loc, From: s.sender(), PageURL: "https://avand.example/my-data", URL: "https://avand.example/my-data?token=BQ7m4Yy0bT8rFhVw2uN6sJcLpE3oKgD9iXeAzZ1xkT",
		Until: time.Date(2026, 11, 22, 10, 42, 0, 0, s.zone()),
	}
}

func (s set) invitation() Invitation {
	return Invitation{
		Loc: s.loc, Site: "avand.example", Name: s.say("آرش", "Arash"), By: s.say("مینا یاوری", "Mina Yavari"), Role: "marketer",
		URL: "https://avand.example/admin/setup/BQ7m4Yy0bT8rFhVw2uN6sJcLpE3oKgD9", Until: time.Date(2026, 11, 24, 10, 42, 0, 0, s.zone()),
	}
}

// invitationHostile: names with links in them are left out.
func (s set) invitationHostile() Invitation {
	i := s.invitation()
	i.Name, i.By, i.Role = "Click evil.example/win "+markup, breaks+"https://evil.example", "owner"
	return i
}

func (s set) code() Delivery {
	d := s.delivery()
	d.Title = s.say("ده درصد تخفیف نوروزی", "Ten percent off in spring")
	d.Download, d.ConfirmURL, d.CallBack = nil, "", true
	d.Coupon = &Coupon{
		Code: "NOWRUZ-1405", Terms: s.say("برای هر نفر یک بار، در فروشگاه و سایت.", "Once per person, in the shop and online."),
		Until: time.Date(2027, 4, 3, 0, 0, 0, 0, s.zone()),
	}
	return d
}

// letter is the marketer's own, with a link of theirs.
func (s set) letter() Delivery {
	d := s.delivery()
	d.Subject = s.say("کتابتان رسید، \u2068Nora\u2069", "Nora, here is your book")
	d.Letter = []Block{
		{Kind: Paragraph, Text: []Span{{Text: s.say("خوش آمدید. از فصل سوم شروع کنید؛ ", "Welcome. Begin with chapter three: ")}, {Text: s.say("کوتاه", "short"), Strong: true}, {Text: s.say(" است.", ".")}}},
		{Kind: List, Items: [][]Block{{{Kind: Paragraph, Text: []Span{{Text: s.say("نمونه‌ها", "Samples"), URL: "https://avand.example/samples"}}}}}},
	}
	return d
}

func (s set) event() Delivery {
	d := s.confirm()
	zone := s.zone()
	if z, err := time.LoadLocation(s.say("Asia/Tehran", "Europe/Berlin")); err == nil {
		zone = z
	}
	d.Title, d.ConfirmURL = s.say("وبینار پیگیری سرنخ‌ها", "How to follow up leads"), ""
	d.Event = &Event{From: time.Date(2026, 12, 3, 18, 0, 0, 0, zone), Until: time.Date(2026, 12, 3, 19, 30, 0, 0, zone),
		Place: s.say("تهران، خیابان نمونه، سالن ۲", "12 Example Street, hall 2"), URL: "https://avand.example/meet/x?y=1&z=2"}
	return d
}

func (s set) trial() Delivery {
	d := s.event()
	d.Title, d.Event, d.Trial = s.say("چهارده روز آوند", "Two weeks of Avand"), nil, &Trial{URL: "https://avand.example/start/k3j4", Days: 14, Own: true}
	return d
}

func (s set) trialSoon() Delivery {
	d := s.trial()
	d.Trial = &Trial{Days: 14}
	return d
}

func (s set) contest() Delivery {
	d := s.event()
	d.Title, d.Event = s.say("قرعه‌کشی نوروز", "The spring draw"), nil
	d.Contest = &Contest{Until: time.Date(2027, 3, 21, 0, 0, 0, 0, s.zone()), Rules: []Block{
		{Kind: Paragraph, Text: []Span{{Text: s.say("هر نفر یک بار. برنده روز بعد با قرعه انتخاب می‌شود.", "One entry each. The winner is drawn the day after.")}}}}}
	return d
}

func (s set) survey() Delivery {
	d := s.event()
	d.Title, d.Event, d.Thanks = s.say("نظرسنجی مشتریان", "Customer survey"), nil, []string{s.say("سپاس از وقتی که گذاشتید", "Thank you for your time"), s.say("نتیجه را ماه بعد منتشر می‌کنیم.", "We publish what came of it next month.")}
	return d
}

func (s set) deliveryMinimal() Delivery {
	return Delivery{Loc: s.loc, From: Sender{Name: s.sender().Name}, Title: s.title()}
}

const (
	markup    = `<script>alert(1)</script><img src=//evil.example/x>`
	breaks    = "a\r\nBcc: victim@example.com\r\n\r\nhello\x00\x07"
	overrides = "\u202egnp.exe\u202c \u2066x\u2067y\u200f"
	quotes    = `" onmouseover="alert(1)' style='x` + "`${x}{{y}}"
)

var long = strings.Repeat("خیلی‌بلند و long 👩‍👩‍👧‍👦 ", 400)

func (s set) deliveryHostile() Delivery {
	return Delivery{
		Loc: s.loc, From: Sender{Name: markup, Postal: breaks + quotes, PrivacyURL: `https://avand.example/privacy?a=1&b='x'`},
		Name: "Click evil.example/win " + markup, Title: overrides + breaks + markup + long, PageURL: "javascript:alert(1)//https://x",
		Coupon: &Coupon{Code: quotes + breaks, Terms: markup + long}, CallBack: true,
		ConfirmURL: "https://avand.example/confirm/x", ConfirmText: markup + breaks + overrides + quotes, NoCode: true,
		Subject: "x" + breaks + markup, Letter: []Block{{Kind: Paragraph, Text: []Span{{Text: markup, URL: "javascript:alert(1)"}}}}, Thanks: []string{markup, breaks},
		Event: &Event{Place: markup + breaks, URL: "javascript:alert(1)"}, Trial: &Trial{URL: `https://x" onclick="alert(1)`}, Contest: &Contest{Rules: []Block{{Kind: Quote, Blocks: []Block{{Kind: Paragraph, Text: []Span{{Text: quotes}}}}}}},
	}
}

func (s set) hot() HotLead {
	h := s.hotByScore()
	h.RaisedHand = true
	h.Topic = s.say("دموی آوند برای تیم فروش", "A demo of Avand for your sales team")
	h.Reasons = append(h.Reasons, Reason{s.say("دمو خواست", "Asked for a demo"), s.say("همین حالا، در فرم", "just now, in the form"), 40},
		Reason{s.say("بیش از ۱۰۰", "Over 100"), "", -18})
	h.Consents = []Consent{{"newsletter", Given}, {"phone", Asked}, {"sms", Refused}, {"tracking", Refused}}
	return h
}

func (s set) hotByScore() HotLead {
	return HotLead{
		Loc: s.loc, Brand: s.sender().Name,
		Name: s.say("نرگس مهرآیین", "Nora Hale"), JobTitle: s.say("مدیر فروش", "Head of Sales"), Company: s.say("نرم‌افزار برکه", "Berkeh Software"),
		Email: "narges@berkeh.example", Phone: "+989123456789", PhoneShown: "0912 345 6789", WhatsApp: true,
		Threshold: 60, Topic: s.title(),
		Reasons: []Reason{
			{s.say("شرکت ۵۱ تا ۲۰۰ نفره", "Company of 51 to 200 people"), s.say("در فرم گفته است", "said in the form"), 15},
			{s.say("زمینهٔ کار: نرم‌افزار", "Industry: software"), s.say("در فرم گفته است", "said in the form"), 10},
			{s.say("نقشش در تصمیم: تصمیم می‌گیرد", "Role: decides"), s.say("مدیر فروش", "Head of Sales"), 15},
			{s.say("صفحهٔ قیمت را دید", "Saw the price page"), s.say("۳ بار، آخرین بار امروز", "3 times, last today"), 21},
			{s.say("کتاب الکترونیکی گرفت", "Took an ebook"), s.say("۲ روز پیش", "2 days ago"), 10},
			{s.say("روی پیوند ایمیل کلیک کرد", "Clicked in an email"), s.say("۲ بار در ۹ روز", "twice in 9 days"), 12},
			{s.say("نشانی ایمیل رایگان", "Free-mail address"), s.say("نه از دامنهٔ شرکت", "not from a company’s domain"), -5},
		},
		Answers: []Answer{
			{s.say("تیم فروش شما چند نفر است؟", "How many people sell in your team?"), s.say("۱۱ تا ۵۰", "11 to 50")},
			{s.say("کی لازم دارید؟", "When do you need it?"), s.say("تا یک ماه دیگر", "Within a month")},
			{
				s.say("پیام شما", "Your message"),
				s.say("سه نفر از ما هر روز با اکسل پیگیری می‌کنند و نصف سرنخ‌ها گم می‌شود.\nمی‌شود چهارشنبه ساعت ۱۰ صحبت کنیم؟",
					"Three of us follow up in a spreadsheet every day and half of the leads get lost.\nCould we talk on Wednesday at 10?"),
			},
		},
		Consents: []Consent{{"newsletter", Given}, {"phone", Refused}},
		Campaign: s.title(), Channel: "social", Source: "instagram", At: time.Date(2026, 11, 21, 10, 42, 0, 0, s.zone()),
		LeadURL: "https://avand.example/admin/leads/01JDQ8Z3K7",
	}
}

func (s set) hotMinimal() HotLead {
	return HotLead{
		Loc: s.loc, Brand: s.sender().Name, Email: "n@example.com", RaisedHand: true, Campaign: s.title(),
		At: time.Date(2026, 11, 21, 10, 42, 0, 0, s.zone()), LeadURL: "https://avand.example/admin/leads/01JDQ8Z3K7",
	}
}

func (s set) hotHostile() HotLead {
	h := s.hotMinimal()
	h.Brand, h.Campaign, h.Channel, h.Source = markup, quotes, breaks, overrides+markup
	h.Name, h.JobTitle, h.Company = markup+breaks+long, overrides+quotes, quotes+long
	h.Email, h.Phone, h.PhoneShown, h.WhatsApp = `a"b?cc=victim@example.com`, "+98912<b>", "javascript:alert(1)", true
	h.Topic = breaks + `"><script>`
	for range 30 {
		h.Answers = append(h.Answers, Answer{markup, quotes + "\r\n\r\n--\n" + long})
		h.Reasons = append(h.Reasons, Reason{markup, breaks + overrides, 7}, Reason{quotes + long, "", -5})
		h.Consents = append(h.Consents, Consent{breaks, Said(markup)})
	}
	return h
}
