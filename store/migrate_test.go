package store_test

import (
	"database/sql"
	"slices"
	"testing"
	"time"

	"sarnakh/store"
	"sarnakh/store/storetest"
)

// An older database whose pool holds codes that shops take for one is brought up to date: what somebody has stays.
func TestAPoolWithTwinsIsMigrated(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s, err := store.Open(ctx, store.Config{URL: url, Clock: time.Now})
		must(t, err)
		defer s.Close()
		must(t, s.MigrateTo(ctx, 2))
		driver := map[string]string{"sqlite": "sqlite", "postgres": "pgx"}[s.Engine()]
		db, err := sql.Open(driver, url)
		must(t, err)
		defer db.Close()
		_, err = db.Exec(`INSERT INTO coupon_codes (id, campaign_id, code, coupon_id) VALUES
			(1, 7, 'spring', 0), (2, 7, 'SPRING', 5), (3, 7, 'autumn', 0), (4, 7, 'Autumn', 0), (5, 8, 'SPRING', 0)`)
		must(t, err)
		must(t, s.Migrate(ctx))
		rows, err := db.Query("SELECT id FROM coupon_codes ORDER BY id")
		must(t, err)
		defer rows.Close()
		var kept []int
		for rows.Next() {
			var id int
			must(t, rows.Scan(&id))
			kept = append(kept, id)
		}
		if !slices.Equal(kept, []int{2, 3, 5}) {
			t.Errorf("kept %v", kept)
		}
	})
}
