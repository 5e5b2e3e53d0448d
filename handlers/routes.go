package handlers

import (
	"net/http"

	"sarnakh/handlers/admin"
	"sarnakh/handlers/public"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// A route is one address: who may ask, and how much they may send.
type route struct {
	method, path string
	// roles that may ask; anyone where there are none.
	roles []models.Role
	// body is how many bytes may be sent with it.
	body    int64
	handler echo.HandlerFunc
}

// Who may do what in the back office.
var (
	anyone     []models.Role
	signedIn   = models.Roles[:]
	marketing  = []models.Role{models.Owner, models.Marketer}
	withPeople = []models.Role{models.Owner, models.Marketer, models.Sales} // sees personal data
)

const (
	noBody   = 0
	formBody = 64 << 10
	pageBody = 4 << 10
)

// routes are all addresses of the program, in the order in which they are explained in interface.md.
func routes(p *public.Handlers, a *admin.Handlers) []route {
	return []route{
		{http.MethodGet, "/", anyone, noBody, p.IndexShow},
		{http.MethodGet, "/p/:slug", anyone, noBody, p.PageShow},
		{http.MethodPost, "/p/:slug", anyone, formBody, p.FormSubmit},
		{http.MethodGet, "/p/:slug/thanks/:token", anyone, noBody, p.ThanksShow},
		{http.MethodGet, "/d/:token", anyone, noBody, p.DownloadShow},
		{http.MethodPost, "/d/:token", anyone, pageBody, p.DownloadTake},
		{http.MethodGet, "/d/:token/file/:key/:name", anyone, noBody, p.FileServe},
		{http.MethodGet, "/privacy", anyone, noBody, p.PrivacyShow},
		{http.MethodGet, "/s.js", anyone, noBody, p.Script},
		{http.MethodPost, "/t", anyone, pageBody, p.Beacon},
		{http.MethodGet, "/robots.txt", anyone, noBody, p.RobotsShow},
		{http.MethodGet, "/sitemap.xml", anyone, noBody, p.SitemapShow},
		{http.MethodGet, "/healthz", anyone, noBody, p.Healthz},
		{http.MethodGet, "/readyz", anyone, noBody, p.Readyz},

		{http.MethodGet, "/admin", signedIn, noBody, a.HomeShow},
		{http.MethodGet, "/admin/setup/:token", anyone, noBody, a.SetupShow},
		{http.MethodPost, "/admin/setup/:token", anyone, pageBody, a.SetupSubmit},
		{http.MethodGet, "/admin/login", anyone, noBody, a.LoginShow},
		{http.MethodPost, "/admin/login", anyone, pageBody, a.LoginSubmit},
		{http.MethodPost, "/admin/logout", signedIn, pageBody, a.LogoutSubmit},
		{http.MethodPost, "/admin/locale", anyone, pageBody, a.LocaleSubmit},
		{http.MethodPost, "/admin/theme", signedIn, pageBody, a.ThemeSubmit},
		{http.MethodGet, "/admin/leads", withPeople, noBody, a.LeadList},
		{http.MethodGet, "/admin/leads/export.csv", marketing, noBody, a.LeadExport},
		{http.MethodGet, "/admin/leads/:id", withPeople, noBody, a.LeadShow},
		{http.MethodGet, "/admin/mailbox", marketing, noBody, a.MailList},
		{http.MethodGet, "/admin/mailbox/:id", marketing, noBody, a.MailShow},
		{http.MethodGet, "/admin/mailbox/:id/html", marketing, noBody, a.MailHTML},
		{http.MethodGet, "/admin/mailbox/:id/text", marketing, noBody, a.MailText},
		{http.MethodGet, "/admin/mailbox/:id/raw", marketing, noBody, a.MailRaw},
		{http.MethodGet, "/admin/quarantine", marketing, noBody, a.QuarantineList},
		{http.MethodPost, "/admin/quarantine/:id/release", marketing, pageBody, a.QuarantineRelease},
		{http.MethodPost, "/admin/quarantine/:id/keep", marketing, pageBody, a.QuarantineKeep},
	}
}
