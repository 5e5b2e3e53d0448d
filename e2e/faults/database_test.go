package faults

import (
	"context"
	"database/sql"
	"math"
	"path/filepath"
	"time"
)

// sql opens the server's database. With SQLite it is opened for a moment only: as long as we held it, a
// program that starts again would not recover it by itself.
func (s *server) sql(use func(db *sql.DB)) {
	s.Helper()
	s.open("&_pragma=query_only(1)", use)
}

// change is sql for a database that no program serves.
func (s *server) change(use func(db *sql.DB)) {
	s.Helper()
	s.open("", use)
}

func (s *server) open(options string, use func(db *sql.DB)) {
	s.Helper()
	driver, address := "pgx", s.postgres
	if address == "" {
		driver, address = "sqlite", "file:"+filepath.Join(s.data, "sarnakh.db")+"?_pragma=busy_timeout(5000)"+options
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		s.Fatal(err)
	}
	defer db.Close()
	use(db)
}

// leasesRunOut lets the seconds pass for which PostgreSQL's mails in flight stay those of the dead program,
// since another one may be alive. With SQLite there is no other, so nothing is waited for. What the dead one
// had still told PostgreSQL to commit is committed before.
func (s *server) leasesRunOut() {
	s.Helper()
	if s.postgres == "" {
		return
	}
	s.gone()
	s.sql(func(db *sql.DB) {
		if _, err := db.Exec("UPDATE messages SET leased_until = 1 WHERE state = 'sending'"); err != nil {
			s.Fatal(err)
		}
	})
}

// gone waits until PostgreSQL has noticed that the program is dead.
func (s *server) gone() {
	s.Helper()
	s.sql(func(db *sql.DB) {
		for left := 1; left > 0; time.Sleep(time.Millisecond) {
			err := db.QueryRow("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sarnakh'").Scan(&left)
			if err != nil {
				s.Fatal(err)
			}
		}
	})
}

// drained waits until no mail is on its way (I2), as long as they get fewer.
func (s *server) drained() {
	s.Helper()
	left, fewest, since := 1, math.MaxInt, time.Now()
	s.sql(func(db *sql.DB) {
		for left > 0 && time.Since(since) < 30*time.Second {
			err := db.QueryRow("SELECT count(*) FROM messages WHERE state IN ('queued', 'sending')").Scan(&left)
			if err != nil {
				s.Fatal(err)
			}
			if left < fewest {
				fewest, since = left, time.Now()
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	if left > 0 {
		s.Errorf("I2: %d mails stay on their way", left)
	}
}

// unknowns says by Message-ID how often the fate of a mail became unknown, which no export tells.
func (s *server) unknowns() map[string]int {
	s.Helper()
	out := map[string]int{}
	s.sql(func(db *sql.DB) {
		rows, err := db.QueryContext(context.Background(), "SELECT message_id, unknowns FROM messages WHERE unknowns > 0")
		if err != nil {
			s.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			var n int
			if err := rows.Scan(&id, &n); err != nil {
				s.Fatal(err)
			}
			out[id] = n
		}
		if err := rows.Err(); err != nil {
			s.Fatal(err)
		}
	})
	return out
}
