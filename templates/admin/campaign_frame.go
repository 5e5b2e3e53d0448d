package admin

import (
	"time"

	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// CampaignHead is the top of every page of a campaign: which it is, its parts, and what can be done with it as a whole.
type CampaignHead struct {
	Name        string
	Status      string    // a models.CampaignStatus
	Unpublished bool      // the draft holds changes that visitors don't see
	Planned     time.Time // when visitors see a version that was planned; zero without one
	Address     string    // its page for visitors, empty where they see none
	Tabs        []ui.Tab
	Here        string // this page, where it is none of the tabs
	Failed      bool   // a form came back with problems
	// Where things are done; empty for who may not, or where there is nothing to do.
	PlanURL, HistoryURL, ShareURL, PreviewURL, PublishURL string
}

var campaignTones = map[string]ui.Tone{"draft": ui.Plain, "scheduled": ui.Warn, "live": ui.OK, "paused": ui.Warn, "ended": ui.Plain, "archived": ui.Plain}

// sentBack is the top of a page whose form may have come back with problems.
func (h CampaignHead) sentBack(problems []ui.Problem) CampaignHead {
	h.Failed = len(problems) > 0
	return h
}

// framed is the shell of a campaign's page, whose title names the part and the campaign.
func framed(s layout.AdminShell, h CampaignHead) layout.AdminShell {
	title, part := h.Name, h.Here
	for _, t := range h.Tabs {
		if t.Current {
			part = t.Text
		}
	}
	if part != "" {
		title = part + " · " + h.Name
	}
	s.AdminHead = failed(s.AdminHead, title, h.Failed)
	return s
}
