package public_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/public/examples"
)

var assets = layout.Assets{
	Stylesheet: "/static/public.css", Theme: "/theme/1.css", Font: "/static/font.woff2",
	Icon: "/static/logo.svg", TouchIcon: "/static/touch.png", Script: "/s.js",
}

// page is one example, rendered and parsed.
type page struct {
	locale i18n.Locale
	name   string
	source string
	doc    *html.Node
}

func pages(t *testing.T) []page {
	t.Helper()
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	var out []page
	for _, locale := range i18n.Locales() {
		for _, e := range examples.All(i18n.For(locale), assets, now) {
			var b bytes.Buffer
			if err := e.Page.Render(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			doc, err := html.Parse(bytes.NewReader(b.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, page{locale, e.Name, b.String(), doc})
		}
	}
	return out
}

// eachPage runs a check on every page in both languages.
func eachPage(t *testing.T, check func(*testing.T, page)) {
	for _, p := range pages(t) {
		t.Run(string(p.locale)+"/"+p.name, func(t *testing.T) { check(t, p) })
	}
}

func example(t *testing.T, locale i18n.Locale, name string) page {
	t.Helper()
	for _, p := range pages(t) {
		if p.locale == locale && p.name == name {
			return p
		}
	}
	t.Fatalf("no example %s", name)
	return page{}
}

// all finds the elements of one of the names, in order.
func all(n *html.Node, names ...string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		for _, name := range names {
			if d.Type == html.ElementNode && d.Data == name {
				out = append(out, d)
			}
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func byID(n *html.Node, id string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && attr(d, "id") == id {
			return d
		}
	}
	return nil
}

// Structure that screen readers steer by.
func TestLandmarks(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		root := all(p.doc, "html")[0]
		if attr(root, "lang") != string(p.locale) || attr(root, "dir") != p.locale.Dir() {
			t.Errorf("lang %s, dir %s", attr(root, "lang"), attr(root, "dir"))
		}
		for _, name := range []string{"title", "h1", "header", "main", "footer"} {
			if (name == "header" || name == "footer") && strings.HasPrefix(p.name, "framed") {
				continue // the site around it has them
			}
			if found := all(p.doc, name); len(found) != 1 || text(found[0]) == "" {
				t.Errorf("%d %s, or an empty one", len(found), name)
			}
		}
		skip := all(p.doc, "a")[0]
		if byID(p.doc, strings.TrimPrefix(attr(skip, "href"), "#")) == nil {
			t.Errorf("the first link leads to %s, which is not there", attr(skip, "href"))
		}
	})
}

// Architecture decision 9: nothing in line, so that the policy can be strict without nonces.
func TestNothingInLine(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for d := range p.doc.Descendants() {
			for _, a := range d.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("<%s %s=%q>", d.Data, a.Key, a.Val)
				}
			}
			if d.Type == html.ElementNode && (d.Data == "style" || d.Data == "script" && attr(d, "src") == "" && attr(d, "type") != "application/ld+json") {
				t.Errorf("a <%s> in line", d.Data)
			}
		}
	})
}

// Every control can be reached by name, and every id is somebody's own.
func TestControlsAreNamed(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		ids, labelled := map[string]bool{}, map[string]bool{}
		for d := range p.doc.Descendants() {
			if id := attr(d, "id"); id != "" && ids[id] {
				t.Errorf("two elements have the id %s", id)
			} else if id != "" {
				ids[id] = true
			}
		}
		for _, l := range all(p.doc, "label") {
			if text(l) == "" {
				t.Errorf("an empty label for %s", attr(l, "for"))
			}
			labelled[attr(l, "for")] = true
			for _, c := range all(l, "input") {
				labelled[attr(c, "id")] = true
			}
		}
		for _, c := range all(p.doc, "input", "select", "textarea") {
			if attr(c, "type") != "hidden" && !labelled[attr(c, "id")] {
				t.Errorf("<%s name=%s> has no label", c.Data, attr(c, "name"))
			}
			for _, id := range strings.Fields(attr(c, "aria-describedby")) {
				if !ids[id] {
					t.Errorf("%s is described by %s, which is not there", attr(c, "name"), id)
				}
			}
		}
		for _, b := range all(p.doc, "button", "a") {
			if text(b) == "" && attr(b, "aria-label") == "" && len(all(b, "img")) == 0 {
				t.Errorf("<%s> says nothing", b.Data)
			}
		}
		for _, i := range all(p.doc, "img") {
			if !has(i, "alt") || attr(i, "width") == "" {
				t.Errorf("the picture %s has no alt or no size", attr(i, "src"))
			}
		}
	})
}

// Handlers cut the kept page where the token stands, so it stands once, and only in the form.
func TestTokenStandsOnce(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		want := 0
		if strings.HasPrefix(p.name, "landing") || p.name == "framed" || p.name == "framed-errors" || p.name == "booth" {
			want = 1
		}
		inForm := strings.Count(p.source, `<input type="hidden" name="_token" value="`+examples.Token+`"`)
		if got := strings.Count(p.source, examples.Token); got != want || inForm != want {
			t.Errorf("the token stands %d times, %d in the form; want %d", got, inForm, want)
		}
	})
}

// Every text is there in both languages; Persian is written with Persian digits and letters.
func TestLanguage(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		if strings.Contains(p.source, "⟦") {
			t.Errorf("a message is missing: %.80s", p.source[strings.Index(p.source, "⟦"):])
		}
		if p.locale == i18n.FA {
			if s := strayDigits(all(p.doc, "body")[0]); s != "" {
				t.Errorf("Latin digits in %q", s)
			}
			if strings.ContainsAny(text(p.doc), "يك") {
				t.Error("an Arabic ye or kaf")
			}
		}
	})
}

// strayDigits looks outside codes, addresses and other languages.
func strayDigits(n *html.Node) string {
	if n.Type == html.TextNode && strings.ContainsAny(n.Data, "0123456789") {
		return n.Data
	}
	if n.Data == "code" || n.Data == "script" || strings.Contains(attr(n, "class"), "ltr") || attr(n, "lang") == "en" {
		return ""
	}
	for c := range n.ChildNodes() {
		if s := strayDigits(c); s != "" {
			return s
		}
	}
	return ""
}

// C2: a landing page can be found and passed on; what belongs to one visitor cannot be found.
func TestHead(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		landing := strings.HasPrefix(p.name, "landing")
		for _, want := range []string{`rel="canonical"`, `hreflang="en"`, `property="og:title"`, `property="og:image"`, "application/ld+json"} {
			if strings.Contains(p.source, want) != landing {
				t.Errorf("%s: %v, want %v", want, !landing, landing)
			}
		}
		if strings.Contains(p.source, `content="noindex"`) == landing {
			t.Errorf("noindex: %v", landing)
		}
		for _, url := range []string{assets.Stylesheet, assets.Theme, assets.Font, assets.Icon, assets.TouchIcon, assets.Script} {
			if strings.Count(p.source, `"`+url+`"`) != 1 {
				t.Errorf("%s is not loaded once", url)
			}
		}
	})
}

// What a marketer writes cannot end the script element, and search engines still read it.
func TestLinkedDataIsSafe(t *testing.T) {
	p := example(t, i18n.EN, "landing")
	var script string
	for _, s := range all(p.doc, "script") {
		if attr(s, "type") == "application/ld+json" {
			script = s.FirstChild.Data
		}
	}
	var data layout.Linked
	if err := json.Unmarshal([]byte(script), &data); err != nil {
		t.Fatal(err)
	}
	if data.Type != "FAQPage" || len(data.MainEntity) != 3 || !strings.HasSuffix(data.MainEntity[2].Answer.Text, "</script><b>") {
		t.Errorf("%+v", data)
	}
	if strings.Contains(p.source, "</script><b>") {
		t.Error("an answer ended the script")
	}
}
