package e2e

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
)

// A hand is a person at a tab, each of whose steps is counted: a press, and a field that is filled.
type hand struct {
	*browser.Tab
	steps int
}

func (h *hand) Press(selector string) int { h.steps++; return h.Tab.Press(selector) }

func (h *hand) Click(selector string) { h.steps++; h.Tab.Click(selector) }

func (h *hand) Fill(selector, text string) { h.steps++; h.Tab.Type(selector, text) }

func (h *hand) Attach(selector, path string) { h.steps++; h.Tab.Attach(selector, path) }

// mostSteps is how many of them it may take from "New campaign" to a page that visitors see.
const mostSteps = 60

// A brief is what a marketer has in mind: what is to be given, and the words that only they know.
type brief struct {
	locale, template, name string
	words                  map[string]string // by what the template calls them
	heading, button        string            // written over the template's
}

var ebooks = []brief{
	{locale: "fa", template: "ebook", name: "کتاب قیمت‌گذاری", heading: "قیمت‌گذاری بی‌دردسر، در یک عصر", button: "کتاب را می‌خواهم", words: map[string]string{
		"نام کتاب": "قیمت‌گذاری بی‌دردسر", "نام شما": "آموزشگاه برکه",
		"در یک جمله: خواننده بعد از کتاب چه کاری را بلد است؟": "بعد از این کتاب می‌دانید برای کارتان چه قیمتی بگذارید.",
		"اولین چیزی که به کار می‌آید":                         "جدولی برای حساب کردن هزینه‌ها",
		"دومین چیزی که به کار می‌آید":                         "پنج جمله برای گفت‌وگو دربارهٔ قیمت",
		"عنوان فصل اول":                                       "هزینه‌ها کجا پنهان می‌شوند", "فصل اول در یک جمله چه می‌گوید.": "هر ساعت کار چقدر خرج دارد.",
		"عنوان فصل دوم": "قیمت از نگاه مشتری", "فصل دوم در یک جمله چه می‌گوید.": "مشتری چه چیزی را با چه چیزی مقایسه می‌کند.",
		"دو جمله از متن خود کتاب.": "قیمت، قول است. هر چه روشن‌تر باشد، کمتر چانه می‌خورد.",
		"عنوان فصل سوم":            "گفتن قیمت", "فصل سوم در یک جمله چه می‌گوید.": "چه وقت و چگونه قیمت را بگویید.",
		"نام فصل، و اینکه چرا همین.":               "فصل اول؛ چون بدون آن باقی حساب‌ها درست در نمی‌آید.",
		"اشتباه رایج، در یک جمله.":                 "قیمت را از روی رقیب می‌گذارند.",
		"چه کاری به‌جایش بکنند، در دو جمله.":       "اول هزینهٔ خودتان را بدانید. بعد به رقیب نگاه کنید.",
		"در دو جمله: چه کاری برای چه کسی می‌کنید.": "به کسب‌وکارهای کوچک قیمت‌گذاری یاد می‌دهیم. هر ماه یک کارگاه داریم.",
	}},
	{locale: "en", template: "ebook", name: "Pricing book", heading: "Set your prices in one evening", button: "Send me the pricing book", words: map[string]string{
		"title of the ebook": "Prices without Headaches", "your name": "Berkeh Academy",
		"In one sentence: what can the reader do after it?": "After it you know what to ask for your work.",
		"the first useful thing in it":                      "A table that finds your costs",
		"the second useful thing in it":                     "Five sentences for talking about money",
		"title of the first chapter":                        "Where costs hide", "What it says, in a sentence.": "What an hour of work costs you.",
		"title of the second chapter": "The buyer's view", "What this one says, in a sentence.": "What people compare you with.",
		"Two sentences from the book itself.": "A price is a promise. The clearer it is, the less it is haggled over.",
		"title of the third chapter":          "Saying it", "What the third says, in a sentence.": "When to name a price, and how.",
		"The chapter's title, and why this one.":       "Where costs hide, for all else builds on it.",
		"The common mistake, in one sentence.":         "Prices are copied from a competitor.",
		"what to do instead, in two sentences.":        "know your own costs first. Then look around.",
		"In two sentences: what you do, and for whom.": "We teach small firms to price their work. There is a workshop every month.",
	}},
}

// A wholeWay is that of a campaign from its first press to its visitors.
type wholeWay struct {
	brief
	hand
	server *program.Program
	page   string // of its visitors
}

// C2-C5, C7: a marketer makes a campaign from a template and publishes it by presses and fields alone, fewer than sixty.
func TestCampaignInTenMinutes(t *testing.T) {
	for _, b := range ebooks {
		t.Run(b.locale, func(t *testing.T) {
			t.Parallel()
			w := &wholeWay{brief: b, server: serve(t, "locale="+b.locale)}
			w.signIn(t)
			w.begin(t)
			w.sayWhatOnlyTheyKnow(t)
			w.writeThePage(t)
			w.writeTheForm(t)
			w.giveFile(t, "../campaigns/starter/files/playbook.pdf")
			w.readTheMails(t)
			w.publish(t)
			t.Logf("%d steps from “New campaign” to a page that visitors see", w.steps)
			if w.steps >= mostSteps {
				t.Errorf("it took %d steps, which should be fewer than %d", w.steps, mostSteps)
			}
			visitor := sit(t, browser.Person{Site: w.server.URL, Language: b.locale})
			visitor.Resize(browser.Phone)
			if status := visitor.Open(w.page); status != http.StatusOK || !strings.Contains(visitor.Text("main"), b.heading) {
				t.Errorf("a visitor is answered %d: %s", status, visitor.Text("main"))
			}
			told(t, visitor)
		})
	}
}

// signIn sits a marketer down at the list of campaigns. What it takes is not of the campaign.
func (w *wholeWay) signIn(t *testing.T) {
	link := got(w.server.AddUser("parisa@firm.example", "marketer", "Parisa"))(t)
	w.Tab = sit(t, browser.Person{Site: w.server.URL, Language: w.locale})
	w.Tab.Open(link)
	w.Tab.Fill("#f-password", ownerPassword)
	w.Tab.Press(".gate .btn--primary")
	w.Tab.Press(`.side a[href="/admin/campaigns"]`)
	if w.Path() != "/admin/campaigns" || w.Attr("html", "lang") != w.locale {
		t.Errorf("a marketer is at %s in %s", w.Path(), w.Attr("html", "lang"))
	}
	told(t, w.Tab)
}

// presses follows a link or a button to a page that answers well.
func (w *wholeWay) presses(t *testing.T, selector, leadsTo string) {
	t.Helper()
	if status := w.Press(selector); status != http.StatusOK || !strings.Contains(w.Path(), leadsTo) {
		t.Fatalf("%s answered %d and leads to %s: %v", selector, status, w.Path(), w.Err())
	}
	told(t, w.Tab)
}

func (w *wholeWay) begin(t *testing.T) {
	w.presses(t, ".head__acts .btn--primary", "/campaigns/new")
	w.presses(t, `.kind a[href$="template=`+w.template+`"]`, "template="+w.template)
	w.Fill("#f-name", w.name)
	w.Until("an address is proposed", func() bool { return browser.Eval[string](w.Tab, `document.querySelector("#f-slug").value`) != "" })
	w.presses(t, "form .btn--primary", "/words")
}

// sayWhatOnlyTheyKnow fills in what the template leaves to its owner. What they have nothing to say on stays empty.
func (w *wholeWay) sayWhatOnlyTheyKnow(t *testing.T) {
	asked := browser.Eval[[]string](w.Tab, `[...document.querySelectorAll("[name^=of_w]")].map(e => e.value)`)
	if len(asked) != len(w.words) {
		t.Errorf("%d things are asked for, want %d: %q", len(asked), len(w.words), asked)
	}
	for i, of := range asked {
		words, known := w.words[of]
		if !known {
			t.Errorf("nobody knows what to say to %q", of)
		}
		if words != "" {
			w.Fill(fmt.Sprintf("#f-w%d", i), words)
		}
	}
	w.presses(t, "form .btn--primary", "/page")
}

// writeThePage writes the heading over, with the page as phones show it in view.
func (w *wholeWay) writeThePage(t *testing.T) {
	const phone = `document.querySelector("#page-frame").getBoundingClientRect().width`
	if width := browser.Eval[float64](w.Tab, phone); width < browser.Narrow || width > 430 || !w.Shown("#page-frame") {
		t.Errorf("the page is seen %v pixels wide", width)
	}
	w.Fill("#f-heading", w.heading) // that of the first block, which is open
	w.Until("the page shows it", func() bool { return strings.Contains(w.FrameText(), w.heading) })
	w.Until("it is saved", func() bool {
		said := w.Text("#said")
		return said != "" && said != w.Attr("#editor", "data-say-saving")
	})
	told(t, w.Tab)
}

// writeTheForm changes the words of its button.
func (w *wholeWay) writeTheForm(t *testing.T) {
	w.presses(t, ".tabs a[href$='/form']", "/form")
	w.Fill("#f-button", w.button)
	w.presses(t, "form[action$='/words'] .btn--primary", "/form")
}

func (w *wholeWay) giveFile(t *testing.T, path string) {
	w.presses(t, ".tabs a[href$='/offer']", "/offer")
	w.Attach("#f-file", got(filepath.Abs(path))(t))
	w.presses(t, "[formaction$='/files']", "/offer")
	if files := w.All(".file__name"); len(files) != 1 || !strings.Contains(files[0], "playbook.pdf") {
		t.Errorf("it gives %q", files)
	}
}

// readTheMails looks at the gift's mail and at what follows it.
func (w *wholeWay) readTheMails(t *testing.T) {
	w.presses(t, ".tabs a[href$='/emails']", "/emails")
	w.presses(t, ".step a[href$='/preview']", "/preview")
	if text := w.FrameText(); text == "" || strings.Contains(text, "[") {
		t.Errorf("the first mail reads %q", text)
	}
	w.presses(t, ".crumbs a:first-of-type", "/emails")
}

// publish finds nothing that stands in the way, and sees the page at the address that the overview names.
func (w *wholeWay) publish(t *testing.T) {
	w.presses(t, ".head__acts .btn--primary", "/publish")
	if stops := w.All(".checkline--stop"); len(stops) > 0 {
		t.Fatalf("it can't be published: %q", stops)
	}
	w.presses(t, "form[action$='/publish'] .btn--primary", "/admin/campaigns/")
	w.page = strings.TrimPrefix(w.Attr(".share__address a", "href"), w.server.URL)
	w.presses(t, ".share__address a", "/p/")
	if w.Path() != w.page || !strings.Contains(w.Text("h1"), w.heading) {
		t.Errorf("the page is at %s: %s", w.Path(), w.Text("h1"))
	}
}
