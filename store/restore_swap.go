package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrStillOpen says that another program has the file of a database open.
var ErrStillOpen = errors.New("another program has this database open")

// mergedSQLite tells that nothing of a closed database stands beside its file.
func mergedSQLite(path string) error {
	info, err := os.Stat(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	if err == nil {
		err = ErrStillOpen
	}
	return fmt.Errorf("store: %s: %w", path, err)
}

// ReplaceSQLite puts one closed database file in another's place, in one step: whoever looks finds the old one or the
// new one, whole. The old one is kept as kept, where there was any.
func ReplaceSQLite(fresh, path, kept string) error {
	for _, p := range []string{fresh, path} {
		if err := mergedSQLite(p); err != nil {
			return err
		}
	}
	if err := syncFile(fresh); err != nil {
		return err
	}
	if err := os.Link(path, kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("store: keep the old database: %w", err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	for _, beside := range []string{"-wal", "-shm"} {
		_ = os.Remove(path + beside) // empty, and of the old one
	}
	return syncFile(filepath.Dir(path))
}

// syncFile has a file or a folder reach the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	return nil
}

// restoreName is how a program that replaces a PostgreSQL database calls itself, unlike those that use it.
const restoreName = "sarnakh restore"

// PostgresInUse tells whether a program of ours is connected to a PostgreSQL database. Connections just closed take the
// server a moment to forget.
func PostgresInUse(ctx context.Context, url string) (bool, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return false, fmt.Errorf("store: database.url: %w", err)
	}
	cfg.RuntimeParams["application_name"] = restoreName
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	defer conn.Close(ctx)
	for try := 0; ; try++ {
		var n int
		err := conn.QueryRow(ctx, `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name = 'sarnakh'`).Scan(&n)
		if err != nil || n == 0 || try == 10 {
			return n > 0, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}
