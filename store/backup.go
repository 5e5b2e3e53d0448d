package store

import (
	"context"
	"fmt"
)

// Snapshot writes everything, as of one moment, into a new SQLite file: whichever engine this is, and while others
// write. A backup of one engine can so be restored into the other.
func (s *Store) Snapshot(ctx context.Context, path string, words WordsOf, progress func(rows int)) (err error) {
	if s.engine == sqliteEngine {
		return s.CopyTo(ctx, path)
	}
	to, err := Open(ctx, Config{URL: path, Clock: s.clock, Zone: s.zone, Log: s.log})
	if err != nil {
		return err
	}
	defer func() {
		// What closing leaves in the file beside it would be missing from the copy.
		if failed := to.Close(); err == nil {
			err = failed
		}
		if err == nil {
			err = mergedSQLite(path)
		}
	}()
	if err := to.Migrate(ctx); err != nil {
		return err
	}
	if _, err := s.Copy(ctx, to, words, progress); err != nil {
		return fmt.Errorf("store: snapshot: %w", err)
	}
	return nil
}
