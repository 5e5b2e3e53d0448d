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

// Block finds a block of the page by its ID, as FindBlock does.
func (p *Page) Block(id string) (*Block, int) { return FindBlock(p.Blocks, id) }

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
