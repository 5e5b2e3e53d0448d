package models

// BlockType names the kinds of block.
type BlockType string

// The blocks of a page.
const (
	BlockHero      BlockType = "hero"
	BlockBenefits  BlockType = "benefits"
	BlockInside    BlockType = "inside"
	BlockProof     BlockType = "proof"
	BlockForm      BlockType = "form"
	BlockFAQ       BlockType = "faq"
	BlockCountdown BlockType = "countdown"
	BlockGallery   BlockType = "gallery"
	BlockText      BlockType = "text"
	BlockVideo     BlockType = "video"
	BlockCTA       BlockType = "cta"
	BlockFooter    BlockType = "footer"
)

// The blocks that stand in mails alone. What else stands in them are a page's texts, benefits, quotes and questions.
const (
	BlockButton  BlockType = "button"
	BlockPicture BlockType = "picture"
	BlockDivider BlockType = "divider"
)

// A Block is one part of a page or a mail: the field named by its type is filled, the others are nil.
type Block struct {
	ID        string     `json:"id"` // names it over all versions of what it stands in
	Type      BlockType  `json:"type"`
	Hidden    bool       `json:"hidden,omitempty"`
	Hero      *Hero      `json:"hero,omitempty"`
	Benefits  *Benefits  `json:"benefits,omitempty"`
	Inside    *Inside    `json:"inside,omitempty"`
	Proof     *Proof     `json:"proof,omitempty"`
	FAQ       *FAQ       `json:"faq,omitempty"`
	Countdown *Countdown `json:"countdown,omitempty"`
	Gallery   *Gallery   `json:"gallery,omitempty"`
	Text      *RichText  `json:"text,omitempty"`
	Video     *Video     `json:"video,omitempty"`
	CTA       *CTA       `json:"cta,omitempty"`
	Footer    *Footer    `json:"footer,omitempty"`
	Button    *Button    `json:"button,omitempty"`
	Picture   *Banner    `json:"picture,omitempty"`
}

// FindBlock finds a block by its ID, with its place; -1 where there is none.
func FindBlock(blocks []Block, id string) (*Block, int) {
	for i := range blocks {
		if blocks[i].ID == id {
			return &blocks[i], i
		}
	}
	return nil, -1
}

// Hero opens a page: the promise, and the cover of what is given.
type Hero struct {
	Eyebrow string   `json:"eyebrow,omitempty"`
	Heading string   `json:"heading"`
	Lead    string   `json:"lead,omitempty"`
	Cover   *Cover   `json:"cover,omitempty"`
	Image   *Image   `json:"image,omitempty"` // shown instead of a cover
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

// Countdown says until when, and once it has passed, that it is over.
type Countdown struct {
	Heading string  `json:"heading"`
	Until   Instant `json:"until"`
	After   string  `json:"after,omitempty"` // said from then on; the block goes away where it is empty
}

// Gallery shows pictures side by side.
type Gallery struct {
	Heading string    `json:"heading,omitempty"`
	Lead    string    `json:"lead,omitempty"`
	Images  []Picture `json:"images"`
}

// Picture is one of a gallery.
type Picture struct {
	Image   Image  `json:"image"`
	Caption string `json:"caption,omitempty"`
}

// RichText is a few paragraphs in the Markdown that pages and mails are written in; a mail's may hold its fields.
type RichText struct {
	Heading string `json:"heading,omitempty"`
	Body    string `json:"body"`
}

// Video is played after a click; before it nobody else is asked for anything.
type Video struct {
	Heading string `json:"heading,omitempty"`
	URL     string `json:"url"` // its page at YouTube or Aparat
	Cover   *Image `json:"cover,omitempty"`
	Caption string `json:"caption,omitempty"`
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

// Button leads out of a mail: to an address of the web, or to that of a field such as {{page_url}}.
type Button struct {
	Label string `json:"label"`
	Link  string `json:"link"`
}

// Banner is a picture as wide as its mail, which may lead where a button would.
type Banner struct {
	Image *Image `json:"image,omitempty"`
	Link  string `json:"link,omitempty"`
}

// TextBlocks are blocks that hold a text and nothing else.
func TextBlocks(body string) []Block {
	return []Block{{ID: "text", Type: BlockText, Text: &RichText{Body: body}}}
}
