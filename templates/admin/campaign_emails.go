package admin

import "sarnakh/templates/layout"

// CampaignEmailsProps is everything that a campaign writes to its leads.
type CampaignEmailsProps struct {
	Shell     layout.AdminShell
	Head      CampaignHead
	Delivery  CampaignDelivery
	Sequences []CampaignSequence
	BeginURL  string // takes a POST: the first sequence is made
	MoreURL   string // of another one
	LinksURL  string // takes a POST: the links are checked
	Links     *LinksChecked
	LinksWait string // says when they can be looked at again
}

// CampaignDelivery is the mail that everybody gets at once.
type CampaignDelivery struct {
	URL     string
	What    []string // it brings
	Subject string   // in the marketer's words; empty for ours
	Then    string   // who gets what follows it
}

// CampaignSequence is a sequence of a campaign as it is written.
type CampaignSequence struct {
	Name, State, Reason     string
	URL, EditURL            string
	AddURL                  string // takes a POST
	CampaignURL, PublishURL string // where it is put in force: with the campaign, or by itself
	Changes                 []string
	Steps                   []CampaignMail
}

// CampaignMail is one mail of it.
type CampaignMail struct {
	Number          int
	Subject         string
	Change          string // against what is in force: "new", "changed" or nothing
	When            []string
	OnlyIf          string
	Tally           *StepTally // nil before it is in force
	Problem         string     // why it can't be put in force
	Advice          []string
	Links           []BadLink
	URL, PreviewURL string
}

// LinksChecked is what came of asking for all links.
type LinksChecked struct {
	N, Left int // that were looked at, and that were too many
	Bad     []BadLink
}

// BadLink is a link that is wrong, and how, in a sentence.
type BadLink struct {
	Link, Said string
	Places     []LinkPlace
}

// LinkPlace is where a link stands.
type LinkPlace struct{ Name, URL string }
