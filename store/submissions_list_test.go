package store_test

import (
	"fmt"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// The submissions of one campaign, newest first, page by page, with their leads; spam and other campaigns' are left out.
func TestEntrants(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i := range 7 {
			identity := fmt.Sprintf("p%d@example.org", i)
			must(t, s.Apply(ctx, store.Change{Want: store.Want{Identity: identity}, Decide: func(f *store.Facts) (store.Rows, error) {
				sub := models.Submission{ID: f.NewID(), CampaignID: 7, Token: []byte(identity), Digest: []byte{1}, Verdict: models.Accepted, CreatedAt: f.Now,
					Answers: models.Answers{"email": identity}}
				switch i {
				case 2:
					sub.CampaignID = 8
				case 4:
					sub.Verdict = models.Spam
					return store.Rows{Submission: &sub}, nil
				case 5: // a question answered without leaving a contact
					return store.Rows{Submission: &sub}, nil
				}
				l := lead(f, identity)
				l.Name, l.Score, l.Temperature, sub.LeadID = "Sara", float64(i), models.Warm, l.ID
				return store.Rows{Lead: l, Submission: &sub}, nil
			}}))
		}
		var got []string
		before := models.ID(0)
		for more := true; more; {
			var rows []store.Entrant
			var err error
			rows, more, err = s.Entrants(ctx, 7, before, 2)
			must(t, err)
			for _, r := range rows {
				got = append(got, fmt.Sprintf("%s %s %.0f %s", r.Answers["email"], r.Name, r.Score, r.Temperature))
				before = r.ID
			}
		}
		want := []string{"p6@example.org Sara 6 warm", "p5@example.org  0 ", "p3@example.org Sara 3 warm", "p1@example.org Sara 1 warm", "p0@example.org Sara 0 warm"}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		n := 0
		must(t, s.EachSubmissionOf(ctx, 7, func(rows []models.Submission) error { n += len(rows); return nil }))
		if n != 6 {
			t.Errorf("%d submissions, spam included", n)
		}
	})
}
