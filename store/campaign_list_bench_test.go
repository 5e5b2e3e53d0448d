package store_test

import (
	"fmt"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// BenchmarkCampaignList reads everything that a page of the list shows, of 1,000 campaigns that were seen from three
// sources on each of 90 days: at most 150 ms with the page around it.
func BenchmarkCampaignList(b *testing.B) {
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(engine.name, func(b *testing.B) {
			s := storetest.Open(b, engine.url(b), time.Now)
			const today = 20_000
			fillCampaigns(b, s, 1000, today)
			for _, part := range []struct {
				name string
				read func() error
			}{
				{"rows", func() error { return readPage(b, s, today) }},
				{"counts", func() error { _, err := s.CampaignCounts(b.Context()); return err }},
				{"open-days", func() error { _, err := s.DayTotals(b.Context(), today-2, today+1); return err }},
				{"first-60-days", func() error { _, err := s.DayTotals(b.Context(), today-59, today+1); return err }},
				{"first-of-all", func() error { _, err := s.DayTotals(b.Context(), 0, today+1); return err }},
				{"by-name", func() error { _, err := s.CampaignIDs(b.Context(), store.CampaignQuery{}); return err }},
			} {
				b.Run(part.name, func(b *testing.B) {
					for b.Loop() {
						if err := part.read(); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}

func fillCampaigns(b *testing.B, s *store.Store, n, today int) {
	b.Helper()
	ctx := b.Context()
	for i := range n {
		c := models.Campaign{Slug: fmt.Sprintf("c-%d", i), Name: fmt.Sprintf("Campaign %d", i), Locale: "fa"}
		if err := s.AddCampaign(ctx, &c, models.CampaignDoc{}, 1); err != nil {
			b.Fatal(err)
		}
		var rows []*models.CampaignDay
		for day := today - 89; day <= today; day++ {
			for _, source := range []string{"direct", "instagram", "mail"} {
				rows = append(rows, &models.CampaignDay{CampaignID: c.ID, Day: day, Source: source, Views: 20, Leads: 2, Hot: 1})
			}
		}
		if err := s.AddCounts(ctx, rows); err != nil {
			b.Fatal(err)
		}
	}
}

func readPage(b *testing.B, s *store.Store, today int) error {
	page, _, err := s.CampaignList(b.Context(), store.CampaignQuery{Limit: 50})
	if err != nil || len(page) != 50 {
		return fmt.Errorf("%d campaigns, %w", len(page), err)
	}
	ids := make([]models.ID, len(page))
	for i := range page {
		ids[i] = page[i].ID
	}
	if _, err := s.CampaignFigures(b.Context(), ids, today-29, today-11); err != nil {
		return err
	}
	if _, err := s.CampaignSigns(b.Context(), ids, 10); err != nil {
		return err
	}
	_, err = s.Drafts(b.Context(), ids)
	return err
}
