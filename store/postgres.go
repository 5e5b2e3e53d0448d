package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	pgdialect "gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func (s *Store) openPostgres(ctx context.Context, url string) error {
	s.engine = postgresEngine
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("store: database.url: %w", err)
	}
	cfg.RuntimeParams["application_name"] = "sarnakh"
	cfg.RuntimeParams["timezone"] = "UTC"
	cores := runtime.NumCPU()
	if s.read, s.sql, err = s.openPool(ctx, cfg, 4+4*cores); err != nil {
		return err
	}
	s.write, _, err = s.openPool(ctx, cfg, 4+cores, stdlib.OptionAfterConnect(byIndex))
	return err
}

// byIndex keeps a writing connection from scanning a table. What writes names its rows by a key, always; but
// a statement prepared while a table was empty is planned as a scan of it, and PostgreSQL keeps that plan until
// the table is next analyzed: the first thousands of submissions of a new database cost ever more.
func byIndex(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SET enable_seqscan = off")
	return err
}

// openPool opens up to size connections. pgx prepares and keeps statements by itself, one by one for each.
func (s *Store) openPool(ctx context.Context, cfg *pgx.ConnConfig, size int, opts ...stdlib.OptionOpenDB) (*gorm.DB, *sql.DB, error) {
	pool := stdlib.OpenDB(*cfg, opts...)
	s.closers = append(s.closers, pool.Close)
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pingPatiently(ctx, pool); err != nil {
		return nil, nil, fmt.Errorf("store: %w", err)
	}
	db, err := gorm.Open(pgdialect.New(pgdialect.Config{Conn: pool}), gormConfig())
	if err != nil {
		return nil, nil, fmt.Errorf("store: %w", err)
	}
	return db, pool, nil
}

// pingPatiently waits for a server that is starting beside us, as in a compose file.
func pingPatiently(ctx context.Context, db *sql.DB) (err error) {
	for range 20 {
		if err = db.PingContext(ctx); err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(500 * time.Millisecond)
	}
	return err
}
