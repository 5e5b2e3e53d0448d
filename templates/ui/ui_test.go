package ui

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"sarnakh/i18n"
)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A misspelt icon would be an empty square, which nobody sees in a review.
func TestIconsUsedAreDrawn(t *testing.T) {
	used := regexp.MustCompile(`(?:Icon(?:Flip)?\(|Icon:\s*|Note\([^,]+,\s*)"([a-z-]+)"`)
	found := 0
	err := filepath.WalkDir("..", func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" {
			return err
		}
		src, err := os.ReadFile(path)
		for _, m := range used.FindAllSubmatch(src, -1) {
			found++
			if icons[string(m[1])] == "" {
				t.Errorf("%s uses the icon %q, which is not drawn", path, m[1])
			}
		}
		return err
	})
	if err != nil || found < 10 {
		t.Fatalf("%d icons found in templates: %v", found, err)
	}
}

func TestIconsAreWellFormed(t *testing.T) {
	for name := range icons {
		for _, c := range []templ.Component{Icon(name), IconFlip(name)} {
			d := xml.NewDecoder(strings.NewReader(render(t, c)))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	}
}

// Persian letters join, so two initials would read as a word.
func TestInitials(t *testing.T) {
	for _, c := range []struct {
		locale     i18n.Locale
		name, want string
	}{
		{i18n.FA, "نرگس مهرآیین", "ن"},
		{i18n.EN, "karl van Rastgar", "KV"},
		{i18n.EN, "نرگس مهرآیین", "ن"},
		{i18n.EN, "  Cher ", "C"},
		{i18n.EN, "", ""},
		{i18n.FA, "", ""},
	} {
		if got := Initials(c.locale, c.name); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A control is tied to its label, then its hint, then its error.
func TestFieldIsTiedToItsWords(t *testing.T) {
	f := FieldProps{ID: "f-email", Label: "Email", Hint: "Work", Error: "Wrong", Optional: true}
	html := render(t, templ.Join(Field(i18n.For(i18n.EN), f), Input(f, InputProps{Name: "email", Value: `a"b`})))
	for _, want := range []string{
		`for="f-email"`, `id="f-email"`, `id="f-email-hint"`, `id="f-email-error"`, "(optional)",
		`aria-describedby="f-email-hint f-email-error"`, `aria-invalid="true"`, `value="a&#34;b"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("%s is not in\n%s", want, html)
		}
	}
	if html := render(t, Input(FieldProps{ID: "x"}, InputProps{})); strings.Contains(html, "aria-") {
		t.Errorf("nothing to tell, and yet %s", html)
	}
}

// Cities stand under their provinces; what was chosen comes back chosen.
func TestSelectGroups(t *testing.T) {
	html := render(t, Select(FieldProps{ID: "city"}, ChoiceProps{Placeholder: "Choose", Chosen: []string{"c"}, Options: []Option{
		{Value: "a", Label: "A"}, {Value: "b", Label: "B", Group: "G"}, {Value: "c", Label: "C", Group: "G"}, {Value: "d", Label: "D", Group: "H"},
	}}))
	want := `<option value="">Choose</option> <option value="a">A</option><optgroup label="G"><option value="b">B</option><option value="c" selected>C</option></optgroup><optgroup label="H"><option value="d">D</option></optgroup>`
	if got := strings.ReplaceAll(html, "> <", "><"); !strings.Contains(got, strings.ReplaceAll(want, "> <", "><")) {
		t.Errorf("got %s", html)
	}
}

func TestSmallPieces(t *testing.T) {
	fa := i18n.For(i18n.FA)
	for _, c := range []struct {
		name string
		page templ.Component
		want []string
	}{
		{"the sign stays with the digits", Signed(fa, -5), []string{`class="signed num"`, "−۵"}},
		{"a badge has a word", Badge(Hot, "داغ"), []string{`"badge badge--hot"`, "داغ"}},
		{"an icon alone says what it does", Button(ButtonProps{Variant: Ghost, Icon: "menu", Label: "Menu"}), []string{`aria-label="Menu"`, "btn--icon"}},
		{"a button can be one of several", Button(ButtonProps{Name: "file", Value: "pdf", Attrs: templ.Attributes{"hx-post": "/x"}}), []string{`name="file" value="pdf"`, `hx-post="/x"`}},
		{"an unsafe address goes nowhere", LinkButton("javascript:alert(1)", ButtonProps{}), []string{"about:invalid"}},
		{"an empty place offers one thing", Empty(EmptyProps{Text: "Nothing yet", Button: "New", URL: "/new"}), []string{"Nothing yet", `href="/new"`}},
		{"a list goes both ways", Pager(fa, "?a", "?b"), []string{`rel="prev"`, `rel="next"`, "بعدی"}},
		{"a note is announced", Note(OK, "check"), []string{`role="status"`, "note--ok"}},
		{"stars are said in words", Stars(4, "4 of 5"), []string{`role="img"`, "4 of 5", "stars__off"}},
	} {
		html := render(t, c.page)
		for _, want := range c.want {
			if !strings.Contains(html, want) {
				t.Errorf("%s: %s is not in\n%s", c.name, want, html)
			}
		}
	}
	if html := render(t, Pager(fa, "", "")); html != "" {
		t.Errorf("a list of one page has a pager: %s", html)
	}
}
