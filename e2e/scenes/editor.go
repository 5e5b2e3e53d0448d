package scenes

import (
	"fmt"

	"sarnakh/e2e/browser"
)

// editor are the pages where a campaign's page is made: the starter's of each language, and one that is empty.
func editor() []Scene {
	scenes := []Scene{
		{Name: "editor", Who: Owner, Open: func(s *Stage) { s.Open(s.pageEditor("")) }},
		{Name: "editor-theme", Who: Owner, Open: func(s *Stage) { s.Open(s.pageEditor("?part=theme")) }},
		{Name: "editor-about", Who: Owner, Open: func(s *Stage) { s.Open(s.pageEditor("?part=about")) }},
		{Name: "editor-look", Who: Owner, Open: func(s *Stage) { s.Open(s.pageEditor("?block=faq&view=look&width=desktop")) }},
		{Name: "editor-error", Who: Owner, Open: func(s *Stage) {
			s.Open(s.pageEditor("?block=faq"))
			s.Fill("#f-heading", "")
			s.Fill("#f-items-1-question", "")
			s.Click("#save")
			s.Wait(".part-form .errors")
		}},
		{Name: "editor-conflict", Who: Owner, Open: func(s *Stage) {
			s.Open(s.pageEditor("?block=cta"))
			s.Set(".part-form [name=base]", "value", "of-before")
			s.Fill("#f-heading", s.say("متن من", "My words"))
			s.Click("#save")
			s.Wait("#theirs")
			browser.Eval[browser.Nothing](s.Tab, "scrollTo(0, 0)")
		}},
		{Name: "editor-deleted", Who: Owner, Open: func(s *Stage) {
			s.Open(s.pageEditor("?block=benefits"))
			s.Click("#part-benefits [value=delete]")
			s.Wait(".note__act")
		}},
		{Name: "editor-undone", Who: Owner, Open: func(s *Stage) {
			s.Click(".note__act button")
			s.Wait("#part-benefits")
		}},
		{Name: "editor-empty", Who: Beginner, Open: func(s *Stage) {
			s.Open(s.pageEditor(""))
			for s.Has("#matter") {
				before := s.All("#blocks > li")
				s.Click(".part--current [value=delete]")
				s.Until("a block is deleted", func() bool { return len(s.All("#blocks > li")) < len(before) })
			}
		}},
	}
	for _, block := range [...]string{"hero", "form", "inside", "benefits", "proof", "cta", "footer"} {
		scenes = append(scenes, Scene{Name: "editor-" + block, Who: Owner, Open: func(s *Stage) { s.Open(s.pageEditor("?block=" + block)) }})
	}
	for _, kind := range [...]string{"countdown", "gallery", "text", "video"} {
		scenes = append(scenes, Scene{Name: "editor-" + kind, Who: Owner, Open: func(s *Stage) {
			s.Open(s.pageEditor("?block=proof"))
			s.Click("#adder summary")
			s.Click("#adder [value=" + kind + "]")
			s.Wait("[name=kind][value=" + kind + "]")
		}})
	}
	return scenes
}

// pageEditor is the path of the editor of the page in the stage's language.
func (s *Stage) pageEditor(more string) string {
	s.Open("/admin/campaigns?q=" + s.slug())
	return EditorOf(s.Tab, s.Landing()) + more
}

// EditorOf is the path of the editor of a campaign's page, by the page's own path, for whoever looks at the list of them.
func EditorOf(tab *browser.Tab, public string) string {
	const link = `[...document.querySelectorAll("tbody tr")].find(r => r.innerText.split(/\s+/).includes(%q))?.querySelector("a").getAttribute("href") ?? ""`
	return browser.Eval[string](tab, fmt.Sprintf(link, public)) + "/page"
}
