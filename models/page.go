package models

// A Page is a landing page: typed blocks in order, and what the page says of itself to others.
type Page struct {
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Brand       Brand   `json:"brand"`
	Blocks      []Block `json:"blocks"`
	// NoIndex keeps the page out of search engines.
	NoIndex bool `json:"no_index,omitempty"`
	// Twin is the slug of the same page in the other language.
	Twin string `json:"twin,omitempty"`
}

// Brand is who speaks on a page.
type Brand struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"` // E.164
}

// BlockType names the kinds of block.
type BlockType string

// The blocks of a page.
const (
	BlockHero     BlockType = "hero"
	BlockBenefits BlockType = "benefits"
	BlockInside   BlockType = "inside"
	BlockProof    BlockType = "proof"
	BlockForm     BlockType = "form"
	BlockFAQ      BlockType = "faq"
	BlockCTA      BlockType = "cta"
	BlockFooter   BlockType = "footer"
)

// A Block is one part of a page: the field named by its type is filled, the others are nil.
type Block struct {
	ID       string    `json:"id"`
	Type     BlockType `json:"type"`
	Hidden   bool      `json:"hidden,omitempty"`
	Hero     *Hero     `json:"hero,omitempty"`
	Benefits *Benefits `json:"benefits,omitempty"`
	Inside   *Inside   `json:"inside,omitempty"`
	Proof    *Proof    `json:"proof,omitempty"`
	FAQ      *FAQ      `json:"faq,omitempty"`
	CTA      *CTA      `json:"cta,omitempty"`
	Footer   *Footer   `json:"footer,omitempty"`
}

// Hero opens a page: the promise, and the cover of what is given.
type Hero struct {
	Eyebrow string   `json:"eyebrow,omitempty"`
	Heading string   `json:"heading"`
	Lead    string   `json:"lead,omitempty"`
	Cover   *Cover   `json:"cover,omitempty"`
	Ticks   []string `json:"ticks,omitempty"`
}

// Cover is the front of a book, set in type so that it can be translated.
type Cover struct {
	Number string `json:"number,omitempty"`
	Title  string `json:"title"`
	By     string `json:"by,omitempty"`
}

// Benefits say what the reader will be able to do.
type Benefits struct {
	Heading string        `json:"heading"`
	Lead    string        `json:"lead,omitempty"`
	Items   []BenefitItem `json:"items"`
}

// BenefitItem is one benefit.
type BenefitItem struct {
	Heading string `json:"heading"`
	Text    string `json:"text"`
}

// Inside shows what is in the offer.
type Inside struct {
	Heading  string    `json:"heading"`
	Lead     string    `json:"lead,omitempty"`
	Chapters []Chapter `json:"chapters"`
}

// Chapter is one part of the offer with a sample of it.
type Chapter struct {
	Label   string `json:"label,omitempty"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
	Sample  string `json:"sample,omitempty"`
}

// Proof is what others say of it.
type Proof struct {
	Heading string  `json:"heading"`
	Quotes  []Quote `json:"quotes,omitempty"`
}

// Quote is one person's words.
type Quote struct {
	Text string `json:"text"`
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// FAQ answers what people ask before they leave their address.
type FAQ struct {
	Heading string     `json:"heading"`
	Lead    string     `json:"lead,omitempty"`
	Items   []Question `json:"items"`
}

// Question is one of them.
type Question struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// CTA calls back to the form.
type CTA struct {
	Heading string `json:"heading"`
	Text    string `json:"text,omitempty"`
	Button  string `json:"button"`
}

// Footer closes the page.
type Footer struct {
	Text string `json:"text,omitempty"`
}
