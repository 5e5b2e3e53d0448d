package store

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"
)

// maxStatements is how many prepared statements the writer keeps.
const maxStatements = 256

// A liteWriter is the one writing connection of a SQLite database, as GORM's connection pool. It prepares
// each statement once: GORM's own cache prepares again in every transaction, which cost a fifth of a
// group commit. It is used by one goroutine at a time, which holds it from Begin to Commit.
type liteWriter struct {
	db    *sql.DB
	conn  *sql.Conn
	turn  chan struct{}
	stmts map[string]*sql.Stmt
}

var (
	_ gorm.ConnPool         = (*liteWriter)(nil)
	_ gorm.ConnPoolBeginner = (*liteWriter)(nil)
	_ gorm.TxCommitter      = (*liteTx)(nil)
)

func newLiteWriter(ctx context.Context, db *sql.DB) (*liteWriter, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &liteWriter{db: db, conn: conn, turn: make(chan struct{}, 1), stmts: map[string]*sql.Stmt{}}, nil
}

func (w *liteWriter) close() error {
	for _, s := range w.stmts {
		_ = s.Close()
	}
	return errors.Join(w.conn.Close(), w.db.Close())
}

// statement is a prepared statement, kept. A cache that is full starts anew: the statements in use come
// back at once.
func (w *liteWriter) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := w.stmts[query]; s != nil {
		return s, nil
	}
	if len(w.stmts) >= maxStatements {
		for q, s := range w.stmts {
			_ = s.Close()
			delete(w.stmts, q)
		}
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err == nil {
		w.stmts[query] = s
	}
	return s, err
}

func (w *liteWriter) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := w.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (w *liteWriter) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := w.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (w *liteWriter) lock()   { w.turn <- struct{}{} }
func (w *liteWriter) unlock() { <-w.turn }

// PrepareContext is asked for by gorm.ConnPool; our statements are prepared here.
func (w *liteWriter) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return w.conn.PrepareContext(ctx, query)
}

// ExecContext runs a statement in a transaction of its own.
func (w *liteWriter) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	w.lock()
	defer w.unlock()
	return w.conn.ExecContext(ctx, query, args...)
}

// QueryContext reads on the writing connection.
func (w *liteWriter) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	w.lock()
	defer w.unlock()
	return w.conn.QueryContext(ctx, query, args...)
}

// QueryRowContext reads on the writing connection.
func (w *liteWriter) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	w.lock()
	defer w.unlock()
	return w.conn.QueryRowContext(ctx, query, args...)
}

// BeginTx takes the write lock of the file at once.
func (w *liteWriter) BeginTx(ctx context.Context, _ *sql.TxOptions) (gorm.ConnPool, error) {
	w.lock()
	if _, err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		w.unlock()
		return nil, err
	}
	return &liteTx{w: w}, nil
}

// A liteTx is the transaction that is open on the writer.
type liteTx struct {
	w    *liteWriter
	done bool
}

// Commit makes it durable. Where that fails, the transaction is undone.
func (t *liteTx) Commit() error {
	if t.done {
		return sql.ErrTxDone
	}
	_, err := t.w.exec(context.Background(), "COMMIT")
	if err != nil {
		_ = t.Rollback()
		return err
	}
	t.end()
	return nil
}

// Rollback undoes it. SQLite has already done so after some errors (disk full), which is no further error.
func (t *liteTx) Rollback() error {
	if t.done {
		return sql.ErrTxDone
	}
	_, _ = t.w.exec(context.Background(), "ROLLBACK")
	t.end()
	return nil
}

func (t *liteTx) end() {
	t.done = true
	t.w.unlock()
}

// PrepareContext is asked for by gorm.ConnPool.
func (t *liteTx) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return t.w.conn.PrepareContext(ctx, query)
}

// ExecContext runs a kept statement.
func (t *liteTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.w.exec(ctx, query, args...)
}

// QueryContext runs a kept statement. Its rows are read before the next one is run.
func (t *liteTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.w.query(ctx, query, args...)
}

// QueryRowContext runs a kept statement.
func (t *liteTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := t.w.statement(ctx, query)
	if err != nil {
		return t.w.conn.QueryRowContext(ctx, query, args...) // which returns the same error
	}
	return s.QueryRowContext(ctx, args...)
}
