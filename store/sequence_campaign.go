package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
)

// maxOfCampaign is far above how many sequences a campaign has.
const maxOfCampaign = 20

// SequencesOf are the sequences of a campaign with their drafts, oldest first.
func (s *Store) SequencesOf(ctx context.Context, campaign models.ID) ([]models.Sequence, error) {
	var rows []models.Sequence
	err := s.q(ctx).Where("campaign_id = ?", campaign).Order("id").Limit(maxOfCampaign).Find(&rows).Error
	return rows, translate(err)
}

// FirstSequence makes a campaign's first sequence with a draft. Where there is one it is read instead, also where two ask at
// once.
func (s *Store) FirstSequence(ctx context.Context, q *models.Sequence) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		var c models.Campaign
		if err := lockRows(tx).Select("id").Take(&c, "id = ?", q.CampaignID).Error; err != nil {
			return err
		}
		var there []models.Sequence
		err := tx.Where("campaign_id = ?", c.ID).Order("id").Limit(1).Find(&there).Error
		if err == nil && len(there) > 0 {
			*q = there[0]
			return nil
		}
		if err != nil {
			return err
		}
		q.ID, q.State, q.CreatedAt = s.NewID(), models.SequenceDraft, s.Now()
		q.UpdatedAt = q.CreatedAt
		return tx.Create(q).Error
	})
}

// SequencesByID are sequences, and the versions of them in force.
func (s *Store) SequencesByID(ctx context.Context, ids []models.ID) (map[models.ID]*models.Sequence, map[models.ID]*models.SequenceVersion, error) {
	var rows []models.Sequence
	if err := s.q(ctx).Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, nil, translate(err)
	}
	all, inForce := map[models.ID]*models.Sequence{}, make([]models.ID, len(rows))
	for i := range rows {
		all[rows[i].ID], inForce[i] = &rows[i], rows[i].VersionID
	}
	var versions []models.SequenceVersion
	err := s.q(ctx).Where("id IN ?", inForce).Find(&versions).Error
	force := map[models.ID]*models.SequenceVersion{}
	for i := range versions {
		force[versions[i].SequenceID] = &versions[i]
	}
	return all, force, translate(err)
}

// MailsOfSequences counts the mails of sequences by step and state, each sequence's by itself.
func (s *Store) MailsOfSequences(ctx context.Context, sequences []models.ID) (map[models.ID][]StepMail, error) {
	var rows []struct {
		SequenceID models.ID
		StepMail
	}
	err := s.q(ctx).Raw(`SELECT sequence_id, step, state, count(*) AS n FROM messages WHERE sequence_id IN ? AND sequence_id <> 0
		GROUP BY sequence_id, step, state`, sequences).Scan(&rows).Error
	out := map[models.ID][]StepMail{}
	for _, r := range rows {
		out[r.SequenceID] = append(out[r.SequenceID], r.StepMail)
	}
	return out, translate(err)
}

// CountsOfSequences is what else came of the steps of sequences.
func (s *Store) CountsOfSequences(ctx context.Context, sequences []models.ID) (map[models.ID][]models.StepCount, error) {
	var rows []models.StepCount
	err := s.q(ctx).Where("sequence_id IN ?", sequences).Order("sequence_id, step, what").Find(&rows).Error
	out := map[models.ID][]models.StepCount{}
	for _, r := range rows {
		out[r.SequenceID] = append(out[r.SequenceID], r)
	}
	return out, translate(err)
}
