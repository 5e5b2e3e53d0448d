package queue_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/queue"
	"sarnakh/store/storetest"
)

// BenchmarkQueue is the price of a job that does nothing, from its claim to its end, every one durable.
func BenchmarkQueue(b *testing.B) {
	for engine, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			s := storetest.Open(b, url(b), time.Now)
			jobs := make([]models.Job, b.N)
			for i := range jobs {
				jobs[i] = models.Job{Kind: "nothing", Ident: fmt.Sprint(i)}
			}
			for len(jobs) > 0 {
				n := min(len(jobs), 500)
				if err := s.EnqueueJobs(context.Background(), jobs[:n]...); err != nil {
					b.Fatal(err)
				}
				jobs = jobs[n:]
			}
			var done atomic.Int64
			ctx, stop := context.WithCancel(context.Background())
			q := queue.New(queue.Config{Store: s, Log: slog.New(slog.DiscardHandler), Workers: 16})
			q.Handle("nothing", func(context.Context, models.Job) error {
				if done.Add(1) == int64(b.N) {
					stop()
				}
				return nil
			})
			b.ResetTimer()
			if err := q.Run(ctx); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
		})
	}
}
