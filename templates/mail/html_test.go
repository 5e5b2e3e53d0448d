package mail

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"sarnakh/i18n"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A mail tells nobody that it was opened, runs nothing, and links only where it may.
func TestHTMLLoadsAndRunsNothing(t *testing.T) {
	each(t, func(t *testing.T, _ example, loc *i18n.Loc, m Mail) {
		checkHTML(t, loc, m.HTML)
	})
}

var (
	allowedTags  = strings.Fields("html head meta title style body div table tbody tr td p h1 h2 a b span br ul li")
	allowedAttrs = strings.Fields("align aria-hidden aria-label aria-roledescription border cellpadding cellspacing charset class content dir height href lang name role style width")
	allowedLinks = regexp.MustCompile(`^(https://(avand\.example/|wa\.me/[0-9]+$)|tel:\+[0-9]+$|mailto:[A-Za-z0-9%._~@-]+(\?subject=[A-Za-z0-9%._~-]+)?$)`)
)

func checkHTML(t testing.TB, loc *i18n.Loc, html string) {
	t.Helper()
	root, err := xhtml.Parse(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	dirs := 0
	for n := range root.Descendants() {
		if n.Type == xhtml.CommentNode && !strings.HasPrefix(n.Data, "[if mso]>") {
			t.Errorf("a comment: %s", n.Data)
		}
		if n.Type != xhtml.ElementNode {
			continue
		}
		if !slices.Contains(allowedTags, n.Data) {
			t.Errorf("a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			checkAttribute(t, a)
		}
		if n.DataAtom == atom.Html || attribute(n, "role") == "article" {
			dirs++
			if attribute(n, "dir") != loc.Dir() || attribute(n, "lang") != loc.Lang() {
				t.Errorf("<%s> says neither direction nor language", n.Data)
			}
		}
	}
	if dirs != 2 {
		t.Errorf("direction is said %d times", dirs)
	}
	if loads := regexp.MustCompile(`(?i)url\(|@import|expression\(`).FindString(styles(root)); loads != "" {
		t.Error(loads)
	}
}

func checkAttribute(t testing.TB, a xhtml.Attribute) {
	t.Helper()
	if !slices.Contains(allowedAttrs, a.Key) {
		t.Errorf("attribute %s", a.Key)
	}
	if a.Key == "href" && !allowedLinks.MatchString(a.Val) {
		t.Errorf("a link to %s", a.Val)
	}
}

func attribute(n *xhtml.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// styles are all of a document's, in line or not.
func styles(root *xhtml.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		b.WriteString(attribute(n, "style") + "\n")
		if n.DataAtom == atom.Style {
			b.WriteString(n.FirstChild.Data)
		}
	}
	return b.String()
}

// visible is what a person reads of a document.
func visible(t testing.TB, html string) string {
	t.Helper()
	root, err := xhtml.Parse(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == xhtml.TextNode && n.Parent.DataAtom != atom.Style {
			b.WriteString(n.Data + "\n")
		}
	}
	return b.String()
}
