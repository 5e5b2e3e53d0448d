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
	ownerOnly  = []models.Role{models.Owner}
	marketing  = []models.Role{models.Owner, models.Marketer}
	withPeople = []models.Role{models.Owner, models.Marketer, models.Sales} // sees personal data
)

const (
	noBody    = 0
	formBody  = 64 << 10
	pageBody  = 4 << 10
	fileBody  = admin.MaxFile + 64<<10
	codesBody = 8 << 20
	textBody  = 256 << 10 // a mail's text, each letter of which may take six bytes in a form
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
		{http.MethodGet, "/c/:token", anyone, noBody, public.Private(p.ClickShow)},
		{http.MethodGet, "/confirm/:token", anyone, noBody, public.Private(p.ConfirmShow)},
		{http.MethodPost, "/confirm/:token", anyone, pageBody, public.Private(p.ConfirmSubmit)},
		{http.MethodGet, "/u/:token", anyone, noBody, public.Private(p.UnsubscribeShow)},
		{http.MethodPost, "/u/:token", anyone, pageBody, public.Private(p.UnsubscribeSubmit)},
		{http.MethodGet, "/prefs/:token", anyone, noBody, public.Private(p.PreferencesShow)},
		{http.MethodPost, "/prefs/:token", anyone, pageBody, public.Private(p.PreferencesSubmit)},
		{http.MethodGet, "/privacy", anyone, noBody, p.PrivacyShow},
		{http.MethodGet, "/my-data", anyone, noBody, public.Private(p.MyDataShow)},
		{http.MethodPost, "/my-data", anyone, pageBody, public.Private(p.MyDataSubmit)},
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
		{http.MethodPost, "/admin/leads/:id/consents", marketing, pageBody, a.ConsentEdit},
		{http.MethodGet, "/admin/leads/:id/erase", ownerOnly, noBody, a.EraseShow},
		{http.MethodPost, "/admin/leads/:id/erase", ownerOnly, pageBody, a.EraseSubmit},
		{http.MethodGet, "/admin/campaigns/:id/preview", marketing, noBody, a.CampaignPreview},
		{http.MethodGet, "/admin/campaigns/:id/offer", marketing, noBody, a.OfferShow},
		{http.MethodPost, "/admin/campaigns/:id/offer", marketing, formBody, a.OfferSave},
		{http.MethodPost, "/admin/campaigns/:id/offer/files", marketing, fileBody, a.OfferFileAdd},
		{http.MethodPost, "/admin/campaigns/:id/offer/files/:key/delete", marketing, pageBody, a.OfferFileDelete},
		{http.MethodPost, "/admin/campaigns/:id/offer/codes", marketing, codesBody, a.OfferCodesAdd},
		{http.MethodPost, "/admin/campaigns/:id/offer/codes/drop", marketing, pageBody, a.OfferCodesDrop},
		{http.MethodGet, "/admin/campaigns/:id/words", marketing, noBody, a.WordsShow},
		{http.MethodPost, "/admin/campaigns/:id/words", marketing, formBody, a.WordsSave},
		{http.MethodGet, "/admin/campaigns/:id/publish", marketing, noBody, a.CampaignPublishShow},
		{http.MethodPost, "/admin/campaigns/:id/publish", marketing, pageBody, a.CampaignPublish},
		{http.MethodPost, "/admin/campaigns/:id/unschedule", marketing, pageBody, a.CampaignUnschedule},
		{http.MethodGet, "/admin/campaigns/:id/history", marketing, noBody, a.CampaignHistory},
		{http.MethodGet, "/admin/campaigns/:id/history/:number", marketing, noBody, a.CampaignVersionShow},
		{http.MethodPost, "/admin/campaigns/:id/history/:number/restore", marketing, pageBody, a.CampaignRestore},
		{http.MethodGet, "/admin/sequences", marketing, noBody, a.SequenceList},
		{http.MethodGet, "/admin/sequences/new", marketing, noBody, a.SequenceNew},
		{http.MethodPost, "/admin/sequences/new", marketing, pageBody, a.SequenceCreate},
		{http.MethodGet, "/admin/sequences/:id", marketing, noBody, a.SequenceShow},
		{http.MethodGet, "/admin/sequences/:id/leads", marketing, noBody, a.SequenceLeads},
		{http.MethodPost, "/admin/sequences/:id/pause", marketing, pageBody, a.SequencePause},
		{http.MethodPost, "/admin/sequences/:id/resume", marketing, pageBody, a.SequenceResume},
		{http.MethodGet, "/admin/sequences/:id/edit", marketing, noBody, a.SequenceEdit},
		{http.MethodPost, "/admin/sequences/:id/edit", marketing, pageBody, a.SequenceSave},
		{http.MethodGet, "/admin/sequences/:id/publish", marketing, noBody, a.PublishShow},
		{http.MethodPost, "/admin/sequences/:id/publish", marketing, pageBody, a.Publish},
		{http.MethodPost, "/admin/sequences/:id/steps", marketing, pageBody, a.StepAdd},
		{http.MethodPost, "/admin/sequences/:id/restore", marketing, pageBody, a.StepRestore},
		{http.MethodGet, "/admin/sequences/:id/steps/:key", marketing, noBody, a.StepShow},
		{http.MethodPost, "/admin/sequences/:id/steps/:key", marketing, textBody, a.StepSave},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/up", marketing, pageBody, a.StepUp},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/down", marketing, pageBody, a.StepDown},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/copy", marketing, pageBody, a.StepCopy},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/delete", marketing, pageBody, a.StepDelete},
		{http.MethodGet, "/admin/sequences/:id/steps/:key/preview", marketing, noBody, a.StepPreview},
		{http.MethodGet, "/admin/sequences/:id/steps/:key/preview/html", marketing, noBody, a.StepHTML},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/test", marketing, pageBody, a.StepTest},
		{http.MethodPost, "/admin/mail/resume", ownerOnly, pageBody, a.MailResume},
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
