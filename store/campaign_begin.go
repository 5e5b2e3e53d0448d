package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
)

// BeginCampaign makes a campaign with a draft, and the drafts of its sequences: all of it or nothing. It has the ID that it
// comes with, or a new one.
func (s *Store) BeginCampaign(ctx context.Context, c *models.Campaign, doc models.CampaignDoc, sequences []models.Sequence, user models.ID) error {
	id := c.ID
	return s.do(ctx, func(tx *gorm.DB) error {
		c.ID = id // as it was, where this is done again
		if err := s.addCampaign(tx, c, doc, user); err != nil || len(sequences) == 0 {
			return err
		}
		for i := range sequences {
			q := &sequences[i]
			q.ID, q.CampaignID, q.State, q.CreatedAt, q.UpdatedAt = s.NewID(), c.ID, models.SequenceDraft, c.CreatedAt, c.CreatedAt
		}
		return tx.Create(&sequences).Error
	})
}

// TakenSlugs are those of these addresses that a campaign has or had.
func (s *Store) TakenSlugs(ctx context.Context, slugs []string) ([]string, error) {
	var taken []string
	err := s.q(ctx).Raw("SELECT slug FROM campaigns WHERE slug IN ? UNION SELECT slug FROM campaign_addresses WHERE slug IN ?", slugs, slugs).Scan(&taken).Error
	return taken, translate(err)
}
