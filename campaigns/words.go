package campaigns

import (
	"encoding/json"
	"regexp"
	"strings"

	"sarnakh/models"
)

// placeholder is words in square brackets that are no link of Markdown.
var placeholder = regexp.MustCompile(`\[([^\[\]\n]{2,300})\]($|[^(])`)

// Placeholder is the first that a text still holds, such as "[name of the course]"; empty for none.
func Placeholder(text string) string {
	if m := placeholder.FindStringSubmatch(text); m != nil {
		return "[" + m[1] + "]"
	}
	return ""
}

// Placeholders are all that texts hold, each once, in their order, without the brackets.
func Placeholders(texts ...string) (out []string) {
	seen := map[string]bool{}
	for _, text := range texts {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				out = append(out, m[1])
			}
		}
	}
	return out
}

// Fill writes an owner's own words where placeholders stand, wherever in a draft. Those without words stay.
func Fill(doc *models.CampaignDoc, words map[string]string) error { return fill(doc, words) }

// FillSteps does the same with a sequence.
func FillSteps(doc *models.SequenceDoc, words map[string]string) error { return fill(doc, words) }

// fill goes through JSON, in which every text of a draft is kept: one that is added later is not forgotten.
func fill[T any](doc *T, words map[string]string) error {
	raw, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return err
	}
	if raw, err = json.Marshal(filled(tree, words)); err != nil {
		return err
	}
	var out T
	if err := json.Unmarshal(raw, &out); err != nil {
		return err
	}
	*doc = out
	return nil
}

func filled(tree any, words map[string]string) any {
	switch v := tree.(type) {
	case map[string]any:
		for name := range v {
			v[name] = filled(v[name], words)
		}
	case []any:
		for i := range v {
			v[i] = filled(v[i], words)
		}
	case string:
		return filledText(v, words)
	}
	return tree
}

func filledText(text string, words map[string]string) string {
	if !strings.Contains(text, "[") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		m := placeholder.FindStringSubmatch(found)
		if w := words[m[1]]; w != "" {
			return w + m[2]
		}
		return found
	})
}
