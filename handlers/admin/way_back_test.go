package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sarnakh/handlers"
	"sarnakh/models"
)

// Every address that takes a form leads whoever asks for it as a page to one that is there: by a reload after a mistake, by
// another language, or by a sign-in.
func TestEveryAddressLeadsToAPage(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	known := strings.NewReplacer(":id", w.playbook().ID.String(), ":block", "hero", ":name", "company", ":key", "x", ":number", "1")
	for _, e := range handlers.Table() {
		if e.Method != http.MethodPost || !strings.HasPrefix(e.Path, "/admin/") || strings.HasPrefix(e.Path, "/admin/setup/") || e.Path == "/admin/login" {
			continue
		}
		if a := p.get(known.Replace(e.Path)); a.status == http.StatusMethodNotAllowed {
			t.Errorf("%s answers %d", e.Path, a.status)
		}
	}
	at := w.campaignAt("/settings/page")
	p.post(at, url.Values{"card": {"none"}}).says(t, http.StatusUnprocessableEntity, `name="back" value="`+at+`"`)
	if a := p.post("/admin/locale", url.Values{"locale": {"fa"}, "back": {at}}); a.location != at {
		t.Fatal(a.location)
	}
	if a := p.get(at); a.location != w.campaignAt("/settings") {
		t.Errorf("%d %s", a.status, a.location)
	}
	if a := p.get("/admin/account/password"); a.location != "/admin/account" {
		t.Errorf("%d %s", a.status, a.location)
	}
}

// A way back leads nowhere but within the back office.
func TestTheWayBackIsOurs(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	for _, back := range []string{"https://evil.example/admin/x", "//evil.example/admin/x", "/admin/../p/playbook", `/admin/\evil.example`, "/adminx", "javascript:alert(1)"} {
		a := p.post(w.campaignAt("/undo"), url.Values{"back": {back}})
		if a.status != http.StatusSeeOther || !strings.HasPrefix(a.location, "/admin") || strings.Contains(a.location, "evil") && !strings.HasPrefix(a.location, "/admin/") {
			t.Errorf("%s leads to %s", back, a.location)
		}
	}
}
