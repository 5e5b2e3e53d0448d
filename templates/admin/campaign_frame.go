package admin

import (
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// CampaignHead is the top of every page of a campaign: which it is, its parts, and what can be done with it as a whole.
type CampaignHead struct {
	Name        string
	Status      string // a models.CampaignStatus
	Unpublished bool   // the draft holds changes that visitors don't see
	Address     string // its page for visitors, empty where they see none
	Tabs        []ui.Tab
	Failed      bool // a form came back with problems
	// Where things are done; empty for who may not, or where there is nothing to do.
	ShareURL, PreviewURL, PublishURL string
}

var campaignTones = map[string]ui.Tone{"draft": ui.Plain, "scheduled": ui.Warn, "live": ui.OK, "paused": ui.Warn, "ended": ui.Plain, "archived": ui.Plain}

// framed is the shell of a campaign's page, whose title names the part and the campaign.
func framed(s layout.AdminShell, h CampaignHead) layout.AdminShell {
	title := h.Name
	for _, t := range h.Tabs {
		if t.Current {
			title = t.Text + " · " + h.Name
		}
	}
	s.AdminHead = failed(s.AdminHead, title, h.Failed)
	return s
}
