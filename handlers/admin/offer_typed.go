package admin

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/models"
	"sarnakh/templates/admin"
)

// How long the texts of an offer may be, in letters.
const (
	maxOfferTitle = 120
	maxOfferTerms = 300
	maxOfferRules = 4000
	maxOfferCode  = 60
	maxLetter     = 6000
	maxCodeStock  = 1_000_000
	maxTrialDays  = 365
)

// typedOffer reads the form: as typed, to be shown again, and as the offer that it means.
func (h *Handlers) typedOffer(s *sheet) (admin.OfferProps, models.Offer) {
	v := s.c.FormValue
	p := admin.OfferProps{Base: v("base"), Kind: v("kind"), Title: i18n.FoldText(v("title")), By: i18n.FoldText(v("by")), Funnel: v("funnel"),
		Code: strings.TrimSpace(v("code")), Terms: i18n.FoldText(v("terms")), Stock: strings.TrimSpace(v("stock")), Pool: v("codes") == "pool", Pasted: strings.TrimSpace(v("pasted")),
		OnScreen: v("on_screen") == "1", URL: strings.TrimSpace(v("url")), Webhook: strings.TrimSpace(v("webhook")), Days: strings.TrimSpace(v("days")),
		Place: i18n.FoldText(v("place")), Zone: strings.TrimSpace(v("zone")), Rules: i18n.FoldLines(v("rules")),
		Subject: i18n.FoldText(v("subject")), Text: i18n.FoldLines(v("text")), From: s.typedMoment("from"), Until: s.typedMoment("until")}
	o := models.Offer{Kind: models.OfferKind(p.Kind), Title: p.Title, By: p.By, Letter: models.Letter{Subject: p.Subject, Text: p.Text}}
	if !isOffer(o.Kind) {
		s.wrong("f-kind", s.loc.T("offer.bad.kind"))
	}
	s.long("f-title", s.loc.T("offer.title"), p.Title, maxOfferTitle)
	s.long("f-by", s.loc.T("offer.by"), p.By, maxOfferTitle)
	s.long("f-terms", s.loc.T("offer.terms"), p.Terms, maxOfferTerms)
	switch o.Kind {
	case models.OfferEbook, models.OfferFile:
		o.Funnel = s.funnel(p.Funnel)
	case models.OfferCoupon:
		s.coupon(&p, &o, h.Site.Zone)
	case models.OfferTrial:
		o.Trial = s.trial(&p)
	case models.OfferWebinar:
		o.Event = s.gathering(&p, h.Site.Zone)
	case models.OfferContest:
		s.long("f-rules", s.loc.T("offer.rules"), p.Rules, maxOfferRules)
		o.Contest = &models.Contest{Until: s.lastMoment("until", s.loc.T("offer.until"), h.Site.Zone), Rules: p.Rules}
	}
	s.long("f-subject", s.loc.T("offer.subject"), p.Subject, maxOfferTitle)
	s.long("f-text", s.loc.T("offer.text"), p.Text, maxLetter)
	s.letter(o.Letter)
	return p, o
}

// letter checks the marketer's words as those of a sequence: fields that can be filled in, links that lead somewhere.
func (s *sheet) letter(l models.Letter) {
	for _, part := range [...]struct{ target, text string }{{"f-subject", l.Subject}, {"f-text", l.Text}} {
		switch name, stray := letters.Unknown(part.text); {
		case name != "":
			s.wrong(part.target, s.loc.T("sequence_check.bad_field", "field", name))
		case stray:
			s.wrong(part.target, s.loc.T("sequence_check.stray_braces", "example", "{{first_name|…}}"))
		}
	}
	switch link, image := letters.BadLink(l.Text); {
	case link != "":
		s.wrong("f-text", s.loc.T("sequence_check.bad_link", "link", link, "scheme", "https://"))
	case image != "":
		s.wrong("f-text", s.loc.T("sequence_check.bad_image", "link", image, "scheme", "https://"))
	}
}

func (s *sheet) long(target, label, text string, limit int) {
	if utf8.RuneCountInString(text) > limit {
		s.wrong(target, s.loc.T("invalid.too_long", "label", label, "n", limit))
	}
}

func (s *sheet) funnel(text string) models.Funnel {
	switch f := models.Funnel(text); f {
	case models.FunnelAwareness, models.FunnelConsideration, models.FunnelDecision:
		return f
	}
	return models.FunnelConsideration
}

// whole reads a whole number in any digits; 0 for nothing.
func (s *sheet) whole(target, label, text string, limit int) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(i18n.FoldNumber(text))
	if err != nil || n < 1 || n > limit {
		s.wrong(target, s.loc.T("offer.bad.number", "label", label, "n", limit))
		return 0
	}
	return n
}

// period reads two moments, of which the second comes later, by what their fields are called.
func (s *sheet) period(zone *time.Location, begins, ends string) (from, until models.Instant) {
	from = s.moment("from", s.loc.T(begins), zone)
	until = s.lastMoment("until", s.loc.T(ends), zone)
	if from != 0 && until != 0 && until <= from {
		s.wrong("f-until_day", s.loc.T("offer.bad.order"))
	}
	return from, until
}

func (s *sheet) coupon(p *admin.OfferProps, o *models.Offer, zone *time.Location) {
	from, until := s.period(zone, "offer.from", "offer.until")
	if p.Pool {
		o.Pool = &models.CouponPool{Terms: p.Terms, From: from, Until: until, OnScreen: p.OnScreen}
		return
	}
	s.long("f-code", s.loc.T("offer.code"), p.Code, maxOfferCode)
	o.Coupon = &models.SharedCoupon{Code: p.Code, Terms: p.Terms, Stock: s.whole("f-stock", s.loc.T("offer.stock"), p.Stock, maxCodeStock), From: from, Until: until}
}

func (s *sheet) trial(p *admin.OfferProps) *models.Trial {
	s.address("f-url", s.loc.T("offer.trial_url"), p.URL)
	if p.Webhook != "" && !strings.HasPrefix(p.Webhook, "https://") {
		s.wrong("f-webhook", s.loc.T("offer.bad.https", "label", s.loc.T("offer.webhook")))
	} else {
		s.address("f-webhook", s.loc.T("offer.webhook"), p.Webhook)
	}
	return &models.Trial{URL: p.URL, Webhook: p.Webhook, Days: s.whole("f-days", s.loc.T("offer.days"), p.Days, maxTrialDays)}
}

func (s *sheet) gathering(p *admin.OfferProps, fallback *time.Location) *models.Gathering {
	zone, err := time.LoadLocation(p.Zone)
	if err != nil || p.Zone == "" {
		s.wrong("f-zone", s.loc.T("offer.bad.zone"))
		zone = fallback
	}
	s.address("f-url", s.loc.T("offer.event_url"), p.URL)
	s.long("f-place", s.loc.T("offer.place"), p.Place, maxOfferTerms)
	from, until := s.period(zone, "offer.starts", "offer.ends")
	if from != 0 && until == 0 {
		until = from.Add(time.Hour)
	}
	return &models.Gathering{From: from, Until: until, Zone: zone.String(), Place: p.Place, URL: p.URL}
}

// address checks a whole address of the web; none is none.
func (s *sheet) address(target, label, text string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(text) > 500 {
		s.wrong(target, s.loc.T("offer.bad.address", "label", label))
	}
}
