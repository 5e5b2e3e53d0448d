package store_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// BenchmarkApply is the price of a submission's rows without HTTP: a new lead each time (decision 3).
func BenchmarkApply(b *testing.B) {
	for engine, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for _, waiting := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/%d", engine, waiting), func(b *testing.B) {
				s := storetest.Open(b, url(b), time.Now)
				var n atomic.Int64
				b.SetParallelism(max(1, waiting/2))
				b.ResetTimer()
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						if err := s.Apply(context.Background(), newLead(n.Add(1))); err != nil {
							b.Error(err)
						}
					}
				})
			})
		}
	}
}

func newLead(n int64) store.Change {
	email := fmt.Sprintf("person%d@example%d.com", n*7919%1000003, n)
	token := make([]byte, 16)
	_, _ = rand.Read(token)
	return store.Change{
		Want: store.Want{Identity: email, Token: token, Domain: strings.Split(email, "@")[1]},
		Decide: func(f *store.Facts) (store.Rows, error) {
			id, sub := f.NewID(), f.NewID()
			touch := models.Attribution{Channel: models.ChannelDirect, Landing: "/p/rahnama"}
			return store.Rows{
				Lead: &models.Lead{ID: id, Identity: email, Email: email, Name: "نرگس مهرآیین", Phone: "+989123456789",
					Company: "نرم‌افزار برکه", Domain: strings.Split(email, "@")[1], Locale: "fa", Stage: models.StageLead,
					Status: models.Open, Temperature: models.Cold, Score: float64(n % 50), Grade: "C3", Card: "b2b",
					CardVersion: 1, ScoredAt: f.Now, CampaignID: 1, FirstTouch: touch, LastTouch: touch,
					CreatedAt: f.Now, UpdatedAt: f.Now, LastActAt: f.Now},
				Words: []string{"نرگس", "مهرایین", fmt.Sprint("person", n), "example", "com", "989123456789", "09123456789"},
				Submission: &models.Submission{ID: sub, LeadID: id, CampaignID: 1, VersionID: 1, Token: token, Digest: token,
					Verdict: models.Accepted, Email: email, Answers: models.Answers{"email": email, "name": "نرگس مهرآیین"},
					Attribution: touch, IP: "192.0.2.1", UserAgent: "Mozilla/5.0 (X11; Linux x86_64)", CreatedAt: f.Now},
				Consents: []models.Consent{{ID: f.NewID(), LeadID: id, SubmissionID: sub, Purpose: models.Newsletter,
					Decision: models.Given, TextID: 1, Page: "/p/rahnama", Method: models.ByForm, IP: "192.0.2.1", CreatedAt: f.Now}},
				Events: []models.Event{{ID: f.NewID(), LeadID: id, CampaignID: 1, Kind: models.FormSubmitted,
					Data: models.EventData{Campaign: "rahnama", OfferKind: models.OfferEbook, Submission: sub}, At: f.Now}},
				Messages: []models.Message{{ID: f.NewID(), LeadID: id, Ident: "delivery:" + sub.String(), Class: models.ClassTransactional,
					Kind: "delivery", State: models.MessageQueued, MessageID: sub.String() + "@example.org", To: email, Locale: "fa",
					VersionID: 1, CreatedAt: f.Now, DueAt: f.Now, NotAfter: f.Now.Add(72 * time.Hour)}},
				Count: &models.CampaignDay{CampaignID: 1, Day: 20000, Submissions: 1, Leads: 1},
			}, nil
		},
	}
}
