package nurture

import "sarnakh/i18n"

// advertising are words that filters give points for, by language: promises of money, false haste, and what swindlers
// write. The English ones are from the phrases that SpamAssassin's body rules look for; the Persian ones are what the same
// kinds of mail say in Persian. Words that honest mails need ("free", «رایگان») are not among them alone.
var advertising = map[i18n.Locale][]string{
	i18n.EN: {
		"100% free", "100% guaranteed", "absolutely free", "act now", "apply now and save", "be your own boss", "best price ever", "buy now",
		"cash bonus", "click here", "click below", "congratulations, you", "dear friend", "don't miss out", "double your", "earn money",
		"easy money", "extra cash", "extra income", "fast cash", "financial freedom", "free gift", "free money", "get paid", "get rich",
		"incredible deal", "last chance", "limited time only", "make money", "million dollars", "miracle", "money back guaranteed", "no catch",
		"no cost", "no obligation", "no risk", "not spam", "once in a lifetime", "once-in-a-lifetime", "only today", "order now", "pure profit",
		"risk free", "risk-free", "satisfaction guaranteed", "special promotion", "this is not spam", "unbelievable", "urgent", "while supplies last",
		"work from home", "you are a winner", "you have been selected", "you have won", "you've won",
	},
	i18n.FA: {
		"۱۰۰٪ رایگان", "۱۰۰ درصد رایگان", "صددرصد رایگان", "کاملاً رایگان", "۱۰۰٪ تضمینی", "۱۰۰ درصد تضمینی", "صددرصد تضمینی", "تضمین ۱۰۰٪",
		"آخرین فرصت", "آخرین مهلت خرید", "این فرصت تکرار نمی‌شود", "از دست ندهید", "استثنایی", "اینجا کلیک کنید", "بدون ریسک",
		"برنده شدید", "برنده شده‌اید", "پول بادآورده", "پولدار شوید", "ثروتمند شوید", "تخفیف باورنکردنی", "باورنکردنی", "جایزهٔ نقدی",
		"درآمد میلیونی", "درآمد میلیاردی", "درآمد دلاری", "درآمد در منزل", "سود تضمینی", "شما انتخاب شده‌اید", "فرصت طلایی", "فقط امروز",
		"فقط همین امروز", "فوری", "فوق‌العاده ویژه", "کسب درآمد", "معجزه", "میلیونر شوید", "هدیهٔ نقدی", "همین الان بخرید", "همین حالا بخرید",
		"همین الان خرید کنید", "یک‌شبه",
	},
}

// shouted is money that shouts, in any language.
var shouted = []string{"$$", "€€", "££", "💰💰", "🤑"}

// shorteners are services that hide where a link leads. Those who send spam use them, so lists of blocked links name them.
var shorteners = [...]string{
	"bit.ly", "bitly.com", "bl.ink", "buff.ly", "clck.ru", "cutt.ly", "dub.sh", "goo.gl", "is.gd", "ow.ly", "rb.gy", "s.id", "short.io", "shorturl.at",
	"shorte.st", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "v.gd",
	"2ad.ir", "b2n.ir", "mi1.ir", "opizo.me", "plink.ir", "y2u.ir", "yun.ir", "zaya.io",
}
