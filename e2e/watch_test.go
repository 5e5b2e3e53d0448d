package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
)

// faulty is a page that breaks every law which the tests look for.
const faulty = `<!doctype html><html lang="en"><head><title>Faulty</title></head><body><h1>Faulty</h1>
<p class="wide">wide</p><p class="pale">pale</p><img src="ELSEWHERE/p.png" alt="">
<style>.wide { width: 900px } .pale { color: #ddd; background: #fff }</style>
<script src="/missing.js"></script><script>localStorage.setItem("x", "y"); console.warn("careful"); throw new Error("broken")</script></body></html>`

// Laws are worth as much as the eyes that watch over them: each fault is seen.
func TestFaultsAreSeen(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	defer elsewhere.Close()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "known", Value: "1"})
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", "style-src 'self' 'unsafe-inline'; img-src *; font-src 'none'")
		_, _ = w.Write([]byte(strings.Replace(faulty, "ELSEWHERE", elsewhere.URL, 1)))
	}))
	defer site.Close()
	tab := sit(t, browser.Person{Site: site.URL, Language: "en"})
	tab.Resize(browser.Narrow)
	tab.Open("/")
	tab.Rest()
	browser.Eval[browser.Nothing](tab, `document.head.insertAdjacentHTML("beforeend", "<style>@font-face { font-family: F; src: url(/f.woff2) } h1 { font-family: F }</style>")`)
	sideways, found, kept := strings.Join(tab.Sideways(), "\n"), strings.Join(tab.Axe(axe, browser.AllRules), "\n"), strings.Join(tab.Kept(), "\n")
	must(t, tab.Err())
	noticed := strings.Join(tab.Noticed(), "\n")
	for _, c := range []struct{ what, where, want string }{
		{"width", sideways, "p.wide"},
		{"contrast", found, "color-contrast: .pale"},
		{"cookie", kept, "cookie known"},
		{"storage", kept, "1 values"},
		{"console", noticed, "careful"},
		{"exception", noticed, "exception"},
		{"foreign request", noticed, "request to elsewhere: " + elsewhere.URL},
		{"missing file", noticed, site.URL + "/missing.js"},
		{"security policy", noticed, "font-src"},
	} {
		if !strings.Contains(c.where, c.want) {
			t.Errorf("%s is not seen: %q", c.what, c.where)
		}
	}
}
