package admin_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store/storetest"
)

// BenchmarkPublish is one publication among 1,000 campaigns: the page that says what changes, the answer to the button, after which every visitor of this
// program sees the page, and the look at all that is published which another program takes when it notices (C2).
//
//	tools/with-postgres.sh go test ./handlers/admin -run XXX -bench Publish -benchtime 50x
func BenchmarkPublish(b *testing.B) {
	for engine, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			w := newWorldAt(b, database(b), 1)
			w.thousand()
			p := w.person(models.Marketer)
			var looked, answered, reloaded time.Duration
			for i := range b.N {
				w.change("block:hero", retitled(fmt.Sprint("Promise ", i)))
				begin := time.Now()
				form := now(p.get(w.campaignAt("/publish")).looked(b))
				looked += time.Since(begin)
				begin = time.Now()
				if a := p.post(w.campaignAt("/publish"), form); a.status != http.StatusSeeOther {
					b.Fatal(a.status)
				}
				answered += time.Since(begin)
				begin = time.Now()
				if err := w.camps.Reload(w.ctx); err != nil {
					b.Fatal(err)
				}
				reloaded += time.Since(begin)
			}
			b.ReportMetric(0, "ns/op") // it holds the thousand
			b.ReportMetric(float64(looked.Microseconds())/1000/float64(b.N), "ms-looked")
			b.ReportMetric(float64(answered.Microseconds())/1000/float64(b.N), "ms-answered")
			b.ReportMetric(float64(reloaded.Microseconds())/1000/float64(b.N), "ms-reloaded")
		})
	}
}
