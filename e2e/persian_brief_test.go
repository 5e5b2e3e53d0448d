package e2e

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
)

// The brief is a course of photography, and 20 % off it for whoever leaves an address: a code of their own for each. Its
// owner has no customer's story yet.
var course = brief{locale: "fa", template: "coupon", name: "دورهٔ عکاسی با گوشی", heading: "٪۲۰ تخفیف دورهٔ عکاسی با گوشی، تا پایان آذر", words: map[string]string{
	"میزان تخفیف، مثل ٪۲۰": "٪۲۰", "نام محصول یا دوره": "دورهٔ عکاسی با گوشی", "نام شما": "آموزشگاه برکه",
	"مهم‌ترین فایده": "عکس بهتر، با همین گوشی",
	"در یک جمله: بعد از خرید چه چیزی آسان‌تر می‌شود؟": "بعد از دوره، نور را پیش از دکمه می‌بینید.",
	"دومین فایده":                                       "تمرین با بازخورد",
	"چیزی که جای دیگر پیدا نمی‌شود.":                    "هر هفته یک عکاس، عکس‌هایتان را یکی‌یکی نقد می‌کند.",
	"شرط پس دادن یا ضمانت، همان‌طور که واقعاً هست.":     "تا جلسهٔ دوم اگر نپسندید، همهٔ پول برمی‌گردد.",
	"برای چه کسی خوب است و برای چه کسی نه، در یک جمله.": "برای کسی که تازه شروع کرده؛ نه برای عکاس حرفه‌ای.",
	"شرط پس دادن یا ضمانت.":                             "تا جلسهٔ دوم پولتان را پس می‌دهیم.",
	"زمان تحویل یا شروع دوره.":                          "دوره از اول دی شروع می‌شود.",
	"نشانی صفحهٔ خرید":                                  "https://berkeh.example/axasi",
	"نام یک مشتری":                                      "",
	"داستان کوتاه یک مشتری، با اجازهٔ خودش: کارش چه بود، کجا گیر کرده بود، چه چیزی عوض شد. اگر هنوز چنین داستانی ندارید، این ایمیل را حذف کنید.": "",
}}

// The codes were made in the shop, and are pasted with its heading and one of them twice.
var (
	courseCodes  = []string{"AKS-7Q2M", "AKS-9XKD", "AKS-4RTB"}
	coursePasted = "کد تخفیف\n" + strings.Join(courseCodes, "\n") + "\n" + courseCodes[0] + "\n"
)

const courseVisitor = "sara.rad@firm.example"

// C2-C7, N2, A1: a course, a pool of codes, a visitor from a story, and where they came from.
func TestPersianBrief(t *testing.T) {
	mails := newInbox(t)
	w := &wholeWay{brief: course, server: serve(t, "locale=fa", "smtp.url="+mails.url, "mail.from=Berkeh <hello@firm.example>")}
	w.signIn(t)
	w.begin(t)
	w.sayWhatOnlyTheyKnow(t)
	w.writeThePage(t)
	w.giveCodes(t)
	w.leaveOutTheStory(t)
	w.publish(t)
	t.Logf("%d steps from “New campaign” to a page that visitors see", w.steps)
	if w.steps >= mostSteps {
		t.Errorf("it took %d steps, which should be fewer than %d", w.steps, mostSteps)
	}
	w.visit(t, mails)
	w.whereFrom(t)
	if r := w.server.Run("verify"); r.Code != 0 {
		t.Errorf("verify: %s%s", r.Out, r.Err)
	}
}

// giveCodes chooses a code of their own for each, and pastes them.
func (w *wholeWay) giveCodes(t *testing.T) {
	w.presses(t, ".tabs a[href$='/offer']", "/offer")
	w.Click("label:has([name=codes][value=pool])")
	w.Fill("#f-pasted", coursePasted)
	w.Fill("#f-terms", "یک بار، برای یک نفر، تا پایان آذر.")
	w.presses(t, "form[action$='/offer'] .btn--primary", "/offer")
	w.left(t, "۳")
}

// left is how many codes the offer's page says that nobody has yet, of three.
func (w *wholeWay) left(t *testing.T, n string) {
	t.Helper()
	if text := w.Text("#codes"); !strings.Contains(text, "از ۳ کد، "+n+" کد مانده است") {
		t.Errorf("of the pool it says: %s", text)
	}
}

// leaveOutTheStory deletes the mail for which there is no story.
func (w *wholeWay) leaveOutTheStory(t *testing.T) {
	w.presses(t, ".tabs a[href$='/emails']", "/emails")
	w.presses(t, ".panel__acts a[href$='/edit']", "/edit")
	w.presses(t, "form[action$='/steps/example/delete'] button", "/edit")
	w.presses(t, ".crumbs a:first-of-type", "/emails")
	if mails := w.All(".step h3"); len(mails) != 3 {
		t.Errorf("it writes %q", mails)
	}
}

var confirmLink = regexp.MustCompile(`/confirm/\S+`)

// visit comes by a story on a phone, asks for the code and for the newsletter, reads the mail and confirms.
func (w *wholeWay) visit(t *testing.T, mails *inbox) {
	tab := sit(t, browser.Person{Site: w.server.URL, Language: "fa"})
	tab.Resize(browser.Phone)
	if status := tab.Open(w.page + "?utm_source=instagram&utm_medium=story&utm_campaign=azar"); status != http.StatusOK {
		t.Fatalf("the page answered %d", status)
	}
	tab.Fill("#f-first_name", "سارا")
	tab.Fill("#f-email", courseVisitor)
	tab.Click("label:has([name='consent.newsletter'])")
	if status := tab.Press(sendForm); status != http.StatusOK || !strings.Contains(tab.Path(), "/thanks/") {
		t.Fatalf("the form answered %d at %s: %s", status, tab.Path(), tab.Text("main"))
	}
	if text := tab.Text("main"); slices.ContainsFunc(courseCodes, func(code string) bool { return strings.Contains(text, code) }) {
		t.Errorf("anybody can read a code on %s", text)
	}
	mail := mails.mail(t, courseVisitor)
	if !slices.ContainsFunc(courseCodes, func(code string) bool { return strings.Contains(mail.Text, code) && strings.Contains(mail.HTML, code) }) ||
		!strings.Contains(mail.Text, "سارا") || !strings.Contains(mail.Text, "تا پایان آذر") {
		t.Errorf("the mail reads: %s\n%s", mail.Subject, mail.Text)
	}
	tab.Open(confirmLink.FindString(mail.Text))
	if status := tab.Press("main form button"); status != http.StatusOK {
		t.Errorf("confirming answered %d: %s", status, tab.Text("main"))
	}
	told(t, tab)
}

// whereFrom reads it in the campaign, among its leads, and on the lead's own page; and one code is fewer.
func (w *wholeWay) whereFrom(t *testing.T) {
	tab := w.Tab
	tab.Open("/admin/campaigns")
	tab.Press("tbody tr:first-child .cell a")
	campaign := tab.Path()
	for range 50 { // counts are written once a second
		if tab.Open(campaign); strings.Contains(tab.Text(".c-source"), "اینستاگرام") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if source := tab.Text("tr:has(.c-source)"); !strings.HasPrefix(source, "اینستاگرام ۱") {
		t.Errorf("the campaign says that they came from %q", source)
	}
	if confirmed := tab.All(".funnel__value"); len(confirmed) < 4 || confirmed[3] != "۱" {
		t.Errorf("the funnel is %q", confirmed)
	}
	tab.Press(".tabs a[href$='/leads']")
	if row := tab.Text("tbody tr"); !strings.Contains(row, "سارا") || !strings.Contains(row, "اینستاگرام") {
		t.Errorf("among the leads it says %q", row)
	}
	tab.Press("tbody td a")
	for _, part := range []string{courseVisitor, "instagram", "story", "azar", w.name} {
		if text := tab.Text("main"); !strings.Contains(text, part) {
			t.Errorf("the lead's page does not say %q: %s", part, text)
		}
	}
	tab.Open(campaign + "/offer")
	w.left(t, "۲")
	told(t, tab)
}
