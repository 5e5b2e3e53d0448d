package scenes

import (
	"os"
	"path/filepath"
	"strings"
)

// part opens a part of a campaign, which is found in the list as people find it.
func (s *Stage) part(slug, part string) {
	s.Open("/admin/campaigns?q=" + slug)
	s.Open(s.Attr("tbody .cell a", "href") + part)
}

// slug is that of the starter of the stage's language.
func (s *Stage) slug() string { return strings.TrimPrefix(s.Landing(), "/p/") }

// blank opens a part of a campaign that has nothing in it yet, and begins it where there is none.
func (s *Stage) blank(part string) {
	slug := "blank-" + s.Locale
	if s.Open("/admin/campaigns?q=" + slug); !s.Has("tbody .cell a") {
		s.Open("/admin/campaigns/new?template=blank")
		s.Fill("#f-name", s.say("نمایشگاه کتاب پاییز", "Autumn book fair"))
		s.Fill("#f-slug", slug)
		s.Press("form .btn--primary")
	}
	s.part(slug, part)
}

// late makes what a form was shown with older than what there is, as if somebody else had saved meanwhile.
func (s *Stage) late() { s.Set("[name=base]", "value", "of-before") }

// save presses the button of the form that is not that of another card.
func (s *Stage) save() { s.Press("form .btn--primary") }

// attach chooses a file with this content, which is made for it beside the server's data.
func (s *Stage) attach(selector, name, content string) {
	path := filepath.Join(filepath.Dir(s.atWork.Dir), name)
	_ = os.WriteFile(path, []byte(content), 0o600) // without it, attaching fails
	s.Attach(selector, path)
}

// long is a text as long as a field takes, of words that are long themselves.
func (s *Stage) long(letters int) string {
	word := s.say("پیگیری‌های‌حرفه‌ای مشتریان ", "Uncompromisingly-thorough customers ")
	return strings.TrimSpace(string([]rune(strings.Repeat(word, letters))[:letters]))
}
