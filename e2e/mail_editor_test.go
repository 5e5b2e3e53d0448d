package e2e

import (
	"slices"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
)

// A marketer writes a mail as they make a page: types and sees it in the mail without a jump, adds a button, drags it up,
// chooses a block by a press on the mail, deletes it and takes that back, in both languages (N1, C2).
func TestWritingAMail(t *testing.T) {
	for _, one := range makings {
		t.Run(one.locale, func(t *testing.T) {
			t.Parallel()
			m := one
			m.sitDown(t, false)
			n := nurturing{locale: m.locale, tab: m.tab}
			n.open(t)
			m.typed(t)
			m.buttoned(t)
			m.taken(t)
			m.darkened(t)
			m.tried(t)
		})
	}
}

func (m *making) typed(t *testing.T) {
	tab := m.tab
	for _, text := range []string{m.body, m.body + " …"} {
		browser.Eval[browser.Nothing](tab, `document.querySelector("#page-frame").contentWindow.scrollTo(0, 60)`)
		tab.Type("#f-body", text+strings.Repeat("\n\n"+m.body, 30))
		tab.Wait("#said:not(:empty)")
		m.frame(t, text)
		tab.Until("it is saved", func() bool {
			return !browser.Eval[bool](tab, `document.querySelector("#said").innerText === document.querySelector("#editor").dataset.saySaving`)
		})
		if focus := browser.Eval[string](tab, `document.activeElement.id`); focus != "f-body" {
			t.Errorf("the focus is on %q", focus)
		}
	}
	if y := browser.Eval[float64](tab, `document.querySelector("#page-frame").contentWindow.scrollY`); y < 50 || y > 70 {
		t.Errorf("the frame jumped to %v", y)
	}
	if style := browser.Eval[string](tab, `document.querySelector("#page-frame").contentDocument.querySelector("p").getAttribute("style")`); style == "" {
		t.Error("the mail lost its looks")
	}
	told(t, tab)
}

// buttoned adds a button, which stands in the mail as one, and drags it before the text.
func (m *making) buttoned(t *testing.T) {
	tab := m.tab
	tab.Click("#adder summary")
	tab.Click("#adder [value=button]")
	tab.Wait(".part-form [name=kind][value=button]")
	tab.Type("#f-label", m.heading)
	m.frame(t, m.heading)
	tab.Until("it is saved", func() bool { return tab.Has("#said:not(:empty, .said--bad)") })
	was := m.order()
	tab.Drag("#"+was[1]+" .part__grip", "#"+was[0]+" .part__grip")
	tab.Until("it is dragged up, and that is sent", func() bool {
		return slices.Index(m.order(), was[1]) == 0 && !tab.Has("#editor > form[hidden]")
	})
	tab.Until("the mail begins with it", func() bool { return strings.HasPrefix(strings.TrimSpace(m.body1()), m.heading) })
	told(t, tab)
}

// body1 is what the mail's card says.
func (m *making) body1() string {
	return browser.Eval[string](m.tab, `document.querySelector("#page-frame").contentDocument.querySelector("[id^=b-]").innerText`)
}

// taken chooses the text by a press on the mail, deletes it and brings it back.
func (m *making) taken(t *testing.T) {
	tab := m.tab
	browser.Eval[browser.Nothing](tab, `[...document.querySelector("#page-frame").contentDocument.querySelectorAll("[id^=b-]")].at(-1).querySelector("p").click()`)
	tab.Wait(".part-form [name=kind][value=text]")
	tab.Click(".part--current [value=delete]")
	tab.Until("it is deleted", func() bool { return len(m.order()) == 1 })
	tab.Until("the mail says no more of it", func() bool { return !strings.Contains(tab.FrameText(), m.body) })
	tab.Click(".note__act button")
	tab.Until("it is back", func() bool { return len(m.order()) == 2 })
	m.frame(t, m.body)
	told(t, tab)
}

// darkened looks at it as a mail program in the dark would show it.
func (m *making) darkened(t *testing.T) {
	tab := m.tab
	tab.Click(".editor__widths a[href*='width=dark']")
	tab.Wait("#look.look--dark")
	tab.Until("it is dark", func() bool {
		return strings.Contains(tab.Attr("#page-frame", "src"), "colours=dark") && strings.Contains(tab.FrameText(), m.body)
	})
	told(t, tab)
}

// tried has a test sent right after the last key: what was typed goes with it.
func (m *making) tried(t *testing.T) {
	tab := m.tab
	tab.Click("#blocks li:first-child a")
	tab.Wait("#f-label")
	tab.Type("#f-label", m.heading+" 2")
	tab.Click(".head__acts form[action$='/test'] button")
	tab.Until("the test is told", func() bool { return strings.Contains(tab.Text("main"), ownerEmail) })
	if now := browser.Eval[string](tab, `document.querySelector("#f-label").value`); now != m.heading+" 2" || tab.Has("#theirs") {
		t.Errorf("after the test the button says %q", now)
	}
	told(t, tab)
}
