package admin

import (
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// OfferMailProps is the mail that a form is answered with, as somebody made up would get it.
type OfferMailProps struct {
	Shell    layout.AdminShell
	Head     CampaignHead
	Subject  string
	From     string
	Files    []string // attached
	Views    []ui.Tab
	Phone    bool
	FrameURL string // of the HTML
	Text     string
	BackURL  string
}
