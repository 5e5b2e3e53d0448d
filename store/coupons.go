package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// AddCodes puts codes into a campaign's pool and says how many were new to it.
func (s *Store) AddCodes(ctx context.Context, campaign models.ID, codes []string) (added int, err error) {
	const batch = 500
	for len(codes) > 0 {
		part := codes[:min(batch, len(codes))]
		codes = codes[len(part):]
		rows := make([]models.CouponCode, len(part))
		for i, code := range part {
			rows[i] = models.CouponCode{ID: s.NewID(), CampaignID: campaign, Code: code}
		}
		var n int64
		err := s.do(ctx, func(tx *gorm.DB) error {
			q := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows)
			n = q.RowsAffected
			return q.Error
		})
		if err != nil {
			return added, err
		}
		added += int(n)
	}
	return added, nil
}

// CodesLeft is how many codes of a pool nobody has yet.
func (s *Store) CodesLeft(ctx context.Context, campaign models.ID) (int64, error) {
	var n int64
	err := s.q(ctx).Model(&models.CouponCode{}).Where("campaign_id = ? AND coupon_id = 0", campaign).Count(&n).Error
	return n, translate(err)
}
