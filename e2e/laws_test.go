package e2e

import (
	_ "embed"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/scenes"
)

// axe is axe-core 4.14.1 by Deque Systems (MPL-2.0, see the licences beside it); only tests use it.
//
//go:embed testdata/axe/axe.min.js
var axe string

// Every page in every state, in both languages: one heading; nothing in the console; nothing asked of anyone
// else; nothing kept by a visitor's browser; WCAG 2.2 AA on a phone and on a desktop, and the back office in both
// its sets of colours; nothing beyond the edges of a window of 320 px (design/README.md, promises "Consent and
// privacy").
func TestEveryPageKeepsTheLaws(t *testing.T) {
	b := needBrowser(t)
	world, err := scenes.New(binary, b, t.TempDir(), scenes.Seed{Leads: 60, Events: 600})
	must(t, err)
	t.Cleanup(func() { must(t, world.Close()) })
	for _, locale := range scenes.Locales {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			for _, scene := range scenes.All() {
				t.Run(scene.Name, func(t *testing.T) {
					stage, err := world.Stage(scene.Who, locale)
					must(t, err)
					keepsTheLaws(t, stage, scene)
				})
			}
		})
	}
}

func keepsTheLaws(t *testing.T, s *scenes.Stage, scene scenes.Scene) {
	s.Resize(browser.Desktop)
	s.Dark(false)
	scene.Open(s)
	if headings := s.All("h1"); len(headings) != 1 || headings[0] == "" {
		t.Errorf("headings: %q", headings)
	}
	if lang := s.Attr("html", "lang"); lang != s.Locale {
		t.Errorf("the page is in %s", lang)
	}
	for _, width := range []int64{browser.Desktop, browser.Phone} {
		s.Resize(width)
		looks(t, s, width, browser.AllRules)
		if scene.Who.Office() && width == browser.Desktop { // the colours are the same on a phone
			s.Dark(true)
			looks(t, s, width, browser.ColourRules)
			s.Dark(false)
		}
	}
	s.Resize(browser.Narrow)
	for _, found := range s.Sideways() {
		t.Error("at 320 px:", found)
	}
	if !scene.Who.Office() {
		for _, kept := range s.Kept() {
			t.Error("a visitor's browser keeps", kept)
		}
	}
	told(t, s.Tab)
}

func looks(t *testing.T, s *scenes.Stage, width int64, rules string) {
	for _, found := range s.Axe(axe, rules) {
		t.Errorf("%d px, %s: %s", width, rules, found)
	}
	must(t, s.Err())
}

// A mail is a page too: shown by itself, it asks nothing of anyone and fits a phone.
func TestMailAsAPage(t *testing.T) {
	w := walks[0]
	w.server = serve(t, "sales.notify="+salesperson)
	got(w.server.Client().Submit(w.page, w.answers()))(t)
	tab := sit(t, browser.Person{Site: w.server.URL, Language: w.locale})
	tab.Open(got(w.server.OwnerLink())(t))
	tab.Fill("#f-name", "Mina")
	tab.Fill("#f-email", ownerEmail)
	tab.Click(`label:has([name=locale][value=fa])`)
	tab.Fill("#f-password", ownerPassword)
	tab.Press(".gate .btn--primary")
	mails := got(w.server.Export("messages"))(t)
	if len(mails) != 2 {
		t.Fatalf("%d mails", len(mails))
	}
	for _, mail := range mails {
		tab.Resize(browser.Narrow)
		tab.Open("/admin/mailbox/" + mail.Text("id") + "/html")
		if text := tab.Text("body"); !strings.Contains(text, w.name) || tab.Attr("html", "dir") != "rtl" {
			t.Errorf("%s: %s", mail.Text("kind"), text)
		}
		for _, found := range tab.Sideways() {
			t.Errorf("%s at 320 px: %s", mail.Text("kind"), found)
		}
		told(t, tab)
	}
}
