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
	// withFigures sees what campaigns achieved, and no personal data there.
	withFigures = []models.Role{models.Owner, models.Marketer, models.Analyst}
)

const (
	noBody      = 0
	formBody    = 64 << 10
	pageBody    = 4 << 10
	pictureBody = 20 << 20              // a form with a picture of up to 15 MB: one a little larger gets a sentence, not a closed door
	doorBody    = 384 << 10             // what somebody was sending when their session had ended, sealed
	offerBody   = admin.MaxFile + 9<<20 // an offer with a file to be given, or with codes
	blockBody   = 1 << 20               // a block with all its rows, each letter of which may take six bytes in a form
)

// routes are all addresses of the program, in the order in which they are explained in interface.md.
func routes(p *public.Handlers, a *admin.Handlers) []route {
	return []route{
		{http.MethodGet, "/", anyone, noBody, p.IndexShow},
		{http.MethodGet, "/p/:slug", anyone, noBody, p.PageShow},
		{http.MethodPost, "/p/:slug", anyone, formBody, p.FormSubmit},
		{http.MethodGet, "/p/:slug/thanks/:token", anyone, noBody, p.ThanksShow},
		{http.MethodGet, "/p/:slug/embed", anyone, noBody, p.EmbedShow},
		{http.MethodPost, "/p/:slug/embed", anyone, formBody, p.EmbedSubmit},
		{http.MethodGet, "/p/:slug/embed/thanks/:token", anyone, noBody, p.EmbedThanks},
		{http.MethodGet, "/p/:slug/kiosk", anyone, noBody, p.KioskShow},
		{http.MethodPost, "/p/:slug/kiosk", anyone, formBody, p.KioskSubmit},
		{http.MethodGet, "/p/:slug/kiosk/thanks/:token", anyone, noBody, p.KioskThanks},
		{http.MethodGet, "/p/:slug/qr.svg", anyone, noBody, p.QRVector},
		{http.MethodGet, "/p/:slug/qr.png", anyone, noBody, p.QRPicture},
		{http.MethodGet, "/p/:slug/event.ics", anyone, noBody, p.EventShow},
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
		{http.MethodGet, "/theme/:key", anyone, noBody, p.ThemeShow},
		{http.MethodGet, "/media/:key", anyone, noBody, p.MediaShow},
		{http.MethodGet, "/robots.txt", anyone, noBody, p.RobotsShow},
		{http.MethodGet, "/sitemap.xml", anyone, noBody, p.SitemapShow},
		{http.MethodGet, "/healthz", anyone, noBody, p.Healthz},
		{http.MethodGet, "/readyz", anyone, noBody, p.Readyz},

		{http.MethodGet, "/admin", signedIn, noBody, a.HomeShow},
		{http.MethodGet, "/admin/setup/:token", anyone, noBody, a.SetupShow},
		{http.MethodPost, "/admin/setup/:token", anyone, pageBody, a.SetupSubmit},
		{http.MethodGet, "/admin/login", anyone, noBody, a.LoginShow},
		{http.MethodPost, "/admin/login", anyone, doorBody, a.LoginSubmit},
		{http.MethodPost, "/admin/login/code", anyone, doorBody, a.SecondSubmit},
		{http.MethodPost, "/admin/logout", signedIn, pageBody, a.LogoutSubmit},
		{http.MethodPost, "/admin/locale", anyone, pageBody, a.LocaleSubmit},
		{http.MethodPost, "/admin/theme", signedIn, pageBody, a.ThemeSubmit},
		{http.MethodGet, "/admin/account", signedIn, noBody, a.AccountShow},
		{http.MethodPost, "/admin/account", signedIn, pageBody, a.AccountSave},
		{http.MethodPost, "/admin/account/password", signedIn, pageBody, a.PasswordSave},
		{http.MethodPost, "/admin/account/sessions", signedIn, pageBody, a.SessionsEnd},
		{http.MethodGet, "/admin/account/factor", signedIn, noBody, a.FactorShow},
		{http.MethodPost, "/admin/account/factor", signedIn, pageBody, a.FactorOn},
		{http.MethodPost, "/admin/account/factor/off", signedIn, pageBody, a.FactorOff},
		{http.MethodPost, "/admin/account/codes", signedIn, pageBody, a.CodesRenew},
		{http.MethodGet, "/admin/team", ownerOnly, noBody, a.TeamList},
		{http.MethodGet, "/admin/team/new", ownerOnly, noBody, a.TeamNew},
		{http.MethodPost, "/admin/team/new", ownerOnly, pageBody, a.TeamInvite},
		{http.MethodGet, "/admin/team/:id", ownerOnly, noBody, a.ColleagueShow},
		{http.MethodPost, "/admin/team/:id/role", ownerOnly, pageBody, a.ColleagueRole},
		{http.MethodPost, "/admin/team/:id/disable", ownerOnly, pageBody, a.ColleagueDisable},
		{http.MethodPost, "/admin/team/:id/enable", ownerOnly, pageBody, a.ColleagueEnable},
		{http.MethodPost, "/admin/team/:id/sign-out", ownerOnly, pageBody, a.ColleagueSignOut},
		{http.MethodPost, "/admin/team/:id/again", ownerOnly, pageBody, a.ColleagueAgain},
		{http.MethodPost, "/admin/team/:id/take-back", ownerOnly, pageBody, a.ColleagueTakeBack},
		{http.MethodGet, "/admin/leads", withPeople, noBody, a.LeadList},
		{http.MethodGet, "/admin/leads/export.csv", marketing, noBody, a.LeadExport},
		{http.MethodGet, "/admin/leads/:id", withPeople, noBody, a.LeadShow},
		{http.MethodPost, "/admin/leads/:id/consents", marketing, pageBody, a.ConsentEdit},
		{http.MethodGet, "/admin/leads/:id/erase", ownerOnly, noBody, a.EraseShow},
		{http.MethodPost, "/admin/leads/:id/erase", ownerOnly, pageBody, a.EraseSubmit},
		{http.MethodGet, "/admin/campaigns/:id/preview", marketing, noBody, a.CampaignPreview},
		{http.MethodGet, "/admin/campaigns/:id/offer", marketing, noBody, a.OfferShow},
		{http.MethodPost, "/admin/campaigns/:id/offer", marketing, offerBody, a.OfferSave},
		{http.MethodPost, "/admin/campaigns/:id/offer/files", marketing, offerBody, a.OfferFileAdd},
		{http.MethodPost, "/admin/campaigns/:id/offer/files/:key/delete", marketing, pageBody, a.OfferFileDelete},
		{http.MethodPost, "/admin/campaigns/:id/offer/codes", marketing, offerBody, a.OfferCodesAdd},
		{http.MethodPost, "/admin/campaigns/:id/offer/codes/drop", marketing, pageBody, a.OfferCodesDrop},
		{http.MethodGet, "/admin/campaigns/:id/emails", marketing, noBody, a.CampaignEmails},
		{http.MethodPost, "/admin/campaigns/:id/emails", marketing, pageBody, a.EmailsBegin},
		{http.MethodPost, "/admin/campaigns/:id/emails/links", marketing, pageBody, a.LinksCheck},
		{http.MethodGet, "/admin/campaigns/:id/leads", marketing, noBody, a.SubmissionList},
		{http.MethodGet, "/admin/campaigns/:id/leads/export.csv", marketing, noBody, a.SubmissionExport},
		{http.MethodGet, "/admin/campaigns/:id/share", marketing, noBody, a.ShareShow},
		{http.MethodPost, "/admin/campaigns/:id/share", marketing, formBody, a.ShareSave},
		{http.MethodGet, "/admin/campaigns/:id/form", marketing, noBody, a.FormShow},
		{http.MethodPost, "/admin/campaigns/:id/form/words", marketing, formBody, a.FormWordsSave},
		{http.MethodPost, "/admin/campaigns/:id/form/consents", marketing, formBody, a.FormConsentsSave},
		{http.MethodPost, "/admin/campaigns/:id/form/fields", marketing, pageBody, a.FieldAdd},
		{http.MethodPost, "/admin/campaigns/:id/form/fields/:name", marketing, formBody, a.FieldSave},
		{http.MethodPost, "/admin/campaigns/:id/form/fields/:name/up", marketing, pageBody, a.FieldUp},
		{http.MethodPost, "/admin/campaigns/:id/form/fields/:name/down", marketing, pageBody, a.FieldDown},
		{http.MethodPost, "/admin/campaigns/:id/form/fields/:name/copy", marketing, pageBody, a.FieldCopy},
		{http.MethodPost, "/admin/campaigns/:id/form/fields/:name/delete", marketing, pageBody, a.FieldDelete},
		{http.MethodGet, "/admin/campaigns/:id/words", marketing, noBody, a.WordsShow},
		{http.MethodPost, "/admin/campaigns/:id/words", marketing, formBody, a.WordsSave},
		{http.MethodGet, "/admin/campaigns", withFigures, noBody, a.CampaignList},
		{http.MethodGet, "/admin/campaigns/new", marketing, noBody, a.CampaignNew},
		{http.MethodPost, "/admin/campaigns/new", marketing, pageBody, a.CampaignCreate},
		{http.MethodGet, "/admin/campaigns/slug", marketing, noBody, a.CampaignSlug},
		{http.MethodGet, "/admin/campaigns/:id", withFigures, noBody, a.CampaignResults},
		{http.MethodGet, "/admin/campaigns/:id/settings", marketing, noBody, a.CampaignSettings},
		{http.MethodPost, "/admin/campaigns/:id/settings", marketing, pageBody, a.SettingsSave},
		{http.MethodPost, "/admin/campaigns/:id/settings/page", marketing, formBody, a.ShownSave},
		{http.MethodPost, "/admin/campaigns/:id/pause", marketing, pageBody, a.CampaignPause},
		{http.MethodPost, "/admin/campaigns/:id/resume", marketing, pageBody, a.CampaignResume},
		{http.MethodPost, "/admin/campaigns/:id/archive", marketing, pageBody, a.CampaignArchive},
		{http.MethodPost, "/admin/campaigns/:id/unarchive", marketing, pageBody, a.CampaignUnarchive},
		{http.MethodPost, "/admin/campaigns/:id/duplicate", marketing, pageBody, a.CampaignDuplicate},
		{http.MethodGet, "/admin/campaigns/:id/publish", marketing, noBody, a.CampaignPublishShow},
		{http.MethodPost, "/admin/campaigns/:id/publish", marketing, pageBody, a.CampaignPublish},
		{http.MethodPost, "/admin/campaigns/:id/unschedule", marketing, pageBody, a.CampaignUnschedule},
		{http.MethodGet, "/admin/campaigns/:id/history", marketing, noBody, a.CampaignHistory},
		{http.MethodGet, "/admin/campaigns/:id/history/:number", marketing, noBody, a.CampaignVersionShow},
		{http.MethodPost, "/admin/campaigns/:id/history/:number/restore", marketing, pageBody, a.CampaignRestore},
		{http.MethodGet, "/admin/campaigns/:id/page", marketing, noBody, a.PageEdit},
		{http.MethodPost, "/admin/campaigns/:id/page/blocks", marketing, pageBody, a.BlockAdd},
		{http.MethodPost, "/admin/campaigns/:id/page/blocks/:block", marketing, blockBody, a.BlockSave},
		{http.MethodPost, "/admin/campaigns/:id/page/blocks/:block/act", marketing, pageBody, a.BlockAct},
		{http.MethodPost, "/admin/campaigns/:id/page/theme", marketing, formBody, a.PageThemeSave},
		{http.MethodPost, "/admin/campaigns/:id/page/about", marketing, formBody, a.PageAboutSave},
		{http.MethodPost, "/admin/campaigns/:id/undo", marketing, pageBody, a.DraftUndo},
		{http.MethodPost, "/admin/campaigns/:id/redo", marketing, pageBody, a.DraftRedo},
		{http.MethodGet, "/admin/media", marketing, noBody, a.MediaList},
		{http.MethodPost, "/admin/media", marketing, pictureBody, a.MediaUpload},
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
		{http.MethodPost, "/admin/sequences/:id/undo", marketing, pageBody, a.SequenceUndo},
		{http.MethodPost, "/admin/sequences/:id/redo", marketing, pageBody, a.SequenceRedo},
		{http.MethodGet, "/admin/sequences/:id/steps/:key", marketing, noBody, a.StepShow},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/head", marketing, formBody, a.StepHeadSave},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/time", marketing, formBody, a.StepTimeSave},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/blocks", marketing, pageBody, a.StepBlockAdd},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/blocks/:block", marketing, blockBody, a.StepBlockSave},
		{http.MethodPost, "/admin/sequences/:id/steps/:key/blocks/:block/act", marketing, pageBody, a.StepBlockAct},
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
