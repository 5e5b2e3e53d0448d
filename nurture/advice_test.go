package nurture_test

import (
	"slices"
	"strings"
	"testing"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/nurture"
)

// A calm mail, of which each case changes one thing.
const (
	calmSubject = "Three hints for the first call"
	calmBody    = "Hello {{first_name|there}},\n\nthese are the three things that readers ask about most.\n\n[Read them]({{page_url}} \"button\")"
)

// N1: who writes a mail is told what may keep it from being read, and only that.
func TestAdvice(t *testing.T) {
	for name, c := range map[string]struct {
		locale        i18n.Locale
		subject, body string
		key           string // empty: there is none
		words         []string
	}{
		"calm":                      {subject: calmSubject},
		"calm in Persian":           {locale: i18n.FA, subject: "سه نکته برای تماس نخست", body: "سلام {{first_name|دوست من}}\n\nاین سه نکته را بخوانید."},
		"nothing written yet":       {subject: "", body: " "},
		"money shouts":              {subject: "$$$ for you", key: nurture.AdviceWords, words: []string{"$$"}},
		"a promise":                 {subject: "It is 100 % free", body: calmBody + "\n\nIt is 100% FREE.", key: nurture.AdviceWords, words: []string{"100% free"}},
		"a curly apostrophe":        {body: calmBody + "\n\nDon’t miss out.", key: nurture.AdviceWords, words: []string{"don't miss out"}},
		"across a line":             {body: calmBody + "\n\nClick\nhere for more.", key: nurture.AdviceWords, words: []string{"click here"}},
		"words of a link":           {body: calmBody + "\n\nYou can also [click here](https://example.com).", key: nurture.AdviceWords, words: []string{"click here"}},
		"part of a longer word":     {body: calmBody + "\n\nIt was urgently needed."},
		"free alone":                {subject: "A free book about calls"},
		"in Persian, other digits":  {locale: i18n.FA, subject: "کتاب 100% رایگان", key: nurture.AdviceWords, words: []string{"۱۰۰٪ رایگان"}},
		"in Persian, no half-space": {locale: i18n.FA, subject: "شما انتخاب شده اید", key: nurture.AdviceWords, words: []string{"شما انتخاب شده‌اید"}},
		"in Persian, no vowel sign": {locale: i18n.FA, subject: "دوره کاملا رایگان", key: nurture.AdviceWords, words: []string{"کاملاً رایگان"}},
		"words of the other":        {locale: i18n.FA, subject: "کتاب Buy now"},
		"two marks in the subject":  {subject: "It is here! Read it!", key: nurture.AdviceShouting},
		"two marks in a row":        {body: "Hello there!!\n\nHere it is.", key: nurture.AdviceShouting},
		"many marks":                {body: "Hello!\n\nIt is here! Read it! Soon!", key: nurture.AdviceShouting},
		"a picture is no mark":      {body: "Hello!\n\n![One](https://example.com/1.png)\n\n![Two](https://example.com/2.png)\n\n![Three](https://example.com/3.png)"},
		"capitals":                  {subject: "READ THIS BEFORE FRIDAY", key: nurture.AdviceCapitals},
		"capitals beside a field":   {subject: "{{first_name|friend of ours}}, READ THIS NOW", key: nurture.AdviceCapitals},
		"an abbreviation":           {subject: "The PDF about B2B"},
		"sixty letters":             {subject: strings.Repeat("a ", 29) + "aa"},
		"sixty-one letters":         {subject: strings.Repeat("a ", 30) + "a", key: nurture.AdviceLongSubject},
		"long by its field's name":  {subject: strings.Repeat("a ", 20) + "{{first_name|reader}}"},
		"a shortener":               {body: calmBody + "\n\nMore at https://bit.ly/abc and https://www.bit.ly/def.", key: nurture.AdviceShortLinks, words: []string{"bit.ly"}},
		"a host that ends likewise": {body: calmBody + "\n\nMore at https://habit.ly/abc"},
		"only a picture":            {body: "![Our offer](https://example.com/1.png)", key: nurture.AdviceOnlyPicture},
		"a picture that is a link":  {body: "[![Our offer](https://example.com/1.png)]({{page_url}})", key: nurture.AdviceOnlyPicture},
		"only a button":             {body: "[Read it]({{page_url}} \"button\")", key: nurture.AdviceOnlyLink},
		"only a field's link":       {body: "{{page_url}}", key: nurture.AdviceOnlyLink},
		"a link first":              {body: "[Read it]({{page_url}})\n\nIt is about calls.", key: nurture.AdviceLinkFirst},
		"a linked picture first":    {body: "[![Our offer](https://example.com/1.png)]({{page_url}})\n\nIt is about calls.", key: nurture.AdviceLinkFirst},
		"a heading first":           {body: "# About calls\n\n[Read it]({{page_url}} \"button\")"},
		"words in a list":           {body: "- about calls\n- [about mails]({{page_url}})"},
	} {
		t.Run(name, func(t *testing.T) {
			step := models.Step{Subject: c.subject, Blocks: models.TextBlocks(c.body)}
			if c.body == "" {
				step.Blocks = models.TextBlocks(calmBody)
			}
			if c.subject == "" && c.body != " " {
				step.Subject = calmSubject
			}
			if c.locale == "" {
				c.locale = i18n.EN
			}
			got := nurture.Advice(&step, c.locale)
			switch {
			case c.key == "" && len(got) > 0:
				t.Errorf("told %+v", got)
			case c.key != "" && (len(got) != 1 || got[0].Key != c.key || c.words != nil && !slices.Equal(got[0].Words, c.words)):
				t.Errorf("told %+v, want %s %q", got, c.key, c.words)
			}
		})
	}
}

// «فوری!!!» is both a word and a shout.
func TestAdviceOfManyKinds(t *testing.T) {
	got := nurture.Advice(&models.Step{Subject: "فوری!!!", Blocks: models.TextBlocks("https://yun.ir/abc")}, i18n.FA)
	var keys []string
	for _, p := range got {
		keys = append(keys, p.Key)
	}
	if want := []string{nurture.AdviceWords, nurture.AdviceShouting, nurture.AdviceShortLinks, nurture.AdviceOnlyLink}; !slices.Equal(keys, want) {
		t.Errorf("told %q, want %q", keys, want)
	}
}
