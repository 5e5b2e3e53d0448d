package store_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// begun are campaigns in each state that one can be in, made one after the other.
func begun(t *testing.T, s *store.Store, n int) (all []models.Campaign) {
	t.Helper()
	ctx := t.Context()
	for i := range n {
		c := models.Campaign{Slug: fmt.Sprintf("c-%d", i), Name: fmt.Sprintf("Campaign %d", i), Locale: [...]string{"fa", "en"}[i%2], OwnerID: models.ID(i % 3)}
		if err := s.AddCampaign(ctx, &c, models.CampaignDoc{}, 1); err != nil {
			t.Fatal(err)
		}
		publish := func(at models.Instant) {
			if _, err := s.PublishDraft(ctx, store.Publication{Campaign: c.ID, Rev: c.DraftRev, At: at}); err != nil {
				t.Fatal(err)
			}
		}
		var err error
		switch i % 7 {
		case 1:
			publish(s.Now().Add(time.Hour))
		case 2:
			publish(0)
		case 3:
			publish(0)
			err = s.PauseCampaign(ctx, c.ID)
		case 4: // its end has come, and nobody has turned it yet
			publish(0)
			_, err = s.EditCampaign(ctx, c.ID, func(c *models.Campaign) error { c.Until = 1; return nil })
		case 5:
			publish(0)
			err = errors.Join(s.PauseCampaign(ctx, c.ID), func() error {
				_, err := s.EditCampaign(ctx, c.ID, func(c *models.Campaign) error { c.Until = 1; return nil })
				return err
			}())
		case 6:
			err = s.ArchiveCampaign(ctx, c.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		now, err := s.Campaign(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, *now)
	}
	return all
}

// The database calls a campaign's status what the rest of the program calls it, and counts it so.
func TestStatusesAgree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		all, want := begun(t, s, 14), map[models.CampaignStatus]int64{}
		for i := range all {
			want[all[i].Status(s.Now())]++
		}
		if len(want) != len(models.Statuses) {
			t.Fatalf("not every status is here: %v", want)
		}
		got, err := s.CampaignCounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, status := range models.Statuses {
			page, _, err := s.CampaignList(t.Context(), store.CampaignQuery{Status: status, Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			if got[string(status)] != want[status] || int64(len(page)) != want[status] {
				t.Errorf("%s: counted %d, found %d, want %d", status, got[string(status)], len(page), want[status])
			}
			for i := range page {
				if is := page[i].Status(s.Now()); is != status {
					t.Errorf("%s found as %s", is, status)
				}
			}
		}
	})
}

// Page by page, there and back, the list shows each campaign that was asked for once, in its order; archived ones only by
// their status.
func TestCampaignListPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		all := begun(t, s, 21)
		orders := map[store.CampaignSort]func(a, b models.Campaign) int{
			store.CampaignsNewest: func(a, b models.Campaign) int { return cmp.Compare(b.ID, a.ID) },
			store.CampaignsChanged: func(a, b models.Campaign) int {
				return cmp.Or(cmp.Compare(b.UpdatedAt, a.UpdatedAt), cmp.Compare(b.ID, a.ID))
			},
		}
		for sort, order := range orders {
			for _, q := range []store.CampaignQuery{{}, {Locale: "fa"}, {Owner: 1}, {IDs: []models.ID{all[0].ID, all[6].ID, all[9].ID}}, {IDs: []models.ID{}}} {
				var want []models.ID
				sorted := slices.SortedFunc(slices.Values(all), order)
				for _, c := range sorted {
					if c.ArchivedAt == 0 && (q.Locale == "" || c.Locale == q.Locale) && (q.Owner == 0 || c.OwnerID == q.Owner) && (q.IDs == nil || slices.Contains(q.IDs, c.ID)) {
						want = append(want, c.ID)
					}
				}
				q.Sort, q.Limit = sort, 4
				if got := walkList(t, s, q); !slices.Equal(got, want) {
					t.Errorf("%+v: %v, want %v", q, got, want)
				}
				ids, err := s.CampaignIDs(t.Context(), q)
				if err != nil || len(ids) != len(want) {
					t.Errorf("%+v: %d IDs, %v", q, len(ids), err)
				}
			}
		}
		rows, err := s.CampaignsByID(t.Context(), []models.ID{all[3].ID, all[1].ID, 7})
		if err != nil || len(rows) != 2 || rows[0].ID != all[3].ID {
			t.Errorf("by ID: %v, %v", rows, err)
		}
	})
}

// walkList goes forward through all pages; each page is also what the one after it leads back to.
func walkList(t *testing.T, s *store.Store, q store.CampaignQuery) (ids []models.ID) {
	t.Helper()
	var last []models.Campaign
	for {
		page, more, err := s.CampaignList(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(last) > 0 && len(page) > 0 {
			back := q
			back.After, back.Before = nil, &store.CampaignCursor{Changed: page[0].UpdatedAt, ID: page[0].ID}
			before, _, err := s.CampaignList(t.Context(), back)
			if err != nil || len(before) != len(last) || before[0].ID != last[0].ID {
				t.Errorf("back: %d of %d, %v", len(before), len(last), err)
			}
		}
		for i := range page {
			ids = append(ids, page[i].ID)
		}
		if !more {
			return ids
		}
		last = page
		q.After = &store.CampaignCursor{Changed: page[len(page)-1].UpdatedAt, ID: page[len(page)-1].ID}
	}
}

// A1: figures are sums of the counters, by campaign and by day.
func TestCampaignFigures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, all := t.Context(), begun(t, s, 3)
		a, b := all[0].ID, all[1].ID
		var rows []*models.CampaignDay
		for _, r := range []models.CampaignDay{
			{CampaignID: a, Day: 100, Source: "direct", Views: 10, Leads: 1, Hot: 1, Submissions: 2}, {CampaignID: a, Day: 100, Source: "mail", Views: 5, Leads: 2},
			{CampaignID: a, Day: 89, Source: "mail", Views: 7}, {CampaignID: a, Day: 80, Source: "mail", Views: 3}, {CampaignID: a, Day: 50, Source: "mail", Views: 1000},
			{CampaignID: b, Day: 100, Source: "direct", Views: 1}, {CampaignID: all[2].ID, Day: 100, Source: "direct", Views: 9},
		} {
			rows = append(rows, &r)
		}
		if err := s.AddCounts(ctx, rows); err != nil {
			t.Fatal(err)
		}
		got, err := s.CampaignFigures(ctx, []models.ID{a, b}, 70, 89)
		want := []models.CampaignDay{{CampaignID: a, Views: 3}, {CampaignID: a, Day: 89, Views: 7}, {CampaignID: a, Day: 100, Views: 15, Leads: 3, Hot: 1, Submissions: 2}, {CampaignID: b, Day: 100, Views: 1}}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
		days, err := s.DayTotals(ctx, 80, 101)
		if err != nil || !slices.Equal(days, []models.CampaignDay{{Day: 80, Views: 3}, {Day: 89, Views: 7}, {Day: 100, Views: 25, Leads: 3, Hot: 1, Submissions: 2}}) {
			t.Errorf("%+v, %v", days, err)
		}
	})
}

// What the next thing to do depends on: visits, and the codes that are left.
func TestCampaignSigns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, all := t.Context(), begun(t, s, 3)
		codes := make([]string, 15)
		for i := range codes {
			codes[i] = "CODE" + strconv.Itoa(i)
		}
		for i, n := range []int{15, 3, 0} {
			if _, err := s.AddCodes(ctx, all[i].ID, codes[:n]); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.AddCounts(ctx, []*models.CampaignDay{{CampaignID: all[0].ID, Day: 5, Views: 1}, {CampaignID: all[1].ID, Day: 5, Hot: 1}}); err != nil {
			t.Fatal(err)
		}
		got, err := s.CampaignSigns(ctx, []models.ID{all[0].ID, all[1].ID, all[2].ID}, 10)
		if err != nil || got[all[0].ID] != (store.CampaignSigns{ID: all[0].ID, Seen: true, Codes: 10}) || got[all[1].ID].Codes != 3 || got[all[1].ID].Seen || got[all[2].ID].Codes != 0 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// Drafts are read as they are being worked on.
func TestDraftsOfAList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, all := t.Context(), begun(t, s, 2)
		if _, err := s.EditDraft(ctx, all[0].ID, 2, "title", func(d *models.CampaignDoc) error { d.Page.Title = "new"; return nil }); err != nil {
			t.Fatal(err)
		}
		docs, err := s.Drafts(ctx, []models.ID{all[0].ID, all[1].ID, 9})
		if err != nil || len(docs) != 2 || docs[all[0].ID].Page.Title != "new" || docs[all[1].ID].Page.Title != "" {
			t.Errorf("%v, %v", docs, err)
		}
	})
}

// A campaign comes with its mails or not at all.
func TestBeginCampaign(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		c := models.Campaign{Slug: "first", Name: "First", Locale: "en"}
		mails := []models.Sequence{{Name: "Hints", Locale: "en", Draft: models.SequenceDoc{Steps: []models.Step{{Key: "a"}}}}}
		if err := s.BeginCampaign(ctx, &c, models.CampaignDoc{Card: "b2b"}, mails, 1); err != nil {
			t.Fatal(err)
		}
		got, err := s.SequencesOf(ctx, c.ID)
		if err != nil || len(got) != 1 || got[0].State != models.SequenceDraft || got[0].Draft.Steps[0].Key != "a" {
			t.Errorf("%+v, %v", got, err)
		}
		again := models.Campaign{Slug: "first", Name: "Second", Locale: "en"}
		err = s.BeginCampaign(ctx, &again, models.CampaignDoc{}, mails, 1)
		if invalid, ok := errors.AsType[*models.Invalid](err); !ok || invalid.Fields[0].Key != "campaign.slug_taken" {
			t.Errorf("a taken address: %v", err)
		}
		if all, err := s.Sequences(ctx, 0, 10); err != nil || len(all) != 1 {
			t.Errorf("%d sequences, %v", len(all), err)
		}
	})
}

// An address that was left stays its campaign's.
func TestTakenSlugs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		all := begun(t, s, 3)
		if _, err := s.EditCampaign(ctx, all[2].ID, func(c *models.Campaign) error { c.Slug = "moved"; return nil }); err != nil {
			t.Fatal(err)
		}
		taken, err := s.TakenSlugs(ctx, []string{"c-0", "c-2", "moved", "nobody"})
		slices.Sort(taken)
		if err != nil || !slices.Equal(taken, []string{"c-0", "c-2", "moved"}) {
			t.Errorf("%v, %v", taken, err)
		}
	})
}
