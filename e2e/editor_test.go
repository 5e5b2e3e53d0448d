package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/scenes"
)

// A making is a marketer at a campaign's page, in one language.
type making struct {
	locale, public string
	body, heading  string // what is written
	tab            *browser.Tab
}

var makings = []making{
	{locale: "fa", public: "/p/rahnama", body: "یک بند تازه دربارهٔ کتاب", heading: "کتابی برای همین هفته"},
	{locale: "en", public: "/p/playbook", body: "A new paragraph about the book", heading: "A book for this very week"},
}

// sitDown signs the owner in at the editor of the starter's page.
func (m *making) sitDown(t *testing.T, noScript bool) {
	server := serve(t, "locale="+m.locale)
	m.tab = sit(t, browser.Person{Site: server.URL, Language: m.locale, NoScript: noScript})
	n := nurturing{locale: m.locale, tab: m.tab}
	n.enter(t, got(server.OwnerLink())(t))
	m.tab.Open("/admin/campaigns")
	m.tab.Open(scenes.EditorOf(m.tab, m.public))
	told(t, m.tab)
}

func (m *making) order() []string {
	return browser.Eval[[]string](m.tab, `[...document.querySelectorAll("#blocks > li")].map(l => l.id)`)
}

// frame is what can be read in the page's frame, once it can.
func (m *making) frame(t *testing.T, want string) {
	t.Helper()
	m.tab.Until("the frame says "+want, func() bool { return strings.Contains(m.tab.FrameText(), want) })
}

// A marketer adds a block, types, sees it saved by itself and shown in the page without a jump, moves it by a button and by
// the grip, deletes it and takes that back, in both languages (C2).
func TestMakingAPage(t *testing.T) {
	for _, one := range makings {
		t.Run(one.locale, func(t *testing.T) {
			t.Parallel()
			m := one
			m.sitDown(t, false)
			m.write(t)
			m.arrange(t)
			m.mistake(t)
			m.onAPhone(t)
		})
	}
}

func (m *making) write(t *testing.T) {
	tab := m.tab
	tab.Click("#part-inside a")
	tab.Wait("#part-inside.part--current")
	tab.Click("#adder summary")
	tab.Click("#adder [value=text]")
	tab.Wait(".part-form [name=kind][value=text]")
	m.frame(t, "[")
	tab.Type("#f-heading", "")
	for _, text := range []string{m.body, m.body + " …"} {
		browser.Eval[browser.Nothing](tab, `document.querySelector("#page-frame").contentWindow.scrollTo(0, 700)`)
		tab.Type("#f-body", text)
		tab.Wait("#said:not(:empty)")
		m.frame(t, text)
		tab.Until("it is saved", func() bool {
			return !browser.Eval[bool](tab, `document.querySelector("#said").innerText === document.querySelector("#editor").dataset.saySaving`)
		})
		if y := browser.Eval[float64](tab, `document.querySelector("#page-frame").contentWindow.scrollY`); y < 690 || y > 710 {
			t.Errorf("the frame jumped to %v", y)
		}
		if value := browser.Eval[string](tab, `document.querySelector("#f-body").value`); value != text {
			t.Errorf("the text is %q", value)
		}
		if focus := browser.Eval[string](tab, `document.activeElement.id`); focus != "f-body" {
			t.Errorf("the focus is on %q", focus)
		}
	}
	told(t, tab)
}

func (m *making) arrange(t *testing.T) {
	tab, was := m.tab, m.order()
	at := slices.Index(was, tab.Attr(".part--current", "id"))
	tab.Click(".part--current [value=up]")
	tab.Until("it is moved up", func() bool { return slices.Index(m.order(), was[at]) == at-1 })
	tab.Drag("#"+was[at]+" .part__grip", "#"+was[at+2]+" .part__grip")
	tab.Until("it is dragged down, and that is sent", func() bool {
		return slices.Index(m.order(), was[at]) > at && !tab.Has("#editor > form[hidden]")
	})
	tab.Open(tab.Path())
	if moved := m.order(); slices.Index(moved, was[at]) <= at {
		t.Errorf("after dragging the order is %v, before %v", moved, was)
	}
	n := len(was)
	tab.Click(".part--current [value=delete]")
	tab.Until("it is deleted", func() bool { return len(m.order()) == n-1 })
	tab.Click(".note__act button")
	tab.Until("it is back", func() bool { return len(m.order()) == n })
	m.frame(t, m.body)
	tab.Click("#part-hero a")
	tab.Wait("#part-hero.part--current")
	tab.Click(".part--current [value=hide]")
	tab.Wait("#part-hero.part--hidden")
	browser.Eval[browser.Nothing](tab, "document.activeElement.blur()")
	tab.Control("z")
	tab.Wait("#part-hero:not(.part--hidden)")
	told(t, tab)
}

// mistake is told beside its field while it is typed, and not saved; a link pressed with unsaved text saves it first.
func (m *making) mistake(t *testing.T) {
	tab := m.tab
	tab.Click("#part-hero a")
	tab.Wait(".part-form [name=kind][value=hero]")
	tab.Type("#f-heading", "")
	tab.Wait("#f-heading-error")
	if tab.Attr("#f-heading", "aria-invalid") != "true" || !tab.Has(".said--bad") {
		t.Error("the mistake is not told")
	}
	tab.Type("#f-heading", m.heading)
	tab.Click("#part-faq a")
	tab.Wait(".part-form [name=kind][value=faq]")
	m.frame(t, m.heading)
	if name := tab.Text("#part-hero .part__name"); name != m.heading {
		t.Errorf("the block is called %q", name)
	}
	tab.Noticed() // that a mistake was answered 422
}

// onAPhone everything is a tap away.
func (m *making) onAPhone(t *testing.T) {
	tab := m.tab
	tab.Resize(browser.Phone)
	tab.Open(tab.Path())
	for view, shown := range []string{".editor__parts", ".editor__form", ".editor__look"} {
		tab.Click(fmt.Sprintf(".editor__views a:nth-child(%d)", view+1))
		tab.Until(shown+" is shown", func() bool { return tab.Shown(shown) })
		for _, other := range []string{".editor__parts", ".editor__form", ".editor__look"} {
			if tab.Shown(other) != (other == shown) {
				t.Errorf("view %d: %s is shown: %t", view, other, other != shown)
			}
		}
	}
	told(t, tab)
}

// Without a script all of it is forms and links: a row is added, a block is saved, moved and deleted (C2).
func TestMakingAPageWithoutScript(t *testing.T) {
	m := makings[0]
	m.sitDown(t, true)
	tab := m.tab
	tab.Press("#part-faq a")
	rows := len(tab.All(".rows__one"))
	tab.Fill("#f-heading", m.heading)
	tab.Press("[value='add:items']")
	if got := len(tab.All(".rows__one")); got != rows+1 || browser.Eval[string](tab, `document.querySelector("#f-heading").value`) != m.heading {
		t.Errorf("%d rows after %d", got, rows)
	}
	tab.Fill(fmt.Sprintf("#f-items-%d-question", rows), "و بعد؟")
	if status := tab.Press("#save"); status != http.StatusOK {
		t.Errorf("saving answered %d", status)
	}
	m.frame(t, "و بعد؟")
	tab.Fill("#f-heading", "")
	if status := tab.Press("#save"); status != http.StatusUnprocessableEntity || !tab.Has("#f-heading-error") {
		t.Errorf("a block without a heading answered %d", status)
	}
	tab.Press("#part-faq a")
	before := m.order()
	tab.Press(".part--current [value=up]")
	if after := m.order(); slices.Index(after, "part-faq") != slices.Index(before, "part-faq")-1 {
		t.Errorf("moved: %v", after)
	}
	tab.Press(".part--current [value=delete]")
	tab.Press(".note__act button")
	if !slices.Contains(m.order(), "part-faq") {
		t.Error("deleting can't be undone")
	}
	tab.Press(".editor__widths a:nth-child(3)")
	if !tab.Has(".look--desktop") {
		t.Error("the width was not chosen")
	}
	told(t, tab)
}

// Of two who write at once, the second sees what the first saved, and loses nothing; who was signed out keeps all of it too.
func TestTwoMakersOfAPage(t *testing.T) {
	m := makings[1]
	m.sitDown(t, false)
	tab := m.tab
	tab.Click("#part-cta a")
	tab.Wait(".part-form [name=kind][value=cta]")
	path := tab.Path()
	tab.Set(".part-form [name=base]", "value", "of-before")
	tab.Type("#f-heading", m.heading)
	tab.Wait("#theirs")
	if value := browser.Eval[string](tab, `document.querySelector("#f-heading").value`); value != m.heading {
		t.Errorf("what was typed is %q", value)
	}
	tab.Click("#save")
	m.frame(t, m.heading)
	tab.Wait("#matter:not([data-conflict])")
	tab.Forget()
	tab.Type("#f-heading", m.body)
	tab.Wait("#said a")
	if value := browser.Eval[string](tab, `document.querySelector("#f-heading").value`); value != m.body || !strings.HasPrefix(tab.Path(), path) {
		t.Errorf("signed out, what was typed is %q", value)
	}
	tab.Noticed() // 409 and 401 among the answers
}

// Without a connection it is said that nothing is saved, what was typed stays, and what is pressed meanwhile does not happen;
// once there is one again, what was typed is saved by itself.
func TestMakingAPageWithoutAConnection(t *testing.T) {
	m := makings[1]
	m.sitDown(t, false)
	tab := m.tab
	tab.Click("#part-cta a")
	tab.Wait(".part-form [name=kind][value=cta]")
	tab.Offline(true)
	tab.Type("#f-heading", m.heading)
	tab.Wait("#said.said--bad button")
	tab.Click("#part-faq a")
	tab.Wait("#said.said--bad button")
	if value := browser.Eval[string](tab, `document.querySelector("#f-heading").value`); value != m.heading {
		t.Errorf("what was typed is %q", value)
	}
	tab.Offline(false)
	tab.Wait("#said:not(.said--bad, :empty)")
	m.frame(t, m.heading)
	if !tab.Has(".part-form [name=kind][value=cta]") {
		t.Error("what was pressed without a connection happened later")
	}
	tab.Noticed() // that nobody answered
}

// The editor's first view, and that nothing in it moves while it loads.
func TestEditorIsLight(t *testing.T) {
	m := makings[0]
	m.sitDown(t, false)
	tab := m.tab
	path := tab.Path()
	tab.Cold()
	tab.Open(path)
	weighs(t, tab, "the page editor", 200_000)
	const shift = `new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; }).observe({type: "layout-shift", buffered: true}); setTimeout(() => done(sum), 300); })`
	if moved := browser.Eval[float64](tab, shift); moved > 0.02 {
		t.Errorf("the layout shifts by %v", moved)
	}
}

// stopwatch measures from the sending of what was typed to the page that shows it.
const stopwatch = `window.took = []; let begun = 0;
	document.addEventListener("htmx:config:request", () => begun = performance.now());
	document.addEventListener("renewed", () => window.took.push(performance.now() - begun));`

// What is typed is seen in the page within 300 ms of the pause after it (the middle one of five).
func TestTypingIsSeenSoon(t *testing.T) {
	m := makings[0]
	m.sitDown(t, false)
	tab := m.tab
	m.frame(t, tab.Text("#part-hero .part__name"))
	browser.Eval[browser.Nothing](tab, stopwatch)
	for i := range 5 {
		tab.Type("#f-heading", fmt.Sprintf("%s %d", m.heading, i))
		tab.Until("it is seen", func() bool { return browser.Eval[int](tab, "window.took.length") > i })
	}
	took := browser.Eval[[]float64](tab, "window.took")
	must(t, tab.Err())
	slices.Sort(took)
	t.Logf("from sending to showing: %.0f ms", took)
	if took[len(took)/2] >= 300 {
		t.Errorf("seen after %.0f ms", took)
	}
}
