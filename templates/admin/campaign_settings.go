package admin

import (
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// SettingsProps is what can be set of a campaign beside its page, form, offer and mails: what holds at once, what goes out
// with the next publication, and whether visitors see it at all.
type SettingsProps struct {
	Shell                        layout.AdminShell
	Head                         CampaignHead
	Action, ShownAction, SlugURL string
	ID, Host                     string
	Known                        bool // visitors may know its address
	LocaleFixed                  bool
	Begins, PublishURL           string // when visitors will see it, and where that is chosen; empty once they do
	Languages, Cards, Owners     []ui.Option
	Form                         *CampaignForm
	Shown                        *ShownForm
	Acts                         []CampaignAct
	Problems                     []ui.Problem
	Theirs                       []Fact // what somebody else saved meanwhile
}

// ShownForm is the settings that visitors see with the next publication, as typed.
type ShownForm struct {
	Base                             string
	Card                             string
	NoIndex                          bool
	Twin                             string
	Heading, Text, LinkText, LinkURL string
}

// language is the chosen one's name.
func (p SettingsProps) language() string {
	for _, o := range p.Languages {
		if o.Value == p.Form.Language {
			return o.Label
		}
	}
	return p.Form.Language
}

// of are the problems of the one form or the other.
func (p SettingsProps) of(shown bool) (list []ui.Problem) {
	for _, x := range p.Problems {
		if shownTargets[x.Target] == shown {
			list = append(list, x)
		}
	}
	return list
}

var shownTargets = map[string]bool{"f-card": true, "f-twin": true, "f-over_heading": true, "f-over_text": true, "f-over_link_text": true, "f-over_link": true}

// asked are the acts that are asked about twice: they change what visitors see. Copying is not one of them.
func (a CampaignAct) asked() bool { return a.Key != "duplicate" }
