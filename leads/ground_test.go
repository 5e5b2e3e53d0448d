package leads_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/campaigns"
	"sarnakh/files"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// began is when most worlds begin.
var began = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

// A ground is a database with the starter campaigns in force since a minute before began. There is one on each engine,
// made when it is needed and copied for each world: to make one takes longer than most tests.
var (
	groundFolder   string // made and removed by TestMain
	sqliteGround   = sync.OnceValues(laySQLite)
	postgresGround = sync.OnceValues(layPostgres)
	copies         atomic.Int64 // of that on PostgreSQL
)

func TestMain(m *testing.M) {
	var err error
	if groundFolder, err = os.MkdirTemp("", "sarnakh-leads-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if copies.Load() > 0 {
		_ = onServer("DROP DATABASE IF EXISTS " + database(0))
	}
	_ = os.RemoveAll(groundFolder)
	os.Exit(code)
}

// database is the name of a PostgreSQL database of ours: the ground's is 0.
func database(n int64) string { return fmt.Sprintf("leads_%d_%d", os.Getpid(), n) }

// address is that of such a database.
func address(name string) string {
	at, err := url.Parse(os.Getenv("SARNAKH_TEST_POSTGRES"))
	if err != nil {
		return ""
	}
	at.Path = "/" + name
	return at.String()
}

func laySQLite() ([]byte, error) {
	file := filepath.Join(groundFolder, "ground.db")
	if err := lay(file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

func layPostgres() (name string, err error) {
	if err := onServer("CREATE DATABASE " + database(0)); err != nil {
		return "", err
	}
	return database(0), lay(address(database(0)))
}

func lay(url string) error {
	ctx, log := context.Background(), slog.New(slog.DiscardHandler)
	s, err := store.Open(ctx, store.Config{URL: url, Clock: func() time.Time { return began.Add(-time.Minute) }, Log: log})
	if err != nil {
		return err
	}
	if err := s.Migrate(ctx); err != nil {
		return err
	}
	if err := publishStarters(ctx, s, filepath.Join(groundFolder, "files")); err != nil {
		return err
	}
	return s.Close()
}

func publishStarters(ctx context.Context, s *store.Store, folder string) error {
	camps, err := campaigns.New(ctx, s, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	return camps.PublishStarters(ctx, files.Folder(folder))
}

// onGround opens a copy of an engine's ground.
func onGround(t *testing.T, engine string, clock func() time.Time) (url string, s *store.Store) {
	t.Helper()
	copied := copySQLite
	if engine == "postgres" {
		copied = copyPostgres
	}
	url = copied(t)
	s, err := store.Open(context.Background(), store.Config{URL: url, Clock: clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return url, s
}

func copySQLite(t *testing.T) string {
	t.Helper()
	url := storetest.SQLite(t)
	ground, err := sqliteGround()
	if err == nil {
		err = os.WriteFile(url, ground, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func copyPostgres(t *testing.T) string {
	t.Helper()
	if os.Getenv("SARNAKH_TEST_POSTGRES") == "" {
		return storetest.Postgres(t) // says so, or fails
	}
	name := database(copies.Add(1))
	ground, err := postgresGround()
	if err == nil {
		err = onServer("CREATE DATABASE " + name + " TEMPLATE " + ground)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = onServer("DROP DATABASE " + name + " WITH (FORCE)") })
	return address(name)
}

// elsewhen opens a database whose campaigns are in force since another time than the grounds'.
func elsewhen(t *testing.T, engine string, clock func() time.Time) (url string, s *store.Store) {
	t.Helper()
	made := storetest.SQLite
	if engine == "postgres" {
		made = storetest.Postgres
	}
	url = made(t)
	s = storetest.Open(t, url, clock)
	if err := publishStarters(context.Background(), s, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	return url, s
}

// onServer says something to the PostgreSQL that tests use.
func onServer(statement string) error {
	db, err := sql.Open("pgx", os.Getenv("SARNAKH_TEST_POSTGRES"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}
