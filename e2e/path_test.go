package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
)

// A walk is the whole path in one language: from the landing page to the salesperson's screen.
type walk struct {
	locale, page, title string // title begins those of pages with errors
	ready, hot          string // are in the mails' subjects
	noScript            bool
	person

	server  *program.Program
	visitor *browser.Tab
	owner   *browser.Tab
	secrets []string // tokens met on the way
}

type person struct{ name, typed, email, phone, company string }

// salesperson is told of hot leads.
const salesperson = "sales@firm.example"

var walks = []walk{
	{locale: "fa", page: "/p/rahnama", title: "خطا:", ready: "دانلود شما آماده است", hot: "سرنخ داغ",
		person: person{"نرگس مهرآیین", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "narges@gmail.com", "+989123456789", "نرم‌افزار برکه"}},
	{locale: "en", page: "/p/playbook", title: "Error:", ready: "Your download is ready", hot: "Hot lead",
		person: person{"Nora Hale", "+49 1512 3456789", "nora@gmail.com", "+4915123456789", "Berkeh Software"}},
}

// The main job, end to end, as people do it, in both languages, with script and without (C1-C4, C7, S1, S9,
// N2, H1, A5, I11).
func TestTheWholePath(t *testing.T) {
	for _, way := range walks {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", way.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				w := way
				w.noScript = noScript
				w.server = serve(t, "sales.notify="+salesperson, "locale="+w.locale)
				w.visitor = sit(t, browser.Person{Site: w.server.URL, Language: w.locale, NoScript: w.noScript})
				w.visitor.Resize(browser.Phone)
				w.sendEmpty(t)
				w.takeSuggestion(t)
				w.succeed(t)
				w.download(t)
				w.visitorKeepsNothing(t)
				w.becomeOwner(t)
				w.readMail(t)
				w.findLead(t)
				w.readLead(t)
				w.signOut(t)
				w.logNamesNobody(t)
				if r := w.server.Run("verify"); r.Code != 0 {
					t.Errorf("verify: %s%s", r.Out, r.Err)
				}
			})
		}
	}
}

// told ends the test where a step of a tab went wrong, and reports what its page did that it should not.
func told(t *testing.T, tab *browser.Tab) {
	t.Helper()
	must(t, tab.Err())
	for _, seen := range tab.Noticed() {
		t.Error(seen)
	}
}

const sendForm = "#get .btn--accent"

// sendEmpty: every error is told at the top, beside its field, and in the title, and the summary has the focus.
func (w *walk) sendEmpty(t *testing.T) {
	tab := w.visitor
	if status := tab.Open(w.page + "?utm_source=instagram&utm_medium=story"); status != http.StatusOK {
		t.Fatalf("the page answered %d: %v", status, tab.Err())
	}
	if status := tab.Press(sendForm); status != http.StatusUnprocessableEntity {
		t.Errorf("an empty form answered %d", status)
	}
	if title := tab.Title(); !strings.HasPrefix(title, w.title) {
		t.Errorf("the title is %q", title)
	}
	if focus := browser.Eval[string](tab, "document.activeElement.className"); focus != "errors" {
		t.Errorf("the focus is on %q", focus)
	}
	if errors := w.linkedErrors(t); !slices.Equal(errors, []string{"f-name", "f-email"}) {
		t.Errorf("errors of %v", errors)
	}
	told(t, tab)
}

// linkedErrors are the fields that the summary leads to, each of which is marked and names the same error.
func (w *walk) linkedErrors(t *testing.T) []string {
	t.Helper()
	const js = `[...document.querySelectorAll(".errors a")].map(a => {
		const field = document.querySelector(a.getAttribute("href"));
		const error = field && (field.getAttribute("aria-describedby") ?? "").split(" ").map(id => document.getElementById(id)).find(e => e?.classList.contains("field__error"));
		return [field?.id ?? "", field?.getAttribute("aria-invalid") ?? "", a.innerText.trim(), error?.innerText.trim() ?? ""];
	})`
	var ids []string
	for _, e := range browser.Eval[[][4]string](w.visitor, js) {
		if e[1] != "true" || e[2] == "" || e[2] != e[3] {
			t.Errorf("field %q, invalid %q: the summary says %q, the field %q", e[0], e[1], e[2], e[3])
		}
		ids = append(ids, e[0])
	}
	return ids
}

// takeSuggestion: what was typed comes back, and a slip in the address is put right by one press.
func (w *walk) takeSuggestion(t *testing.T) {
	tab := w.visitor
	mistyped := strings.Replace(w.email, "gmail", "gmial", 1)
	tab.Fill("#f-name", w.name)
	tab.Fill("#f-email", mistyped)
	tab.Fill("#f-phone", "12")
	tab.Fill("#f-company", w.company)
	tab.Click(`label:has([name=company_size][value="51-200"])`)
	tab.Click(`label:has([name=call_me])`)
	if status := tab.Press(sendForm); status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong phone answered %d", status)
	}
	if errors := w.linkedErrors(t); !slices.Equal(errors, []string{"f-phone"}) {
		t.Errorf("errors of %v", errors)
	}
	w.kept(t, mistyped)
	if status := tab.Press(`.suggest button`); status != http.StatusOK {
		t.Errorf("the suggestion answered %d", status)
	}
	w.kept(t, w.email)
	told(t, tab)
}

// kept is what the form should have in it.
func (w *walk) kept(t *testing.T, email string) {
	t.Helper()
	const js = `["#f-name", "#f-email", "#f-phone", "#f-company"].map(s => document.querySelector(s).value)
		.concat([...document.querySelectorAll("#get input:checked")].map(i => i.name + "=" + i.value))`
	want := []string{w.name, email, "12", w.company, "company_size=51-200", "call_me=1"}
	if got := browser.Eval[[]string](w.visitor, js); !slices.Equal(got, want) {
		t.Errorf("the form holds %q, want %q", got, want)
	}
}

// succeed: a phone in Persian digits is a phone, and the page that follows says what happens next.
func (w *walk) succeed(t *testing.T) {
	tab := w.visitor
	w.secrets = append(w.secrets, browser.Eval[string](tab, `document.querySelector("[name=_token]").value`))
	tab.Fill("#f-phone", w.typed)
	tab.Click(`label:has([name="consent.newsletter"])`)
	if status := tab.Press(sendForm); status != http.StatusOK {
		t.Fatalf("the form answered %d: %s", status, tab.Text(".errors"))
	}
	path, found := strings.CutPrefix(tab.Path(), w.page+"/thanks/")
	if !found {
		t.Errorf("the form leads to %s", tab.Path())
	}
	w.secrets = append(w.secrets, path)
	text := tab.Text("main")
	if !strings.Contains(text, w.email[:1]+"•••@gmail.com") || strings.Contains(text, w.email) {
		t.Errorf("the address is not shown as it should be: %s", text)
	}
	if next := len(tab.All(".lp-next li")); next != 4 { // mail, its button, spam folder, call
		t.Errorf("%d things happen next, want 4", next)
	}
	told(t, tab)
}

// download: the file arrives by its button; it is counted once, however often it is taken.
func (w *walk) download(t *testing.T) {
	tab := w.visitor
	w.secrets = append(w.secrets, strings.TrimPrefix(tab.Attr(".lp-files", "action"), "/d/"))
	first := tab.Download(`.lp-files [value="pdf"]`, t.TempDir())
	told(t, tab)
	name := w.page[len("/p/"):] + ".pdf"
	book, err := os.ReadFile("../campaigns/starter/files/" + name)
	must(t, err)
	if first.Name != name || !bytes.Equal(first.Content, book) {
		t.Errorf("%s has %d bytes, want %s with %d", first.Name, len(first.Content), name, len(book))
	}
	w.secrets = append(w.secrets, strings.Split(first.Path, "/")[4])
	fileHeaders(t, w.server, first.Path, book)
	tab.Download(`.lp-files [value="pdf"]`, t.TempDir())
	told(t, tab)
	counted := 0
	for _, event := range got(w.server.Export("events"))(t) {
		if event.Text("kind") == "content_downloaded" {
			counted++
		}
	}
	if counted != 1 {
		t.Errorf("the download is counted %d times", counted)
	}
}

// fileHeaders: a file is saved, not shown, kept by nobody on the way, and can be resumed.
func fileHeaders(t *testing.T, server *program.Program, path string, book []byte) {
	t.Helper()
	request := got(http.NewRequest(http.MethodGet, path, nil))(t)
	request.Header.Set("Range", "bytes=1000-1999")
	part := got(server.Client().Do(request))(t)
	if part.StatusCode != http.StatusPartialContent || part.Text != string(book[1000:2000]) {
		t.Errorf("a range answered %d with %d bytes", part.StatusCode, len(part.Text))
	}
	for name, want := range map[string]string{"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Accept-Ranges": "bytes"} {
		if value := part.Header.Get(name); !strings.Contains(value, want) {
			t.Errorf("%s: %q, want %s", name, value, want)
		}
	}
}

// visitorKeepsNothing: the visitor consented to mail, not to being known again.
func (w *walk) visitorKeepsNothing(t *testing.T) {
	if kept := w.visitor.Kept(); len(kept) > 0 {
		t.Errorf("the visitor's browser keeps %v", kept)
	}
	told(t, w.visitor)
}

// logNamesNobody: whatever happened, the log knows no person, no answer and no token (I11).
func (w *walk) logNamesNobody(t *testing.T) {
	log := w.server.Log()
	if !strings.Contains(log, `"serving"`) {
		t.Errorf("the log is not one: %q", log)
	}
	for _, secret := range append(w.secrets, w.name, w.email, w.typed, w.phone, w.company, salesperson, ownerEmail, ownerPassword) {
		if secret == "" || strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}
