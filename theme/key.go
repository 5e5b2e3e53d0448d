package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sarnakh/models"
)

// ending closes the key of every theme.
const ending = ".css"

// Key is the name of a theme's stylesheet in its address. It holds the whole theme, so that nothing has to be looked up,
// and a hash of the stylesheet, so that a browser may keep it for ever: "ink-121826-1f2a44-…-plain-small-3f2a91c0.css".
// The default theme has none: it is what the program's own stylesheet says.
func Key(t models.Theme) string {
	t = Resolve(t)
	if t == ready[0] {
		return ""
	}
	sum := sha256.Sum256([]byte(CSS(t)))
	return strings.Join([]string{t.Base, t.Hero[1:], t.Hero2[1:], t.Primary[1:], t.Accent[1:], t.Fonts, t.Radius, hex.EncodeToString(sum[:4])}, "-") + ending
}

// Parse reads a key that this program made; any other is none.
func Parse(key string) (models.Theme, bool) {
	parts := strings.Split(key, "-")
	if len(parts) != 8 {
		return models.Theme{}, false
	}
	t := models.Theme{
		Base: parts[0], Hero: "#" + parts[1], Hero2: "#" + parts[2], Primary: "#" + parts[3], Accent: "#" + parts[4], Fonts: parts[5], Radius: parts[6],
	}
	if Resolve(t) != t || Key(t) != key { // anything unknown in it resolves to something else
		return models.Theme{}, false
	}
	return t, true
}
