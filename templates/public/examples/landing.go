package examples

import (
	"sarnakh/templates/public"
	"sarnakh/templates/ui"
)

func (s set) landing(form public.Form) public.LandingProps {
	return public.LandingProps{Head: s.head, Blocks: []public.Block{
		s.hero(), form, s.inside(), s.proof(), public.Proof{Heading: "never shown"}, s.faq(), s.cta(),
	}}
}

func (s set) hero() public.Hero {
	return public.Hero{
		Eyebrow: s.say("کتاب الکترونیکی رایگان · ۶۴ صفحه", "Free ebook · 64 pages"),
		Heading: s.say("۲۷ پیام پیگیری که جواب می‌گیرند", "27 follow-ups that get a reply"),
		Lead: s.say("مشتری گفت «خبر می‌دهم» و دیگر نداد؟ این کتاب می‌گوید بعد از هر سکوت چه بنویسید، کی بفرستید و کی دست بردارید.",
			"They said “I’ll get back to you” and never did? This book shows what to write after each silence, when to send it, and when to stop."),
		Cover: s.cover(),
		Ticks: []string{
			s.say("متن آماده برای ایمیل، پیامک و واتساپ", "Ready wording for email, SMS and WhatsApp"),
			s.say("زمان درست هر پیام، با نمونهٔ واقعی", "When to send each one, with real examples"),
			s.say("جدول پیگیری ۱۴ روزه برای چاپ", "A printable 14-day follow-up planner"),
		},
		Rating: &public.Rating{
			Value: 4.8, Count: 1240, Who: s.say("مدیر فروش که آن را خوانده‌اند", "sales leaders who have read it"),
			Initials: []string{s.say("ک", "KR"), s.say("ش", "SA"), s.say("م", "MN")},
		},
	}
}

func (s set) inside() public.Inside {
	return public.Inside{
		Heading: s.say("داخل کتاب چه می‌بینید", "What is inside"),
		Text: s.say("سه بخش، برای سه جایی که بیشتر فروش‌ها در آن گم می‌شوند. از هر بخش یک پیام را همین‌جا بخوانید.",
			"Three parts, for the three places where most sales get lost. Read one message from each."),
		Chapters: []public.Chapter{
			{
				Label: s.say("پیام‌های ۱ تا ۹", "Messages 1–9"), Heading: s.say("بعد از اولین تماس", "After the first call"),
				Text:   s.say("خلاصه‌ای که مشتری جلو مدیرش بگذارد و قدم بعدی را روشن کند.", "A recap the buyer can forward to their manager, with a clear next step."),
				Sample: s.say("«سه نکته‌ای که گفتید را نوشتم. چهارشنبه ساعت ۱۰ وقت دارید نمونه را با هم ببینیم؟»", "“I wrote up the three points you raised. Could we look at a sample on Wednesday at 10?”"),
			},
			{
				Label: s.say("پیام‌های ۱۰ تا ۱۸", "Messages 10–18"), Heading: s.say("وقتی جواب نمی‌دهند", "When they go quiet"),
				Text:   s.say("بدون «فقط خواستم پیگیری کنم». هر پیام چیز تازه‌ای دارد.", "No “just checking in”. Each message brings something new."),
				Sample: s.say("«یکی از همکاران شما همین مشکل را با یک فرم ساده حل کرد. برایتان بفرستم؟»", "“A company like yours fixed this with one short form. Shall I send it over?”"),
			},
			{
				Label: s.say("پیام‌های ۱۹ تا ۲۷", "Messages 19–27"), Heading: s.say("پیش از تصمیم آخر", "Before they decide"),
				Text:   s.say("پاسخ به تردیدها و یک «نه» محترمانه که در را باز نگه می‌دارد.", "Answer the last doubts, and take a polite no that keeps the door open."),
				Sample: s.say("«اگر الان وقتش نیست، کافی است بنویسید: بعداً. ماه دیگر پیام می‌دهم.»", "“If now is not the time, just reply ‘later’ and I will write next month.”"),
			},
		},
	}
}

func (s set) proof() public.Proof {
	return public.Proof{Heading: s.say("از زبان خوانندگان", "What readers say"), Quotes: []public.Quote{
		{
			Text: s.say("هفتهٔ اول، از ۴۰ مشتری خاموش ۱۱ نفر جواب دادند. دو قرارداد هم بستیم.", "In the first week 11 of 40 silent prospects replied. Two of them signed."),
			Name: s.say("کاوه رستگار", "Karl Rastgar"), Role: s.say("مدیر فروش، نرم‌افزار برکه", "Head of sales, Berkeh Software"),
		},
		{
			Text: s.say("پیام شمارهٔ ۱۴ را تقریباً بدون تغییر فرستادم. همان روز وقت جلسه گرفتم.", "I sent message 14 almost unchanged and had a meeting the same day."),
			Name: s.say("شیرین الوندی", "Sherin Alvandi"), Role: s.say("بنیان‌گذار، آژانس ستاک", "Founder, Setak Agency"),
		},
	}}
}

func (s set) faq() public.FAQ {
	return public.FAQ{
		Heading: s.say("پرسش‌های پرتکرار", "Questions people ask"),
		Text:    s.say("پرسش دیگری دارید؟ به ایمیل دانلود پاسخ بدهید.", "Looking for something else? Just reply to the download email."),
		Items: []public.QA{
			{
				Question: s.say("واقعاً رایگان است؟", "Is it really free?"),
				Answer: s.say("بله. تنها چیزی که می‌خواهیم نشانی ایمیل شماست تا فایل را بفرستیم. موبایل اختیاری است.",
					"Yes. All we ask for is an email address to send the file to. Your mobile number is optional."),
			},
			{
				Question: s.say("کتاب به چه شکلی است؟", "What format is it in?"),
				Answer:   s.say("هم PDF برای چاپ و هم EPUB برای گوشی. پیوند دانلود ۷ روز کار می‌کند.", "PDF for print and EPUB for your phone.\nThe download link works for 7 days."),
			},
			{
				Question: s.say("به من زنگ می‌زنید؟", "Will you call me?"),
				Answer:   s.say("نه، مگر خودتان بخواهید.</script><b>", "Not unless you ask us to.</script><b>"), // must stay harmless in JSON-LD
			},
		},
	}
}

func (s set) cta() public.CTA {
	return public.CTA{
		Heading: s.say("پیگیری بعدی‌تان را با دست پر بفرستید", "Send your next follow-up with confidence"),
		Text:    s.say("۶۴ صفحه، ۲۷ پیام، کاملاً رایگان.", "64 pages, 27 messages, free."),
		Button:  s.say("کتاب را می‌خواهم", "Get the ebook"),
	}
}

func (s set) form() public.Form {
	return public.Form{
		Action:  s.head.Canonical[len("https://avand.example"):],
		Heading: s.say("نسخهٔ رایگان را بگیرید", "Get your free copy"),
		Text:    s.say("پیوند دانلود همین حالا به ایمیل‌تان می‌رسد.", "We email you the download link straight away."),
		Fields: []public.Field{
			{Kind: public.Name, Name: "name", Label: s.say("نام و نام خانوادگی", "Full name"), Required: true},
			{Kind: public.Email, Name: "email", Label: s.say("ایمیل", "Work email"), Required: true},
			{Kind: public.Phone, Name: "phone", Label: s.say("موبایل", "Mobile"), Prefix: "+98", Placeholder: s.loc.Digits("912 345 6789")},
			{Kind: public.CompanySize, Name: "team", Label: s.say("تیم فروش شما چند نفر است؟", "How big is your sales team?"), Required: true, Options: s.teams()},
		},
		Consents: []public.Consent{{Purpose: "newsletter",
			Text: s.say("هفته‌ای یک نکتهٔ فروش هم برایم بفرستید. هر زمان با یک کلیک لغو می‌کنم.", "Also send me one sales tip a week. I can stop it with one click.")}},
		Submit: s.say("کتاب را برایم بفرست", "Send me the ebook"), PrivacyURL: "/privacy", Token: Token, Trap: "topic",
	}
}

func (s set) teams() []ui.Option {
	return []ui.Option{
		{Value: "1", Label: s.say("فقط خودم", "Just me")}, {Value: "2-10", Label: s.say("۲ تا ۱۰", "2–10")},
		{Value: "11-50", Label: s.say("۱۱ تا ۵۰", "11–50")}, {Value: "51+", Label: s.say("بیش از ۵۰", "Over 50")},
	}
}

// failedForm is what comes back: what was typed, each error in words, and what was probably meant.
func (s set) failedForm() public.Form {
	f := s.form()
	f.Fields[0].Values = []string{s.say("نرگس مهرآیین", "Nora Hale")}
	f.Fields[1].Values = []string{"narges@gmial"}
	f.Fields[1].Error = s.say("نشانی ایمیل کامل نیست؛ مثل \u2066name@example.com\u2069 بنویسید.", "Enter an email address in the form name@example.com.")
	f.Fields[1].Suggestion = "narges@gmail.com"
	f.Fields[2].Values = []string{s.loc.Digits("912 34")}
	f.Fields[2].Error = s.say("شمارهٔ موبایل کامل نیست؛ مثل \u2066۰۹۱۲ ۳۴۵ ۶۷۸۹\u2069 بنویسید.", "Enter the whole mobile number, such as 0912 345 6789.")
	f.Fields[3].Values = []string{"2-10"}
	f.Consents[0].Checked = true
	return f
}
