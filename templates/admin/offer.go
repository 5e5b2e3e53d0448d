package admin

import (
	"strings"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// OfferProps is the editor of what a campaign gives, as typed.
type OfferProps struct {
	Shell    layout.AdminShell
	Head     CampaignHead
	Action   string
	Base     string
	Problems []ui.Problem
	Theirs   []Fact

	Kind  string // a models.OfferKind
	Kinds []OfferKind
	Saved bool // the draft is of this kind already

	Title, By     string
	Funnel        string
	Funnels       []ui.Option
	Subject, Text string // of the delivery mail

	Files    []OfferFile
	FilesURL string

	Pool                bool // codes of a pool, instead of one for all
	OnScreen            bool
	Code, Terms, Stock  string
	AllCodes, FreeCodes int64
	Pasted              string
	CodesURL, DropURL   string
	Given, StockOf      int64 // of the code for all; StockOf 0: without limit

	URL, Webhook, Days string
	Secret             string // the owner's program checks our calls with
	Trouble            *OfferTrouble
	Place, Zone, Rules string
	From, Until        Moment

	ThanksURL, MailURL string // what visitors get; empty while it is not saved
}

// TrialAnswer is what the owner's program answers with.
const TrialAnswer = `{"url": "https://…"}`

// OfferTrouble is that trials could not be made.
type OfferTrouble struct {
	Waiting, GivenUp int
	Why              string
}

// OfferKind is a kind that can be chosen.
type OfferKind struct {
	Key     string
	URL     string
	Current bool
}

// OfferFile is one format of what is given.
type OfferFile struct {
	Name, Format string
	Size         int64
	DeleteURL    string
}

var offerIcons = map[string]string{
	"ebook": "gift", "file": "download", "coupon": "tag", "trial": "play", "demo": "eye", "price": "chart", "contact": "phone",
	"webinar": "calendar", "newsletter": "mail", "survey": "form", "contest": "flag",
}

// takes tells whether a kind has a part of the form.
func (p OfferProps) takes(kinds ...string) bool {
	for _, k := range kinds {
		if p.Kind == k {
			return true
		}
	}
	return false
}

// Facts say an offer in a few lines, for whoever has typed another meanwhile: its kind, and what differs from what they typed.
func (p OfferProps) Facts(loc *i18n.Loc, typed OfferProps) []Fact {
	out := []Fact{{Label: loc.T("offer.kind"), Text: loc.T("offer_kind." + p.Kind)}}
	for _, f := range [...]struct{ key, theirs, mine string }{
		{"title", p.Title, typed.Title}, {"by", p.By, typed.By}, {"code", p.Code, typed.Code}, {"stock", p.Stock, typed.Stock}, {"terms", p.Terms, typed.Terms},
		{"from", p.From.words(), typed.From.words()}, {"until", p.Until.words(), typed.Until.words()}, {"zone", p.Zone, typed.Zone}, {"place", p.Place, typed.Place},
		{"event_url", p.URL, typed.URL}, {"webhook", p.Webhook, typed.Webhook}, {"days", p.Days, typed.Days}, {"rules", p.Rules, typed.Rules},
		{"subject", p.Subject, typed.Subject}, {"text", p.Text, typed.Text},
	} {
		if f.theirs != f.mine && f.theirs != "" {
			out = append(out, Fact{Label: loc.T("offer." + f.key), Text: f.theirs})
		}
	}
	return out
}

func (m Moment) words() string { return strings.TrimSpace(m.Day + " " + m.Clock) }

func (p OfferProps) funnel() string {
	if p.Funnel == "" {
		return "consideration"
	}
	return p.Funnel
}

// seen is the kind by what visitors see of it.
func (p OfferProps) seen() string {
	switch {
	case p.takes("ebook", "file"):
		return "file"
	case p.takes("coupon") && p.Pool:
		return "pool"
	case p.takes("demo", "price", "contact"):
		return "hand"
	case p.takes("trial") && p.Webhook != "":
		return "made"
	}
	return p.Kind
}

func shareOf(part, all int64) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}
