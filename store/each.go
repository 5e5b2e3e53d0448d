package store

import (
	"context"

	"sarnakh/models"
)

// eachBatch is how many rows are read at a time: whoever reads them all holds no lock and little memory.
const eachBatch = 1000

// each calls do with every row of a table in the order of IDs, a batch at a time.
func each[T any](ctx context.Context, s *Store, id func(*T) models.ID, do func([]T) error) error {
	for after := models.ID(0); ; {
		var rows []T
		if err := s.q(ctx).Where("id > ?", after).Order("id").Limit(eachBatch).Find(&rows).Error; err != nil {
			return translate(err)
		}
		if len(rows) == 0 {
			return nil
		}
		if err := do(rows); err != nil {
			return err
		}
		after = id(&rows[len(rows)-1])
	}
}

// EachLead reads all leads, oldest first.
func (s *Store) EachLead(ctx context.Context, do func([]models.Lead) error) error {
	return each(ctx, s, func(l *models.Lead) models.ID { return l.ID }, do)
}

// EachSubmission reads all submissions, oldest first.
func (s *Store) EachSubmission(ctx context.Context, do func([]models.Submission) error) error {
	return each(ctx, s, func(r *models.Submission) models.ID { return r.ID }, do)
}

// EachConsent reads all consents, oldest first.
func (s *Store) EachConsent(ctx context.Context, do func([]models.Consent) error) error {
	return each(ctx, s, func(r *models.Consent) models.ID { return r.ID }, do)
}

// EachEvent reads all events in the order in which they were recorded.
func (s *Store) EachEvent(ctx context.Context, do func([]models.Event) error) error {
	return each(ctx, s, func(r *models.Event) models.ID { return r.ID }, do)
}

// EachMessage reads all mails, oldest first.
func (s *Store) EachMessage(ctx context.Context, do func([]models.Message) error) error {
	return each(ctx, s, func(r *models.Message) models.ID { return r.ID }, do)
}

// EachCoupon reads all coupons given, oldest first.
func (s *Store) EachCoupon(ctx context.Context, do func([]models.Coupon) error) error {
	return each(ctx, s, func(r *models.Coupon) models.ID { return r.ID }, do)
}

// EachAudit reads the audit log, oldest first.
func (s *Store) EachAudit(ctx context.Context, do func([]models.AuditEntry) error) error {
	return each(ctx, s, func(r *models.AuditEntry) models.ID { return r.ID }, do)
}
