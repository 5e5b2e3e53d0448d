package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
)

var errNothingPublished = errors.New("no campaign is published; seed an empty database (--set data_dir=…)")

// seedCard scores the leads of made-up campaigns.
const seedCard = "b2c"

// seedCampaign publishes a small campaign in the owner's language: a name, an address, the newsletter's box.
func (a *app) seedCampaign(ctx context.Context, slug string, offer models.Offer) (*models.Published, error) {
	if a.hasCampaign(slug) {
		return nil, fmt.Errorf("there is a campaign at /p/%s already", slug)
	}
	if err := a.campaigns.EnsureCard(ctx, seedCard); err != nil {
		return nil, err
	}
	loc := i18n.For(a.settings.locale())
	t := func(key string) string { return loc.T("keeping.seed." + key) }
	doc := models.CampaignDoc{
		Card:  seedCard,
		Offer: offer,
		Page: models.Page{Title: offer.Title, Description: t("lead"), Brand: models.Brand{Name: t("brand")}, NoIndex: true, Blocks: []models.Block{
			{ID: "hero", Type: models.BlockHero, Hero: &models.Hero{Heading: offer.Title, Lead: t("lead")}},
			{ID: "form", Type: models.BlockForm},
			{ID: "footer", Type: models.BlockFooter, Footer: &models.Footer{}},
		}},
		Form: models.Form{Title: offer.Title, Button: t("button"), Fields: []models.Field{
			{Name: "name", Type: models.TypeName, Label: t("name"), Required: true},
			{Name: "email", Type: models.TypeEmail, Label: t("email"), Required: true},
		}, Purposes: []models.ConsentRequest{{Purpose: models.Newsletter, Text: t("newsletter")}}},
	}
	if err := a.campaigns.Publish(ctx, &models.Campaign{Slug: slug, Name: offer.Title, Locale: a.settings.Locale}, doc); err != nil {
		return nil, err
	}
	return a.campaigns.Snapshot().Page(slug)
}

// hasCampaign tells whether an address is taken by what is published. (One of a draft is refused when it is published.)
func (a *app) hasCampaign(slug string) bool {
	_, err := a.campaigns.Snapshot().Page(slug)
	return !errors.Is(err, models.ErrNotFound)
}

// seedCampaigns publishes copies of the first published campaign, at addresses that are free.
func (a *app) seedCampaigns(ctx context.Context, count int, progress func(int)) error {
	listed := a.campaigns.Snapshot().Listed
	if len(listed) == 0 {
		return errNothingPublished
	}
	first, n := listed[0], 0
	for made := 1; made <= count; made++ {
		for n++; a.hasCampaign(fmt.Sprint("campaign-", n)); n++ {
		}
		c := models.Campaign{Slug: fmt.Sprint("campaign-", n), Name: fmt.Sprint(first.Name, " ", n), Locale: first.Locale}
		doc := first.Version.Doc
		doc.Page.Twin = ""
		if err := a.store.AddCampaign(ctx, &c, doc, 0); err != nil {
			return err
		}
		if _, err := a.store.PublishDraft(ctx, store.Publication{Campaign: c.ID, Rev: c.DraftRev}); err != nil {
			return err
		}
		progress(made)
	}
	return a.campaigns.Reload(ctx)
}

// seedPool publishes a campaign that gives each lead a code of their own.
func (a *app) seedPool(ctx context.Context, p pool) error {
	title := i18n.For(a.settings.locale()).T("keeping.seed.coupon")
	campaign, err := a.seedCampaign(ctx, p.slug, models.Offer{Kind: models.OfferCoupon, Title: title, Pool: &models.CouponPool{}})
	if err != nil {
		return err
	}
	for stock := p.stock; stock > 0; {
		codes := make([]string, stock)
		for i := range codes {
			codes[i] = rand.Text()[:12] // 60 bits: two alike are refused, and made again
		}
		added, err := a.store.AddCodes(ctx, campaign.ID, codes)
		if err != nil {
			return err
		}
		stock -= added
	}
	return nil
}

// seedDueMails makes leads who are owed the one mail of a sequence, by a campaign of their own: those who come in by
// others are not written to because of it.
func (a *app) seedDueMails(ctx context.Context, count int, progress func(int)) error {
	loc := i18n.For(a.settings.locale())
	slug := "due-mails"
	for n := 2; a.hasCampaign(slug); n++ {
		slug = fmt.Sprint("due-mails-", n)
	}
	campaign, err := a.seedCampaign(ctx, slug, models.Offer{Kind: models.OfferNewsletter, Title: loc.T("keeping.seed.newsletter_title")})
	if err != nil {
		return err
	}
	q := models.Sequence{CampaignID: campaign.ID, Name: slug, Locale: campaign.Locale, Draft: models.SequenceDoc{Steps: []models.Step{
		{Key: "first", Subject: loc.T("keeping.seed.subject"), Blocks: models.TextBlocks(loc.T("keeping.seed.body"))}}}}
	if err := a.store.AddSequence(ctx, &q); err != nil {
		return err
	}
	if _, err := a.store.PublishSequence(ctx, &q); err != nil {
		return err
	}
	if err := a.campaigns.Reload(ctx); err != nil {
		return err
	}
	return a.leads.SeedDueMails(ctx, a.campaigns.Snapshot().Campaign(campaign.ID), a.campaigns.Snapshot().Sequence(q.ID), count, progress)
}
