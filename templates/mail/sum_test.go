package mail

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sarnakh/i18n"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// S9: the sum can be checked, in the HTML and in the text.
func TestReasonsAddUpToTheScore(t *testing.T) {
	each(t, func(t *testing.T, e example, loc *i18n.Loc, m Mail) {
		h, ok := e.mail.(HotLead)
		if !ok {
			return
		}
		inText, inHTML := pointsOfText(m.Text), pointsOfHTML(t, m.HTML)
		if len(h.Reasons) == 0 {
			return
		}
		for _, points := range [][]int{inText, inHTML} {
			last := len(points) - 1
			if sum(points[:last]) != points[last] || points[last] != h.Score() {
				t.Errorf("%v do not add up to %d", points, h.Score())
			}
		}
		if !slices.Equal(inText, inHTML) {
			t.Errorf("text %v, HTML %v", inText, inHTML)
		}
		if !strings.Contains(m.Text, loc.T("mail.hot.total")) {
			t.Error("no total")
		}
	})
}

var signed = regexp.MustCompile("^[+−]?[0-9]+$")

func points(s string) (int, bool) {
	s = strings.Trim(i18n.FoldDigits(s), "\u2007 ")
	if !signed.MatchString(s) {
		return 0, false
	}
	n, err := strconv.Atoi(strings.Replace(s, "−", "-", 1))
	return n, err == nil
}

func pointsOfText(text string) (all []int) {
	for l := range strings.Lines(text) {
		figure, _, _ := strings.Cut(strings.TrimPrefix(l, "  \u2066"), "\u2069")
		if n, ok := points(figure); ok && strings.HasPrefix(l, "  \u2066") {
			all = append(all, n)
		}
	}
	return all
}

func pointsOfHTML(t *testing.T, html string) (all []int) {
	root, err := xhtml.Parse(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Td && attribute(n, "width") == "44" {
			if x, ok := points(n.FirstChild.Data); ok {
				all = append(all, x)
			}
		}
	}
	return all
}

func sum(ns []int) (total int) {
	for _, n := range ns {
		total += n
	}
	return total
}
