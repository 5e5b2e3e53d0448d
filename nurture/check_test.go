package nurture

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sarnakh/campaigns/starter"
	"sarnakh/i18n"
	"sarnakh/models"
)

func fine() models.SequenceDoc {
	return models.SequenceDoc{Steps: []models.Step{
		{Key: "a", Delay: 1440, Subject: "سلام {{first_name|دوست عزیز}}", Blocks: models.TextBlocks("[کتاب]({{page_url}} \"button\")\n\n![جلد](https://example.com/a.png)")},
		{Key: "b", Subject: "دو", Blocks: models.TextBlocks("متن {{company}}"), Conditions: []models.Condition{{On: models.OnClicked, Name: "a", Op: models.OpKnown}}},
	}}
}

// What the editor says is wrong, and where.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name       string
		change     func(d *models.SequenceDoc)
		field, key string
	}{
		{"nothing", func(*models.SequenceDoc) {}, "", ""},
		{"no steps", func(d *models.SequenceDoc) { d.Steps = nil }, "steps", "no_steps"},
		{"too many steps", func(d *models.SequenceDoc) { d.Steps = make([]models.Step, 21) }, "steps", "too_many_steps"},
		{"quiet hours of 25", func(d *models.SequenceDoc) { d.Quiet = models.Hours{From: 1260, To: 1500} }, "quiet", "bad_hours"},
		{"no key", func(d *models.SequenceDoc) { d.Steps[1].Key = "" }, "steps.1.key", "bad_key"},
		{"a key with a blank", func(d *models.SequenceDoc) { d.Steps[1].Key = "a b" }, "steps.1.key", "bad_key"},
		{"the same key", func(d *models.SequenceDoc) { d.Steps[1].Key = "a" }, "steps.1.key", "same_key"},
		{"a delay below zero", func(d *models.SequenceDoc) { d.Steps[0].Delay = -1 }, "steps.0.delay", "bad_delay"},
		{"over a year", func(d *models.SequenceDoc) { d.Steps[0].Delay = 366 * 1440 }, "steps.0.delay", "bad_delay"},
		{"a year", func(d *models.SequenceDoc) { d.Steps[0].Delay = 365 * 1440 }, "", ""},
		{"no hours at all", func(d *models.SequenceDoc) { d.Steps[0].Window.Hours = models.Hours{From: -1, To: 60} }, "steps.0.window", "bad_hours"},
		{"an eighth day", func(d *models.SequenceDoc) { d.Steps[0].Window.Days = []time.Weekday{7} }, "steps.0.window", "bad_day"},
		{"a window at night", func(d *models.SequenceDoc) {
			d.Quiet, d.Steps[0].Window.Hours = models.Hours{From: 1260, To: 480}, models.Hours{From: 1320, To: 420}
		}, "steps.0.window", "never_opens"},
		{"a window in the evening", func(d *models.SequenceDoc) {
			d.Quiet, d.Steps[0].Window = models.Hours{From: 1260, To: 480}, models.Window{Hours: models.Hours{From: 1200, To: 1320}, Days: []time.Weekday{5}}
		}, "", ""},
		{"a condition on itself", func(d *models.SequenceDoc) { d.Steps[1].Conditions[0].Name = "b" }, "steps.1.conditions.0", "unknown_step"},
		{"a condition on the weather", func(d *models.SequenceDoc) { d.Steps[1].Conditions[0].On = "weather" }, "steps.1.conditions.0", "bad_condition"},
		{"a stage that is none", func(d *models.SequenceDoc) {
			d.Steps[0].Conditions = []models.Condition{{On: models.OnStage, Op: models.OpIs, Value: "warm"}}
		}, "steps.0.conditions.0", "bad_condition"},
		{"a score that is none", func(d *models.SequenceDoc) {
			d.Goal = []models.Condition{{On: models.OnScore, Op: models.OpAtLeast, Value: "sixty"}}
		}, "goal.0", "bad_condition"},
		{"a temperature above another", func(d *models.SequenceDoc) {
			d.Goal = []models.Condition{{On: models.OnTemperature, Op: models.OpAtLeast, Value: "warm"}}
		}, "goal.0", "bad_condition"},
		{"an answer compared with nothing", func(d *models.SequenceDoc) {
			d.Goal = []models.Condition{{On: models.OnAnswer, Name: "need", Op: models.OpIs}}
		}, "goal.0", "bad_condition"},
		{"a goal of a click in the last", func(d *models.SequenceDoc) {
			d.Goal = []models.Condition{{On: models.OnClicked, Name: "b", Op: models.OpKnown}}
		}, "", ""},
		{"no subject", func(d *models.SequenceDoc) { d.Steps[0].Subject = " " }, "steps.0.subject", "no_subject"},
		{"a long subject", func(d *models.SequenceDoc) { d.Steps[0].Subject = strings.Repeat("ا", 151) }, "steps.0.subject", "long_subject"},
		{"a subject of two lines", func(d *models.SequenceDoc) { d.Steps[0].Subject = "a\nBcc: x@example.com" }, "steps.0.subject", "one_line"},
		{"a long preview", func(d *models.SequenceDoc) { d.Steps[0].Preview = strings.Repeat("ا", 141) }, "steps.0.preview", "long_preview"},
		{"no text", func(d *models.SequenceDoc) { d.Steps[0].Blocks[0].Hidden = true }, "steps.0.blocks", "no_body"},
		{"a block of pages", func(d *models.SequenceDoc) { d.Steps[0].Blocks[0] = models.Block{ID: "text", Type: models.BlockForm} }, "steps.0.blocks.text.type", "bad_block"},
		{"a button to nowhere", func(d *models.SequenceDoc) { d.Steps[0].Blocks = button("/p/here") }, "steps.0.blocks.go.link", "bad_link"},
		{"a button to a field", func(d *models.SequenceDoc) { d.Steps[0].Blocks = button("{{page_url}}") }, "", ""},
		{"a button with half a bracket", func(d *models.SequenceDoc) { d.Steps[0].Blocks = button("[its address") }, "steps.0.blocks.go.link", "bad_link"},
		{"a button whose address is to come", func(d *models.SequenceDoc) { d.Steps[0].Blocks = button("[its address]") }, "", ""},
		{"a picture for those who see alone", func(d *models.SequenceDoc) { d.Steps[0].Blocks = banner(models.Image{}) }, "steps.0.blocks.top.image.alt", "no_alt"},
		{"a picture block without one", func(d *models.SequenceDoc) {
			d.Steps[0].Blocks = []models.Block{{ID: "top", Type: models.BlockPicture}}
		}, "steps.0.blocks.top.image", "no_picture"},
		{"a picture that says nothing", func(d *models.SequenceDoc) { d.Steps[0].Blocks = banner(models.Image{Decorative: true}) }, "", ""},
		{"a hidden block", func(d *models.SequenceDoc) {
			d.Steps[0].Blocks = append(d.Steps[0].Blocks, models.Block{ID: "go", Type: models.BlockButton, Hidden: true})
		}, "", ""},
		{"a long text", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks(strings.Repeat("ا", 12_001)) }, "steps.0.blocks", "long_body"},
		{"a field that is none", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("{{phone}}") }, "steps.0.blocks.text.body", "bad_field"},
		{"a field in a subject that is none", func(d *models.SequenceDoc) { d.Steps[0].Subject = "{{email|x}}" }, "steps.0.subject", "bad_field"},
		{"a template", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("{{.Lead.Email}}") }, "steps.0.blocks.text.body", "stray_braces"},
		{"a field left open", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("{{name") }, "steps.0.blocks.text.body", "stray_braces"},
		{"a script as a link", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("[x](javascript:alert(1))") }, "steps.0.blocks.text.body", "bad_link"},
		{"half an address", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("[x](example.com)") }, "steps.0.blocks.text.body", "bad_link"},
		{"an address made of a field", func(d *models.SequenceDoc) {
			d.Steps[0].Blocks = models.TextBlocks("[x](https://example.com/{{name}})")
		}, "steps.0.blocks.text.body", "bad_link"},
		{"an address that runs into a field", func(d *models.SequenceDoc) {
			d.Steps[0].Blocks = models.TextBlocks("https://example.com/?to={{name|you}}")
		}, "steps.0.blocks.text.body", "bad_link"},
		{"a field that is no address", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("[x]({{name}})") }, "steps.0.blocks.text.body", "bad_link"},
		{"a link in a quote in a list", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("- > [x](/y)") }, "steps.0.blocks.text.body", "bad_link"},
		{"a picture without a lock", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("![x](http://example.com/a.png)") }, "steps.0.blocks.text.body", "bad_image"},
		{"a picture of one's own making", func(d *models.SequenceDoc) { d.Steps[0].Blocks = models.TextBlocks("![x](data:image/png;base64,AA)") }, "steps.0.blocks.text.body", "bad_image"},
	} {
		doc := fine()
		c.change(&doc)
		err := Check(&doc)
		if c.key == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		bad, ok := errors.AsType[*models.Invalid](err)
		if !ok {
			t.Errorf("%s passed", c.name)
			continue
		}
		found, ok := bad.Of(c.field)
		if !ok || found.Key != "sequence_check."+c.key {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, l := range i18n.Locales() {
			if text := i18n.For(l).T(found.Key, found.Args...); strings.ContainsAny(text, "⟦") || strings.Contains(text, "{n}") || strings.Contains(text, "{link}") {
				t.Errorf("%s: %s", c.name, text)
			}
		}
	}
}

func button(link string) []models.Block {
	return []models.Block{{ID: "go", Type: models.BlockButton, Button: &models.Button{Label: "Go", Link: link}}}
}

func banner(image models.Image) []models.Block {
	image.Sizes = []models.ImageSize{{Width: 320, Key: "a.jpg"}}
	return []models.Block{{ID: "top", Type: models.BlockPicture, Picture: &models.Banner{Image: &image}}}
}

// The starters' mails pass, four each, of about two weeks.
func TestStartersPass(t *testing.T) {
	all, err := starter.Campaigns()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if err := Check(&s.Sequence.Doc); err != nil {
			t.Errorf("%s: %v", s.Slug, err)
		}
		minutes := 0
		for _, step := range s.Sequence.Doc.Steps {
			minutes += step.Delay
		}
		if len(s.Sequence.Doc.Steps) != 4 || minutes != 14*24*60 || s.Sequence.Doc.Quiet.Empty() || s.Sequence.Name == "" {
			t.Errorf("%s: %d mails in %d minutes", s.Slug, len(s.Sequence.Doc.Steps), minutes)
		}
	}
}
