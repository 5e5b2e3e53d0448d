package campaigns

import (
	"context"
	"fmt"

	"sarnakh/campaigns/starter"
	"sarnakh/campaigns/template"
	"sarnakh/files"
	"sarnakh/models"
)

// maxStarterFile is far above the ebooks' sizes.
const maxStarterFile = 16 << 20

// PublishStarters publishes the campaigns that a new server begins with, the cards they score by, and their sequences.
func (c *Campaigns) PublishStarters(ctx context.Context, kept files.Store) error {
	starters, err := starter.Campaigns()
	if err != nil {
		return err
	}
	for _, s := range starters {
		if err := c.publishStarter(ctx, kept, s); err != nil {
			return fmt.Errorf("starter campaign %s: %w", s.Slug, err)
		}
	}
	return nil
}

func (c *Campaigns) publishStarter(ctx context.Context, kept files.Store, s starter.Campaign) error {
	if err := c.EnsureCard(ctx, s.Doc.Card); err != nil {
		return err
	}
	for i := range s.Doc.Offer.Files {
		if err := c.keepStarterFile(ctx, kept, &s.Doc.Offer.Files[i]); err != nil {
			return err
		}
	}
	campaign := models.Campaign{Slug: s.Slug, Name: s.Name, Locale: s.Locale}
	if err := c.Publish(ctx, &campaign, s.Doc); err != nil {
		return err
	}
	return c.startSequence(ctx, &campaign, s.Sequence)
}

// startSequence puts a starter's mails in force.
func (c *Campaigns) startSequence(ctx context.Context, of *models.Campaign, s template.Sequence) error {
	q := models.Sequence{CampaignID: of.ID, Name: s.Name, Locale: of.Locale, Draft: s.Doc}
	if err := c.store.AddSequence(ctx, &q); err != nil {
		return err
	}
	if _, err := c.store.PublishSequence(ctx, &q); err != nil {
		return err
	}
	return c.Reload(ctx)
}

func (c *Campaigns) keepStarterFile(ctx context.Context, kept files.Store, d *models.Download) error {
	content, err := starter.File(d.Name)
	if err != nil {
		return err
	}
	defer content.Close()
	sum, size, err := kept.Put(content, maxStarterFile)
	if err != nil {
		return err
	}
	file := models.File{SHA256: sum, Name: d.Name, Type: d.Type, Size: size}
	if err := c.store.AddFile(ctx, &file); err != nil {
		return err
	}
	d.FileID, d.Size = file.ID, size
	return nil
}
