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
	Twin  string `json:"twin,omitempty"`
	Theme Theme  `json:"theme,omitzero"`
	// Share is the picture shown where the page's address is passed on.
	Share *Image `json:"share,omitempty"`
	// Over is what visitors read once the campaign has ended; our own words where it is empty.
	Over Over `json:"over,omitzero"`
}

// Brand is who speaks on a page.
type Brand struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"` // E.164
	Logo  *Image `json:"logo,omitempty"`
}

// A Theme is a page's own colours and shapes. What is empty is as in the theme that Base names, and in the program's
// own where that is empty too. Colours are written #rrggbb.
type Theme struct {
	Base    string `json:"base,omitempty"`
	Hero    string `json:"hero,omitempty"`  // behind the first words, from here
	Hero2   string `json:"hero2,omitempty"` // to here
	Primary string `json:"primary,omitempty"`
	Accent  string `json:"accent,omitempty"` // of the one button
	Fonts   string `json:"fonts,omitempty"`  // a pair's name
	Radius  string `json:"radius,omitempty"` // none, small, large
}

// An Image is a picture of a page, in several widths.
type Image struct {
	FileID ID     `json:"file_id,omitempty"` // the Upload it is
	Alt    string `json:"alt,omitempty"`
	// Decorative says that the picture tells nothing that has to be read out: it has no alternative text on purpose.
	Decorative bool        `json:"decorative,omitempty"`
	Width      int         `json:"width"` // of the largest, in pixels
	Height     int         `json:"height"`
	Sizes      []ImageSize `json:"sizes"` // smallest first
}

// An ImageSize is a picture in one width; its height follows.
type ImageSize struct {
	Width int    `json:"width"`
	Key   string `json:"key"` // SHA-256 of its bytes in hex, and the end of its name: "9f2c….jpg"
}

// Fit is the smallest size that is wide enough, or the largest there is.
func (i *Image) Fit(width int) ImageSize {
	for _, s := range i.Sizes {
		if s.Width >= width {
			return s
		}
	}
	if len(i.Sizes) == 0 {
		return ImageSize{}
	}
	return i.Sizes[len(i.Sizes)-1]
}

// Over is said where a campaign was.
type Over struct {
	Heading string `json:"heading,omitempty"`
	Text    string `json:"text,omitempty"`
	Link    Onward `json:"link,omitzero"`
}

// Onward is where people may go next.
type Onward struct {
	Text string `json:"text,omitempty"`
	URL  string `json:"url,omitempty"`
}

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

// Block finds a block of the page by its ID, as FindBlock does.
func (p *Page) Block(id string) (*Block, int) { return FindBlock(p.Blocks, id) }

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
