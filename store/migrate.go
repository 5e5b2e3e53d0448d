package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*/*.sql
var migrations embed.FS

// Migrate brings the schema up to date, each migration in a transaction of its own.
func (s *Store) Migrate(ctx context.Context) error {
	p, err := s.goose()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

// MigrateTo brings the schema up to a migration and no further: an older database, to try an upgrade on.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	p, err := s.goose()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

// PendingMigrations is how many migrations the schema lacks, and whether it is a new database.
func (s *Store) PendingMigrations(ctx context.Context) (pending int, fresh bool, err error) {
	p, err := s.goose()
	if err != nil {
		return 0, false, err
	}
	current, latest, err := p.GetVersions(ctx)
	if err != nil {
		return 0, false, fmt.Errorf("store: schema version: %w", err)
	}
	return int(latest - current), current == 0, nil
}

// SchemaVersion is the number of the last migration applied.
func (s *Store) SchemaVersion(ctx context.Context) (int64, error) {
	p, err := s.goose()
	if err != nil {
		return 0, err
	}
	v, err := p.GetDBVersion(ctx)
	return v, translate(err)
}

func (s *Store) goose() (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations/"+string(s.engine))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption(nil)
	if s.engine == postgresEngine {
		// Two programs that start together must not migrate together.
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		dialect, options = goose.DialectPostgres, append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, s.sql, dir, options...)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return p, nil
}
