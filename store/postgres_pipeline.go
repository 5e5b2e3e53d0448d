package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// transaction runs a group commit. With PostgreSQL it says on which connection, for pipelined.
func (s *Store) transaction(run func(tx *gorm.DB, conn *sql.Conn) error) error {
	if s.engine == sqliteEngine {
		return s.write.Transaction(func(tx *gorm.DB) error { return run(tx, nil) })
	}
	pool, err := s.write.DB()
	if err != nil {
		return err
	}
	ctx := context.Background()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	return on(s.write, ctx, conn).Transaction(func(tx *gorm.DB) error { return run(tx, conn) })
}

// pipelined runs write on a transaction's connection and sends its statements together when it returns, since
// a round trip to PostgreSQL costs more than most statements. They cannot ask, and learn nothing of the rows
// they change. Where there is no connection, as with SQLite, each is run at once.
func pipelined(tx *gorm.DB, conn *sql.Conn, write func(tx *gorm.DB) error) error {
	if conn == nil {
		return write(tx)
	}
	p := &pipeline{}
	if err := write(on(tx, tx.Statement.Context, p)); err != nil {
		return err
	}
	return conn.Raw(func(driver any) error {
		return driver.(*stdlib.Conn).Conn().SendBatch(tx.Statement.Context, &p.batch).Close()
	})
}

// on is a database that runs its statements on one connection.
func on(db *gorm.DB, ctx context.Context, conn gorm.ConnPool) *gorm.DB {
	db = db.Session(&gorm.Session{NewDB: true, Context: ctx})
	db.Statement.ConnPool = conn
	return db
}

// A pipeline keeps the statements that are to be sent.
type pipeline struct{ batch pgx.Batch }

var errPipeline = errors.New("store: a pipeline only writes")

// ExecContext queues a statement.
func (p *pipeline) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	p.batch.Queue(query, args...)
	return queued{}, nil
}

// PrepareContext is refused.
func (p *pipeline) PrepareContext(context.Context, string) (*sql.Stmt, error) {
	return nil, errPipeline
}

// QueryContext is refused.
func (p *pipeline) QueryContext(context.Context, string, ...any) (*sql.Rows, error) {
	return nil, errPipeline
}

// QueryRowContext is refused: no row can be made that says so.
func (p *pipeline) QueryRowContext(context.Context, string, ...any) *sql.Row { panic(errPipeline) }

type queued struct{}

// LastInsertId is never known.
func (queued) LastInsertId() (int64, error) { return 0, errPipeline }

// RowsAffected is not known yet.
func (queued) RowsAffected() (int64, error) { return 0, nil }
