package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/e2e/scenes"
)

// An asking is a marketer who writes a form, and a visitor who fills it in, in one language.
type asking struct {
	locale, slug           string
	sells, sellsHint       string // a choice of two,
	course, book           string
	called, step, students string // what is asked of the first of them, and the step after it
	help, price, place     string
	visitor, answer        string
	not, known             string // how the editor marks a condition, and what is asked of strangers alone

	server *program.Program
	tab    *browser.Tab
}

var askings = []asking{
	{locale: "fa", slug: "rahnama", sells: "چه می‌فروشید؟", sellsHint: "همان که بیشتر می‌فروشید.", course: "دورهٔ آموزشی", book: "کتاب", called: "نام دوره چیست؟",
		step: "دورهٔ شما", students: "چند شاگرد دارید؟", help: "در چه چیزی کمک می‌خواهید؟", price: "قیمت", place: "جا و زمان", visitor: "کاوه رستگار", answer: "عکاسی با گوشی",
		not: "شرط دارد", known: "فقط اگر ندانیم"},
	{locale: "en", slug: "playbook", sells: "What do you sell?", sellsHint: "What you sell most.", course: "A course", book: "Books", called: "What is it called?",
		step: "Your course", students: "How many students?", help: "What may we help with?", price: "The price", place: "Place and time", visitor: "Karl Brandt", answer: "Photography",
		not: "with a condition", known: "only if unknown"},
}

// A marketer asks a question of several types, one only after a certain answer and only of those whose answer is not known,
// one in a step of its own; moves one, deletes one and takes that back; and a visitor is asked exactly that. The marketer
// reads what was answered, and takes it home as a table (C4).
func TestWritingAForm(t *testing.T) {
	for _, one := range askings {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", one.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				a := one
				a.server = serve(t, "locale="+a.locale, "forms.per_network=0")
				a.tab = sit(t, browser.Person{Site: a.server.URL, Language: a.locale, NoScript: noScript})
				n := nurturing{locale: a.locale, tab: a.tab}
				n.enter(t, got(a.server.OwnerLink())(t))
				a.open(t)
				a.ask(t)
				a.arrange(t)
				order := a.order()
				a.publish(t)
				a.fillIn(t, noScript, order)
				a.comeBack(t)
				a.read(t)
			})
		}
	}
}

// open goes by the list and the tabs.
func (a *asking) open(t *testing.T) {
	a.tab.Open("/admin/campaigns?q=" + a.slug)
	a.tab.Press("tbody .cell a")
	a.tab.Press(".tabs a[href$='/form']")
	told(t, a.tab)
}

// add puts a question of a type at the end, and opens it.
func (a *asking) add(t *testing.T, kind, label string) {
	t.Helper()
	a.tab.Press("a[href*='part=add']")
	a.tab.Press("button[value=" + kind + "]")
	a.tab.Fill("#f-label", label)
}

func (a *asking) save(t *testing.T) {
	t.Helper()
	if status := a.tab.Press("form .btn--primary"); status != http.StatusOK || a.tab.Text("[role=status]") == "" {
		t.Errorf("saving answered %d: %s", status, a.tab.Text(".errors"))
	}
	told(t, a.tab)
}

func (a *asking) ask(t *testing.T) {
	tab := a.tab
	a.add(t, "radio", a.sells)
	tab.Fill("#f-hint", a.sellsHint)
	tab.Click("label:has([name=required])")
	tab.Fill("#f-choices", a.course+"\n"+a.book)
	a.save(t)

	a.add(t, "text", a.called)
	tab.Choose("#f-fills", "need")
	tab.Choose("#f-show_field", "radio")
	tab.Click("label:has([name=progressive])")
	tab.Fill("#f-show_values", "…")
	if status := tab.Press("form .btn--primary"); status != http.StatusUnprocessableEntity || tab.Text("#f-show_values-error") == "" || tab.Text("h2 bdi") != a.called {
		t.Errorf("a condition that never comes true answered %d: %s", status, tab.Text(".errors"))
	}
	tab.Fill("#f-show_values", a.course) // as it reads, not as it is stored
	a.save(t)
	if values := browser.Eval[string](tab, `document.querySelector("#f-show_values").value`); values != a.course {
		t.Errorf("the condition reads %q", values)
	}
	if marks := tab.Text(".q--current small"); !strings.Contains(marks, a.not) || !strings.Contains(marks, a.known) {
		t.Errorf("the question is marked %q", marks)
	}

	a.add(t, "number", a.students)
	tab.Fill("#f-min", "1")
	tab.Fill("#f-max", map[string]string{"fa": "۵۰۰", "en": "500"}[a.locale])
	tab.Click("label:has([name=break])")
	tab.Fill("#f-step_title", a.step)
	a.save(t)

	a.add(t, "checkboxes", a.help)
	tab.Fill("#f-choices", a.price+"\n"+a.place)
	a.save(t)
}

// order is that of the questions in the list, by their names.
func (a *asking) order() []string {
	return browser.Eval[[]string](a.tab, `[...document.querySelectorAll(".q a[href*='field=']")].map(a => new URL(a.href).searchParams.get("field"))`)
}

func (a *asking) arrange(t *testing.T) {
	tab, was := a.tab, a.order()
	tab.Press("form[action$='/fields/checkboxes/up'] button")
	if now := a.order(); slices.Index(now, "checkboxes") != len(was)-2 || !tab.Has(".q--current a[href*='field=checkboxes']") {
		t.Errorf("moved up, the order is %v", now)
	}
	was = a.order()
	tab.Press(".q a[href*='field=radio']")
	tab.Press("form[action$='/fields/radio/delete'] button")
	if now := a.order(); slices.Contains(now, "radio") || strings.Contains(strings.Join(tab.All(".q small"), " "), a.not) || !strings.Contains(tab.Text("[role=status]"), a.sells) {
		t.Errorf("without the first, the order is %v; told %q", now, tab.Text("[role=status]"))
	}
	tab.Press(".note__act button")
	if now := a.order(); !slices.Equal(now, was) || !strings.Contains(strings.Join(tab.All(".q small"), " "), a.not) {
		t.Errorf("taken back, the order is %v", now)
	}
	told(t, tab)
}

func (a *asking) publish(t *testing.T) {
	tab := a.tab
	tab.Press(".head__acts .btn--primary")
	if stops := tab.All(".checkline--stop"); len(stops) > 0 {
		t.Fatalf("it can't be published: %q", stops)
	}
	if status := tab.Press("form[action$='/publish'] .btn--primary"); status != http.StatusOK {
		t.Fatalf("publishing answered %d: %v", status, tab.Err())
	}
	told(t, tab)
}

// asked are the questions on a visitor's page, by their names.
func asked(tab *browser.Tab) []string {
	return browser.Eval[[]string](tab, `[...new Set([...document.querySelectorAll("#get :is(input:not([type=hidden]), select, textarea)")].map(e => e.name))].filter(n => !/^(_|consent\.|website_url)/.test(n))`)
}

func (a *asking) fillIn(t *testing.T, noScript bool, order []string) {
	tab := sit(t, browser.Person{Site: a.server.URL, Language: a.locale, NoScript: noScript})
	tab.Open("/p/" + a.slug + "?utm_source=fair")
	first := asked(tab)
	if tab.Text("#f-radio-hint") == "" && !strings.Contains(tab.Text("#get"), a.sellsHint) || tab.Shown("#f-text") != noScript {
		t.Errorf("the hint is missing, or what is not asked yet is shown: %t", tab.Shown("#f-text"))
	}
	tab.Fill("#f-name", a.visitor)
	tab.Fill("#f-email", "kave@firm.example")
	if status := tab.Press(scenes.Button); status != http.StatusUnprocessableEntity || !strings.Contains(tab.Attr(".errors a", "href"), "#f-radio") {
		t.Errorf("without the required answer it answered %d: %s", status, tab.Text(".errors"))
	}
	tab.Click("label:has(#f-radio)")
	tab.Fill("#f-text", a.answer)
	if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.Contains(tab.Text(".lp-form__step"), a.step) {
		t.Fatalf("the second step answered %d: %s", status, tab.Text(".errors"))
	}
	if all := append(first, asked(tab)...); !slices.Equal(all, order) {
		t.Errorf("a visitor is asked %v, the marketer wrote %v", all, order)
	}
	tab.Fill("#f-number", "900")
	if status := tab.Press(scenes.Button); status != http.StatusUnprocessableEntity || !tab.Has("#f-number-error") {
		t.Errorf("a number above the limit answered %d", status)
	}
	tab.Fill("#f-number", "12")
	if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.Contains(tab.Path(), "/thanks/") {
		t.Fatalf("the form answered %d: %s", status, tab.Text(".errors"))
	}
	told(t, tab)
}

// comeBack: whoever comes by a mail's link is not asked again what was answered.
func (a *asking) comeBack(t *testing.T) {
	leads := got(a.server.Export("leads"))(t)
	tab := sit(t, browser.Person{Site: a.server.URL, Language: a.locale})
	tab.Open(got(scenes.Known(a.server, a.slug, leads[0].Text("id")))(t))
	if names := asked(tab); slices.Contains(names, "text") || !slices.Contains(names, "radio") {
		t.Errorf("whoever is known is asked %v", names)
	}
	told(t, tab)
}

// read finds the answers in the campaign's list, in words, and in the table.
func (a *asking) read(t *testing.T) {
	tab := a.tab
	tab.Press(".tabs a[href$='/leads']")
	row := tab.Text("tbody tr")
	for _, part := range []string{a.visitor, "kave@firm.example", "fair", a.sells, a.course, a.answer} {
		if !strings.Contains(row, part) {
			t.Errorf("the list does not say %q: %s", part, row)
		}
	}
	table := tab.Download("a[href$='export.csv']", t.TempDir())
	head, body, _ := strings.Cut(string(table.Content), "\n")
	if table.Name != a.slug+".csv" || !strings.Contains(head, "radio") || !strings.Contains(body, a.answer) || !strings.Contains(body, "12") {
		t.Errorf("%s holds %s", table.Name, table.Content)
	}
	told(t, tab)
}
