package examples

import (
	"sarnakh/i18n"
	"sarnakh/templates/public"
	"sarnakh/templates/ui"
)

// fields is a page without a hero and with every kind of field, all of them wrong if failed.
func (s set) fields(failed bool) public.LandingProps {
	f := s.form()
	f.Fields, f.Problem, f.Step, f.Steps = s.everyKind(), "", 1, 2
	f.Consents = append(f.Consents, public.Consent{Purpose: "phone", Required: true,
		Text: s.say("با تلفن هم تماس بگیرید.", "You may also call me.")})
	if failed {
		f.Problem = s.say("این صفحه مدت زیادی باز بود. یک بار دیگر دکمه را بزنید.", "This page was open for long. Press the button once more.")
		f.Consents[1].Error = s.say("برای گرفتن مشاوره این اجازه لازم است.", "We need this to advise you.")
		for i := range f.Fields {
			if f.Fields[i].Kind != public.Hidden {
				f.Fields[i].Error = s.say("این مورد را کامل کنید: ", "Complete this: ") + f.Fields[i].Label
			}
		}
	}
	again := s.form()
	again.Heading = "left out: a page has one form"
	return public.LandingProps{Head: s.head, Blocks: []public.Block{s.benefits(), f, s.cta(), again}}
}

// apart is a page whose hero has a picture and no form beside it.
func (s set) apart() public.LandingProps {
	hero := s.hero()
	hero.Cover, hero.Rating = nil, nil
	hero.Image = &public.Image{URL: s.head.Assets.TouchIcon + "?shown", Alt: s.say("نشان سرنخ", "The mark of Sarnakh"), Width: 180, Height: 180}
	return public.LandingProps{Head: s.head, Blocks: []public.Block{hero, s.benefits(), s.form(), s.faq()}}
}

func (s set) benefits() public.Benefits {
	item := func(icon, fa, en, faText, enText string) public.Benefit {
		return public.Benefit{Icon: icon, Heading: s.say(fa, en), Text: s.say(faText, enText)}
	}
	return public.Benefits{
		Heading: s.say("چه به دست می‌آورید", "What you gain"),
		Text:    s.say("در یک ساعت خواندن.", "For an hour of reading."),
		Items: []public.Benefit{
			item("clock", "وقت کمتر", "Less time", "هر پیام را در دو دقیقه می‌فرستید.", "Each message takes two minutes."),
			item("", "جواب بیشتر", "More replies", "چون هر پیام چیز تازه‌ای دارد.", "Because each one brings something new."),
			item("shield", "آبروی بیشتر", "A better name", "می‌دانید کی دست بردارید.", "You know when to stop."),
		},
	}
}

func (s set) everyKind() []public.Field {
	options := func(pairs ...string) []ui.Option {
		var out []ui.Option
		for i := 0; i < len(pairs); i += 3 {
			out = append(out, ui.Option{Value: pairs[i], Label: s.say(pairs[i+1], pairs[i+2])})
		}
		return out
	}
	f := func(kind public.Kind, name, fa, en string) public.Field {
		return public.Field{Kind: kind, Name: name, Label: s.say(fa, en)}
	}
	out := []public.Field{
		f(public.Text, "nick", "چه صدایتان کنیم؟", "What shall we call you?"),
		f(public.Email, "email", "ایمیل", "Email"),
		f(public.Phone, "phone", "تلفن", "Phone"),
		f(public.Number, "seats", "چند کاربر؟", "How many users?"),
		f(public.Website, "site", "وب‌سایت", "Website"),
		f(public.Company, "company", "شرکت", "Company"),
		f(public.JobTitle, "job_title", "سمت", "Job title"),
		f(public.Industry, "industry", "صنعت", "Industry"),
		f(public.CompanySize, "size", "اندازهٔ شرکت", "Company size"),
		f(public.Country, "country", "کشور", "Country"),
		f(public.Province, "province", "استان", "Province"),
		f(public.City, "city", "شهر", "City"),
		f(public.Date, "start", "شروع همکاری", "Start date"),
		f(public.Radio, "budget", "بودجه را چه کسی تأیید می‌کند؟", "Who approves the budget?"),
		f(public.Radio, "when", "کی لازم دارید؟", "When do you need it?"),
		f(public.Checks, "topics", "دربارهٔ چه بدانیم؟", "What is it about?"),
		f(public.Paragraph, "question", "پرسش شما", "Your question"),
		f(public.CallMe, "call_me", "به من زنگ بزنید", "Please call me"),
		f(public.Hidden, "campaign_code", "", ""),
	}
	out[0].Hint = s.say("همان‌طور که در ایمیل بنویسیم", "As we should write it in an email")
	industries := options("software", "نرم‌افزار", "Software", "retail", "خرده‌فروشی", "Retail")
	sizes := options("1-10", "۱ تا ۱۰ نفر", "1–10", "11-50", "۱۱ تا ۵۰ نفر", "11–50", "51-200", "۵۱ تا ۲۰۰ نفر", "51–200",
		"201-1000", "۲۰۱ تا ۱٬۰۰۰ نفر", "201–1,000", "1001-5000", "تا ۵٬۰۰۰ نفر", "Up to 5,000", "5001+", "بیش از ۵٬۰۰۰ نفر", "Over 5,000")
	out[7].Options, out[8].Options, out[8].Values = industries, sizes, []string{"51-200"}
	out[9].Options = options("IR", "ایران", "Iran", "DE", "آلمان", "Germany")
	out[10].Options = options("10", "اصفهان", "Isfahan", "23", "تهران", "Tehran")
	out[11].Options = []ui.Option{
		{Value: "esfahan", Label: s.say("اصفهان", "Isfahan"), Group: s.say("اصفهان", "Isfahan")},
		{Value: "kashan", Label: s.say("کاشان", "Kashan"), Group: s.say("اصفهان", "Isfahan")},
		{Value: "tehran", Label: s.say("تهران", "Tehran"), Group: s.say("تهران", "Tehran")},
	}
	out[13].Options = options("me", "خودم", "I do", "boss", "مدیر بالادستی یا هیئت‌مدیره", "My manager or the board")
	out[14].Options = options("now", "همین حالا", "Now", "quarter", "تا سه ماه", "This quarter", "later", "بعداً", "Later")
	out[14].Values = []string{"quarter"}
	out[15].Options = options("price", "قیمت و شرایط پرداخت", "Price and payment", "support", "پشتیبانی", "Support")
	out[15].Values = []string{"price", "support"}
	out[11].CitiesOf, out[12].Jalali = "province", s.loc.Locale() == i18n.FA
	out[16].ShowIf, out[17].Values, out[18].Values = "topics=support", []string{"1"}, []string{"b7"}
	return out
}
