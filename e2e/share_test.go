package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/e2e/scenes"
)

// A shop is a site of somebody else with what they pasted into it. It is called by two names, of which one is allowed.
type shop struct {
	allowed, stranger string
	pasted            string
}

func openShop(t *testing.T) *shop {
	s := &shop{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>%s`, s.pasted)
	}))
	t.Cleanup(site.Close)
	s.allowed = site.URL // with the server's own host the frame is of the page's process, where it can be looked into
	s.stranger = strings.Replace(site.URL, "127.0.0.1", "localhost", 1)
	return s
}

// A marketer allows a site, publishes, and copies the form from the page that shares it, as a frame and as plain HTML: on
// that site both bring leads, who come from there; on any other the frame stays empty, and the plain form asks for one more
// press on our own page (C4, C7, I1).
func TestEmbeddedSnippet(t *testing.T) {
	t.Parallel()
	server, shop := serveForms(t), openShop(t)
	marketer := sit(t, browser.Person{Site: server.URL, Language: "en"})
	n := nurturing{locale: "en", tab: marketer}
	n.enter(t, got(server.OwnerLink())(t))
	share := allow(t, marketer, shop.allowed)
	frame, plain := copied(t, marketer, share, "f-frame"), copied(t, marketer, share, "f-plain")

	if !strings.Contains(plain, server.URL+"/privacy") {
		t.Error("the plain form has no link to the privacy notice")
	}
	visitor := sit(t, browser.Person{Site: shop.allowed, Language: "en"})
	shop.pasted = frame
	visitor.Open("/")
	visitor.Until("the form is in the frame", func() bool { return strings.Contains(visitor.FrameText(), "What is it for?") })
	browser.InFrame[browser.Nothing](visitor, `document.querySelector("#f-name").value = "Nora Hale"; document.querySelector("#f-email").value = "framed@firm.example";
		document.querySelector("[value=study]").click(); document.querySelector("#get .btn--accent").click()`)
	visitor.Until("it thanks", func() bool { return strings.Contains(visitor.FrameText(), scenes.BoothCode) })
	shop.pasted = plain
	if status := sendPlain(visitor, "plain@firm.example"); status != http.StatusOK || !strings.Contains(visitor.Path(), "/p/one-en/thanks/") {
		t.Errorf("the plain form answered %d at %s: %s", status, visitor.Path(), visitor.Text("main"))
	}
	must(t, visitor.Err())
	for _, lead := range got(server.Export("leads"))(t) {
		if lead.Text("source") != "127.0.0.1" {
			t.Errorf("%s came from %q", lead.Text("email"), lead.Text("source"))
		}
	}
	refused(t, server, shop, frame, plain)
}

// allow writes the site down and publishes; it returns the path of the page for sharing.
func allow(t *testing.T, tab *browser.Tab, site string) (share string) {
	t.Helper()
	tab.Open("/admin/campaigns?q=one-en")
	tab.Press("tbody .cell a")
	tab.Press(".head__acts a[href$='/share']")
	share = tab.Path()
	tab.Fill("#f-origins", "shop")
	if status := tab.Press("form .btn--primary"); status != http.StatusUnprocessableEntity || !strings.Contains(tab.Text("#f-origins-error"), "shop") {
		t.Errorf("what is no site answered %d: %s", status, tab.Text(".errors"))
	}
	tab.Fill("#f-origins", site+"/offers?a=1")
	tab.Press("form .btn--primary")
	if kept := browser.Eval[string](tab, `document.querySelector("#f-origins").value`); kept != site {
		t.Errorf("kept is %q", kept)
	}
	tab.Press(".head__acts a[href$='/publish']")
	if status := tab.Press("form[action$='/publish'] .btn--primary"); status != http.StatusOK {
		t.Fatalf("publishing answered %d", status)
	}
	told(t, tab)
	return share
}

// copied presses the button beside a snippet, and pastes into a field what it copied.
func copied(t *testing.T, tab *browser.Tab, share, id string) string {
	t.Helper()
	tab.Open(share)
	tab.Click("[data-copy=" + id + "]")
	done := tab.Attr("[data-copy="+id+"]", "data-done")
	tab.Until("it is said that it is copied", func() bool { return done != "" && tab.Text("[data-copy="+id+"]") == done })
	tab.Fill("#f-origins", "")
	tab.Paste()
	pasted := browser.Eval[string](tab, `document.querySelector("#f-origins").value`)
	if shown := browser.Eval[string](tab, `document.getElementById(`+fmt.Sprintf("%q", id)+`).value`); pasted != shown || !strings.Contains(pasted, "/p/one-en") {
		t.Errorf("of %q is copied %q", shown, pasted)
	}
	told(t, tab)
	return pasted
}

// sendPlain fills the plain form in and sends it.
func sendPlain(tab *browser.Tab, email string) int {
	tab.Open("/")
	tab.Fill("[name=name]", "Nora Hale")
	tab.Fill("[name=email]", email)
	tab.Click("label:has([name=use][value=study])")
	tab.Choose("[name=province]", browser.Eval[string](tab, `document.querySelector("[name=province] option:nth-child(3)").value`))
	return tab.Press("form button")
}

// refused: on a site that was not allowed.
func refused(t *testing.T, server *program.Program, shop *shop, frame, plain string) {
	t.Helper()
	tab := sit(t, browser.Person{Site: shop.stranger, Language: "en"})
	shop.pasted = frame
	tab.Open("/")
	tab.Rest()
	if text := tab.FrameText(); strings.Contains(text, "What is it for?") {
		t.Errorf("in the frame stands %q", text)
	}
	if seen := strings.Join(tab.Noticed(), "\n"); !strings.Contains(seen, "frame-ancestors") {
		t.Errorf("the console says why in %q", seen)
	}
	shop.pasted = plain
	if status := sendPlain(tab, "stranger@firm.example"); status != http.StatusUnprocessableEntity || !strings.Contains(tab.Text(".lp-form .note"), "once more") {
		t.Errorf("the plain form answered %d at %s: %s", status, tab.Path(), tab.Text(".lp-form .note"))
	}
	if leads := got(server.Export("leads"))(t); len(leads) != 2 {
		t.Errorf("before that press there are %d leads", len(leads))
	}
	if email := browser.Eval[string](tab, `document.querySelector("#f-email").value`); email != "stranger@firm.example" {
		t.Errorf("the address in the form is %q", email)
	}
	if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.HasPrefix(tab.Path(), server.URL+"/p/one-en/thanks/") {
		t.Errorf("pressed once more it answered %d at %s", status, tab.Path())
	}
	must(t, tab.Err())
	for _, lead := range got(server.Export("leads"))(t) {
		if lead.Text("email") == "stranger@firm.example" && lead.Text("source") != "localhost" {
			t.Errorf("who came from elsewhere is counted as come from %q", lead.Text("source"))
		}
	}
}
