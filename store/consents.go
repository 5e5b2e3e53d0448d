package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"sarnakh/models"

	"gorm.io/gorm"
)

// StaleConsents are consents of a purpose that somebody gave before a time and never confirmed, the oldest first, a page
// at a time: those after one of an earlier page where it is given.
func (s *Store) StaleConsents(ctx context.Context, before models.Instant, after models.Consent, limit int) ([]models.Consent, error) {
	var rows []models.Consent
	err := s.q(ctx).Raw(`SELECT * FROM consents c WHERE `+s.yes("confirm")+` AND decision = 'given' AND created_at < ? AND (created_at, id) > (?, ?)
		AND NOT EXISTS (SELECT 1 FROM consents n WHERE n.lead_id = c.lead_id AND n.purpose = c.purpose AND n.id > c.id AND n.decision <> 'refused')
		ORDER BY created_at, id LIMIT ?`, before, after.CreatedAt, after.ID, limit).Scan(&rows).Error
	return rows, translate(err)
}

// MailedSince tells whether a mail of a kind was owed to a lead since a time.
func (s *Store) MailedSince(ctx context.Context, lead models.ID, kind models.MessageKind, since models.Instant) (bool, error) {
	var n int64
	err := s.q(ctx).Model(&models.Message{}).Where("lead_id = ? AND kind = ? AND created_at > ?", lead, kind, since).Limit(1).Count(&n).Error
	return n > 0, translate(err)
}

// MailTimes are when mails of a kind were owed to a lead since a time, the oldest first.
func (s *Store) MailTimes(ctx context.Context, lead models.ID, kind models.MessageKind, since models.Instant) ([]models.Instant, error) {
	var times []models.Instant
	err := s.q(ctx).Model(&models.Message{}).Where("lead_id = ? AND kind = ? AND created_at > ?", lead, kind, since).
		Order("created_at").Pluck("created_at", &times).Error
	return times, translate(err)
}

// CouponsOf are the codes that a lead was given, newest first.
func (s *Store) CouponsOf(ctx context.Context, lead models.ID) ([]models.Coupon, error) {
	return newestOf[models.Coupon](ctx, s, lead, 1000)
}

// FreeCode tells whether a campaign's pool has a code left.
func (s *Store) FreeCode(ctx context.Context, campaign models.ID) (bool, error) {
	var ids []models.ID
	err := s.q(ctx).Model(&models.CouponCode{}).Where("campaign_id = ? AND coupon_id = 0", campaign).Limit(1).Pluck("id", &ids).Error
	return len(ids) > 0, translate(err)
}

// SpokenText is the text by which a yes is recorded that somebody said to one of us: the newest of the purpose, or
// where no form ever asked for it, this one.
func (s *Store) SpokenText(ctx context.Context, p models.Purpose, locale, text string) (models.ID, error) {
	var row models.ConsentText
	err := s.do(ctx, func(tx *gorm.DB) error {
		row = models.ConsentText{}
		err := tx.Where("purpose = ? AND locale = ?", p, locale).Order("version DESC").Limit(1).Find(&row).Error
		if err != nil || row.ID != 0 {
			return err
		}
		sum := sha256.Sum256([]byte(text))
		row = models.ConsentText{ID: s.NewID(), Purpose: p, Locale: locale, Version: 1, Text: text, SHA256: hex.EncodeToString(sum[:]), CreatedAt: s.Now()}
		return tx.Create(&row).Error
	})
	return row.ID, err
}

// MailInFlight tells whether a marketing mail to a lead has begun and has no answer yet.
func (s *Store) MailInFlight(ctx context.Context, lead models.ID) (bool, error) {
	var one []models.ID
	err := s.q(ctx).Raw("SELECT id FROM messages WHERE lead_id = ? AND state = 'sending' AND class >= ? LIMIT 1", lead, models.ClassMarketing).Scan(&one).Error
	return len(one) > 0, translate(err)
}
