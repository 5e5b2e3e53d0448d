package admin_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// BenchmarkResults is a campaign's page of results over HTTP, among 1,000 campaigns and 200,000 leads of half a year: one
// campaign that has half of all the leads, and those that share the rest. It has to answer within 150 ms.
//
//	tools/with-postgres.sh go test ./handlers/admin -run XXX -bench Results -benchtime 100x
func BenchmarkResults(b *testing.B) {
	for engine, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			w := newWorldAt(b, database(b), 1)
			all := w.thousand()
			for name, some := range map[string][]*models.Published{"largest": all[:1], "others": all[1:]} {
				if err := w.leads.Seed(w.ctx, some, 100_000, 200_000, func(int) {}); err != nil {
					b.Fatal(name, err)
				}
			}
			owner := w.person(models.Owner)
			for name, some := range map[string][]*models.Published{"largest": all[:1], "others": all[1:]} {
				for _, days := range []int{30, 90} {
					b.Run(fmt.Sprintf("%s/%d-days", name, days), func(b *testing.B) {
						var took []time.Duration
						for i := range b.N {
							begin := time.Now()
							a := owner.get(fmt.Sprintf("/admin/campaigns/%s?days=%d", some[i%len(some)].ID, days))
							took = append(took, time.Since(begin))
							if a.status != http.StatusOK {
								b.Fatal(a.status)
							}
						}
						slices.Sort(took)
						b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
						b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
					})
				}
			}
		})
	}
}

// thousand publishes as many campaigns like the English starter.
func (w *world) thousand() (out []*models.Published) {
	w.t.Helper()
	starter := must(w.camps.Snapshot().Page("playbook"))(w.t)
	var ids []models.ID
	for i := range 1000 {
		c := &models.Campaign{Slug: fmt.Sprintf("campaign-%d", i), Name: fmt.Sprint("Campaign ", i), Locale: "en"}
		if err := w.store.AddCampaign(w.ctx, c, starter.Version.Doc, 0); err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.store.PublishDraft(w.ctx, store.Publication{Campaign: c.ID, Rev: c.DraftRev}); err != nil {
			w.t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	if err := w.camps.Reload(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	for _, id := range ids {
		out = append(out, w.camps.Snapshot().Campaign(id))
	}
	return out
}
