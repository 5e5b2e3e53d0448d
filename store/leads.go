package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
)

// Lead is one lead.
func (s *Store) Lead(ctx context.Context, id models.ID) (*models.Lead, error) {
	var l models.Lead
	err := s.q(ctx).Take(&l, "id = ?", id).Error
	return &l, translate(err)
}

// LeadByIdentity is the lead with a canonical address or number.
func (s *Store) LeadByIdentity(ctx context.Context, identity string) (*models.Lead, error) {
	var l models.Lead
	err := s.q(ctx).Take(&l, "identity = ?", identity).Error
	return &l, translate(err)
}

// EventsOf are the events that count in a lead's score, oldest first.
func (s *Store) EventsOf(ctx context.Context, lead models.ID) ([]models.Event, error) {
	events, err := eventsOf(s.q(ctx), []models.ID{lead})
	return events[lead], translate(err)
}

// newestOf reads the newest rows of a lead.
func newestOf[T any](ctx context.Context, s *Store, lead models.ID, limit int) ([]T, error) {
	var rows []T
	err := s.q(ctx).Where("lead_id = ?", lead).Order("id DESC").Limit(limit).Find(&rows).Error
	return rows, translate(err)
}

// SubmissionsOf are a lead's newest submissions, newest first.
func (s *Store) SubmissionsOf(ctx context.Context, lead models.ID, limit int) ([]models.Submission, error) {
	return newestOf[models.Submission](ctx, s, lead, limit)
}

// ConsentsOf are a lead's newest consents, newest first.
func (s *Store) ConsentsOf(ctx context.Context, lead models.ID, limit int) ([]models.Consent, error) {
	return newestOf[models.Consent](ctx, s, lead, limit)
}

// MessagesOf are a lead's newest mails, newest first: those to salespeople about it too.
func (s *Store) MessagesOf(ctx context.Context, lead models.ID, limit int) ([]models.Message, error) {
	return newestOf[models.Message](ctx, s, lead, limit)
}

// HandoffsOf are a lead's newest hand-offs, newest first.
func (s *Store) HandoffsOf(ctx context.Context, lead models.ID, limit int) ([]models.Handoff, error) {
	return newestOf[models.Handoff](ctx, s, lead, limit)
}

// Submission is one submission.
func (s *Store) Submission(ctx context.Context, id models.ID) (*models.Submission, error) {
	var sub models.Submission
	err := s.q(ctx).Take(&sub, "id = ?", id).Error
	return &sub, translate(err)
}

// CouponOf is the coupon that a lead has of a campaign, nil for none.
func (s *Store) CouponOf(ctx context.Context, campaign, lead models.ID) (*models.Coupon, error) {
	var rows []models.Coupon
	err := s.q(ctx).Where("campaign_id = ? AND lead_id = ?", campaign, lead).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, translate(err)
	}
	return &rows[0], nil
}

// MessageOwed tells whether a mail of this ident was owed before.
func (s *Store) MessageOwed(ctx context.Context, ident string) (bool, error) {
	var n int64
	err := s.q(ctx).Model(&models.Message{}).Where("ident = ?", ident).Limit(1).Count(&n).Error
	return n > 0, translate(err)
}

// MeanOpenScore is the mean score of open leads and how many there are.
func (s *Store) MeanOpenScore(ctx context.Context) (mean float64, count int64, err error) {
	var row struct {
		Mean  *float64
		Count int64
	}
	err = s.q(ctx).Model(&models.Lead{}).Where("status = ?", models.Open).
		Select("avg(score) AS mean, count(*) AS count").Scan(&row).Error
	if row.Mean != nil {
		mean = *row.Mean
	}
	return mean, row.Count, translate(err)
}

// Scored is a lead's new score as a mass rescoring found it.
type Scored struct {
	Lead *models.Lead
	Was  models.Instant // UpdatedAt when it was read: a lead that acted meanwhile was scored then
}

// LeadsAfter reads a batch of leads in the order of their IDs with the events that count, both as of one
// moment.
func (s *Store) LeadsAfter(ctx context.Context, after models.ID, limit int) (leads []*models.Lead, events map[models.ID][]models.Event, err error) {
	err = s.snapshot(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("id > ?", after).Order("id").Limit(limit).Find(&leads).Error; err != nil || len(leads) == 0 {
			return err
		}
		ids := make([]models.ID, len(leads))
		for i, l := range leads {
			ids[i] = l.ID
		}
		events, err = eventsOf(tx, ids)
		return err
	})
	return leads, events, translate(err)
}

// SaveScores writes the scores of a batch. A lead that changed since it was read is left alone.
func (s *Store) SaveScores(ctx context.Context, batch []Scored) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		for _, b := range batch {
			l := b.Lead
			err := tx.Model(l).Where("updated_at = ?", b.Was).Select("score", "fit", "engagement", "grade", "stage", "kinds",
				"temperature", "raised_hand_at", "card_version", "scored_at").Updates(l).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// CountLeads counts all leads.
func (s *Store) CountLeads(ctx context.Context) (n int64, err error) {
	err = s.q(ctx).Model(&models.Lead{}).Count(&n).Error
	return n, translate(err)
}

// HasLeadsOutside tells whether any lead's identity does not end in a suffix.
func (s *Store) HasLeadsOutside(ctx context.Context, suffix string) (bool, error) {
	var ids []models.ID
	err := s.q(ctx).Model(&models.Lead{}).Where("identity NOT LIKE ?", "%"+suffix).Limit(1).Pluck("id", &ids).Error
	return len(ids) > 0, translate(err)
}
