// Package storetest gives a test a fresh database of each engine, so that one suite is run on both.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/store"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops test databases
)

// Each runs a test once per engine, as subtests named "sqlite" and "postgres".
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { test(t, Open(t, url, time.Now)) })
}

// EachURL is Each for tests that open the database themselves.
func EachURL(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// Open opens and migrates a database, and closes it when the test ends.
func Open(t testing.TB, url string, clock func() time.Time) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Config{URL: url, Clock: clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// SQLite is the path of a database that does not exist yet.
func SQLite(t testing.TB) string {
	return filepath.Join(t.TempDir(), "sarnakh.db")
}

var databases atomic.Int64

// Postgres is the address of a new database, dropped when the test ends. Without a server the test is
// skipped, but never in CI.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("SARNAKH_TEST_POSTGRES")
	if server == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("SARNAKH_TEST_POSTGRES is not set: run the tests with `make test`")
		}
		t.Skip("no PostgreSQL: run the tests with `make test`, or set SARNAKH_TEST_POSTGRES")
	}
	name := fmt.Sprintf("t_%d_%d", os.Getpid(), databases.Add(1))
	run(t, server, `CREATE DATABASE `+name)
	t.Cleanup(func() { run(t, server, `DROP DATABASE `+name+` WITH (FORCE)`) })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	return address.String()
}

func run(t testing.TB, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
