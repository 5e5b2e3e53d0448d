package admin_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"sarnakh/i18n"
	"sarnakh/templates/admin/examples"
	"sarnakh/templates/layout"
)

var now = time.Date(2026, 11, 21, 10, 54, 0, 0, time.FixedZone("+0330", 12600))

// eachPage runs a test over every example in both languages.
func eachPage(t *testing.T, test func(t *testing.T, page page)) {
	assets := layout.Assets{Stylesheet: "/static/admin.css", Font: "/static/font.woff2", Icon: "/static/logo.svg", TouchIcon: "/static/touch.png"}
	for _, locale := range i18n.Locales() {
		for _, e := range examples.All(i18n.For(locale), assets, layout.ThemeSystem, now) {
			t.Run(string(locale)+"/"+e.Name, func(t *testing.T) {
				var b bytes.Buffer
				if err := e.Page.Render(t.Context(), &b); err != nil {
					t.Fatal(err)
				}
				test(t, page{locale: locale, name: e.Name, source: b.String(), tags: read(t, b.String())})
			})
		}
	}
}

// page is an example as a browser gets it.
type page struct {
	locale i18n.Locale
	name   string
	source string
	tags   []tag
}

// tag is an element that begins, or a text, with the elements around it.
type tag struct {
	name string
	attr map[string]string
	text string
	in   []tag
}

func (g tag) within(match func(tag) bool) bool { return slices.ContainsFunc(g.in, match) }

func (g tag) has(class string) bool { return slices.Contains(strings.Fields(g.attr["class"]), class) }

var void = []string{"meta", "link", "input", "wbr", "br", "img", "hr"}

// read fails where an element is not closed in the order of opening: browsers forgive that, each in its way.
func read(t *testing.T, source string) (tags []tag) {
	t.Helper()
	var open []tag
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("<%s> is never closed", open[len(open)-1].name)
			}
			return tags
		case html.TextToken:
			tags = append(tags, tag{text: z.Token().Data, in: slices.Clone(open)})
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			g := tag{name: token.Data, attr: map[string]string{}, in: slices.Clone(open)}
			for _, a := range token.Attr {
				if _, twice := g.attr[a.Key]; twice {
					t.Errorf("<%s> has two attributes %s", g.name, a.Key)
				}
				g.attr[a.Key] = a.Val
			}
			tags = append(tags, g)
			if kind == html.StartTagToken && !slices.Contains(void, g.name) {
				open = append(open, g)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1].name != name {
				t.Fatalf("</%s> closes nothing", name)
			}
			open = open[:len(open)-1]
		}
	}
}

// named are all elements of a name.
func (p page) named(name string) (out []tag) {
	for _, g := range p.tags {
		if g.name == name {
			out = append(out, g)
		}
	}
	return out
}

// words is the text within elements that match.
func (p page) words(match func(tag) bool) string {
	var b strings.Builder
	for _, g := range p.tags {
		if g.within(match) {
			b.WriteString(g.text)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func is(name string) func(tag) bool { return func(g tag) bool { return g.name == name } }

// Every page can be found one's way in by ear: one heading of the first rank, the landmarks, a skip link first.
func TestPagesHaveTheirLandmarks(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for _, name := range []string{"h1", "title", "footer"} {
			if n := len(p.named(name)); n != 1 {
				t.Errorf("%d <%s>", n, name)
			}
			if p.words(is(name)) == "" {
				t.Errorf("<%s> is empty", name)
			}
		}
		main := p.named("main")
		if len(main) != 1 || main[0].attr["id"] != "main" || len(p.named("header")) == 0 {
			t.Error("main or header is missing")
		}
		links := p.named("a")
		if !links[0].has("skip") || links[0].attr["href"] != "#main" {
			t.Error("the skip link is not the first")
		}
		root := p.named("html")[0].attr
		if root["lang"] != string(p.locale) || root["dir"] != p.locale.Dir() || root["data-theme"] != "system" {
			t.Errorf("html: %v", root)
		}
	})
}

// Decision 9: nothing in line. And no address but our own kinds, whatever somebody typed.
func TestPagesWorkUnderTheStrictPolicy(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for _, g := range p.tags {
			if g.name == "script" || g.name == "style" || g.name == "object" || g.name == "embed" {
				t.Errorf("<%s> in the page", g.name)
			}
			for key, value := range g.attr {
				if key == "style" || strings.HasPrefix(key, "on") {
					t.Errorf("<%s %s=…>", g.name, key)
				}
				if (key == "href" || key == "src" || key == "action") && !address.MatchString(value) {
					t.Errorf("<%s %s=%q>", g.name, key, value)
				}
			}
		}
	})
}

var address = regexp.MustCompile(`^(/|#|https://|mailto:|tel:|about:invalid)`)

// Every control has its words, every reference its target, and no id stands twice.
func TestControlsAreLabelled(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		ids, labels := map[string]bool{}, map[string]bool{}
		for _, g := range p.tags {
			if id := g.attr["id"]; id != "" {
				if ids[id] {
					t.Errorf("id %s stands twice", id)
				}
				ids[id] = true
			}
			if g.name == "label" {
				labels[g.attr["for"]] = true
			}
		}
		for _, g := range p.tags {
			switch g.name {
			case "input", "select", "textarea":
				if g.attr["type"] != "hidden" && !labels[g.attr["id"]] && !g.within(is("label")) {
					t.Errorf("%s %s has no label", g.name, g.attr["name"])
				}
			case "form":
				if m := g.attr["method"]; m != "post" && m != "get" || g.attr["action"] == "" {
					t.Errorf("form: %v", g.attr)
				}
			case "button", "summary":
				if g.attr["aria-label"] == "" && p.wordsOf(g) == "" {
					t.Errorf("a %s without words: %v", g.name, g.attr)
				}
			case "iframe":
				// A page of ours that is framed keeps its origin, for its fonts and for the editor; a mail has none. Nothing runs in either.
				box, sandboxed := g.attr["sandbox"]
				ours := strings.HasPrefix(g.attr["src"], "/admin/campaigns/")
				if !sandboxed || strings.Contains(box, "allow-scripts") || !ours && strings.Contains(box, "allow-same-origin") || g.attr["title"] == "" {
					t.Errorf("iframe: %v", g.attr)
				}
			}
			for _, key := range []string{"aria-describedby", "aria-labelledby", "for"} {
				for _, id := range strings.Fields(g.attr[key]) {
					if !ids[id] {
						t.Errorf("%s=%s leads nowhere", key, id)
					}
				}
			}
			if href := g.attr["href"]; strings.HasPrefix(href, "#") && !ids[href[1:]] {
				t.Errorf("href=%s leads nowhere", href)
			}
		}
	})
}

// wordsOf is the text within one element.
func (p page) wordsOf(g tag) string {
	return p.words(func(in tag) bool {
		return in.name == g.name && len(in.in) == len(g.in) && fmt.Sprint(in.attr) == fmt.Sprint(g.attr)
	})
}

// A text that is missing, or a number in the other language's digits, would show.
func TestWordsAreOfTheLanguage(t *testing.T) {
	written := func(g tag) bool { // by people outside, or the same in every language
		return g.name == "bdi" || g.name == "pre" || g.name == "head" || g.name == "blockquote" || g.name == "textarea" || g.name == "code"
	}
	eachPage(t, func(t *testing.T, p page) {
		if i := strings.Index(p.source, "⟦"); i >= 0 {
			t.Errorf("a text is missing: %s", p.source[i:min(i+40, len(p.source))])
		}
		if strings.HasSuffix(p.name, "-odd") {
			return
		}
		for _, g := range p.tags {
			if p.locale == i18n.FA && !g.within(written) && regexp.MustCompile(`[0-9]`).MatchString(g.text) {
				t.Errorf("Latin digits in %q", g.text)
			}
			if p.locale == i18n.EN && regexp.MustCompile(`[۰-۹]`).MatchString(g.text) {
				t.Errorf("Persian digits in %q", g.text)
			}
		}
	})
}

// An icon whose name is misspelt would be an empty place.
func TestIconsAreDrawn(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for i, g := range p.tags {
			if g.name == "svg" && (i+1 == len(p.tags) || len(p.tags[i+1].in) <= len(g.in)) {
				t.Errorf("an empty svg within %v", g.in[len(g.in)-1].attr)
			}
		}
	})
}

var cssClass = regexp.MustCompile(`\.(-?[_a-zA-Z][_a-zA-Z0-9-]*)`)

// A class that no stylesheet knows is a misspelling, or a rule that was removed.
func TestClassesAreStyled(t *testing.T) {
	known := map[string]bool{"dial__fg--hot": true, "badge--plain": true}
	for _, name := range []string{"base.css", "admin.css", "sequences.css", "campaigns.css", "editor.css", "charts.css", "team.css", "media.css", "preview.css"} {
		css, err := os.ReadFile("../../static/css/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range cssClass.FindAllStringSubmatch(string(css), -1) {
			known[m[1]] = true
		}
	}
	eachPage(t, func(t *testing.T, p page) {
		for _, g := range p.tags {
			for _, class := range strings.Fields(g.attr["class"]) {
				if !known[class] {
					t.Errorf("<%s>: no rule for .%s", g.name, class)
					known[class] = true
				}
			}
		}
	})
}

// The device's choice and the person's give the same colours, and need no script.
func TestSystemThemeIsTheDarkTheme(t *testing.T) {
	css, err := os.ReadFile("../../static/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	block := func(theme string) string {
		m := regexp.MustCompile(`:root\[data-theme="` + theme + `"\] \{([^}]*)\}`).FindSubmatch(css)
		if m == nil {
			t.Fatalf("no theme %s", theme)
		}
		return strings.Join(strings.Fields(string(m[1])), " ")
	}
	if block("dark") != block("system") {
		t.Error("the two blocks of tokens differ")
	}
	if !regexp.MustCompile(`@media \(prefers-color-scheme: dark\) \{\s*:root\[data-theme="system"\]`).Match(css) {
		t.Error("the theme of the device is not asked for")
	}
}
