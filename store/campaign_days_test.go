package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// A1: what a page of results reads is what was counted, summed over sources or days, of that campaign and no other.
func TestCampaignTally(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := rand.New(rand.NewPCG(1, 2))
		var all []models.CampaignDay
		for range 600 {
			c := models.CampaignDay{CampaignID: models.ID(1 + r.IntN(2)), Day: 20_000 + r.IntN(60), Source: []string{"direct", "google", "instagram.com"}[r.IntN(3)],
				Views: r.Int64N(50), Seconds: r.Int64N(500), Starts: r.Int64N(20), Submissions: r.Int64N(9), Leads: r.Int64N(5),
				Confirmed: r.Int64N(4), Hot: r.Int64N(3), Downloads: r.Int64N(6)}
			all = append(all, c)
			if err := s.AddCounts(t.Context(), []*models.CampaignDay{&c}); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.CampaignTally(t.Context(), 1, 20_010, 20_025, 20_039)
		if err != nil {
			t.Fatal(err)
		}
		days := summed(all, 20_010, 20_039, func(c *models.CampaignDay) { c.Source = "" })
		if !slices.Equal(got.Days, days) {
			t.Errorf("days: %+v\nwant: %+v", got.Days, days)
		}
		sources := summed(all, 20_025, 20_039, func(c *models.CampaignDay) { c.Day = 0 })
		slices.SortFunc(sources, func(a, b models.CampaignDay) int { return cmp.Compare(b.Leads, a.Leads) })
		if !slices.Equal(got.Sources, sources) {
			t.Errorf("sources: %+v\nwant: %+v", got.Sources, sources)
		}
		ever := summed(all, 0, 99_999, func(c *models.CampaignDay) { c.Day, c.Source = 0, "" })[0]
		if e := got.Ever; e.Views != ever.Views || e.Leads != ever.Leads || e.Submissions != ever.Submissions {
			t.Errorf("ever: %+v, want %+v", e, ever)
		}
		none, err := s.CampaignTally(t.Context(), 3, 0, 0, 99_999)
		if err != nil || none.Days != nil && len(none.Days) > 0 || none.Ever != (models.CampaignDay{}) {
			t.Errorf("a campaign that nobody saw: %+v %v", none, err)
		}
	})
}

// summed adds up what was counted of campaign 1 under the keys that merge leaves.
func summed(all []models.CampaignDay, first, last int, merge func(*models.CampaignDay)) (out []models.CampaignDay) {
	at := map[models.CampaignDay]int{}
	for _, c := range all {
		if c.CampaignID != 1 || c.Day < first || c.Day > last {
			continue
		}
		key := models.CampaignDay{Day: c.Day, Source: c.Source}
		merge(&key)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key], out = i, append(out, key)
		}
		sum := &out[i]
		sum.Views, sum.Seconds, sum.Starts, sum.Submissions = sum.Views+c.Views, sum.Seconds+c.Seconds, sum.Starts+c.Starts, sum.Submissions+c.Submissions
		sum.Leads, sum.Confirmed, sum.Hot, sum.Downloads = sum.Leads+c.Leads, sum.Confirmed+c.Confirmed, sum.Hot+c.Hot, sum.Downloads+c.Downloads
	}
	slices.SortFunc(out, func(a, b models.CampaignDay) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Source, b.Source))
	})
	return out
}

// A1: the scores of those who sent the last forms of a campaign, each once and as it is now.
func TestLatestScores(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		enter(t, s, 1, "early@example.com", 99)
		for i := range 600 { // more than one question asks for
			enter(t, s, 1, fmt.Sprintf("a%d@example.com", i), float64(i))
		}
		enter(t, s, 1, "a7@example.com", 7.5)
		enter(t, s, 2, "other@example.com", 55)
		enter(t, s, 1, "", 0)
		got, more, err := s.LatestScores(t.Context(), 1, 602)
		slices.Sort(got)
		if err != nil || !more || len(got) != 600 || got[0] != 0 || got[7] != 7.5 || got[599] != 599 {
			t.Errorf("%v %v %v", got, more, err)
		}
		if all, more, err := s.LatestScores(t.Context(), 1, 603); err != nil || more || len(all) != 601 {
			t.Errorf("all are %d, more %v, %v", len(all), more, err)
		}
		if none, more, err := s.LatestScores(t.Context(), 9, 10); err != nil || more || len(none) > 0 {
			t.Errorf("of nobody: %v %v %v", none, more, err)
		}
	})
}

// A1: the last leads of a campaign, each once, by its last form there; who left no contact is none.
func TestLatestLeads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := enter(t, s, 1, "a@example.com", 10)
		b := enter(t, s, 1, "b@example.com", 20)
		enter(t, s, 2, "c@example.com", 30)
		again := enter(t, s, 1, "a@example.com", 15)
		enter(t, s, 1, "", 0)
		leads, at, err := s.LatestLeads(t.Context(), 1, 2)
		if err != nil || len(leads) != 2 || len(at) != 2 || leads[0].ID != a.LeadID || leads[1].ID != b.LeadID || at[0] != again.CreatedAt || leads[0].Score != 15 {
			t.Errorf("%+v %v %v", leads, at, err)
		}
		if leads, _, err := s.LatestLeads(t.Context(), 9, 2); err != nil || len(leads) > 0 {
			t.Errorf("of nobody: %+v %v", leads, err)
		}
	})
}

// enter takes a form in; of nobody known where the address is empty.
func enter(t *testing.T, s *store.Store, campaign models.ID, email string, score float64) (sub models.Submission) {
	t.Helper()
	err := s.Apply(t.Context(), store.Change{
		Want: store.Want{Identity: email},
		Decide: func(f *store.Facts) (store.Rows, error) {
			sub = models.Submission{ID: f.NewID(), CampaignID: campaign, VersionID: 1, Token: []byte(f.NewID().String()), Digest: []byte("x"),
				Verdict: models.Accepted, Email: email, CreatedAt: f.Now}
			if email == "" {
				return store.Rows{Submission: &sub}, nil
			}
			lead := f.Lead
			if lead == nil {
				lead = &models.Lead{ID: f.NewID(), Identity: email, Email: email, Locale: "en", Stage: models.StageLead, Status: models.Open,
					Temperature: models.Cold, CampaignID: campaign, CreatedAt: f.Now}
			}
			lead.Score, sub.LeadID = score, lead.ID
			return store.Rows{Lead: lead, Submission: &sub}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return sub
}
