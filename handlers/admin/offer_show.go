package admin

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"sarnakh/handlers/web"
	"sarnakh/hooks"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// offerKinds are what a campaign can give, in the order in which they are offered (C3).
var offerKinds = [...]models.OfferKind{
	models.OfferEbook, models.OfferFile, models.OfferCoupon, models.OfferTrial, models.OfferDemo, models.OfferPrice, models.OfferContact,
	models.OfferWebinar, models.OfferNewsletter, models.OfferSurvey, models.OfferContest,
}

func isOffer(k models.OfferKind) bool { return slices.Contains(offerKinds[:], k) }

// OfferShow is where it is written what a campaign gives. Another kind is looked at by kind= in the address, before it
// is saved.
func (h *Handlers) OfferShow(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	offer := draft.Doc.Offer
	offer.Kind = lookedAt(c, offer.Kind)
	return h.showOffer(c, http.StatusOK, campaign, &draft.Doc.Offer, h.offerForm(c, &offer, fingerprint(draft.Doc.Offer)))
}

// lookedAt is the kind that an address asks to look at, else the one that is saved.
func lookedAt(c echo.Context, saved models.OfferKind) models.OfferKind {
	if kind := models.OfferKind(c.QueryParam("kind")); isOffer(kind) {
		return kind
	}
	return saved
}

// lookedQuery goes on looking at it.
func lookedQuery(c echo.Context) string {
	if kind := lookedAt(c, ""); kind != "" {
		return "?kind=" + string(kind)
	}
	return ""
}

// offerForm shows an offer in its fields.
func (h *Handlers) offerForm(c echo.Context, o *models.Offer, base string) admin.OfferProps {
	loc := i18n.For(h.locale(c))
	p := admin.OfferProps{Base: base, Kind: string(o.Kind), Title: o.Title, By: o.By, Funnel: string(o.Funnel),
		Subject: o.Letter.Subject, Text: o.Letter.Text, Zone: h.Site.Zone.String()}
	var from, until models.Instant
	zone := h.Site.Zone
	switch {
	case o.Kind == models.OfferWebinar && o.Event != nil:
		e := o.Event
		zone = zoneOr(e.Zone, zone)
		from, until, p.Place, p.URL, p.Zone = e.From, e.Until, e.Place, e.URL, zone.String()
	case o.Kind == models.OfferContest && o.Contest != nil:
		until, p.Rules = o.Contest.Until, o.Contest.Rules
	case o.Kind == models.OfferTrial && o.Trial != nil:
		p.URL, p.Webhook, p.Days = o.Trial.URL, o.Trial.Webhook, numberOrNone(loc, o.Trial.Days)
	case o.Pool != nil:
		p.Pool, p.OnScreen, p.Terms, from, until = true, o.Pool.OnScreen, o.Pool.Terms, o.Pool.From, o.Pool.Until
	case o.Coupon != nil:
		p.Code, p.Terms, p.Stock, from, until = o.Coupon.Code, o.Coupon.Terms, numberOrNone(loc, o.Coupon.Stock), o.Coupon.From, o.Coupon.Until
	}
	p.From, p.Until = shownMoment(loc, "from", from, zone), shownMoment(loc, "until", until, zone)
	return p
}

func zoneOr(name string, fallback *time.Location) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return fallback
}

func numberOrNone(loc *i18n.Loc, n int) string {
	if n == 0 {
		return ""
	}
	return loc.Digits(strconv.Itoa(n))
}

// offerAtWork is how what is given fares: codes that are left, and trials that could not be made.
func (h *Handlers) offerAtWork(c echo.Context, campaign *models.Campaign, now *models.Offer, p *admin.OfferProps) (err error) {
	ctx := c.Request().Context()
	if p.Saved {
		at := campaignURL(campaign.ID) + "/preview?as="
		p.ThanksURL, p.MailURL = at+asThanks, at+asMail
	}
	switch models.OfferKind(p.Kind) {
	case models.OfferCoupon:
		var stock store.Stock
		if stock, err = h.Store.CodeStock(ctx, campaign.ID); err != nil {
			return err
		}
		if p.AllCodes, p.FreeCodes = stock.All, stock.Free; now.Coupon != nil {
			p.StockOf = int64(now.Coupon.Stock)
		}
		p.Given, err = h.Store.CouponsGiven(ctx, campaign.ID)
	case models.OfferTrial:
		loc := i18n.For(h.locale(c))
		p.Secret = hooks.Secret(h.Leads.TrialSecret(campaign.ID))
		var trouble store.Trouble
		if trouble, err = h.Store.JobTrouble(ctx, leads.JobTrial, leads.TrialJobs(campaign.ID)); err != nil || trouble.LastError == "" {
			return err
		}
		p.Trouble = &admin.OfferTrouble{Waiting: trouble.Waiting, GivenUp: trouble.GivenUp, Why: faultWords(loc, trouble.LastError)}
	}
	return err
}

// faultWords says why the owner's program could not be asked.
func faultWords(loc *i18n.Loc, text string) string {
	fault := hooks.ParseFault(text)
	key := "offer.fault." + string(fault.Code)
	if !loc.Has(key) {
		key = "offer.fault.other"
	}
	return loc.T(key, "status", strconv.Itoa(fault.Status), "answer", admin.TrialAnswer)
}

// showOffer shows the page around the form: files and codes are as they are now.
func (h *Handlers) showOffer(c echo.Context, status int, campaign *models.Campaign, now *models.Offer, p admin.OfferProps) error {
	shell, head, err := h.campaignShell(c, campaign, partOffer)
	if err != nil {
		return err
	}
	loc, url, unsaved := shell.Loc, campaignURL(campaign.ID)+partOffer, ""
	if p.Saved = string(now.Kind) == p.Kind; !p.Saved {
		unsaved = "?kind=" + p.Kind // whose files are taken in while it is only looked at
	}
	p.Shell, p.Head, p.Action, p.FilesURL, p.CodesURL, p.DropURL = shell, head, url, url+"/files"+unsaved, url+"/codes", url+"/codes/drop"
	for _, k := range offerKinds {
		p.Kinds = append(p.Kinds, admin.OfferKind{Key: string(k), URL: url + "?kind=" + string(k), Current: string(k) == p.Kind})
	}
	for _, f := range now.Files {
		p.Files = append(p.Files, admin.OfferFile{Name: f.Name, Format: f.Format, Size: f.Size, DeleteURL: url + "/files/" + f.Key + "/delete" + unsaved})
	}
	for _, f := range [...]models.Funnel{models.FunnelAwareness, models.FunnelConsideration, models.FunnelDecision} {
		p.Funnels = append(p.Funnels, ui.Option{Value: string(f), Label: loc.T("offer.funnel." + string(f))})
	}
	if err := h.offerAtWork(c, campaign, now, &p); err != nil {
		return err
	}
	return web.HTML(c, status, admin.Offer(p))
}
