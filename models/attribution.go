package models

// Channel is the road by which a visitor came.
type Channel string

// The channels, inbound first.
const (
	ChannelDirect   Channel = "direct"
	ChannelSearch   Channel = "search"
	ChannelPaid     Channel = "paid"
	ChannelSocial   Channel = "social"
	ChannelEmail    Channel = "email"
	ChannelSMS      Channel = "sms"
	ChannelReferral Channel = "referral"
	ChannelEvent    Channel = "event"
	ChannelEmbed    Channel = "embed"
	ChannelOutbound Channel = "outbound"
)

// Attribution says where a visit came from: the utm words, the click id of an advertisement, the
// referrer's host and the page it landed on (C7).
type Attribution struct {
	Channel  Channel `json:"channel,omitempty"`
	Source   string  `json:"source,omitempty"`
	Medium   string  `json:"medium,omitempty"`
	Campaign string  `json:"campaign,omitempty"`
	Term     string  `json:"term,omitempty"`
	Content  string  `json:"content,omitempty"`
	ClickID  string  `json:"click_id,omitempty"` // "gclid:…", "fbclid:…"
	Referrer string  `json:"referrer,omitempty"` // host only
	Landing  string  `json:"landing,omitempty"`  // path
}
