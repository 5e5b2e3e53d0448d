package mail

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sarnakh/i18n"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"
)

// step is a mail of a sequence with every block, each saying the same.
func (s set) step(text string) Step {
	say := []Span{{Text: text}}
	return Step{
		Loc: s.loc, From: s.sender(), Subject: text, Preview: text, PageURL: "https://avand.example/p/peygiri?utm_source=x",
		UnsubscribeURL: "https://avand.example/u/x", PreferencesURL: "https://avand.example/prefs/x",
		Body: []Block{
			{Kind: Heading, Text: say},
			{Kind: Paragraph, Text: []Span{{Text: text, Strong: true}, {Text: text, Stress: true}, {Break: true}, {Text: text, Code: true}, {Text: text, URL: "https://avand.example/a"}}},
			{Kind: Button, Text: say, URL: "https://avand.example/b"},
			{Kind: List, Items: [][]Block{{{Kind: Paragraph, Text: say}}, {{Kind: Paragraph, Text: say}, {Kind: Quote, Blocks: []Block{{Kind: Paragraph, Text: say}}}}}},
			{Kind: List, First: 9, Items: [][]Block{{{Kind: Paragraph, Text: say}}, {{Kind: Paragraph, Text: say}}}},
			{Kind: Divider},
			{Kind: Picture, Text: say, Image: "https://avand.example/p.png", URL: "https://avand.example/c"},
		},
	}
}

// Whatever was written, the mail is one mail: with the links and pictures it was given and no others, nothing that runs,
// and a subject of one line.
func TestAStepIsSafe(t *testing.T) {
	pieces := rapid.SampledFrom([]string{markup, quotes, "نرگس", "</style>", "<!--", "{{x}}", "&lt;", "https://evil.example/", "\n", " ", "word"})
	rapid.Check(t, func(rt *rapid.T) {
		s := set{i18n.For(rapid.SampledFrom(i18n.Locales()).Draw(rt, "locale"))}
		step := s.step(strings.Join(rapid.SliceOfN(pieces, 1, 8).Draw(rt, "pieces"), ""))
		m, err := step.Render(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		again, _ := step.Render(t.Context())
		if again != m {
			rt.Error("the second mail differs")
		}
		if strings.ContainsAny(m.Subject, "\r\n") {
			rt.Errorf("subject %q", m.Subject)
		}
		checkStep(rt, s.loc, m.HTML)
	})
}

func checkStep(t rapid.TB, loc *i18n.Loc, html string) {
	root, err := xhtml.Parse(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		seen[n.Data]++
		if !slices.Contains(allowedTags, n.Data) && !slices.Contains([]string{"img", "ol", "ul", "li", "i"}, n.Data) {
			t.Errorf("a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if !slices.Contains(allowedAttrs, a.Key) && !slices.Contains([]string{"src", "alt", "start"}, a.Key) {
				t.Errorf("attribute %s", a.Key)
			}
			if (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, "https://avand.example/") {
				t.Errorf("%s leads to %s", a.Key, a.Val)
			}
		}
		if n.DataAtom == atom.Html && (attribute(n, "dir") != loc.Dir() || attribute(n, "lang") != loc.Lang()) {
			t.Error("the mail says neither direction nor language")
		}
	}
	if seen["a"] != 7 || seen["img"] != 1 || seen["li"] != 4 || seen["h2"] != 1 { // three of the body, page, ways out, privacy
		t.Errorf("%d links, %v", seen["a"], seen)
	}
	if loc.Dir() == "rtl" && seen["i"] != 0 {
		t.Error("Persian in italics")
	}
}

// Nobody is written to without a way out, nor with one that is no web address.
func TestAStepHasItsWaysOut(t *testing.T) {
	for what, change := range map[string]func(*Step){
		"no unsubscribe link": func(s *Step) { s.UnsubscribeURL = "" },
		"no preferences":      func(s *Step) { s.PreferencesURL = "" },
		"a script":            func(s *Step) { s.UnsubscribeURL = "javascript:alert(1)" },
		"a privacy page":      func(s *Step) { s.From.PrivacyURL = "about:blank" },
	} {
		s := set{i18n.For(i18n.FA)}.step("x")
		change(&s)
		if _, err := s.Render(t.Context()); !errors.Is(err, ErrAddress) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A link that leads nowhere is its words.
func TestALinkThatLeadsNowhereIsText(t *testing.T) {
	s := set{i18n.For(i18n.EN)}.step("x")
	s.Body = []Block{
		{Kind: Paragraph, Text: []Span{{Text: "one", URL: "javascript:alert(1)"}, {Text: " two", URL: ""}}},
		{Kind: Button, Text: []Span{{Text: "three"}}, URL: "{{name}}"},
		{Kind: Picture, Text: []Span{{Text: "four"}}, Image: "//evil.example/x.png"},
	}
	m, err := s.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.HTML, "javascript") || strings.Contains(m.HTML, "evil") || !strings.Contains(visible(t, m.HTML), "one two") ||
		!strings.HasPrefix(m.Text, "one two\n\nthree\n\n[four]\n") {
		t.Errorf("%s\n%s", m.Text, visible(t, m.HTML))
	}
}

// The text is laid out as people do by hand, within its columns.
func TestAStepAsText(t *testing.T) {
	words := strings.TrimSpace(strings.Repeat("word ", 30))
	s := set{i18n.For(i18n.FA)}
	step := s.step(words)
	m, err := step.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(m.Text) {
		if l = strings.TrimSuffix(l, "\n"); width(l) > columns && !strings.Contains(l, "https://") {
			t.Errorf("%d columns: %q", width(l), l)
		}
	}
	for _, part := range []string{"\n- word", "\n  word", "\n  > word", "\n۹. word", "\n۱۰. word", "\n    word", "\n* * *\n", "\nhttps://avand.example/a\n"} {
		if !strings.Contains(m.Text, part) {
			t.Errorf("no %q in\n%s", part, m.Text)
		}
	}
	if m.HTML == "" || !strings.Contains(m.HTML, words[:100]) {
		t.Error("no words in the list of mails")
	}
}
