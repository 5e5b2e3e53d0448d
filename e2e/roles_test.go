package e2e

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sarnakh/e2e/program"
	"sarnakh/handlers"
	"sarnakh/models"
)

// nowhere stands for what an address names: nothing that is there, so that walking all of them changes nothing. A
// route with any other name in it has no path yet, and fails the test.
var nowhere = strings.NewReplacer(":id", "zzz", ":token", "zzz", ":key", "zzz", ":number", "99", ":block", "zzz", ":name", "zzz")

// office are the routes of the back office with an address that can be asked, signing out last.
func office(t *testing.T) []handlers.Entry {
	t.Helper()
	var out []handlers.Entry
	for _, r := range handlers.Table() {
		if strings.HasPrefix(r.Path, "/admin") {
			if r.Path = nowhere.Replace(r.Path); strings.ContainsAny(r.Path, ":*") {
				t.Errorf("%s %s: no path to walk it by", r.Method, r.Path)
			}
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b handlers.Entry) int { return last(a) - last(b) })
	return out
}

func last(r handlers.Entry) int {
	if r.Path == "/admin/logout" {
		return 1
	}
	return 0
}

func ask(t *testing.T, client *program.Client, r handlers.Entry, header ...string) program.Answer {
	t.Helper()
	request := got(http.NewRequest(r.Method, r.Path, nil))(t)
	if r.Method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if len(header) == 2 {
		request.Header.Set(header[0], header[1])
	}
	return got(client.Do(request))(t)
}

// signedIn is a client in the name of a new user with a role.
func signedIn(t *testing.T, server *program.Program, role models.Role) *program.Client {
	t.Helper()
	client := server.Client()
	link := got(server.AddUser(string(role)+"@firm.example", string(role), "Mina"))(t)
	must(t, client.SetPassword(link, url.Values{"password": {ownerPassword}}))
	return client
}

// atDoor tells that an answer sends to the door: a page is asked for again afterwards, a form is kept there.
func atDoor(a program.Answer) bool {
	return a.StatusCode == http.StatusUnauthorized || a.StatusCode == http.StatusSeeOther && strings.HasPrefix(a.Header.Get("Location"), "/admin/login")
}

// Every route of the back office, asked by everyone: who may not is refused, who is nobody is sent to the door,
// and who may is neither.
func TestRoles(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for _, r := range office(t) {
		if a := ask(t, server.Client(), r); len(r.Roles) > 0 != atDoor(a) {
			t.Errorf("%s %s answered nobody with %d to %q", r.Method, r.Path, a.StatusCode, a.Header.Get("Location"))
		}
	}
	for _, role := range models.Roles {
		client := signedIn(t, server, role)
		for _, r := range office(t) {
			may := len(r.Roles) == 0 || slices.Contains(r.Roles, role)
			a := ask(t, client, r)
			if refused := a.StatusCode == http.StatusForbidden; refused == may || a.StatusCode >= 500 || (atDoor(a) && last(r) == 0) {
				t.Errorf("%s %s answered the role %s with %d, allowed: %t", r.Method, r.Path, role, a.StatusCode, may)
			}
			if r.Method == http.MethodGet && len(r.Roles) > 0 {
				r.Method = http.MethodHead
				if head := ask(t, client, r); head.StatusCode != a.StatusCode || head.Text != "" {
					t.Errorf("HEAD %s answered the role %s with %d, GET with %d", r.Path, role, head.StatusCode, a.StatusCode)
				}
			}
		}
	}
}

// An analyst sees which campaigns there are and what came of each, and nobody's data: no other page of a campaign, no lead.
func TestAnalystsSeeResultsOnly(t *testing.T) {
	t.Parallel()
	server := serve(t)
	got(server.Client().Submit(form, url.Values{"name": {"Nora Hale"}, "email": {"nora@firm.example"}}))(t)
	client := signedIn(t, server, models.Analyst)
	list := got(client.Get("/admin/campaigns"))(t)
	results := got(client.Get(firstLink(t, list, "/admin/campaigns/", "/new")))(t)
	for _, page := range []program.Answer{list, results} {
		if page.StatusCode != http.StatusOK || strings.Contains(page.Text, "Nora Hale") || strings.Contains(page.Text, "nora@firm.example") {
			t.Errorf("%s answered %d, or names somebody", page.Request.URL.Path, page.StatusCode)
		}
		for _, a := range elements(t, page.Text, "a") {
			if href := a.attrs["href"]; strings.HasPrefix(href, "/admin/") && got(client.Get(href))(t).StatusCode == http.StatusForbidden {
				t.Errorf("%s leads to %s, which is refused", page.Request.URL.Path, href)
			}
		}
	}
	for _, r := range office(t) {
		below, found := strings.CutPrefix(r.Path, "/admin/campaigns")
		if found && slices.Contains(r.Roles, models.Analyst) && below != "" && below != "/zzz" {
			t.Errorf("an analyst may ask for %s", r.Path)
		}
	}
}

// A salesperson sees the leads that were handed over, and no others.
func TestSalespeopleSeeTheirLeads(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for email, hand := range map[string]string{"hot@firm.example": "1", "calm@firm.example": ""} {
		got(server.Client().Submit(form, url.Values{"name": {"Nora Hale"}, "email": {email}, "call_me": {hand}}))(t)
	}
	client := signedIn(t, server, models.Sales)
	list := got(client.Get("/admin/leads"))(t)
	for _, lead := range got(server.Export("leads"))(t) {
		path, want := "/admin/leads/"+lead.Text("id"), http.StatusForbidden
		if lead.Text("email") == "hot@firm.example" {
			want = http.StatusOK
		}
		if a := got(client.Get(path))(t); a.StatusCode != want || strings.Contains(list.Text, path) != (want == http.StatusOK) {
			t.Errorf("%s answered %d, want %d", lead.Text("email"), a.StatusCode, want)
		}
	}
}

// Another site can't send a form in a signed-in browser's name (decision 10).
func TestOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	server := serve(t)
	client := signedIn(t, server, models.Owner)
	for _, r := range office(t) {
		if r.Method != http.MethodPost {
			continue
		}
		for _, header := range [][]string{{"Origin", "https://elsewhere.example"}, {"Sec-Fetch-Site", "cross-site"}} {
			if a := ask(t, client, r, header...); a.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %s: %s answered %d", r.Path, header[0], header[1], a.StatusCode)
			}
		}
	}
	if a := got(client.Get("/admin/leads"))(t); a.StatusCode != http.StatusOK {
		t.Errorf("the owner has been signed out: %d", a.StatusCode)
	}
}

// What the back office refuses before it knows who asks is refused with a page too.
func TestRefusedAtTheDoor(t *testing.T) {
	t.Parallel()
	server := serve(t)
	large := got(server.Client().Post("/admin/login", url.Values{"email": {strings.Repeat("x", 400<<10)}}))(t)
	if large.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(large.Text, "<h1") {
		t.Errorf("a large form answered %d", large.StatusCode)
	}
	other := got(server.Client().Do(got(http.NewRequest(http.MethodDelete, "/admin/leads", nil))(t)))(t)
	if other.StatusCode != http.StatusNotFound || !strings.Contains(other.Text, "<h1") {
		t.Errorf("an unknown method answered %d", other.StatusCode)
	}
}

// A session's cookie is out of scripts' reach and no other site's requests carry it.
func TestSessionCookie(t *testing.T) {
	t.Parallel()
	server := serve(t)
	link := got(server.AddUser(ownerEmail, "owner", "Mina"))(t)
	a := got(server.Client().Post(link, url.Values{"password": {ownerPassword}}))(t)
	paths := map[string]string{"sarnakh": "/", "sarnakh_last": "/admin"} // the session, and who was last here
	if len(a.Cookies()) != len(paths) {
		t.Fatalf("cookies: %v", a.Cookies())
	}
	for _, c := range a.Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != paths[c.Name] || c.Domain != "" {
			t.Errorf("the cookie is %+v", c)
		}
	}
}
