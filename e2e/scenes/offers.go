package scenes

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	published "sarnakh/campaigns"
	"sarnakh/campaigns/starter"
	"sarnakh/models"
	"sarnakh/store"
)

// Offers are the kinds of offer, each given by a campaign of its own.
var Offers = [...]string{"event", "trial", "made", "contest", "survey", "pool", "letter"}

// Offered is the slug of the campaign that gives a kind of offer.
func Offered(kind, locale string) string { return kind + "-" + locale }

// Words of these campaigns.
const (
	MeetingURL = "https://meet.example.org/room?a=1&b=2"
	TrialURL   = "https://app.example.org/start"
	PoolCode   = "OWN-1405"
)

// PublishOffers publishes them over the data in a folder.
func PublishOffers(dir string) (err error) {
	ctx := context.Background()
	st, err := store.Open(ctx, store.Config{URL: filepath.Join(dir, "sarnakh.db"), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	camps, err := published.New(ctx, st, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	starters, err := starter.Campaigns()
	if err != nil {
		return err
	}
	for _, s := range starters {
		for _, kind := range Offers {
			doc := s.Doc
			doc.Page.Twin, doc.Offer = "", offer(kind, s.Locale)
			doc.Form.Fields = slices.Clone(doc.Form.Fields)
			if kind == "survey" {
				doc.Form.Thanks = models.Thanks{Heading: say(s.Locale, "سپاس از وقتی که گذاشتید", "Thank you for your time"),
					Text: say(s.Locale, "نتیجه را ماه بعد منتشر می‌کنیم.", "We publish what came of it next month.")}
			}
			campaign := models.Campaign{Slug: Offered(kind, s.Locale), Name: kind, Locale: s.Locale}
			if err := camps.Publish(ctx, &campaign, doc); err != nil {
				return err
			}
			if kind == "pool" {
				if _, err := st.AddCodes(ctx, campaign.ID, []string{PoolCode}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func offer(kind, locale string) models.Offer {
	from := models.At(time.Date(2099, 12, 3, 14, 30, 0, 0, time.UTC))
	title := say(locale, "وبینار پیگیری سرنخ‌ها", "How to follow up leads")
	switch kind {
	case "event":
		return models.Offer{Kind: models.OfferWebinar, Title: title,
			Event: &models.Gathering{From: from, Until: from.Add(time.Hour), Zone: "Asia/Tehran", Place: say(locale, "تهران، سالن ۲", "Hall 2, Tehran"), URL: MeetingURL}}
	case "trial":
		return models.Offer{Kind: models.OfferTrial, Title: title, Trial: &models.Trial{URL: TrialURL, Days: 14}}
	case "made": // by a program that does not answer
		return models.Offer{Kind: models.OfferTrial, Title: title, Trial: &models.Trial{Webhook: "https://127.0.0.1:9/new", Days: 14}}
	case "contest":
		return models.Offer{Kind: models.OfferContest, Title: title,
			Contest: &models.Contest{Until: from, Rules: say(locale, "هر نفر **یک بار**.", "**One** entry each.")}}
	case "survey":
		return models.Offer{Kind: models.OfferSurvey, Title: title}
	case "pool":
		return models.Offer{Kind: models.OfferCoupon, Title: title, Pool: &models.CouponPool{Terms: say(locale, "برای هر نفر یک بار.", "Once per person."), OnScreen: true}}
	}
	return models.Offer{Kind: models.OfferDemo, Title: title, Letter: models.Letter{Subject: say(locale, "{{name|شما}} عزیز", "Dear {{name|you}}"),
		Text: say(locale, "به‌زودی *می‌بینیمتان*.", "See you *soon*.")}}
}

// offered are the pages after the form.
func offered() (out []Scene) {
	for _, kind := range Offers {
		out = append(out, Scene{Name: "offer-" + kind, Who: Visitor, Open: func(s *Stage) {
			s.Open("/p/" + Offered(kind, s.Locale))
			s.fillName("offer." + kind)
			s.Press(Button)
		}})
	}
	return append(out, Scene{Name: "offer-pool-kiosk", Who: Visitor, Open: func(s *Stage) {
		s.Open("/p/" + Offered("pool", s.Locale) + "/kiosk")
		s.fillName("offer.kiosk")
		s.Click(Button)
		s.Awaits("[data-back]")
	}}, Scene{Name: "offer-pool-lead", Who: Owner, Open: func(s *Stage) {
		s.Open("/admin/leads?q=offer.pool." + s.Locale)
		s.Open(s.Attr("tbody .cell a", "href"))
	}})
}
