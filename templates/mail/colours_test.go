package mail

import (
	"strings"
	"testing"

	"sarnakh/i18n"
)

// A mail is looked at in each of its sets of colours, by its own rules and without a word of it changed.
func TestColoured(t *testing.T) {
	for _, e := range examples(i18n.EN) {
		m, err := e.mail.Render(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(m.HTML, "</head>")
		for dark, want := range map[bool][]string{
			true:  {"@media all{", `name="color-scheme" content="dark"`, ":root{color-scheme:dark;"},
			false: {"@media not all{", `name="color-scheme" content="light"`, ":root{color-scheme:light;"},
		} {
			got := Coloured(m.HTML, dark)
			for _, part := range want {
				if strings.Count(got, part) != 1 {
					t.Errorf("%s, dark=%t: %d of %s", e.name, dark, strings.Count(got, part), part)
				}
			}
			if strings.Contains(got, "prefers-color-scheme") || !strings.HasSuffix(got, "</head>"+body) {
				t.Errorf("%s, dark=%t: the reader's program still chooses, or the text is another", e.name, dark)
			}
		}
	}
}
