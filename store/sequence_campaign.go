package store

import (
	"context"

	"sarnakh/models"
)

// maxOfCampaign is far above how many sequences a campaign has.
const maxOfCampaign = 20

// SequencesOf are the sequences of a campaign with their drafts, oldest first.
func (s *Store) SequencesOf(ctx context.Context, campaign models.ID) ([]models.Sequence, error) {
	var rows []models.Sequence
	err := s.q(ctx).Where("campaign_id = ?", campaign).Order("id").Limit(maxOfCampaign).Find(&rows).Error
	return rows, translate(err)
}
