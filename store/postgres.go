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
	conn := stdlib.OpenDB(*cfg)
	conn.SetMaxOpenConns(8 + 4*runtime.NumCPU())
	conn.SetMaxIdleConns(8)
	conn.SetConnMaxIdleTime(5 * time.Minute)
	s.closers = append(s.closers, conn.Close)
	// pgx prepares and keeps statements by itself, one by one for each connection.
	if err := pingPatiently(ctx, conn); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	db, err := gorm.Open(pgdialect.New(pgdialect.Config{Conn: conn}), gormConfig())
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	s.write, s.read, s.sql = db, db, conn
	return nil
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
