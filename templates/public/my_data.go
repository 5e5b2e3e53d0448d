package public

import (
	"strings"

	"sarnakh/i18n"
)

// lines cuts a text of several paragraphs, each of which keeps the places of its values.
func lines(parts []i18n.Part) [][]i18n.Part {
	out := [][]i18n.Part{nil}
	for _, p := range parts {
		if p.Arg != "" {
			out[len(out)-1] = append(out[len(out)-1], p)
			continue
		}
		for i, text := range strings.Split(p.Text, "\n") {
			if i > 0 {
				out = append(out, nil)
			}
			out[len(out)-1] = append(out[len(out)-1], i18n.Part{Text: text})
		}
	}
	return out
}
