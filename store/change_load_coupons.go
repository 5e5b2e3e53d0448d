package store

import (
	"fmt"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

func (l *ledger) loadCoupons(tx *gorm.DB, wants []Want) error {
	pools := wanted(wants, func(w Want) models.ID { return w.Pool })
	slices.Sort(pools)
	for _, campaign := range pools {
		if err := l.loadFree(tx, campaign, len(wants)); err != nil {
			return err
		}
	}
	campaigns := append(wanted(wants, func(w Want) models.ID { return w.Coupon }), pools...)
	if len(campaigns) == 0 {
		return nil
	}
	slices.Sort(campaigns)
	var stock []struct {
		CampaignID models.ID
		Issued     int
	}
	err := lockRows(tx.Table("coupon_stock")).Where("campaign_id IN ?", campaigns).Order("campaign_id").Find(&stock).Error
	if err != nil {
		return fmt.Errorf("load coupon stock: %w", err)
	}
	for _, r := range stock {
		l.issued[r.CampaignID] = r.Issued
	}
	if len(l.byID) == 0 {
		return nil
	}
	ids := make([]models.ID, 0, len(l.byID))
	for id := range l.byID {
		ids = append(ids, id)
	}
	var given []*models.Coupon
	if err := tx.Where("campaign_id IN ? AND lead_id IN ?", campaigns, ids).Find(&given).Error; err != nil {
		return fmt.Errorf("load coupons: %w", err)
	}
	for _, c := range given {
		l.coupons[couponKey{c.CampaignID, c.LeadID}] = c
	}
	return nil
}

// loadFree reads as many free codes of a pool as the group can give. With PostgreSQL those that another group is
// just giving are passed over.
func (l *ledger) loadFree(tx *gorm.DB, campaign models.ID, most int) error {
	q := tx.Where("campaign_id = ? AND coupon_id = 0", campaign).Order("id").Limit(most)
	if tx.Name() == "postgres" {
		q = q.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
	}
	var free []models.CouponCode
	if err := q.Find(&free).Error; err != nil {
		return fmt.Errorf("load free codes: %w", err)
	}
	l.free[campaign] = free
	return nil
}
