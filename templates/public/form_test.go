package public_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sarnakh/i18n"
)

func inputs(n *html.Node, name string) []*html.Node {
	return slices.DeleteFunc(all(n, "input", "select", "textarea"), func(c *html.Node) bool { return attr(c, "name") != name })
}

// "Bad input gets the form back with what was typed, every error named in the visitor's language."
func TestFailedSubmit(t *testing.T) {
	for _, locale := range i18n.Locales() {
		p := example(t, locale, "landing-errors")
		title := text(all(p.doc, "title")[0])
		if prefix := map[i18n.Locale]string{i18n.FA: "خطا: ", i18n.EN: "Error: "}[locale]; !strings.HasPrefix(title, prefix) {
			t.Errorf("the title is %s", title)
		}
		if got := attr(inputs(p.doc, "email")[0], "value"); got != "narges@gmial" {
			t.Errorf("the address came back as %q", got)
		}
		for _, c := range append(inputs(p.doc, "team"), inputs(p.doc, "consent.newsletter")...) {
			if want := attr(c, "value") == "2-10" || attr(c, "type") == "checkbox"; has(c, "checked") != want {
				t.Errorf("%s=%s: checked is %v", attr(c, "name"), attr(c, "value"), !want)
			}
		}
	}
}

// The summary takes the focus without a script, and each line leads to its control with the control's own words.
func TestErrorSummary(t *testing.T) {
	for _, name := range []string{"landing-errors", "landing-fields-errors"} {
		p := example(t, i18n.FA, name)
		var summary *html.Node
		for _, d := range all(p.doc, "div") {
			if attr(d, "class") == "errors" {
				summary = d
			}
		}
		if summary == nil || !has(summary, "autofocus") || attr(summary, "tabindex") != "-1" || attr(summary, "role") != "alert" {
			t.Fatalf("%s: no summary that takes the focus", name)
		}
		for _, a := range all(summary, "a") {
			id := strings.TrimPrefix(attr(a, "href"), "#")
			target := byID(p.doc, id)
			if target == nil || !slices.Contains([]string{"input", "select", "textarea"}, target.Data) {
				t.Errorf("%s leads to no control", id)
				continue
			}
			if message := byID(p.doc, id+"-error"); message == nil || text(message) != text(a) {
				t.Errorf("%s: the field says something else than the summary", id)
			}
		}
	}
}

// "Did you mean" is a suggestion, works without a script, and never stands in the way of the Enter key, which
// presses the first button of a form.
func TestSuggestion(t *testing.T) {
	p := example(t, i18n.EN, "landing-errors")
	buttons := all(byID(p.doc, "get"), "button")
	if attr(buttons[0], "name") != "" || text(buttons[0]) != "Send me the ebook" {
		t.Errorf("Enter presses %q", text(buttons[0]))
	}
	if attr(buttons[1], "name") != "_suggest.email" || attr(buttons[1], "value") != "narges@gmail.com" || attr(buttons[1], "type") != "" {
		t.Errorf("the suggestion is %+v", buttons[1].Attr)
	}
	if got := len(all(byID(example(t, i18n.EN, "landing").doc, "get"), "button")); got != 1 {
		t.Errorf("%d buttons where nothing is suggested", got)
	}
}

// C4: each kind of field brings up the right keyboard and lets the browser fill it in.
func TestControls(t *testing.T) {
	for _, c := range []struct {
		locale i18n.Locale
		name   string
		want   map[string]string
	}{
		{i18n.FA, "email", map[string]string{"type": "email", "inputmode": "email", "autocomplete": "email", "dir": "ltr", "maxlength": "254", "autocapitalize": "none"}},
		{i18n.FA, "phone", map[string]string{"type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}},
		{i18n.FA, "seats", map[string]string{"type": "", "inputmode": "decimal"}},
		{i18n.FA, "site", map[string]string{"inputmode": "url", "autocomplete": "url", "dir": "ltr"}},
		{i18n.FA, "company", map[string]string{"autocomplete": "organization", "maxlength": "150"}},
		{i18n.FA, "job_title", map[string]string{"autocomplete": "organization-title"}},
		{i18n.FA, "country", map[string]string{"autocomplete": "country"}},
		{i18n.FA, "province", map[string]string{"autocomplete": "address-level1"}},
		{i18n.FA, "city", map[string]string{"autocomplete": "address-level2"}},
		{i18n.FA, "start", map[string]string{"type": "", "aria-describedby": "f-start-hint"}}, // browsers have no Persian calendar
		{i18n.EN, "start", map[string]string{"type": "date", "aria-describedby": ""}},
		{i18n.FA, "question", map[string]string{"maxlength": "4000"}},
		{i18n.FA, "call_me", map[string]string{"type": "checkbox", "value": "1"}},
		{i18n.FA, "campaign_code", map[string]string{"type": "hidden", "value": "b7"}},
		{i18n.FA, "consent.newsletter", map[string]string{"type": "checkbox", "value": "1"}},
	} {
		found := inputs(example(t, c.locale, "landing-fields").doc, c.name)
		if len(found) != 1 {
			t.Errorf("%d controls named %s", len(found), c.name)
			continue
		}
		for name, want := range c.want {
			if got := attr(found[0], name); got != want {
				t.Errorf("%s: %s is %q, want %q", c.name, name, got, want)
			}
		}
	}
}

// A few short choices are large buttons; longer ones a list; many a select. None is chosen beforehand.
func TestChoices(t *testing.T) {
	p := example(t, i18n.FA, "landing-fields")
	class := func(name string) string { return attr(inputs(p.doc, name)[0].Parent, "class") }
	if class("when") != "seg" || class("budget") != "check" || inputs(p.doc, "size")[0].Data != "select" {
		t.Errorf("when is %s, budget %s, size %s", class("when"), class("budget"), inputs(p.doc, "size")[0].Data)
	}
	for _, c := range all(example(t, i18n.FA, "landing").doc, "input") {
		if has(c, "checked") {
			t.Errorf("%s is chosen beforehand", attr(c, "name"))
		}
	}
	if got := len(all(inputs(p.doc, "city")[0], "optgroup")); got != 2 {
		t.Errorf("cities stand under %d provinces", got)
	}
}

// Robots fill in what people do not see.
func TestTrap(t *testing.T) {
	trap := inputs(example(t, i18n.EN, "landing").doc, "topic")[0]
	if attr(trap, "tabindex") != "-1" || attr(trap, "autocomplete") != "off" || attr(trap.Parent, "aria-hidden") != "true" {
		t.Errorf("%+v in %+v", trap.Attr, trap.Parent.Attr)
	}
}

// The form stands beside a hero that it follows; a second form, and proof without a quote, are left out.
func TestBlocks(t *testing.T) {
	beside, apart := example(t, i18n.EN, "landing"), example(t, i18n.EN, "landing-apart")
	if got := attr(byID(beside.doc, "get").Parent, "class"); got != "wrap lp-hero__grid" {
		t.Errorf("beside the hero, the form is in %s", got)
	}
	if got := attr(byID(apart.doc, "get").Parent, "class"); got != "wrap lp-form-alone" {
		t.Errorf("apart from the hero, the form is in %s", got)
	}
	if strings.Contains(beside.source, "never shown") || strings.Contains(example(t, i18n.EN, "landing-fields").source, "left out") {
		t.Error("an empty block or a second form is shown")
	}
}

// Of a question that may not be for everybody it is said for whom it is; it is neither required nor called optional (C4).
func TestConditionsAreSaid(t *testing.T) {
	p := example(t, i18n.EN, "landing-step")
	company := inputs(p.doc, "company")[0]
	if has(company, "required") || attr(company, "aria-describedby") != "f-company-when" || text(byID(p.doc, "f-company-when")) != "If you chose “Work” for “What is it for?”" {
		t.Errorf("%+v, %q", company.Attr, text(byID(p.doc, "f-company-when")))
	}
	if part := company.Parent; attr(part, "data-if") != "use=work" || strings.Contains(text(part), "optional") {
		t.Errorf("the field is %+v: %s", part.Attr, text(part))
	}
	if box := inputs(p.doc, "call_me")[0]; attr(box.Parent.Parent, "data-if") != "company" {
		t.Errorf("the box is in %+v", box.Parent.Parent.Attr)
	}
	if !has(inputs(p.doc, "use")[0], "required") {
		t.Error("a question for everybody is not required")
	}
}

// A step carries the other ones' answers, says where it is, and takes the focus; Enter goes on, and never back.
func TestStep(t *testing.T) {
	p := example(t, i18n.EN, "landing-step")
	if title := text(all(p.doc, "title")[0]); !strings.HasSuffix(title, "step 2 of 3") {
		t.Errorf("the title is %q", title)
	}
	if got := attr(inputs(p.doc, "_step")[0], "value") + attr(inputs(p.doc, "email")[0], "value") + attr(inputs(p.doc, "email")[0], "type"); got != "2narges@example.comhidden" {
		t.Errorf("it carries %s", got)
	}
	buttons := all(byID(p.doc, "get"), "button")
	if attr(buttons[0], "name") != "" || attr(buttons[len(buttons)-1], "name") != "_back" {
		t.Errorf("the buttons are %+v and %+v", buttons[0].Attr, buttons[len(buttons)-1].Attr)
	}
	if !strings.Contains(p.source, `class="lp-form__step" tabindex="-1" autofocus`) {
		t.Error("the step does not take the focus")
	}
}

// A booth's browser neither fills in nor remembers, and leads nowhere but to the notice beside the button (C5).
func TestBooth(t *testing.T) {
	p := example(t, i18n.FA, "booth")
	form := byID(p.doc, "get")
	for _, c := range append(all(form, "input"), form) {
		if kind := attr(c, "type"); kind != "hidden" && kind != "radio" && kind != "checkbox" && attr(c, "autocomplete") != "off" {
			t.Errorf("%s: autocomplete is %q", attr(c, "name"), attr(c, "autocomplete"))
		}
	}
	for _, a := range all(p.doc, "a") {
		if to := attr(a, "href"); to != "#get" && to != "/privacy" {
			t.Errorf("a link to %s", to)
		}
	}
}

// On another site links open beside it, and those to a place on the page stay in the frame: one from a mistake to its field
// would open an empty form (C4).
func TestLinksOfAFrame(t *testing.T) {
	p := example(t, i18n.EN, "framed-errors")
	if base := all(p.doc, "base"); len(base) != 1 || attr(base[0], "target") != "_blank" {
		t.Error("links lead away within the frame")
	}
	within := 0
	for _, a := range all(p.doc, "a") {
		here := strings.HasPrefix(attr(a, "href"), "#")
		if here != (attr(a, "target") == "_self") {
			t.Errorf("a link to %s opens in %q", attr(a, "href"), attr(a, "target"))
		}
		if here {
			within++
		}
	}
	if within < 3 {
		t.Errorf("%d links lead to a place on the page", within)
	}
}
