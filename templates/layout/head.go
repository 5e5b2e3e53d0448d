// Package layout is the frame of a page: the document head, the header and the footer.
package layout

import (
	"time"

	"sarnakh/i18n"
)

// Assets are the addresses of the files a page loads. Script and Theme may be empty.
type Assets struct {
	Stylesheet string
	Theme      string // a campaign's own colours, after the stylesheet
	Font       string // the one font to fetch first: the Arabic file in Persian, Inter in English
	Icon       string
	TouchIcon  string
	Script     string
	Scripts    []string // that only some pages need
}

// Brand is whose page it is.
type Brand struct {
	Name string
	URL  string
	Logo *Logo // without one, the mark is the first letter of the name
}

// Logo is a brand's picture, as wide and high as it is, so that nothing moves when it arrives.
type Logo struct {
	URL           string
	Width, Height int
}

// Site is what all public pages of one owner share.
type Site struct {
	Brand      Brand
	Phone      string // as people write it
	PhoneURL   string // tel:+982100000000
	PrivacyURL string
	MyDataURL  string
	Note       string // the owner's own last words, whose lines are paragraphs
	MadeWith   string // address behind "made with Sarnakh"; empty leaves it out
	Now        time.Time
}

// Alternate is the same page in another language.
type Alternate struct {
	Locale i18n.Locale
	URL    string
}

// PublicHead is what a public page says about itself.
type PublicHead struct {
	Loc         *i18n.Loc
	Site        Site
	Assets      Assets
	Title       string
	Description string
	Canonical   string // absolute; empty on pages nobody should find
	Alternates  []Alternate
	Image       SharedImage
	NoIndex     bool
	SkipTo      string // id; "main" unless said
	Linked      *Linked
	Body        string // a class of its own: a form in a frame, or at a booth
	Outside     bool   // links lead out of the frame that the page stands in
}

// SharedImage is shown where a page is passed on. Its address is absolute.
type SharedImage struct {
	URL, Alt      string
	Width, Height int
	Large         bool // a picture, not a mark
}

// skip is where the skip link leads, and the key of its words.
func (h PublicHead) skip() (id, key string) {
	if h.SkipTo == "" {
		return "main", "public.skip.main"
	}
	return h.SkipTo, "public.skip.form"
}

// openGraphLocale: Facebook's names, language_TERRITORY.
var openGraphLocale = map[i18n.Locale]string{"fa": "fa_IR", "en": "en_US"}

// Linked is what search engines read about a page (schema.org, as JSON-LD).
type Linked struct {
	Context     string     `json:"@context"`
	Type        string     `json:"@type"`
	URL         string     `json:"url,omitempty"`
	Name        string     `json:"name"`
	Description string     `json:"description,omitempty"`
	InLanguage  string     `json:"inLanguage"`
	Publisher   *Thing     `json:"publisher,omitempty"`
	MainEntity  []Question `json:"mainEntity,omitempty"`
}

// Thing is anything with a name.
type Thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// Question is one of an FAQPage, with its Answer.
type Question struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	Answer Answer `json:"acceptedAnswer"`
}

// Answer is the text that answers a Question.
type Answer struct {
	Type string `json:"@type"`
	Text string `json:"text"`
}
