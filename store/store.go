// Package store is the one door to the database: it alone knows GORM and SQL. It keeps Sarnakh's rows in
// SQLite or PostgreSQL, migrates them, and commits many waiting changes as one transaction.
package store

import (
	"context"
	"database/sql"
	"log/slog"
	"strings"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Config says where the database is and how it is used.
type Config struct {
	// URL is postgres://… or the path of a SQLite file.
	URL string
	// MaxQueue is how many changes may wait to be committed; beyond it Apply answers models.ErrOverloaded.
	MaxQueue int
	// Clock tells the time; time.Now where it is nil.
	Clock func() time.Time
	// Zone is that of leads whose own is not known; UTC where it is nil.
	Zone *time.Location
	Log  *slog.Logger
}

// A Store is an open database. It is safe for concurrent use.
type Store struct {
	engine engine
	write  *gorm.DB // SQLite: the one writing connection; PostgreSQL: the pool
	read   *gorm.DB
	sql    *sql.DB // for migrations
	ids    *models.IDSource
	clock  func() time.Time
	zone   *time.Location
	log    *slog.Logger

	committers []*committer
	views      *views
	closers    []func() error
}

// engine is what differs between the two databases.
type engine string

const (
	sqliteEngine   engine = "sqlite"
	postgresEngine engine = "postgres"
)

// yes asks whether a column says yes as the indexes of such rows do: SQLite keeps a number, and compares words.
func (s *Store) yes(column string) string {
	if s.engine == sqliteEngine {
		return column + " = 1"
	}
	return column
}

// Open opens the database without migrating it.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.MaxQueue <= 0 {
		cfg.MaxQueue = 1024
	}
	s := &Store{ids: models.NewIDSource(), clock: cfg.Clock, zone: cfg.Zone, log: cfg.Log}
	open, groups := s.openSQLite, 1
	if IsPostgres(cfg.URL) {
		open, groups = s.openPostgres, 2
	}
	if err := open(ctx, cfg.URL); err != nil {
		_ = s.Close()
		return nil, err
	}
	for range groups {
		s.committers = append(s.committers, newCommitter(s, cfg.MaxQueue/groups))
	}
	s.views = newViews(s)
	go s.views.run()
	return s, nil
}

// IsPostgres tells a PostgreSQL address from a SQLite path.
func IsPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

// Close commits what was taken, then closes the database.
func (s *Store) Close() error {
	if s.views != nil {
		s.views.close()
	}
	for _, c := range s.committers {
		c.close()
	}
	var first error
	for i := len(s.closers) - 1; i >= 0; i-- {
		if err := s.closers[i](); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return string(s.engine) }

// NewID makes an ID for a row about to be written.
func (s *Store) NewID() models.ID { return s.ids.Next(s.clock()) }

// Now is the store's clock as an Instant.
func (s *Store) Now() models.Instant { return models.At(s.clock()) }

// Ready says whether the database can take a write: it commits one.
func (s *Store) Ready(ctx context.Context) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE settings SET value = value WHERE key = 'revision'").Error
	})
}

func gormConfig() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		PrepareStmtMaxSize:     256,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard,
		CreateBatchSize:        0,
	}
}

// q is the reading side for one request.
func (s *Store) q(ctx context.Context) *gorm.DB { return s.read.WithContext(ctx) }

// snapshot is q for several queries that have to agree, whatever is written between them.
func (s *Store) snapshot(ctx context.Context, read func(tx *gorm.DB) error) error {
	return s.q(ctx).Transaction(read, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}
