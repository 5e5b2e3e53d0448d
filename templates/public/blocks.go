package public

import (
	"math"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"sarnakh/i18n"
	"sarnakh/markdown"
	"sarnakh/templates/layout"
)

// Block is one part of a landing page: Hero, Benefits, Inside, Proof, Form, FAQ, Countdown, Gallery, Prose, Video or CTA.
type Block interface {
	view(*i18n.Loc) templ.Component
}

// Hero opens the page. A form that directly follows it stands beside it on wide screens.
type Hero struct {
	Eyebrow string
	Heading string
	Lead    string
	Cover   *Cover
	Image   *Image // instead of a cover
	Ticks   []string
	Rating  *Rating
}

// Rating is what readers thought, from a source the owner can show.
type Rating struct {
	Value    float64 // out of 5
	Count    int64
	Who      string
	Initials []string
}

// stars are whole ones; the exact value stands beside them.
func (r Rating) stars() int { return int(math.Round(r.Value)) }

// Benefits are what the visitor gains.
type Benefits struct {
	Heading string
	Text    string
	Items   []Benefit
}

// Benefit is one gain. Icon is one of package ui's; a tick unless said.
type Benefit struct {
	Icon    string
	Heading string
	Text    string
}

// Inside shows what is in the gift, a part at a time.
type Inside struct {
	Heading  string
	Text     string
	Chapters []Chapter
}

// Chapter is one part of the gift, with a taste of it.
type Chapter struct {
	Label   string
	Heading string
	Text    string
	Sample  string
}

// Proof is what readers said. Without a quote it is not shown.
type Proof struct {
	Heading string
	Quotes  []Quote
}

// Quote is one reader's words.
type Quote struct {
	Text string
	Name string
	Role string
}

// FAQ answers what keeps people from the button.
type FAQ struct {
	Heading string
	Text    string
	Items   []QA
}

// QA is a question and its answer, whose lines are paragraphs.
type QA struct {
	Question string
	Answer   string
}

// CTA leads back to the form from the end of the page.
type CTA struct {
	Heading string
	Text    string
	Button  string
}

// Countdown says until when. Over: it has passed, and only After is left to say.
type Countdown struct {
	Heading string
	Until   time.Time // in the page's zone
	Zone    string    // in words; empty where it needs no saying
	After   string
	Over    bool
}

// Gallery is pictures side by side.
type Gallery struct {
	Heading  string
	Text     string
	Pictures []GalleryPicture
}

// GalleryPicture is one of them.
type GalleryPicture struct {
	Image   Image
	Caption string
}

// Prose is a few paragraphs.
type Prose struct {
	Heading string
	Text    []markdown.Block
}

// Video is a film that is asked for when somebody presses play, and not before.
type Video struct {
	Heading string
	Page    string // where it is to be seen
	Embed   string // what plays it in this page
	Site    string // "youtube"
	Cover   *Image
	Caption string
}

// opening is a hero with the form that follows it.
type opening struct {
	hero Hero
	form *Form
}

func (b Hero) view(loc *i18n.Loc) templ.Component      { return opening{hero: b}.view(loc) }
func (b opening) view(loc *i18n.Loc) templ.Component   { return heroView(loc, b.hero, b.form) }
func (b Benefits) view(*i18n.Loc) templ.Component      { return benefitsView(b) }
func (b Inside) view(*i18n.Loc) templ.Component        { return insideView(b) }
func (b Proof) view(loc *i18n.Loc) templ.Component     { return proofView(loc, b) }
func (b Form) view(loc *i18n.Loc) templ.Component      { return formSection(loc, b) }
func (b FAQ) view(*i18n.Loc) templ.Component           { return faqView(b) }
func (b Countdown) view(loc *i18n.Loc) templ.Component { return countdownView(loc, b) }
func (b Gallery) view(*i18n.Loc) templ.Component       { return galleryView(b) }
func (b Prose) view(*i18n.Loc) templ.Component         { return proseView(b) }
func (b Video) view(loc *i18n.Loc) templ.Component     { return videoView(loc, b) }
func (b CTA) view(*i18n.Loc) templ.Component           { return ctaView(b) }

// A placed block has a place that an address can name: "#b-hero".
type placed struct {
	Block
	mark string // empty for none
}

// arranged pairs the hero with its form, and drops any further form: ids and the form's token stand once. A form has its
// own place.
func (p LandingProps) arranged() []placed {
	var out []placed
	formSeen := false
	for i, b := range p.Blocks {
		form, isForm := b.(Form)
		if isForm && formSeen {
			continue
		}
		formSeen = formSeen || isForm
		if n := len(out); n > 0 && isForm {
			if hero, ok := out[n-1].Block.(Hero); ok {
				out[n-1].Block = opening{hero, &form}
				continue
			}
		}
		one := placed{Block: b}
		if i < len(p.Marks) && !isForm {
			one.mark = p.Marks[i]
		}
		out = append(out, one)
	}
	return out
}

// first finds the first block of one type.
func first[B Block](blocks []Block) (B, bool) {
	for _, b := range blocks {
		if found, ok := b.(B); ok {
			return found, true
		}
	}
	var none B
	return none, false
}

// absolute is an address as seen from a page: whoever reads linked data may not know where it was found.
func absolute(page, address string) string {
	base, err := url.Parse(page)
	if err != nil {
		return address
	}
	u, err := base.Parse(address)
	if err != nil {
		return address
	}
	return u.String()
}

// linked tells search engines what the page holds; with questions answered it is an FAQPage.
func linked(h layout.PublicHead, blocks []Block) *layout.Linked {
	l := &layout.Linked{
		Context: "https://schema.org", Type: "WebPage", URL: h.Canonical, Name: h.Title, Description: h.Description,
		InLanguage: h.Loc.Lang(), Publisher: &layout.Thing{Type: "Organization", Name: h.Site.Brand.Name, URL: absolute(h.Canonical, h.Site.Brand.URL)},
	}
	faq, _ := first[FAQ](blocks)
	for _, item := range faq.Items {
		l.Type = "FAQPage"
		l.MainEntity = append(l.MainEntity, layout.Question{
			Type: "Question", Name: item.Question, Answer: layout.Answer{Type: "Answer", Text: item.Answer},
		})
	}
	return l
}
