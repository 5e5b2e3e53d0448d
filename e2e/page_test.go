package e2e

import (
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/program"

	"golang.org/x/net/html"
)

// element is one element of a page: its name and attributes.
type element struct {
	name  string
	attrs map[string]string
	text  string
}

// elements lists those of a name.
func elements(t *testing.T, page, name string) (out []element) {
	t.Helper()
	doc := got(html.Parse(strings.NewReader(page)))(t)
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != name {
			continue
		}
		e := element{name: name, attrs: map[string]string{}}
		for _, a := range n.Attr {
			e.attrs[a.Key] = a.Val
		}
		if n.FirstChild != nil {
			e.text = n.FirstChild.Data
		}
		out = append(out, e)
	}
	return out
}

// attrOf is an attribute of the element that has another attribute's value.
func attrOf(list []element, by, value, want string) string {
	for _, e := range list {
		if e.attrs[by] == value {
			return e.attrs[want]
		}
	}
	return ""
}

// A page says what it is to search engines, and to where its address is passed on (C2).
func TestPageDescribesItself(t *testing.T) {
	t.Parallel()
	server := serve(t)
	const path = "/p/rahnama"
	page := got(server.Client().Get(path))(t)
	links, metas := elements(t, page.Text, "link"), elements(t, page.Text, "meta")
	for _, c := range []struct{ what, got, want string }{
		{"canonical", attrOf(links, "rel", "canonical", "href"), server.URL + path},
		{"hreflang fa", attrOf(links, "hreflang", "fa", "href"), server.URL + path},
		{"hreflang en", attrOf(links, "hreflang", "en", "href"), server.URL + "/p/playbook"},
		{"robots", attrOf(metas, "name", "robots", "content"), "noindex"}, // until its owner has touched it
		{"og:url", attrOf(metas, "property", "og:url", "content"), server.URL + path},
		{"og:locale", attrOf(metas, "property", "og:locale", "content"), "fa_IR"},
		{"og:title", attrOf(metas, "property", "og:title", "content"), elements(t, page.Text, "title")[0].text},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	image := strings.TrimPrefix(attrOf(metas, "property", "og:image", "content"), server.URL)
	if a := got(server.Client().Get(image))(t); a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Type"), "image/") {
		t.Errorf("the shared image %q answered %d", image, a.StatusCode)
	}
	var linked struct {
		URL        string `json:"url"`
		Publisher  struct{ URL string }
		MainEntity []any
	}
	for _, script := range elements(t, page.Text, "script") {
		if script.attrs["type"] == "application/ld+json" {
			must(t, json.Unmarshal([]byte(script.text), &linked))
		}
	}
	if linked.URL != server.URL+path || linked.Publisher.URL != server.URL+"/" || len(linked.MainEntity) != 4 {
		t.Errorf("linked data: %+v", linked)
	}
}

// Looking at pages writes nothing and leaves nothing behind (C2, decision 8).
func TestLookingWritesNothing(t *testing.T) {
	t.Parallel()
	server := serve(t)
	before := quiet(t, server)
	client := server.Client()
	for range 50 {
		for _, path := range []string{"/p/rahnama?utm_source=x&gclid=y", "/p/playbook"} {
			page := got(client.Get(path))(t)
			if page.StatusCode != http.StatusOK || len(page.Cookies()) > 0 || page.Header.Get("Set-Cookie") != "" {
				t.Fatalf("%s answered %d with cookies %v", path, page.StatusCode, page.Cookies())
			}
		}
	}
	time.Sleep(1500 * time.Millisecond) // what is batched is written once a second
	if quiet(t, server) != before {
		t.Error("the database has changed")
	}
}

// quiet is the sum of the database's files, when two looks at them see the same.
func quiet(t *testing.T, server *program.Program) [sha256.Size]byte {
	t.Helper()
	sum := func() [sha256.Size]byte {
		db := got(os.ReadFile(filepath.Join(server.Dir, "sarnakh.db")))(t)
		log, _ := os.ReadFile(filepath.Join(server.Dir, "sarnakh.db-wal")) // not there when it is all in the file
		return sha256.Sum256(append(db, log...))
	}
	for range 20 {
		first := sum()
		time.Sleep(300 * time.Millisecond)
		if sum() == first {
			return first
		}
	}
	t.Fatal("the database never rests")
	return [sha256.Size]byte{}
}

// Addresses answer as interface.md says.
func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for _, c := range []struct {
		path   string
		status int
		says   string
	}{
		{"/", 200, "/p/rahnama"},
		{"/p/rahnama", 200, "_token"},
		{"/p/playbook?utm_source=x", 200, "_token"},
		{"/p/nobody", 404, "<h1"},
		{"/p/rahnama/thanks/x", 404, "<h1"},
		{"/d/x", 404, "<h1"},
		{"/d/x/file/y/z.pdf", 404, "<h1"},
		{"/nothing", 404, "<h1"},
		{"/admin/nothing", 404, "<h1"},
		{"/privacy", 200, "<h1"},
		{"/robots.txt", 200, "Disallow: /admin"},
		{"/robots.txt", 200, "Sitemap: " + server.URL + "/sitemap.xml"},
		{"/sitemap.xml", 200, "<urlset"},
		{"/s.js", 200, "sendBeacon"},
		{"/healthz", 200, "ok"},
		{"/readyz", 200, "ready"},
	} {
		a := got(server.Client().Get(c.path))(t)
		if a.StatusCode != c.status || !strings.Contains(a.Text, c.says) {
			t.Errorf("%s answered %d, want %d with %q", c.path, a.StatusCode, c.status, c.says)
		}
		head := got(server.Client().Do(got(http.NewRequest(http.MethodHead, c.path, nil))(t)))(t)
		if head.StatusCode != c.status || head.Text != "" {
			t.Errorf("HEAD %s answered %d with %d bytes", c.path, head.StatusCode, len(head.Text))
		}
	}
	// The starters are not to be indexed until their owner has made them their own.
	if a := got(server.Client().Get("/sitemap.xml"))(t); strings.Contains(a.Text, "/p/") {
		t.Errorf("the starters are in the sitemap: %s", a.Text)
	}
	if script := got(server.Client().Get("/s.js"))(t); len(script.Text) > 2048 {
		t.Errorf("the script has %d bytes", len(script.Text))
	}
}

// What every answer says to browsers (decision 9), whatever it answers.
func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for _, path := range []string{"/", "/p/rahnama", "/p/nobody", "/admin/login", "/admin/leads", "/static/none.css", "/s.js", "/healthz"} {
		a := got(server.Client().Get(path))(t)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "strict-origin-when-cross-origin", "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
			"Permissions-Policy": "camera=()",
		} {
			if value := a.Header.Get(name); !strings.Contains(value, want) {
				t.Errorf("%s: %s is %q", path, name, value)
			}
		}
		if strings.Contains(a.Header.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: the policy is not strict", path)
		}
		if a.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: asks for https where there is none", path)
		}
	}
}
