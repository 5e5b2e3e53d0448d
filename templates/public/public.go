// Package public holds the pages that anyone may see: landing, thanks, download, privacy, errors and the list
// of campaigns. Each has one typed struct of props that a handler fills.
package public

import (
	"strings"

	"sarnakh/templates/layout"
)

// Link is a text that leads somewhere.
type Link struct {
	Text string
	URL  string
}

// Cover is a book drawn in text, so that it can be translated. Big is its number or shortest word.
type Cover struct {
	Big   string
	Title string
	By    string
}

// Image is a picture with its size, so that nothing moves when it arrives, and the widths in which there is one.
type Image struct {
	URL           string
	Set           string // srcset
	Alt           string // empty where it is decoration
	Width, Height int
}

// wide tells a picture that wants the whole column from one that stands beside words.
func (i Image) wide() bool { return i.Width*10 > i.Height*12 }

// paragraphs are the lines of a text somebody typed, without the empty ones.
func paragraphs(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
}

// titled is a small page's head under its own heading.
func titled(h layout.PublicHead, heading string) layout.PublicHead {
	h.Title = heading
	if h.Site.Brand.Name != "" {
		h.Title += " · " + h.Site.Brand.Name
	}
	return h
}
