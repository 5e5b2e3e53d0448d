package admin

import (
	"cmp"
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
)

// blockName is how a block is called: by its heading, else by its kind.
func blockName(loc *i18n.Loc, b *models.Block) string {
	if name := headingOf(b); name != "" {
		return name
	}
	return loc.T("block_type." + string(b.Type))
}

// firstWords are those of a text, without the signs of its first line.
func firstWords(body string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(body, "\n"), "\n")
	if r := []rune(line); len(r) > 40 {
		line = string(r[:40]) + "…"
	}
	return strings.Trim(strings.NewReplacer("**", "", "[", "", "]", "").Replace(line), "#>-* ")
}

func headingOf(b *models.Block) string {
	switch {
	case b.Hero != nil:
		return b.Hero.Heading
	case b.Benefits != nil:
		return b.Benefits.Heading
	case b.Inside != nil:
		return b.Inside.Heading
	case b.Proof != nil:
		return b.Proof.Heading
	case b.FAQ != nil:
		return b.FAQ.Heading
	case b.Countdown != nil:
		return b.Countdown.Heading
	case b.Gallery != nil:
		return b.Gallery.Heading
	case b.Text != nil:
		return cmp.Or(b.Text.Heading, firstWords(b.Text.Body))
	case b.Button != nil:
		return b.Button.Label
	case b.Picture != nil && b.Picture.Image != nil:
		return b.Picture.Image.Alt
	case b.Video != nil:
		return b.Video.Heading
	case b.CTA != nil:
		return b.CTA.Heading
	}
	return ""
}
