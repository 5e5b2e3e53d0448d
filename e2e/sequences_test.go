package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/models"
)

// A nurturing is a marketer's way through a sequence, in one language.
type nurturing struct {
	locale               string
	noScript             bool
	subject, hello, test string // what is written, how the mail begins, and how the test is called
	reason               string
	tab                  *browser.Tab
}

var nurturings = []nurturing{
	{locale: "fa", subject: "سه نکتهٔ تازه", hello: "سلام نرگس", test: "آزمایشی", reason: "کتاب تازه می‌شود"},
	{locale: "en", subject: "Three new hints", hello: "Hello Nora", test: "Test", reason: "The book is being revised"},
}

// A marketer opens a sequence, rewrites a mail, is told of a mistake, looks at it as a lead would, sends it to themselves,
// puts it in force, pauses and resumes: in both languages, with script and without (N1, N5).
func TestNurturing(t *testing.T) {
	for _, one := range nurturings {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", one.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				n := one
				n.noScript = noScript
				server := serve(t, "locale="+n.locale)
				n.tab = sit(t, browser.Person{Site: server.URL, Language: n.locale, NoScript: noScript})
				n.enter(t, got(server.OwnerLink())(t))
				n.open(t)
				n.write(t)
				n.look(t)
				n.try(t)
				n.force(t)
				n.pause(t)
			})
		}
	}
}

func (n *nurturing) enter(t *testing.T, link string) {
	tab := n.tab
	tab.Open(link)
	tab.Fill("#f-name", "Mina")
	tab.Fill("#f-email", ownerEmail)
	tab.Click(`label:has([name=locale][value=` + n.locale + `])`)
	tab.Fill("#f-password", ownerPassword)
	tab.Press(".gate .btn--primary")
	told(t, tab)
}

// open goes by the menu to the sequence of the language, and on to its first mail.
func (n *nurturing) open(t *testing.T) {
	tab := n.tab
	tab.Press(`.side a[href="/admin/sequences"]`)
	tab.Press(map[string]string{"fa": "tbody tr:last-child a", "en": "tbody tr:first-child a"}[n.locale])
	if steps := tab.All(".step h3"); len(steps) != 4 {
		t.Errorf("%d mails", len(steps))
	}
	tab.Press("a[href$='/edit']")
	tab.Press(".step .btn--quiet")
	if !n.noScript && !tab.Has(".inserts.needs-script") {
		t.Error("no buttons insert anything")
	}
	told(t, tab)
}

// write makes a mistake, which is told beside its field, and mends it; then it writes the subject, in a part of its own.
func (n *nurturing) write(t *testing.T) {
	tab := n.tab
	body := map[string]string{"fa": "سلام {{first_name|دوست}}", "en": "Hello {{first_name|friend}}"}[n.locale]
	tab.Fill("#f-body", body+" {{nickname}}")
	n.save(t, ".part-form .errors")
	if wrong := tab.Text("#f-body-error"); !strings.Contains(wrong, "nickname") || tab.Attr("#f-body", "aria-invalid") != "true" {
		t.Errorf("the text's error is %q", wrong)
	}
	if focus := browser.Eval[string](tab, "document.activeElement.className"); focus != "errors" {
		t.Errorf("the focus is on %q", focus)
	}
	if kept := browser.Eval[string](tab, `document.querySelector("#f-body").value`); kept != body+" {{nickname}}" {
		t.Errorf("the text is %q", kept)
	}
	tab.Fill("#f-body", body)
	n.save(t, ".note--ok")
	n.choose(t, "a[href*='part=head']", "#f-subject")
	tab.Fill("#f-subject", n.subject)
	n.save(t, ".note--ok")
	n.choose(t, "a[href*='part=time']", "#f-delay")
	told(t, tab)
	tab.Press(".head__acts a[href$='/preview']")
}

// save presses the button of a form, after which something stands on the page.
func (n *nurturing) save(t *testing.T, then string) {
	t.Helper()
	if n.noScript {
		n.tab.Press("#save")
	} else {
		n.tab.Click("#save")
		n.tab.Wait(then)
	}
	if !n.tab.Has(then) {
		t.Errorf("after saving, no %s", then)
	}
}

// choose goes to another part of what is written.
func (n *nurturing) choose(t *testing.T, link, control string) {
	t.Helper()
	if n.noScript {
		n.tab.Press(link)
	} else {
		n.tab.Click(link)
	}
	n.tab.Wait(control)
}

// look sees the mail in a frame, on a desktop, on a phone and as text.
func (n *nurturing) look(t *testing.T) {
	tab := n.tab
	for view := 1; view <= 3; view++ {
		tab.Press(fmt.Sprintf(".tabs a:nth-child(%d)", view))
		text := tab.Text("pre")
		if view < 3 {
			text = tab.FrameText()
		}
		if !strings.Contains(text, n.hello) || tab.Text(".envelope__subject") != n.subject {
			t.Errorf("view %d: %q, %q", view, tab.Text(".envelope__subject"), text)
		}
	}
	told(t, tab)
}

// try sends a test, and reads it in the mailbox.
func (n *nurturing) try(t *testing.T) {
	tab := n.tab
	tab.Press("form[action$='/test'] button")
	if flash := tab.Text("[role=status]"); !strings.Contains(flash, ownerEmail) {
		t.Errorf("told after a test: %q", flash)
	}
	step := tab.Path()
	for range 50 { // it is sent at once, but not before the page is answered
		if tab.Open("/admin/mailbox"); tab.Has("tbody .badge--ok") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	tab.Press("tbody a")
	if heading := tab.Text("h1"); !strings.Contains(heading, n.test) || !strings.Contains(heading, n.subject) {
		t.Errorf("the test is called %q", heading)
	}
	tab.Open(step)
	told(t, tab)
}

// force reads what changes, and puts it in force.
func (n *nurturing) force(t *testing.T) {
	tab := n.tab
	tab.Press(".crumbs a:nth-of-type(3)")
	tab.Press("a[href$='/publish']")
	if changes := strings.Join(tab.All(".changes li"), "\n"); !strings.Contains(changes, n.subject) {
		t.Errorf("changes: %s", changes)
	}
	if status := tab.Press("form[action$='/publish'] button"); status != http.StatusOK || tab.Text(".step h3") != n.subject {
		t.Errorf("putting in force answered %d; the first mail is %q", status, tab.Text(".step h3"))
	}
	told(t, tab)
}

// pause wants a reason; both pausing and resuming are told, with a way back.
func (n *nurturing) pause(t *testing.T) {
	tab := n.tab
	if status := tab.Press("form[action$='/pause'] button"); status != http.StatusUnprocessableEntity {
		t.Errorf("a pause without a reason answered %d", status)
	}
	tab.Fill("#f-reason", n.reason)
	tab.Press("form[action$='/pause'] button")
	if text := tab.Text("main"); !strings.Contains(text, n.reason) || !tab.Has("h1 + .badge--warn") {
		t.Errorf("paused, the page says %s", text)
	}
	tab.Press(".note--warn form[action$='/resume'] button")
	if !tab.Has("h1 + .badge--ok") {
		t.Error("it is not resumed")
	}
	tab.Press(".note__act button") // undo
	if !strings.Contains(tab.Text("main"), n.reason) {
		t.Error("undoing does not pause it again")
	}
	told(t, tab)
}

// A test of a mail is seen as a lead, and nothing that is opened or pressed in it is done for that lead (C6).
func TestATestMailActsForNobody(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example", "consent.tracking", "1").confirmed(t)
	marketer := signedIn(t, server, models.Owner)
	q := firstLink(t, got(marketer.Get("/admin/sequences"))(t), "/admin/sequences/", "/new")
	step := firstLink(t, got(marketer.Get(q+"/edit"))(t), q+"/steps/", "")
	sent := got(marketer.Post(step+"/test", url.Values{"lead": {s.ref.Lead.String()}}))(t)
	if sent.StatusCode != http.StatusSeeOther || !strings.Contains(sent.Header.Get("Location"), s.ref.Lead.String()) {
		t.Fatalf("a test answered %d, %s", sent.StatusCode, sent.Header.Get("Location"))
	}
	opened := 0
	mails := settled(t, server)
	before := everything(t, server)
	for _, m := range mails {
		if m.Text("kind") != string(models.MailTest) {
			continue
		}
		if html := got(marketer.Get("/admin/mailbox/" + m.Text("id") + "/html"))(t); !strings.Contains(html.Text, "Nora Hale") {
			t.Errorf("it is not seen as the lead: %s", html.Text)
		}
		for _, path := range linksOf(t, marketer, server.URL, m.Text("id")) {
			if opened++; strings.HasPrefix(path, "/p/") || strings.HasPrefix(path, "/privacy") {
				continue
			}
			got(server.Client().Get(path))(t)
			for _, pressed := range []url.Values{{"List-Unsubscribe": {"One-Click"}}, {"stop": {"1"}}} {
				if a := got(server.Client().Post(path, pressed))(t); a.StatusCode >= 500 {
					t.Errorf("%s answered %d", path, a.StatusCode)
				}
			}
		}
	}
	if opened < 3 {
		t.Errorf("%d links in it", opened)
	}
	time.Sleep(1500 * time.Millisecond) // what is batched is written once a second
	for table, rows := range everything(t, server) {
		if rows != before[table] {
			t.Errorf("%s has changed from\n%s\nto\n%s", table, before[table], rows)
		}
	}
}

// firstLink is the first address on a page below another, but not one.
func firstLink(t *testing.T, page program.Answer, below, not string) string {
	t.Helper()
	for _, a := range elements(t, page.Text, "a") {
		href := a.attrs["href"]
		rest, ok := strings.CutPrefix(href, below)
		if ok && rest != "" && !strings.Contains(rest, "/") && (not == "" || !strings.HasSuffix(href, not)) {
			return href
		}
	}
	t.Fatalf("no address below %s on %s", below, page.Text)
	return ""
}
