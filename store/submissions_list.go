package store

import (
	"context"

	"sarnakh/models"
)

// An Entrant is a submission with what is known of its lead now; the lead's part is empty where there is none.
type Entrant struct {
	models.Submission
	Name        string
	Score       float64
	Temperature models.Temperature
}

// Entrants are the submissions of a campaign, newest first, a page at a time, and whether more follow. Spam is left out.
func (s *Store) Entrants(ctx context.Context, campaign, before models.ID, limit int) (rows []Entrant, more bool, err error) {
	q := s.q(ctx).Table("submissions s").Select("s.*, l.name, l.score, l.temperature").Joins("LEFT JOIN leads l ON l.id = s.lead_id AND s.lead_id <> 0").
		Where("s.campaign_id BETWEEN ? AND ? AND s.verdict IN ('ok', 'released')", campaign, campaign). // see lastForms
		Order("s.campaign_id DESC, s.id DESC").Limit(limit + 1)
	if before != 0 {
		q = q.Where("s.id < ?", before)
	}
	if err := q.Find(&rows).Error; err != nil {
		return nil, false, translate(err)
	}
	if more = len(rows) > limit; more {
		rows = rows[:limit]
	}
	return rows, more, nil
}

// SignedUp is how many leads have answered a campaign's form.
func (s *Store) SignedUp(ctx context.Context, campaign models.ID) (n int64, err error) {
	err = s.q(ctx).Raw("SELECT count(DISTINCT lead_id) FROM submissions WHERE campaign_id BETWEEN ? AND ? AND lead_id <> 0", // see lastForms
		campaign, campaign).Scan(&n).Error
	return n, translate(err)
}

// EachSubmissionOf reads the submissions of a campaign, oldest first, a batch at a time.
func (s *Store) EachSubmissionOf(ctx context.Context, campaign models.ID, do func([]models.Submission) error) error {
	for after := models.ID(0); ; {
		var rows []models.Submission
		err := s.q(ctx).Where("campaign_id BETWEEN ? AND ? AND id > ?", campaign, campaign, after).Order("campaign_id, id").Limit(eachBatch).Find(&rows).Error
		if err != nil {
			return translate(err)
		}
		if len(rows) == 0 {
			return nil
		}
		if err := do(rows); err != nil {
			return err
		}
		after = rows[len(rows)-1].ID
	}
}
