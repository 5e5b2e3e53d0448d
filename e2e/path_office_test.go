package e2e

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/i18n"
)

const (
	ownerEmail    = "mina@firm.example"
	ownerPassword = "tea with rock sugar"
)

// becomeOwner: the link that was printed makes the owner, once.
func (w *walk) becomeOwner(t *testing.T) {
	link := got(w.server.OwnerLink())(t)
	w.secrets = append(w.secrets, strings.TrimPrefix(link, "/admin/setup/"))
	w.owner = sit(t, browser.Person{Site: w.server.URL, Language: w.locale, NoScript: w.noScript})
	tab := w.owner
	tab.Open(link)
	tab.Fill("#f-name", "Mina")
	tab.Fill("#f-email", ownerEmail)
	tab.Click(`label:has([name=locale][value=` + w.locale + `])`)
	tab.Fill("#f-password", "short")
	if status := tab.Press(".gate .btn--primary"); status != http.StatusUnprocessableEntity || !strings.HasPrefix(tab.Title(), w.title) {
		t.Errorf("a short password answered %d, %q", status, tab.Title())
	}
	tab.Fill("#f-password", ownerPassword)
	if status := tab.Press(".gate .btn--primary"); status != http.StatusOK || tab.Path() != "/admin/campaigns" {
		t.Fatalf("setup answered %d and leads to %s: %v", status, tab.Path(), tab.Err())
	}
	if lang := tab.Attr("html", "lang"); lang != w.locale {
		t.Errorf("the back office speaks %s", lang)
	}
	told(t, tab)
	if again := got(w.server.Client().Get(link))(t); again.StatusCode != http.StatusNotFound || strings.Contains(again.Text, `type="password"`) {
		t.Errorf("the second use of the link answered %d", again.StatusCode)
	}
}

// readMail: the gift went to the visitor, and word of the raised hand to the salesperson.
func (w *walk) readMail(t *testing.T) {
	tab := w.owner
	for range 50 { // both are sent at once, but not before the page is answered
		if tab.Open("/admin/mailbox"); len(tab.All("tbody .badge--ok")) == 2 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	for _, mail := range []struct {
		to, subject string
		says        []string
	}{
		{w.email, w.ready, []string{w.name}},
		{salesperson, w.hot, []string{w.name, w.company, w.email}},
	} {
		tab.Open("/admin/mailbox")
		tab.Press(`tbody tr:has(small bdi:is(` + holding(tab, mail.to) + `)) a`)
		if subject := tab.Text("h1"); !strings.Contains(subject, mail.subject) {
			t.Errorf("the mail to %s is called %q", mail.to, subject)
		}
		text := tab.FrameText()
		for _, part := range mail.says {
			if !strings.Contains(text, part) {
				t.Errorf("the mail to %s does not say %q: %s", mail.to, part, text)
			}
		}
		told(t, tab)
	}
}

// holding marks what reads so, and is a selector for it.
func holding(tab *browser.Tab, text string) string {
	browser.Eval[bool](tab, `[...document.querySelectorAll("bdi")].forEach(b => b.toggleAttribute("data-found", b.textContent === `+strconv.Quote(text)+`)) ?? true`)
	return "[data-found]"
}

// findLead: by part of the name, the address, the phone's last digits and the company; by temperature, stage and
// in every order. What is not there is not found.
func (w *walk) findLead(t *testing.T) {
	tab := w.owner
	first, _, _ := strings.Cut(w.name, " ")
	for query, found := range map[string]bool{first: true, w.email: true, w.phone[len(w.phone)-4:]: true, w.company: true, "zzzz": false} {
		tab.Open("/admin/leads")
		tab.Fill("#q", query)
		tab.Press(".bar-tools .btn--quiet")
		w.sees(t, "searching "+query, found)
	}
	for query, found := range map[string]bool{"temperature=hot": true, "temperature=cold": false, "stage=mql": true, "stage=customer": false, "sort=score": true, "sort=active": true} {
		tab.Open("/admin/leads?" + query)
		w.sees(t, query, found)
	}
	tab.Open("/admin/leads")
	tab.Press(`.tabs a[href*="hot"]`)
	tab.Choose("#stage", "mql")
	tab.Choose("#sort", "score")
	tab.Press(".bar-tools .btn--quiet")
	if query, _ := url.ParseQuery(strings.TrimPrefix(tab.Path(), "/admin/leads?")); query.Get("temperature") != "hot" || query.Get("stage") != "mql" || query.Get("sort") != "score" {
		t.Errorf("the filter is lost: %s", tab.Path())
	}
	w.sees(t, "all filters at once", true)
	told(t, tab)
}

func (w *walk) sees(t *testing.T, what string, found bool) {
	t.Helper()
	rows, empty := w.owner.All("tbody a"), w.owner.Has(".empty")
	if found && (len(rows) != 1 || !strings.Contains(rows[0], w.name)) || !found && (len(rows) > 0 || !empty) {
		t.Errorf("%s: %q, empty %t", what, rows, empty)
	}
}

// readLead: the lines add up to the score, and everything known stands there with its evidence (S9).
func (w *walk) readLead(t *testing.T) {
	tab := w.owner
	tab.Press("tbody a")
	score := number(t, tab.Text(".dial__n b"))
	sum := 0
	for _, points := range tab.All(".why__list .why__row:not(.why__row--hint) .why__pts") {
		sum += number(t, points)
	}
	if sum != score || score < 50 || number(t, tab.Text(".why__total .num")) != score {
		t.Errorf("the score is %d, its reasons add up to %d", score, sum)
	}
	for what, selector := range map[string]string{
		"a call":            `a[href="tel:` + w.phone + `"]`,
		"a mail":            `a[href="mailto:` + w.email + `"]`,
		"WhatsApp":          `.todo a[href="https://wa.me/` + w.phone[1:] + `"]`,
		"a given consent":   ".items .badge--ok",
		"the delivery mail": `a[href^="/admin/mailbox/"]`,
		"the campaign":      `a[href="` + w.page + `"]`,
	} {
		if !tab.Has(selector) {
			t.Errorf("the lead's page does not have %s", what)
		}
	}
	if text := tab.Text("main"); !strings.Contains(text, w.name) || !strings.Contains(text, w.company) || !strings.Contains(text, "instagram") {
		t.Errorf("the lead's page is silent about them: %s", text)
	}
	told(t, tab)
}

// number reads a number as it is shown: in the digits of a language, its sign any minus.
func number(t *testing.T, text string) int {
	t.Helper()
	return got(strconv.Atoi(strings.NewReplacer("−", "-", "+", "", "\u200e", "").Replace(i18n.FoldDigits(text))))(t)
}

// signOut: afterwards the door is shut, and the way back leads through it.
func (w *walk) signOut(t *testing.T) {
	tab := w.owner
	tab.Press(`.side form[action="/admin/logout"] button`)
	if tab.Path() != "/admin/login?ended=1" {
		t.Errorf("signing out leads to %s", tab.Path())
	}
	tab.Open("/admin/leads")
	if !strings.HasPrefix(tab.Path(), "/admin/login?next=") {
		t.Errorf("after signing out /admin/leads leads to %s", tab.Path())
	}
	tab.Fill("#f-email", ownerEmail)
	tab.Fill("#f-password", ownerPassword)
	if tab.Press(".gate .btn--primary"); tab.Path() != "/admin/leads" {
		t.Errorf("signing in again leads to %s", tab.Path())
	}
	told(t, tab)
}
