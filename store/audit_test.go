package store_test

import (
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// Views of a lead are one entry for each user, lead and hour, over restarts and programs; adding one never writes.
func TestViews(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		var now atomic.Int64
		now.Store(1_800_000_000)
		s := storetest.Open(t, url, func() time.Time { return time.Unix(now.Load(), 0) })
		count := func() (n int) {
			must(t, s.EachAudit(ctx, func(rows []models.AuditEntry) error { n += len(rows); return nil }))
			return n
		}
		expect := func(when string, want int) {
			t.Helper()
			if n := count(); n != want {
				t.Errorf("%s: %d entries, want %d", when, n, want)
			}
		}
		v := s.NewViews()
		add := func(v store.Views, user, lead models.ID) { v.Add(user, lead, "192.0.2.1") }
		for range 5 {
			add(v, 1, 1)
		}
		add(v, 1, 2)
		add(v, 2, 1)
		expect("before it is written", 0)
		v.Flush(ctx)
		expect("three different", 3)
		now.Add(3599)
		add(v, 1, 1)
		v.Flush(ctx)
		other := s.NewViews() // after a restart, or another program
		add(other, 1, 1)
		other.Flush(ctx)
		expect("within the hour", 3)
		now.Add(1)
		add(v, 1, 1)
		v.Flush(ctx)
		expect("after an hour", 4)
	})
}
