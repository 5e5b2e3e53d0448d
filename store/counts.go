package store

import (
	"cmp"
	"context"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
)

// AddCounts adds to the counters of campaigns.
func (s *Store) AddCounts(ctx context.Context, rows []*models.CampaignDay) error {
	if len(rows) == 0 {
		return nil
	}
	sortCounts(rows)
	return s.do(ctx, func(tx *gorm.DB) error { return addCounts(tx, rows) })
}

// sortCounts puts counters in the order of their keys, in which every transaction writes them.
func sortCounts(rows []*models.CampaignDay) {
	slices.SortFunc(rows, func(a, b *models.CampaignDay) int {
		return cmp.Or(cmp.Compare(a.CampaignID, b.CampaignID), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Source, b.Source))
	})
}
