// Package public answers what anyone may ask: pages, forms, downloads, the beacon.
package public

import (
	"sarnakh/campaigns"
	"sarnakh/files"
	"sarnakh/handlers/web"
	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/nurture"
	"sarnakh/store"

	"github.com/alexedwards/scs/v2"
)

// Handlers answers the public addresses.
type Handlers struct {
	*web.Web
	Campaigns *campaigns.Campaigns
	Leads     *leads.Leads
	Visits    *leads.Visits
	Files     files.Store
	Store     *store.Store
	Links     *links.Links
	Nurture   *nurture.Nurture
	Sessions  *scs.SessionManager // of the back office

	pages pages
	plain plainPages
}
