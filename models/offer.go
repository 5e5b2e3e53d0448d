package models

import "time"

// OfferKind is what a campaign gives in exchange for contact details (C3).
type OfferKind string

// The kinds of offer.
const (
	OfferEbook      OfferKind = "ebook"
	OfferFile       OfferKind = "file"
	OfferCoupon     OfferKind = "coupon"
	OfferTrial      OfferKind = "trial"
	OfferDemo       OfferKind = "demo"
	OfferPrice      OfferKind = "price"
	OfferContact    OfferKind = "contact"
	OfferWebinar    OfferKind = "webinar"
	OfferNewsletter OfferKind = "newsletter"
	OfferSurvey     OfferKind = "survey"
	OfferContest    OfferKind = "contest"
)

// RaisesHand tells whether asking for such an offer is itself a raised hand: the person waits for an answer.
func (k OfferKind) RaisesHand() bool {
	return k == OfferDemo || k == OfferPrice || k == OfferContact
}

// An Offer is what a published campaign gives.
type Offer struct {
	Kind   OfferKind     `json:"kind"`
	Title  string        `json:"title"`
	By     string        `json:"by,omitempty"` // the author on the cover
	Funnel Funnel        `json:"funnel,omitempty"`
	Files  []Download    `json:"files,omitempty"`
	Coupon *SharedCoupon `json:"coupon,omitempty"`
	// Pool gives each lead a code of their own.
	Pool    *CouponPool `json:"pool,omitempty"`
	Trial   *Trial      `json:"trial,omitempty"`
	Event   *Gathering  `json:"event,omitempty"`
	Contest *Contest    `json:"contest,omitempty"`
	// Letter is what the delivery mail says in the marketer's words; ours where it is empty.
	Letter Letter `json:"letter,omitzero"`
}

// A Trial is a product to be tried: by its address, or made for each lead by the owner's own program.
type Trial struct {
	URL     string `json:"url,omitempty"`     // where anybody begins one
	Webhook string `json:"webhook,omitempty"` // asked to make one, which answers with its address
	Days    int    `json:"days,omitempty"`
}

// A Gathering is a webinar or an event, at its time and place.
type Gathering struct {
	From  Instant `json:"from"`
	Until Instant `json:"until"`
	Zone  string  `json:"zone"`            // in which its time is said: "Asia/Tehran"
	Place string  `json:"place,omitempty"` // a street address
	URL   string  `json:"url,omitempty"`   // of a meeting online; only written to those who signed up
}

// A Contest has a last day and rules.
type Contest struct {
	Until Instant `json:"until,omitempty"`
	Rules string  `json:"rules,omitempty"`
}

// A Letter is the marketer's words in a mail that is owed anyway.
type Letter struct {
	Subject string `json:"subject,omitempty"`
	Text    string `json:"text,omitempty"` // Markdown, as in sequences
}

// A Download is one format of a gated file.
type Download struct {
	FileID ID     `json:"file_id"`
	Key    string `json:"key"`    // names the format in an address: "pdf"
	Name   string `json:"name"`   // as saved by the browser
	Format string `json:"format"` // as shown: "PDF"
	Type   string `json:"type"`   // media type
	Size   int64  `json:"size"`
	Pages  int    `json:"pages,omitempty"`
}

// A SharedCoupon is one code for everyone, while stock and period last.
type SharedCoupon struct {
	Code  string  `json:"code"`
	Terms string  `json:"terms,omitempty"`
	Stock int     `json:"stock,omitempty"` // 0: without limit
	From  Instant `json:"from,omitempty"`
	Until Instant `json:"until,omitempty"`
}

// A CouponPool is codes of which each has one owner at most; they are kept apart from what is published. Its code is
// written in the mail alone, else whoever typed another's address could read it.
type CouponPool struct {
	Terms string  `json:"terms,omitempty"`
	From  Instant `json:"from,omitempty"`
	Until Instant `json:"until,omitempty"`
	// OnScreen shows the code at a booth, where whoever reads it is the one who typed.
	OnScreen bool `json:"on_screen,omitempty"`
}

// Running tells whether a code can be given at a moment.
func (p *CouponPool) Running(now time.Time) bool {
	return p != nil && within(At(now), p.From, p.Until)
}

func within(at, from, until Instant) bool {
	return (from == 0 || at >= from) && (until == 0 || at < until)
}

// A CouponCode is one code of a pool.
type CouponCode struct {
	ID         ID     `gorm:"primaryKey;autoIncrement:false"`
	CampaignID ID     `gorm:"column:campaign_id"`
	Code       string `gorm:"column:code"`
	CouponID   ID     `gorm:"column:coupon_id"` // the coupon it became; 0 while it is free
}

// TableName keeps the table's name apart from the type's.
func (CouponCode) TableName() string { return "coupon_codes" }

// Running tells whether a coupon can be given at a moment.
func (c *SharedCoupon) Running(now time.Time) bool {
	return c != nil && within(At(now), c.From, c.Until)
}

// File returns the format with a key.
func (o *Offer) File(key string) (Download, bool) {
	for _, f := range o.Files {
		if f.Key == key {
			return f, true
		}
	}
	return Download{}, false
}

// A Coupon is a code given to one lead; a lead has at most one per campaign (I5).
type Coupon struct {
	ID           ID      `gorm:"primaryKey;autoIncrement:false"`
	CampaignID   ID      `gorm:"column:campaign_id"`
	LeadID       ID      `gorm:"column:lead_id"`
	SubmissionID ID      `gorm:"column:submission_id"`
	Code         string  `gorm:"column:code"`
	IssuedAt     Instant `gorm:"column:issued_at"`
	Pool         bool    `gorm:"column:pool"` // nobody else has this code
}

// TableName keeps the table's name apart from the type's.
func (Coupon) TableName() string { return "coupons" }

// A File is something stored outside the database: an ebook, an image.
type File struct {
	ID        ID      `gorm:"primaryKey;autoIncrement:false"`
	SHA256    string  `gorm:"column:sha256"` // in hex; also its place in the store
	Name      string  `gorm:"column:name"`
	Type      string  `gorm:"column:type"` // media type, by content
	Size      int64   `gorm:"column:size"`
	CreatedAt Instant `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (File) TableName() string { return "files" }

// An Upload is a picture in the owner's collection, to be chosen for pages.
type Upload struct {
	ID        ID      `gorm:"primaryKey;autoIncrement:false"`
	Name      string  `gorm:"column:name"`
	Image     Image   `gorm:"column:image;serializer:json"`
	UserID    ID      `gorm:"column:user_id"`
	CreatedAt Instant `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (Upload) TableName() string { return "uploads" }
