package main

import (
	"fmt"
	"strings"

	"sarnakh/e2e/browser"
)

// A course is the campaign that docs/marketers.md tells of: a share off its price for whoever leaves an address, with a
// code of their own for each.
type course struct {
	name, heading, terms string
	words                map[string]string // by what the template calls them
	codes                []string
	visitors             []visitor // who come, each from a source
}

var courses = map[string]course{
	"fa": {
		name: "دورهٔ عکاسی با گوشی", heading: "٪۲۰ تخفیف دورهٔ عکاسی با گوشی", terms: "یک بار، برای یک نفر.",
		words: map[string]string{
			"میزان تخفیف، مثل ٪۲۰": "٪۲۰", "نام محصول یا دوره": "دورهٔ عکاسی با گوشی", "نام شما": "آموزشگاه برکه", "مهم‌ترین فایده": "عکس بهتر، با همین گوشی",
			"در یک جمله: بعد از خرید چه چیزی آسان‌تر می‌شود؟": "بعد از دوره، نور را پیش از دکمه می‌بینید.", "دومین فایده": "تمرین با بازخورد",
			"چیزی که جای دیگر پیدا نمی‌شود.":                    "هر هفته یک عکاس، عکس‌هایتان را یکی‌یکی نقد می‌کند.",
			"شرط پس دادن یا ضمانت، همان‌طور که واقعاً هست.":     "تا جلسهٔ دوم اگر نپسندید، همهٔ پول برمی‌گردد.",
			"برای چه کسی خوب است و برای چه کسی نه، در یک جمله.": "برای کسی که تازه شروع کرده؛ نه برای عکاس حرفه‌ای.",
			"شرط پس دادن یا ضمانت.":                             "تا جلسهٔ دوم پولتان را پس می‌دهیم.",
			"زمان تحویل یا شروع دوره.":                          "دوره از اول دی شروع می‌شود.",
			"نشانی صفحهٔ خرید":                                  "https://berkeh.example/course", "نام یک مشتری": "نازنین",
			"داستان کوتاه یک مشتری، با اجازهٔ خودش: کارش چه بود، کجا گیر کرده بود، چه چیزی عوض شد. اگر هنوز چنین داستانی ندارید، این ایمیل را حذف کنید.": "نازنین زیورآلات دست‌ساز می‌فروشد و عکس‌هایش تار بود. بعد از جلسهٔ سوم، کنار پنجره عکس گرفت و سفارش‌هایش دو برابر شد.",
		},
		codes: []string{"AKS-7Q2M", "AKS-9XKD", "AKS-4RTB", "AKS-W82N", "AKS-K5PJ", "AKS-3HVC"},
		visitors: []visitor{{page: "instagram", name: "سارا", email: "sara@rad.example"}, {page: "telegram", name: "کاوه", email: "kaveh@mehr.example"},
			{page: "instagram", name: "نگار", email: "negar@sabz.example"}},
	},
	"en": {
		name: "Phone photography course", heading: "20% off the phone photography course", terms: "Once, for one person.",
		words: map[string]string{
			"how much, such as 20%": "20%", "name of the product or course": "the phone photography course", "your name": "Berkeh Academy", "the main benefit": "Better pictures, with the phone you have",
			"In one sentence: what gets easier once they have it?": "You see the light before you press the button.",
			"the second benefit":                                     "Practice with feedback",
			"Something they won't find elsewhere.":                   "Every week a photographer talks about your pictures, one by one.",
			"Your terms of return or guarantee, as they really are.": "If you don't like it by the second lesson, you get all your money back.",
			"Who it suits and who it doesn't, in one sentence.":      "It is for beginners, not for professionals.",
			"Your terms of return or guarantee.":                     "Your money back until the second lesson.",
			"When it is delivered, or when the course begins.":       "The course begins on 22 December.",
			"address of the page where they buy":                     "https://berkeh.example/course", "name of a customer": "Nazanin",
			"A customer's short story, with their permission: what they do, where they were stuck, what changed. If you have none yet, delete this email.": "Nazanin sells handmade jewellery, and her pictures were dark. After the third lesson she took them at the window; orders doubled.",
		},
		codes: []string{"PHO-7Q2M", "PHO-9XKD", "PHO-4RTB", "PHO-W82N", "PHO-K5PJ", "PHO-3HVC"},
		visitors: []visitor{{page: "instagram", name: "Sara", email: "sara.w@rad.example"}, {page: "telegram", name: "Karl", email: "karl.b@mehr.example"},
			{page: "instagram", name: "Nina", email: "nina@sabz.example"}},
	},
}

// course makes the campaign from its template, publishes it, and looks at what came of it.
func (w *walk) course(locale string) {
	c, tab := courses[locale], w.tab
	take := func(name string) { w.take("campaign."+name+"."+locale, 0, desktopHeight) }
	tab.Resize(browser.Desktop)
	tab.Open("/admin/campaigns/new")
	take("new")
	tab.Press(`.kind a[href$="template=coupon"]`)
	tab.Fill("#f-name", c.name)
	tab.Until("an address is proposed", func() bool { return browser.Eval[string](tab, `document.querySelector("#f-slug").value`) != "" })
	slug := browser.Eval[string](tab, `document.querySelector("#f-slug").value`)
	tab.Press("form .btn--primary")
	campaign := strings.TrimSuffix(tab.Path(), "/words")
	for i, of := range browser.Eval[[]string](tab, `[...document.querySelectorAll("[name^=of_w]")].map(e => e.value)`) {
		if c.words[of] == "" && w.err == nil {
			w.err = fmt.Errorf("nobody knows what to say to %q", of)
		}
		tab.Fill(fmt.Sprintf("#f-w%d", i), c.words[of])
	}
	take("words")
	tab.Press("form .btn--primary")

	tab.Click("#part-hero a")
	tab.Wait("#part-hero.part--current")
	tab.Type("#f-heading", c.heading)
	tab.Until("the page shows it", func() bool { return strings.Contains(tab.FrameText(), c.heading) })
	w.take("campaign.page."+locale, 0, 660)
	tab.Open(campaign + "/form")
	take("form")
	tab.Open(campaign + "/offer")
	tab.Click("label:has([name=codes][value=pool])")
	tab.Fill("#f-pasted", strings.Join(c.codes, "\n"))
	tab.Fill("#f-terms", c.terms)
	tab.Press("form[action$='/offer'] .btn--primary")
	take("offer")
	tab.Open(campaign + "/emails")
	take("emails")
	tab.Press(".step:nth-child(3) .step__acts a:first-child")
	tab.Wait("#page-frame")
	tab.Until("the mail is shown", func() bool { return tab.FrameText() != "" })
	take("email")
	tab.Open(campaign + "/publish")
	take("publish")
	tab.Press("form[action$='/publish'] .btn--primary")
	tab.Open(campaign + "/share")
	take("share")

	w.atGuest(func(tab *browser.Tab) {
		tab.Resize(browser.Phone)
		for i, v := range c.visitors {
			tab.Open("/p/" + slug + "?utm_source=" + v.page)
			if i == 0 {
				w.take("campaign.live."+locale, 0, phoneHeight)
			}
			tab.Type("#f-first_name", v.name)
			tab.Fill("#f-email", v.email)
			tab.Press("#get button.btn--accent")
		}
	})
	w.pause() // counts are written once a second
	w.pause()
	tab.Resize(browser.Desktop)
	tab.Open(campaign)
	w.take("campaign.results."+locale, 0, 1400)
}
