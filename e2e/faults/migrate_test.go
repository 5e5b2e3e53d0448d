package faults

import (
	"context"
	"database/sql"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/store"
)

// A migration that is killed half-way leaves the old schema or the new one, never one between; the next start
// finishes it, and nothing is lost (I10).
func TestMigrationKilled(t *testing.T) {
	each(t, func(s *server) {
		s.old()
		rows := s.rows()
		kills := number(s.T, "SARNAKH_FAULT_MIGRATIONS", 20)
		unfinished := s.unfinished()
		s.old()
		chance, old, finished := rand.New(rand.NewPCG(rand.Uint64(), 2)), 0, 0
		var after []string
		for n := uint64(0); n < kills; n++ {
			s.launchCommand("migrate")
			time.Sleep(time.Duration(chance.IntN(400)) * time.Millisecond)
			s.kill()
			if s.postgres != "" {
				s.gone()
			}
			switch now := s.schema(); {
			case slices.ContainsFunc(unfinished, func(one []string) bool { return slices.Equal(one, now) }):
				old++
			case after == nil || slices.Equal(now, after):
				after = now
				finished++
				if n < kills-1 {
					s.old()
				}
			default:
				s.Fatalf("a schema between:\n%s", strings.Join(now, "\n"))
			}
		}
		if r := s.run("migrate"); r.Code != 0 {
			s.Fatalf("migrate exits %d: %s", r.Code, r.Err)
		}
		if after != nil && !slices.Equal(s.schema(), after) {
			s.Error("the schemas of two whole migrations differ")
		}
		if now := s.rows(); now != rows {
			s.Errorf("%d rows are left of %d", now, rows)
		}
		s.verifyIntegrity()
		s.Logf("killed %d times: %d times the old schema, %d times the new", kills, old, finished)
	})
}

// unfinished are the schemas after some of the migrations, each of them whole: these are none between.
func (s *server) unfinished() (out [][]string) {
	s.Helper()
	all, err := filepath.Glob("../../store/migrations/sqlite/*.sql")
	if err != nil || len(all) < 2 {
		s.Fatalf("%d migrations, %v", len(all), err)
	}
	out = append(out, s.schema())
	for version := 2; version < len(all); version++ {
		s.to(int64(version))
		out = append(out, s.schema())
	}
	return out
}

// old makes the database one of the first release, with so many rows that a migration takes a while.
func (s *server) old() {
	s.Helper()
	url := s.postgres
	if url == "" {
		url = filepath.Join(s.data, "sarnakh.db")
		for _, end := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(url + end)
		}
	} else {
		s.change(func(db *sql.DB) {
			if _, err := db.Exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public"); err != nil {
				s.Fatal(err)
			}
		})
	}
	s.to(1)
	series := "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
	s.change(func(db *sql.DB) {
		for _, fill := range []string{
			series + ` INSERT INTO consents (id, lead_id, submission_id, purpose, decision, text_id, page, method, ip, user_agent, created_at)
				SELECT i, i, i, 'newsletter', 'given', 1, '/p/x', 'form', '', '', i FROM n`,
			series + ` INSERT INTO audit (id, user_id, action, subject, detail, ip, at) SELECT i, 0, 'login', 'user:1', '', '', i FROM n`,
			series + ` INSERT INTO coupons (id, campaign_id, lead_id, submission_id, code, issued_at) SELECT i, 1, i, i, 'X', i FROM n`,
		} {
			if _, err := db.Exec(fill); err != nil {
				s.Fatal(err)
			}
		}
	})
}

// to brings the database up to a migration and no further.
func (s *server) to(version int64) {
	s.Helper()
	url := s.postgres
	if url == "" {
		url = filepath.Join(s.data, "sarnakh.db")
	}
	ctx := context.Background()
	st, err := store.Open(ctx, store.Config{URL: url, Log: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = st.MigrateTo(ctx, version)
		_ = st.Close()
	}
	if err != nil {
		s.Fatal(err)
	}
}

// schema is every table, column, index and trigger there is.
func (s *server) schema() (lines []string) {
	s.Helper()
	ask := "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1"
	if s.postgres != "" {
		ask = `SELECT table_name || '.' || column_name || ' ' || data_type AS line FROM information_schema.columns WHERE table_schema = 'public'
			UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
			UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`
	}
	s.sql(func(db *sql.DB) {
		rows, err := db.Query(ask)
		if err != nil {
			s.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				s.Fatal(err)
			}
			lines = append(lines, line)
		}
		if err := rows.Err(); err != nil {
			s.Fatal(err)
		}
	})
	return lines
}

func (s *server) rows() (n int) {
	s.Helper()
	s.sql(func(db *sql.DB) {
		err := db.QueryRow("SELECT (SELECT count(*) FROM consents) + (SELECT count(*) FROM audit) + (SELECT count(*) FROM coupons)").Scan(&n)
		if err != nil {
			s.Fatal(err)
		}
	})
	return n
}

func (s *server) verifyIntegrity() {
	s.Helper()
	if s.postgres != "" {
		return
	}
	s.sql(func(db *sql.DB) {
		var said string
		if err := db.QueryRow("PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
			s.Errorf("I10: %s %v", said, err)
		}
	})
}
