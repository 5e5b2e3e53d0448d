package store

import (
	"context"
	"maps"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// AddCodes puts codes into a campaign's pool and says how many were new to it. Codes that differ in case alone are the same.
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

// A Stock is how many codes of a pool there are, and how many nobody has yet.
type Stock struct{ All, Free int64 }

// CodeStock counts a campaign's pool.
func (s *Store) CodeStock(ctx context.Context, campaign models.ID) (Stock, error) {
	var out Stock
	err := s.q(ctx).Raw(`SELECT count(*) AS "all", count(CASE WHEN coupon_id = 0 THEN 1 END) AS free FROM coupon_codes WHERE campaign_id = ?`,
		campaign).Scan(&out).Error
	return out, translate(err)
}

// DropCodes takes the codes out of a pool that nobody has yet, and says how many. Those given stay their owners'.
func (s *Store) DropCodes(ctx context.Context, campaign models.ID) (dropped int64, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		q := tx.Delete(&models.CouponCode{}, "campaign_id = ? AND coupon_id = 0", campaign)
		dropped = q.RowsAffected
		return q.Error
	})
	return dropped, err
}

// CouponsGiven is how often the one code of a campaign was given that everybody gets.
func (s *Store) CouponsGiven(ctx context.Context, campaign models.ID) (int64, error) {
	var n int64
	err := s.q(ctx).Raw("SELECT COALESCE(max(issued), 0) FROM coupon_stock WHERE campaign_id = ?", campaign).Scan(&n).Error
	return n, translate(err)
}

// Spent are those of the given campaigns that have no code left to give: an empty pool, or a shared code that was given as
// often as its stock allows, which is by campaign and 0 for a pool.
func (s *Store) Spent(ctx context.Context, stock map[models.ID]int64) (map[models.ID]bool, error) {
	ids := slices.Collect(maps.Keys(stock))
	var rows []struct {
		ID     models.ID
		Issued int64
		Free   bool
	}
	err := s.q(ctx).Raw(`SELECT c.id, COALESCE(k.issued, 0) AS issued,
			EXISTS (SELECT 1 FROM coupon_codes f WHERE f.campaign_id = c.id AND f.coupon_id = 0) AS free
		FROM campaigns c LEFT JOIN coupon_stock k ON k.campaign_id = c.id WHERE c.id IN ?`, ids).Scan(&rows).Error
	out := map[models.ID]bool{}
	for _, r := range rows {
		if most := stock[r.ID]; most > 0 && r.Issued >= most || most == 0 && !r.Free {
			out[r.ID] = true
		}
	}
	return out, translate(err)
}
