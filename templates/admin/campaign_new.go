package admin

import (
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// TemplatesProps is what a campaign can be begun from.
type TemplatesProps struct {
	Shell     layout.AdminShell
	URL       string // which asks on, with template=KEY or from=ID
	Templates []TemplateCard
	BlankURL  string
	Copies    []ui.Option // campaigns to copy, the last changed first
}

// TemplateCard is one template.
type TemplateCard struct {
	Kind             string // chooses the icon
	Name, About, URL string
}

// CampaignNewProps asks for what a campaign can't be without.
type CampaignNewProps struct {
	Shell                    layout.AdminShell
	Action, SlugURL, BackURL string
	Template, FromID         string // sent along: what it is begun from
	Drawn                    string // the ID that it will have
	Kind, From, About        string // the same in words
	Host                     string // in front of the address
	Languages, Cards, Owners []ui.Option
	Form                     CampaignForm
	Problems                 []ui.Problem
}

// CampaignForm is a campaign's settings as typed.
type CampaignForm struct {
	Base           string // what it was made from; empty for a new one
	Name, Slug     string
	Language, Card string
	Owner, Goal    string
	Until          Moment
	Home           bool
}

// more tells whether what is hidden behind "more" has to be seen.
func (p CampaignNewProps) more() bool {
	for _, x := range p.Problems {
		if x.Target != "f-name" && x.Target != "f-slug" && x.Target != "f-locale" {
			return true
		}
	}
	return false
}
