package models

// EventKind says what a lead did. The list is public: exports, webhooks and the events API use these words.
type EventKind string

// The kinds of event, in the order of the public list.
const (
	FormSubmitted     EventKind = "form_submitted"
	PageViewed        EventKind = "page_viewed"
	ContentDownloaded EventKind = "content_downloaded"
	MailClicked       EventKind = "mail_clicked"
	MailReplied       EventKind = "mail_replied"
	SMSClicked        EventKind = "sms_clicked"
	SMSReplied        EventKind = "sms_replied"
	SocialFollowed    EventKind = "social_followed"
	SocialLiked       EventKind = "social_liked"
	SocialCommented   EventKind = "social_commented"
	SocialShared      EventKind = "social_shared"
	SocialMessaged    EventKind = "social_messaged"
	CallReached       EventKind = "call_reached"
	CallMissed        EventKind = "call_missed"
	CallRefused       EventKind = "call_refused"
	MeetingHeld       EventKind = "meeting_held"
	MeetingMissed     EventKind = "meeting_missed"
	ChatStarted       EventKind = "chat_started"
	CartLeft          EventKind = "cart_left"
	Unsubscribed      EventKind = "unsubscribed"
	Activated         EventKind = "activated"
)

// Verdict says whether a person or a machine did it; empty where there is nothing to doubt.
type Verdict string

// What a click can turn out to be.
const (
	Human   Verdict = "human"
	Machine Verdict = "machine"
	Unsure  Verdict = "unsure"
)

// Funnel is how far down the funnel a content or an offer stands.
type Funnel string

// The funnel's three parts.
const (
	FunnelAwareness     Funnel = "awareness"
	FunnelConsideration Funnel = "consideration"
	FunnelDecision      Funnel = "decision"
)

// PageKind is what a page that a lead viewed is about.
type PageKind string

// The kinds of page that a card can tell apart.
const (
	PageHome    PageKind = "home"
	PageBlog    PageKind = "blog"
	PageProduct PageKind = "product"
	PagePrice   PageKind = "price"
	PageCase    PageKind = "case"
	PageCompare PageKind = "comparison"
	PageCareers PageKind = "careers"
	PageOther   PageKind = "other"
)

// An Event is one thing that a lead did. Events are only ever added; the score is computed from them.
type Event struct {
	ID         ID        `gorm:"primaryKey;autoIncrement:false"`
	LeadID     ID        `gorm:"column:lead_id"`
	CampaignID ID        `gorm:"column:campaign_id"`
	Kind       EventKind `gorm:"column:kind"`
	Verdict    Verdict   `gorm:"column:verdict"`
	Data       EventData `gorm:"column:data;serializer:json"`
	At         Instant   `gorm:"column:at"`
}

// EventData is what is known of an event beyond its kind; which fields are filled depends on the kind.
type EventData struct {
	Campaign  string    `json:"campaign,omitempty"` // slug
	OfferKind OfferKind `json:"offer_kind,omitempty"`
	Funnel    Funnel    `json:"funnel,omitempty"`
	PageKind  PageKind  `json:"page_kind,omitempty"`
	Seconds   float64   `json:"seconds,omitempty"` // visible seconds of a page view
	Name      string    `json:"name,omitempty"`    // of an activation, a file, a link
	// CallMe: the form's call_me box was ticked, which is a raised hand whatever the offer.
	CallMe bool `json:"call_me,omitempty"`
	// People is how many leads of this lead's company, itself among them, filled in a form within 30
	// days before this event. It is written with the event so that a score needs its own events alone.
	People int `json:"people,omitempty"`
	// Submission that this event came with.
	Submission ID `json:"submission,omitempty"`
	// Message whose link was clicked, which of its links, and the step of a sequence that owed it, where one did:
	// two sequences may call their steps alike.
	Message  ID     `json:"message,omitempty"`
	Link     int    `json:"link,omitempty"`
	Sequence ID     `json:"sequence,omitempty"`
	Step     string `json:"step,omitempty"`
	// Away: the link led to another site, which never tells whether a person came.
	Away bool `json:"away,omitempty"`
}

// Clicked tells a click that is taken for a person's: of a link to us one that showed it by a visit, of a link to another site one
// that nothing shows to be a machine's.
func (e *Event) Clicked() bool {
	return e.Kind == MailClicked && (e.Verdict == Human || e.Verdict == Unsure && e.Data.Away)
}

// TableName keeps the table's name apart from the type's.
func (Event) TableName() string { return "events" }
