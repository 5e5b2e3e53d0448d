package campaigns

import (
	"context"
	"errors"
	"slices"

	"sarnakh/campaigns/template"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/scoring"
)

// Cards are the names of all cards that a campaign can be scored by: presets first, then the owner's own.
func (c *Campaigns) Cards() []string {
	names := slices.Clone(scoring.PresetNames())
	var own []string
	for name := range c.Snapshot().cards {
		if !slices.Contains(names, name) {
			own = append(own, name)
		}
	}
	slices.Sort(own)
	return append(names, own...)
}

// EnsureCard has a card in force before leads are scored by it: a preset where nobody has made one of that name.
func (c *Campaigns) EnsureCard(ctx context.Context, name string) error {
	if card, _ := c.Card(name); card != nil {
		return nil
	}
	doc, ok := scoring.Preset(name)
	if !ok {
		bad := &models.Invalid{}
		bad.Add("card", "campaign.no_card", "card", name)
		return bad
	}
	return c.PublishCard(ctx, doc)
}

// A Beginning is what a campaign is begun from: a template, another campaign, or nothing.
type Beginning struct {
	Campaign models.Campaign // Name, Slug, Locale, OwnerID, Goal and Until, as its owner wishes; its ID where that is drawn already
	Template string          // a key of package template; empty for none
	From     models.ID       // the campaign to be copied; 0 for none
	Card     string          // the scoring card; empty: as it comes with what it is begun from
	User     models.ID
}

// Begin makes a campaign that nobody sees yet, with its page, form, offer, the drafts of its mails, and its card in force.
func (c *Campaigns) Begin(ctx context.Context, b Beginning) (*models.Campaign, error) {
	if err := CheckSlug(b.Campaign.Slug); err != nil {
		return nil, err
	}
	doc, sequences, err := c.matter(ctx, &b)
	if err != nil {
		return nil, err
	}
	if b.Card != "" {
		doc.Card = b.Card
	}
	if err := c.EnsureCard(ctx, doc.Card); err != nil {
		return nil, err
	}
	campaign := b.Campaign
	if err := c.store.BeginCampaign(ctx, &campaign, doc, sequences, b.User); err != nil {
		return nil, err
	}
	return &campaign, c.Reload(ctx)
}

// matter is what the campaign holds at first.
func (c *Campaigns) matter(ctx context.Context, b *Beginning) (models.CampaignDoc, []models.Sequence, error) {
	switch {
	case b.From != 0:
		return c.copied(ctx, b)
	case b.Template == "":
		return Blank(b.Campaign.Locale, b.Campaign.Name), nil, nil
	}
	t, err := template.Of(b.Template, b.Campaign.Locale)
	if errors.Is(err, models.ErrNotFound) {
		bad := &models.Invalid{}
		bad.Add("locale", "campaign.no_template")
		return models.CampaignDoc{}, nil, bad
	}
	if err != nil {
		return models.CampaignDoc{}, nil, err
	}
	if len(t.Sequence.Doc.Steps) == 0 {
		return t.Doc, nil, nil
	}
	return t.Doc, []models.Sequence{{Name: t.Sequence.Name, Locale: b.Campaign.Locale, Draft: t.Sequence.Doc}}, nil
}

// copied is what another campaign's draft holds, in its language. Its codes stay with it, and so does its twin.
func (c *Campaigns) copied(ctx context.Context, b *Beginning) (models.CampaignDoc, []models.Sequence, error) {
	of, draft, err := c.store.Draft(ctx, b.From)
	if err != nil {
		return models.CampaignDoc{}, nil, err
	}
	rows, err := c.store.SequencesOf(ctx, b.From)
	if err != nil {
		return models.CampaignDoc{}, nil, err
	}
	sequences := make([]models.Sequence, len(rows))
	for i, q := range rows {
		sequences[i] = models.Sequence{Name: q.Name, Locale: q.Locale, Draft: q.Draft}
	}
	b.Campaign.Locale = of.Locale
	doc := draft.Doc
	doc.Page.Twin = ""
	return doc, sequences, nil
}

// Duplicate makes a copy of a campaign, a draft under a free address of its own, with an ID that is drawn already or 0.
func (c *Campaigns) Duplicate(ctx context.Context, id, drawn models.ID, name string, user models.ID) (*models.Campaign, error) {
	of, err := c.store.Campaign(ctx, id)
	if err != nil {
		return nil, err
	}
	slug, err := c.FreeSlug(ctx, cut(of.Slug, MaxSlug-len("-copy"))+"-copy")
	if err != nil {
		return nil, err
	}
	return c.Begin(ctx, Beginning{Campaign: models.Campaign{ID: drawn, Name: name, Slug: slug, OwnerID: of.OwnerID, Goal: of.Goal}, From: id, User: user})
}

// Blank is the least that a page has: its first words, a form that asks for an address, and its foot.
func Blank(locale, name string) models.CampaignDoc {
	loc := i18n.For(i18n.Locale(locale))
	t := func(key string) string { return loc.T("campaign.blank." + key) }
	card := "b2b"
	if locale == string(i18n.FA) {
		card = "b2b-fa"
	}
	return models.CampaignDoc{
		Card: card,
		Page: models.Page{Title: name, Blocks: []models.Block{
			{ID: "hero", Type: models.BlockHero, Hero: &models.Hero{Heading: name}},
			{ID: "form", Type: models.BlockForm},
			{ID: "footer", Type: models.BlockFooter, Footer: &models.Footer{}},
		}},
		Form: models.Form{
			Title: t("title"), Button: t("button"),
			Fields:   []models.Field{{Name: models.FieldEmail, Type: models.TypeEmail, Label: t("email"), Required: true}},
			Purposes: []models.ConsentRequest{{Purpose: models.Newsletter, Text: t("consent")}},
		},
	}
}
