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
	// The readers' pool is query_only, which VACUUM INTO does not disturb: it writes another file.
	if err := s.write.WithContext(ctx).Exec("VACUUM INTO ?", path).Error; err != nil {
		return fmt.Errorf("store: copy: %w", err)
	}
	return nil
}
