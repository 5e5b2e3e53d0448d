package store_test

import (
	"database/sql"
	"slices"
	"testing"
	"time"

	"sarnakh/models"
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

// A mail that was one text, in a draft and in force, says the same as a block.
func TestAMailOfOneTextIsMigrated(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s, err := store.Open(ctx, store.Config{URL: url, Clock: time.Now})
		must(t, err)
		defer s.Close()
		must(t, s.MigrateTo(ctx, 3))
		driver := map[string]string{"sqlite": "sqlite", "postgres": "pgx"}[s.Engine()]
		db, err := sql.Open(driver, url)
		must(t, err)
		defer db.Close()
		_, err = db.Exec(`INSERT INTO sequences (id, campaign_id, name, locale, state, reason, version_id, draft, created_at, updated_at) VALUES
			(1, 7, 'a', 'fa', 'live', '', 2, '{"steps":[{"key":"b","delay":60,"subject":"یک","body":"سلام \"دوست\"\n\n[برو](https://example.com \"button\")"},{"key":"a","delay":0,"subject":"دو","body":""}],"keep_hot":true}', 1, 1),
			(3, 7, 'b', 'fa', 'draft', '', 0, '{"steps":[]}', 1, 1), (4, 7, 'c', 'fa', 'draft', '', 0, '{"steps":null}', 1, 1)`)
		must(t, err)
		_, err = db.Exec(`INSERT INTO sequence_versions (id, sequence_id, number, doc, created_at) VALUES (2, 1, 1, '{"steps":[{"key":"b","delay":60,"subject":"یک","body":"همان"}]}', 1)`)
		must(t, err)
		must(t, s.Migrate(ctx))
		q, err := s.Sequence(ctx, 1)
		must(t, err)
		first, second := q.Draft.Steps[0], q.Draft.Steps[1]
		if first.Key != "b" || first.Delay != 60 || first.Blocks[0].Text.Body != "سلام \"دوست\"\n\n[برو](https://example.com \"button\")" || second.Key != "a" || !q.Draft.KeepHot {
			t.Errorf("the draft is %+v", q.Draft)
		}
		v, err := s.SequenceVersion(ctx, 2)
		must(t, err)
		if got := v.Doc.Steps[0].Blocks; len(got) != 1 || got[0].ID != "text" || got[0].Type != "text" || got[0].Text.Body != "همان" {
			t.Errorf("in force is %+v", got)
		}
		for _, id := range []models.ID{3, 4} {
			q, err := s.Sequence(ctx, id)
			must(t, err)
			if len(q.Draft.Steps) != 0 {
				t.Errorf("%d has %d mails", id, len(q.Draft.Steps))
			}
		}
	})
}
