package e2e

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/i18n"
	"sarnakh/links"
	"sarnakh/models"

	"golang.org/x/net/html"
)

// A subscriber ticked the box and has the links of their mail.
type subscriber struct {
	*program.Client
	server *program.Program
	email  string
	links  *links.Links
	ref    links.Ref // of the delivery mail
}

// subscribe sends a form with the box ticked.
func subscribe(t *testing.T, server *program.Program, page, email string, more ...string) *subscriber {
	t.Helper()
	answers := url.Values{"name": {"Nora Hale"}, "email": {email}, "consent.newsletter": {"1"}}
	for pair := range slices.Chunk(more, 2) {
		answers.Set(pair[0], pair[1])
	}
	got(server.Client().Submit(page, answers))(t)
	s := &subscriber{Client: server.Client(), server: server, email: email, links: got(server.Links())(t)}
	for _, m := range settled(t, server) {
		if m.Text("to") == email && m.Text("kind") == string(models.MailDelivery) {
			s.ref = links.Ref{Message: got(models.ParseID(m.Text("id")))(t), Lead: got(models.ParseID(m.Text("lead_id")))(t)}
		}
	}
	if s.ref.Message == 0 {
		t.Fatalf("no mail to %s", email)
	}
	return s
}

// settled are the mails, once none is under way.
func settled(t *testing.T, server *program.Program) []program.Row {
	t.Helper()
	for range 100 {
		mails := got(server.Export("messages"))(t)
		if !slices.ContainsFunc(mails, func(m program.Row) bool { return m.Text("state") == "queued" || m.Text("state") == "sending" }) {
			return mails
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("mails are not sent")
	return nil
}

// confirmed presses the button. Who never did is written to once a day at most, whatever they ask for.
func (s *subscriber) confirmed(t *testing.T) *subscriber {
	t.Helper()
	if a := got(s.Post(s.links.Confirm(s.at(0)), nil))(t); a.StatusCode != http.StatusOK {
		t.Fatalf("confirming answered %d", a.StatusCode)
	}
	return s
}

func (s *subscriber) at(age time.Duration) links.Ref {
	ref := s.ref
	ref.At = time.Now().Add(-age)
	return ref
}

// said are the decisions on the newsletter, oldest first, with how each was made.
func (s *subscriber) said(t *testing.T) (out []string) {
	t.Helper()
	for _, c := range got(s.server.Export("consents"))(t) {
		if c.Text("lead_id") == s.ref.Lead.String() && c.Text("purpose") == "newsletter" {
			out = append(out, c.Text("decision")+" "+c.Text("method"))
		}
	}
	return out
}

func (s *subscriber) says(t *testing.T, want ...string) {
	t.Helper()
	if is := s.said(t); !slices.Equal(is, want) {
		t.Errorf("recorded are %q, want %q", is, want)
	}
}

// owed counts the mails of a kind.
func (s *subscriber) owed(t *testing.T, kind models.MessageKind) (n int) {
	t.Helper()
	for _, m := range got(s.server.Export("messages"))(t) { // sent, or waiting for the next day
		if m.Text("kind") == string(kind) && m.Text("to") == s.email {
			n++
		}
	}
	return n
}

// private: nothing on the way keeps a page whose address is a secret, and it sets nothing (promises "Consent and
// privacy").
func private(t *testing.T, what string, a program.Answer, status int) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("%s answered %d, want %d", what, a.StatusCode, status)
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex",
		"Set-Cookie": "", "X-Content-Type-Options": "nosniff", "Location": ""} {
		if value := a.Header.Get(name); value != want {
			t.Errorf("%s: %s is %q, want %q", what, name, value, want)
		}
	}
}

// A button asks once more, does it once, and is a success ever after (C6).
func TestConfirm(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example")
	address := s.links.Confirm(s.at(time.Hour))
	page := got(s.Get(address))(t)
	private(t, "GET", page, 200)
	for _, part := range []string{"n•••@firm.example", "<blockquote", `method="post"`} {
		if !strings.Contains(page.Text, part) {
			t.Errorf("the page does not say %s", part)
		}
	}
	s.says(t, "given form")
	if strings.Contains(page.Text, "/d/") {
		t.Error("the gift is there before the button")
	}
	for range 2 {
		done := got(s.Post(address, nil))(t)
		private(t, "POST", done, 200)
		s.says(t, "given form", "confirmed link")
		s.takes(t, done)
	}
	if again := got(s.Get(address))(t); again.StatusCode != 200 || strings.Contains(again.Text, "/d/") || strings.Contains(again.Text, "<form") || !strings.Contains(again.Text, "/p/playbook") {
		t.Errorf("afterwards it shows %s", again.Text)
	}
	persian := got(s.Get(address + "?lang=fa"))(t)
	if html := elements(t, persian.Text, "html")[0]; html.attrs["lang"] != "fa" || html.attrs["dir"] != "rtl" {
		t.Errorf("in Persian it is in %v", html.attrs)
	}
}

// takes downloads the book by the buttons of a page.
func (s *subscriber) takes(t *testing.T, page program.Answer) {
	t.Helper()
	for _, form := range elements(t, page.Text, "form") {
		if action := form.attrs["action"]; strings.HasPrefix(action, "/d/") {
			if a := got(s.Post(action, url.Values{"file": {"pdf"}}))(t); a.StatusCode != http.StatusSeeOther || !strings.HasSuffix(a.Header.Get("Location"), ".pdf") {
				t.Errorf("its button answered %d, %s", a.StatusCode, a.Header.Get("Location"))
			}
			return
		}
	}
	t.Errorf("no way to the gift: %s", page.Text)
}

// Whoever asks for their data gets the link at once, though they never confirmed and had another mail today.
func TestMyDataIsNotHeldBack(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example")
	private(t, "asking", got(s.Post("/my-data", url.Values{"email": {s.email}}))(t), 200)
	for _, m := range settled(t, server) {
		if m.Text("kind") == string(models.MailMyData) && m.Text("state") != "sent" {
			t.Errorf("the link is %s", m.Text("state"))
		}
	}
	if n := s.owed(t, models.MailMyData); n != 1 {
		t.Errorf("%d links were mailed", n)
	}
}

// A button that is too old offers a fresh one, which is mailed once an hour however often it is asked for.
func TestConfirmTooLate(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example")
	address := s.links.Confirm(s.at(49 * time.Hour))
	if a := got(s.Get(address))(t); a.StatusCode != 200 || !strings.Contains(a.Text, `name="fresh"`) {
		t.Errorf("an old button shows %s", a.Text)
	}
	private(t, "POST", got(s.Post(address, nil))(t), 200)
	s.says(t, "given form")
	for range 2 {
		if a := got(s.Post(address, url.Values{"fresh": {"1"}}))(t); a.StatusCode != 200 || strings.Contains(a.Text, "<form") {
			t.Errorf("a fresh one answered %d: %s", a.StatusCode, a.Text)
		}
	}
	if n := s.owed(t, models.MailConfirm); n != 1 {
		t.Errorf("%d fresh buttons were mailed", n)
	}
	s.says(t, "given form")
}

// The button of a mail program stops the mails, in either encoding and any number of times, without cookie and
// without redirect (RFC 8058).
func TestOneClick(t *testing.T) {
	t.Parallel()
	server := serve(t)
	multi, multiType := multipartBody(t, func(m *multipart.Writer) error { return m.WriteField("List-Unsubscribe", "One-Click") })
	for kind, body := range map[string]string{"application/x-www-form-urlencoded": "List-Unsubscribe=One-Click", multiType: string(multi)} {
		s := subscribe(t, server, form, fmt.Sprintf("nora%d@firm.example", len(kind))).confirmed(t)
		for range 2 {
			r := got(http.NewRequest(http.MethodPost, s.links.Unsubscribe(s.ref), strings.NewReader(body)))(t)
			r.Header.Set("Content-Type", kind)
			a := got(s.Do(r))(t)
			private(t, kind, a, 200)
			if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/plain") {
				t.Errorf("%s answered with %s", kind, a.Header.Get("Content-Type"))
			}
			s.says(t, "given form", "confirmed link", "withdrawn one_click")
		}
	}
}

// By hand it takes a page and a button; the way back leads to the choices and changes nothing by itself.
func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example").confirmed(t)
	address := s.links.Unsubscribe(s.ref)
	private(t, "GET", got(s.Get(address))(t), 200)
	s.says(t, "given form", "confirmed link")
	done := got(s.Post(address, nil))(t)
	private(t, "POST", done, 200)
	s.says(t, "given form", "confirmed link", "withdrawn page")
	var ways []string
	for _, a := range elements(t, done.Text, "a") {
		if strings.HasPrefix(a.attrs["href"], "/prefs/") {
			ways = append(ways, a.attrs["href"])
		}
	}
	if len(ways) != 2 || got(s.Get(ways[0]))(t).StatusCode != 200 {
		t.Errorf("the page leads to %q", ways)
	}
	s.says(t, "given form", "confirmed link", "withdrawn page")
	// Whatever is posted there means stop.
	r := got(http.NewRequest(http.MethodPost, address, nil))(t)
	private(t, "POST without a body", got(s.Do(r))(t), 200)
}

// The choices show what was said, keep what is chosen, and stop all mail at once (C6).
func TestPreferences(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example")
	address := s.links.Preferences(s.ref)
	ticked := func(a program.Answer) bool {
		for _, e := range elements(t, a.Text, "input") {
			if _, on := e.attrs["checked"]; e.attrs["name"] == "purpose.newsletter" {
				return on
			}
		}
		t.Fatalf("no switch for the newsletter: %s", a.Text)
		return false
	}
	steps := []struct {
		what string
		form url.Values
		on   bool
		said string
	}{
		{"saving what was ticked", url.Values{"purpose.newsletter": {"1"}}, true, "confirmed page"},
		{"saving it again", url.Values{"purpose.newsletter": {"1"}}, true, ""},
		{"taking it back", url.Values{}, false, "withdrawn page"},
		{"and again", url.Values{"purpose.newsletter": {"1"}}, true, "confirmed page"},
		{"stopping all mail", url.Values{"purpose.newsletter": {"1"}, "stop": {"1"}}, false, "withdrawn page"},
		{"a purpose that nobody asked about", url.Values{"purpose.world": {"1"}}, false, ""},
	}
	want := []string{"given form"}
	if a := got(s.Get(address))(t); !ticked(a) {
		t.Error("what was ticked is not")
	}
	for _, step := range steps {
		a := got(s.Post(address, step.form))(t)
		private(t, step.what, a, 200)
		if ticked(a) != step.on || ticked(got(s.Get(address))(t)) != step.on {
			t.Errorf("%s: the switch is wrong", step.what)
		}
		if step.said != "" {
			want = append(want, step.said)
		}
		s.says(t, want...)
	}
}

// Text that is no token of ours is a page that was not found, whatever it was a token of; and the wrong method is no
// fault of ours.
func TestTokensOfElsewhere(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example")
	other := strings.TrimPrefix(s.links.Click(s.at(0)), "/c/")
	for _, path := range []string{"/confirm/x", "/u/x", "/prefs/x", "/my-data?token=x", "/confirm/" + other, "/u/" + other, "/prefs/" + other, "/my-data?token=" + other} {
		private(t, path, got(s.Get(path))(t), 404)
		if strings.HasPrefix(path, "/my-data") {
			private(t, path, got(s.Post("/my-data", url.Values{"token": {"x"}, "erase": {"2"}}))(t), 404)
			continue
		}
		a := got(s.Post(path, url.Values{"List-Unsubscribe": {"One-Click"}, "fresh": {"1"}}))(t)
		private(t, path, a, 404)
	}
	s.says(t, "given form")
}

// Known or not, an address gets the same answer; asked for too often, words that say when again.
func TestMyDataTellsNobody(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example").confirmed(t)
	ask := func(address string) program.Answer { return got(s.Post("/my-data", url.Values{"email": {address}}))(t) }
	known, unknown := ask(s.email), ask("nobody@firm.example")
	private(t, "a known address", known, 200)
	private(t, "an unknown address", unknown, 200)
	if known.Text != unknown.Text {
		t.Error("the answers differ")
	}
	if n := s.owed(t, models.MailMyData); n != 1 || len(settled(t, server)) != 2 {
		t.Errorf("%d links were mailed", n)
	}
	for _, wrong := range []string{"", "nora@", "nora at firm"} {
		a := ask(wrong)
		private(t, wrong, a, 422)
		field := elements(t, a.Text, "input")[0]
		if field.attrs["aria-invalid"] != "true" || field.attrs["value"] != wrong || !strings.Contains(a.Text, "<title>Error: ") && !strings.Contains(a.Text, "<title>خطا: ") {
			t.Errorf("%q came back as %v", wrong, field.attrs)
		}
	}
	var last program.Answer
	for i := range 12 {
		last = ask(fmt.Sprintf("nobody%d@firm.example", i))
	}
	if last.StatusCode != http.StatusTooManyRequests || last.Header.Get("Retry-After") == "" || !strings.Contains(last.Text, `role="alert"`) {
		t.Errorf("after many it answered %d", last.StatusCode)
	}
}

// What is kept can be read and taken away; no cell of the table is a formula. Erasing takes two steps, and then there
// is nothing.
func TestMyData(t *testing.T) {
	t.Parallel()
	server := serve(t)
	const formula = `=HYPERLINK("http://x.example")`
	s := subscribe(t, server, form, "nora@firm.example", "company", formula)
	address := s.links.MyData(s.at(time.Hour))
	page := got(s.Get(address))(t)
	private(t, "GET", page, 200)
	for _, part := range []string{"Nora Hale", "HYPERLINK", "nora@firm.example", "<blockquote", `name="erase"`} {
		if !strings.Contains(page.Text, part) {
			t.Errorf("the page does not say %s", part)
		}
	}
	file := got(s.Get(address + "&format=json"))(t)
	attachment(t, file, "application/json", "my-data.json")
	var kept map[string][]map[string]string
	must(t, json.Unmarshal([]byte(file.Text), &kept))
	if len(kept["person"]) != 1 || kept["person"][0]["email"] != s.email || len(kept["form"]) != 1 || kept["form"][0]["answer.company"] != formula ||
		kept["consent"][0]["text"] == "" || len(kept["email"]) != 1 || len(kept["event"]) == 0 {
		t.Errorf("the file holds %v", kept)
	}
	table := got(s.Get(address + "&format=csv"))(t)
	attachment(t, table, "text/csv; charset=utf-8", "my-data.csv")
	found := false
	for _, row := range got(csv.NewReader(strings.NewReader(table.Text)).ReadAll())(t) {
		for _, cell := range row {
			found = found || cell == "'"+formula
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a formula: %q", row)
			}
		}
	}
	if !found {
		t.Error("the answer is not in the table")
	}
	s.erases(t, strings.TrimPrefix(address, "/my-data?token="))
}

func attachment(t *testing.T, a program.Answer, kind, name string) {
	t.Helper()
	private(t, name, a, 200)
	if a.Header.Get("Content-Type") != kind || a.Header.Get("Content-Disposition") != `attachment; filename="`+name+`"` {
		t.Errorf("%s: %v", name, a.Header)
	}
}

func (s *subscriber) erases(t *testing.T, token string) {
	t.Helper()
	sure := got(s.Post("/my-data", url.Values{"token": {token}, "erase": {"1"}}))(t)
	private(t, "the question", sure, 200)
	if !strings.Contains(sure.Text, `value="2"`) || len(s.said(t)) != 1 {
		t.Errorf("the question is %s", sure.Text)
	}
	for range 2 {
		private(t, "erasing", got(s.Post("/my-data", url.Values{"token": {token}, "erase": {"2"}}))(t), 200)
	}
	for _, table := range []string{"leads", "submissions", "consents", "events", "messages"} {
		for _, row := range got(s.server.Export(table))(t) {
			if raw := got(json.Marshal(row))(t); strings.Contains(string(raw), s.email) || row.Text("lead_id") == s.ref.Lead.String() {
				t.Errorf("%s still has %s", table, raw)
			}
		}
	}
	for _, address := range []string{s.links.MyData(s.at(0)), s.links.Confirm(s.at(0)), s.links.Unsubscribe(s.ref), s.links.Preferences(s.ref)} {
		a := got(s.Get(address))(t)
		private(t, "afterwards", a, 200)
		if strings.Contains(a.Text, "<form") {
			t.Errorf("afterwards there is a button: %s", a.Text)
		}
	}
	r := got(http.NewRequest(http.MethodPost, s.links.Unsubscribe(s.ref), strings.NewReader("List-Unsubscribe=One-Click")))(t)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	private(t, "one click afterwards", got(s.Do(r))(t), 200)
}

// A link to one's data works for a day; then its page mails a fresh one.
func TestMyDataTooLate(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := subscribe(t, server, form, "nora@firm.example").confirmed(t)
	late := s.links.MyData(s.at(25 * time.Hour))
	token := strings.TrimPrefix(late, "/my-data?token=")
	for _, path := range []string{late, late + "&format=json", late + "&format=csv"} {
		a := got(s.Get(path))(t)
		private(t, path, a, 200)
		if strings.Contains(a.Text, "Nora") || !strings.Contains(a.Text, `name="fresh"`) {
			t.Errorf("%s shows %s", path, a.Text)
		}
	}
	got(s.Post("/my-data", url.Values{"token": {token}, "erase": {"2"}}))(t)
	s.says(t, "given form", "confirmed link")
	private(t, "a fresh one", got(s.Post("/my-data", url.Values{"token": {token}, "fresh": {"1"}}))(t), 200)
	if n := s.owed(t, models.MailMyData); n != 1 {
		t.Errorf("%d links were mailed", n)
	}
}

var headerLink = regexp.MustCompile(`List-Unsubscribe:\s*(?:&lt;|<)([^&>]+)`)

// linksOf are the addresses of this server in a mail, as the built-in mailbox has it.
func linksOf(t *testing.T, owner *program.Client, site, id string) (out []string) {
	t.Helper()
	mail := got(owner.Get("/admin/mailbox/" + id + "/html"))(t)
	for _, a := range elements(t, mail.Text, "a") {
		if path, ours := strings.CutPrefix(a.attrs["href"], site); ours {
			out = append(out, path)
		}
	}
	raw := html.UnescapeString(got(owner.Get("/admin/mailbox/" + id + "/raw"))(t).Text)
	if found := headerLink.FindStringSubmatch(raw); found != nil {
		out = append(out, strings.TrimPrefix(found[1], site))
	}
	return out
}

// A scanner that opens every link of every mail, with GET and with HEAD, changes nothing (promises "Mail").
func TestScannerOfMailChangesNothing(t *testing.T) {
	t.Parallel()
	server := serve(t, "sales.notify="+salesperson)
	subscribe(t, server, form, "omar@firm.example")
	s := subscribe(t, server, form, "nora@firm.example", "call_me", "1").confirmed(t)
	got(s.Post("/my-data", url.Values{"email": {s.email}}))(t)
	owner := signedIn(t, server, models.Owner)
	mails, opened := settled(t, server), map[string]bool{}
	before := everything(t, server)
	for _, m := range mails {
		for _, path := range linksOf(t, owner, server.URL, m.Text("id")) {
			if strings.HasPrefix(path, "/admin") {
				continue
			}
			opened[regexp.MustCompile(`^/[a-z-]+`).FindString(path)] = true
			for _, method := range []string{http.MethodHead, http.MethodGet} {
				a := got(server.Client().Do(got(http.NewRequest(method, path, nil))(t)))(t)
				if a.StatusCode >= 400 || a.Header.Get("Set-Cookie") != "" {
					t.Errorf("%s %s answered %d", method, path, a.StatusCode)
				}
			}
		}
	}
	for _, want := range []string{"/d", "/confirm", "/my-data"} {
		if !opened[want] {
			t.Errorf("no mail leads to %s: %v", want, opened)
		}
	}
	for _, path := range []string{s.links.Unsubscribe(s.ref), s.links.Preferences(s.ref)} {
		got(server.Client().Get(path))(t)
	}
	time.Sleep(1500 * time.Millisecond) // what is batched is written once a second
	for table, rows := range everything(t, server) {
		if rows != before[table] {
			t.Errorf("%s has changed from\n%s\nto\n%s", table, before[table], rows)
		}
	}
}

// everything is what the exports hold, but for the audit of the reader.
func everything(t *testing.T, server *program.Program) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, table := range []string{"leads", "submissions", "consents", "events", "messages", "coupons"} {
		out[table] = string(got(json.Marshal(got(server.Export(table))(t)))(t))
	}
	return out
}

// A person's way through their rights in a browser, in both languages, with script and without: each button's answer
// has the focus, and the pages keep nothing (C6).
func TestRightsInTheBrowser(t *testing.T) {
	for _, way := range walks {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", way.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				server := serve(t, "locale="+way.locale)
				s := subscribe(t, server, way.page, way.email)
				tab := sit(t, browser.Person{Site: server.URL, Language: way.locale, NoScript: noScript})
				tab.Resize(browser.Phone)
				answered := func(status int) {
					t.Helper()
					if focus := focused(tab); status != 200 || focus != "H1" {
						t.Errorf("%d with the focus on %s: %s", status, focus, tab.Text("main"))
					}
					if dir := tab.Attr("html", "dir"); tab.Attr("html", "lang") != way.locale || dir != i18n.Locale(way.locale).Dir() {
						t.Errorf("the page runs %s", dir)
					}
					told(t, tab)
				}
				tab.Open(s.links.Confirm(s.at(0)))
				answered(tab.Press("main .btn--accent"))
				tab.Open(s.links.Preferences(s.ref))
				tab.Click("label:has([name='purpose.newsletter'])")
				answered(tab.Press("main .btn--accent"))
				if tab.Has("[name='purpose.newsletter']:checked") {
					t.Error("it is still on")
				}
				tab.Click("label:has([name='purpose.newsletter'])")
				answered(tab.Press("main .btn--accent"))
				tab.Open(s.links.Unsubscribe(s.ref))
				answered(tab.Press("main .btn--accent"))
				s.says(t, "given form", "confirmed link", "withdrawn page", "confirmed page", "withdrawn page")
				tab.Press(".lp-foot a[href^='/my-data']")
				tab.Fill("#f-email", way.email)
				answered(tab.Press("main .btn--accent"))
				tab.Open(s.links.MyData(s.at(0)))
				if text := tab.Text("main"); !strings.Contains(text, way.email) {
					t.Errorf("what is kept: %s", text)
				}
				answered(tab.Press("main .btn--danger"))
				answered(tab.Press("main .btn--danger"))
				if kept := tab.Kept(); len(kept) > 0 {
					t.Errorf("the browser keeps %v", kept)
				}
				told(t, tab)
			})
		}
	}
}

// focused is the name of what has the focus, which a page gives only when it is drawn.
func focused(tab *browser.Tab) (name string) {
	for range 20 {
		if name = browser.Eval[string](tab, "document.activeElement.tagName"); name != "BODY" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return name
}
