package theme

import (
	"testing"

	"sarnakh/models"

	"pgregory.net/rapid"
)

// C2, N1: whatever colours a theme has, words in its mails can be read: links on both grounds, letters on the sign, in the light
// and in the dark. Buttons are as on the page, where their contrast is told.
func TestLettersCanBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hex := rapid.StringMatching(`#[0-9a-f]{6}`)
		l := LetterOf(models.Theme{Primary: hex.Draw(t, "primary"), Accent: hex.Draw(t, "accent")})
		if l == (Letter{}) {
			return
		}
		for _, pair := range [][2]rgb{{parse(l.Link), lightSheet}, {parse(l.Link), lightPaper}, {parse(l.DarkLink), darkSheet}, {parse(l.DarkOnMark), parse(l.DarkMark)}} {
			if c := contrast(pair[0], pair[1]); c < NeededText {
				t.Errorf("%+v: %s on %s has %.2f", l, pair[0], pair[1], c)
			}
		}
	})
	if l := LetterOf(models.Theme{Hero: "#101010"}); l != (Letter{}) {
		t.Errorf("the program's own colours are %+v", l)
	}
}
