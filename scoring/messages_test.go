package scoring_test

import (
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"sarnakh/scoring"
)

// texts reads the messages of a language by key; those with plural forms by key and form.
func texts(t *testing.T, locale string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../i18n/messages/" + locale + "/score.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	var walk func(prefix string, v any)
	walk = func(prefix string, v any) {
		if sub, ok := v.(map[string]any); ok {
			for k, x := range sub {
				walk(strings.TrimPrefix(prefix+"."+k, "."), x)
			}
			return
		}
		m[prefix], _ = v.(string)
	}
	walk("", doc)
	return m
}

// Every reason that a built-in card can give has a name and a sentence in both languages (S9).
func TestEveryReasonHasWords(t *testing.T) {
	for _, locale := range []string{"fa", "en"} {
		m := texts(t, locale)
		has := func(key string) {
			if m[key] == "" && m[key+".other"] == "" {
				t.Errorf("%s has no %s", locale, key)
			}
		}
		line := func(key string) {
			l := scoring.Line{Criterion: key}
			has(l.Key())
			has(l.Evidence())
		}
		for _, l := range []scoring.Line{{Criterion: scoring.Over}, {Criterion: scoring.Under},
			{Criterion: scoring.Limit, Group: "fit"}, {Criterion: scoring.Limit, Group: "engagement"}} {
			has(l.Key())
		}
		for _, name := range scoring.PresetNames() {
			d := preset(t, name)
			has("score.preset." + name)
			has("score.preset_about." + name)
			for _, g := range d.Groups {
				has("score.group." + g.Key)
				l := scoring.Line{Criterion: scoring.Limit, Group: g.Key}
				has(l.Key())
			}
			for _, c := range d.Criteria {
				has("score.criterion." + c.Key)
				if len(c.When) > 0 {
					line(c.Key)
				}
				for _, l := range c.Levels {
					line(l.Key)
				}
			}
			for _, b := range d.Combinations {
				line(b.Key)
			}
		}
	}
}
