package markdown

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// outline writes blocks down, short enough to be compared.
func outline(blocks []Block) string {
	var out []string
	for _, b := range blocks {
		switch b.Kind {
		case Divider:
			out = append(out, "---")
		case Quote:
			out = append(out, "quote("+outline(b.Blocks)+")")
		case List:
			var items []string
			for _, item := range b.Items {
				items = append(items, outline(item))
			}
			out = append(out, fmt.Sprintf("list %d(%s)", b.First, strings.Join(items, " | ")))
		default:
			out = append(out, fmt.Sprintf("%s(%s)", []string{"p", "h"}[b.Kind], line(b.Spans)))
		}
	}
	return strings.Join(out, " ")
}

func line(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		text := s.Text
		for mark, on := range map[string]bool{"*": s.Strong, "_": s.Stress, "`": s.Code} {
			if on {
				text = mark + text + mark
			}
		}
		if s.URL != "" {
			text = "[" + text + " → " + s.URL + "]"
		}
		if s.Break {
			text = "⏎"
		}
		b.WriteString(text)
	}
	return b.String()
}

func secure(address string) bool { return strings.HasPrefix(address, "https://") }

func TestRead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"سلام **دنیا**", "p(سلام *دنیا*)"},
		{"one\ntwo", "p(one⏎two)"},
		{"# Heading\n\ntext", "h(Heading) p(text)"},
		{"text\n---", "p(text) ---"},
		{"- a\n- b", "list 0(p(a) | p(b))"},
		{"3. a\n4. b", "list 3(p(a) | p(b))"},
		{"> said", "quote(p(said))"},
		{"[here](https://example.org/a)", "p([here → https://example.org/a])"},
		{"see https://example.org/a", "p(see [https://example.org/a → https://example.org/a])"},
		{"[here](javascript:alert(1))", "p(here)"},
		{"![a cat](https://example.org/cat.png)", "p(a cat)"},
		{"<b>bold</b> &amp; <script>x</script>", "p(<b>bold</b> & <script>x</script>)"},
		{"`a*b`", "p(`a*b`)"},
		{"    indented", "p(indented)"},
		{"{{first_name}}", "p({{first_name}})"},
	} {
		if got := outline(Read(c.text, secure)); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// Whatever is typed, no link comes out that may not.
func TestLinksAreAsked(t *testing.T) {
	pieces := []string{"[a](", "javascript:alert(1)", "https://b.example", ")", "<", ">", "\n", " ", "[x]: ", "data:text/html,x", "**", "![", "]", "`", "www.c.example", "//d.example"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "text"), "")
		var look func([]Block)
		look = func(blocks []Block) {
			for _, b := range blocks {
				for _, s := range b.Spans {
					if s.URL != "" && !secure(s.URL) {
						t.Fatalf("%q links to %q", text, s.URL)
					}
				}
				look(b.Blocks)
				for _, item := range b.Items {
					look(item)
				}
			}
		}
		look(Read(text, secure))
	})
}
