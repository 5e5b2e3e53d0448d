package campaigns

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sarnakh/i18n"
)

// latin writes a word of small letters in a-z and 0-9; letters of other scripts are left out.
func latin(word string) string {
	key := i18n.SearchKey(word)
	if known := knownWords[key]; known != "" {
		return known
	}
	for _, ending := range endings {
		if stem, has := strings.CutSuffix(key, ending.persian); has && knownWords[stem] != "" {
			return knownWords[stem] + ending.latin
		}
	}
	if strings.ContainsFunc(key, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }) {
		return sound([]rune(key))
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(key) {
		if r == 'ß' {
			b.WriteString("ss")
		} else if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// consonants of Persian as people write them in messages.
var consonants = map[rune]string{
	'ب': "b", 'پ': "p", 'ت': "t", 'ث': "s", 'ج': "j", 'چ': "ch", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "z", 'ر': "r", 'ز': "z",
	'ژ': "zh", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "z", 'ط': "t", 'ظ': "z", 'غ': "gh", 'ف': "f", 'ق': "gh", 'ک': "k", 'گ': "g",
	'ل': "l", 'م': "m", 'ن': "n", 'ه': "h",
}

// sound writes a Persian word as it is most likely said. Short vowels are not written in Persian: an a is put where two
// consonants begin a word, for nothing else can be said there.
func sound(word []rune) string {
	var b strings.Builder
	for i, r := range word {
		last := i == len(word)-1
		switch {
		case r == 'ا', r == 'ع' && i == 0:
			if i == 0 || word[i-1] != 'ع' || i > 1 {
				b.WriteByte('a')
			}
		case r == 'و':
			b.WriteString(either(i == 0 || vowel(word, i-1) || vowel(word, i+1), "v", "o"))
		case r == 'ی':
			b.WriteString(either(i == 0 || !last && vowel(word, i+1), "y", "i"))
		case r == 'ه' && last && i > 0 && !vowel(word, i-1):
			b.WriteByte('e')
		case consonants[r] != "":
			b.WriteString(consonants[r])
			if i == 0 && len(word) > 1 && consonants[word[1]] != "" {
				b.WriteByte('a')
			}
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// vowel tells whether a letter is one that is always said as a vowel.
func vowel(word []rune, i int) bool { return i >= 0 && i < len(word) && word[i] == 'ا' }

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// endings that many words take.
var endings = []struct{ persian, latin string }{{"های", "haye"}, {"ها", "ha"}, {"ی", "i"}}

// knownWords are those that names of campaigns are made of, as people write them in Latin letters; keys as i18n.SearchKey
// makes them.
var knownWords = map[string]string{
	"کتاب": "ketab", "کتابچه": "ketabche", "الکترونیکی": "electronic", "دوره": "dore", "اموزش": "amoozesh", "اموزشی": "amoozeshi",
	"کوپن": "coupon", "تخفیف": "takhfif", "کد": "code", "هدیه": "hedye", "رایگان": "rayegan", "نوروز": "nowruz", "یلدا": "yalda",
	"بهار": "bahar", "بهاره": "bahare", "تابستان": "tabestan", "تابستانه": "tabestane", "پاییز": "paeez", "پاییزه": "paeeze",
	"زمستان": "zemestan", "زمستانه": "zemestane", "جشنواره": "jashnvare", "حراج": "haraj", "فروش": "foroosh", "ویژه": "vizhe",
	"وبینار": "webinar", "وب": "web", "کارگاه": "kargah", "رویداد": "rooydad", "همایش": "hamayesh", "نمایشگاه": "namayeshgah",
	"غرفه": "ghorfe", "نسخه": "noskhe", "ازمایش": "azmayesh", "ازمایشی": "azmayeshi", "دمو": "demo", "مشاوره": "moshavere",
	"قیمت": "gheymat", "استعلام": "estelam", "پیش": "pish", "فاکتور": "factor", "خبرنامه": "khabarname", "نظرسنجی": "nazarsanji",
	"مسابقه": "mosabeghe", "قرعهکشی": "ghore-keshi", "ثبتنام": "sabtenam", "دانلود": "download", "راهنما": "rahnama",
	"راهنمای": "rahnamaye", "پیگیری": "peygiri", "سرنخ": "sarnakh", "مشتری": "moshtari", "مشتریان": "moshtarian",
	"بازاریابی": "bazaryabi", "دیجیتال": "digital", "تبلیغات": "tablighat", "محتوا": "mohtava", "طراحی": "tarrahi", "سایت": "site",
	"فروشگاه": "forooshgah", "شرکت": "sherkat", "نرمافزار": "narmafzar", "برنامهنویسی": "barnamenevisi", "برنامه": "barname",
	"محصول": "mahsool", "خدمات": "khadamat", "تهران": "tehran", "اصفهان": "isfahan", "شیراز": "shiraz", "مشهد": "mashhad",
	"تبریز": "tabriz", "ایران": "iran", "زبان": "zaban", "انگلیسی": "english", "عکاسی": "akkasi", "اشپزی": "ashpazi", "یوگا": "yoga",
	"کسبوکار": "kasbokar", "کسب": "kasb", "کار": "kar", "مدیریت": "modiriat", "مالی": "mali", "حسابداری": "hesabdari", "پیام": "payam",
	"و": "va", "از": "az", "در": "dar", "با": "ba", "برای": "baraye", "به": "be", "تا": "ta", "سال": "sal", "روز": "rooz",
	"روزه": "rooze", "ماه": "mah", "نکته": "nokte", "درس": "dars", "سفر": "safar", "تور": "tour", "خرید": "kharid", "عضویت": "ozviat",
	"کمپین": "campaign", "صفحه": "safhe", "فرود": "forood", "فرم": "form", "ایمیل": "email", "تست": "test", "ان": "an", "من": "man",
}
