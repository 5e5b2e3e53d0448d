package store

import (
	"context"
	"errors"
	"fmt"
)

// CopyTo writes a consistent copy of a SQLite database to a new file, also while others write.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	if s.engine != sqliteEngine {
		return errors.New("store: only a SQLite database is a file to copy")
	}
	if _, err := s.sql.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("store: copy: %w", err)
	}
	return nil
}
