package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"
	sqlitedialect "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	_ "modernc.org/sqlite" // registers the pure-Go engine as "sqlite"
)

// ErrLocked says that another program serves, migrates or restores the same SQLite file.
var ErrLocked = errors.New("another program holds this database")

// Durable at each commit: WAL with FULL syncs the log before a commit answers. The write lock is taken at
// BEGIN, so that a transaction that reads first can't fail when it comes to write.
const sqliteWriter = "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-8192)&_pragma=wal_autocheckpoint(4000)&_pragma=secure_delete(FAST)"

const sqliteReader = "?_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-1024)"

func (s *Store) openSQLite(ctx context.Context, path string) error {
	s.engine = sqliteEngine
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	// It holds people's data: nobody else on the machine may read it, whatever the folder allows.
	file, err := os.OpenFile(path, os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	_ = file.Close()
	// One connection to write in turn, and one for migrations, which want a pool of their own.
	conn, err := openSQLiteFile(ctx, path, sqliteWriter, 2)
	if err != nil {
		return err
	}
	writer, err := newLiteWriter(ctx, conn)
	if err != nil {
		_ = conn.Close()
		return fmt.Errorf("store: open %s: %w", path, err)
	}
	s.closers, s.sql = append(s.closers, writer.close), conn
	if s.write, err = liteGORM(writer, false); err != nil {
		return err
	}
	readers, err := openSQLiteFile(ctx, path, sqliteReader, max(4, runtime.NumCPU()*2))
	if err != nil {
		return err
	}
	s.closers = append(s.closers, readers.Close)
	s.read, err = liteGORM(readers, true)
	return err
}

func liteGORM(conn gorm.ConnPool, prepare bool) (*gorm.DB, error) {
	cfg := gormConfig()
	cfg.PrepareStmt = prepare
	db, err := gorm.Open(sqlitedialect.Dialector{Conn: conn, DriverName: "sqlite"}, cfg)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return db, nil
}

func openSQLiteFile(ctx context.Context, path, options string, conns int) (*sql.DB, error) {
	conn, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+options)
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	conn.SetMaxOpenConns(conns)
	conn.SetMaxIdleConns(conns)
	if err := conn.PingContext(ctx); err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	return conn, nil
}

// LockSQLite takes the lock that only one serving, migrating, importing or restoring program may hold on
// a SQLite file. The lock dies with the program. It is ErrLocked where another holds it.
func LockSQLite(path string) (release func(), err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	lock := flock.New(path + ".lock")
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("store: lock %s: %w", path, err)
	}
	if !ok {
		return nil, ErrLocked
	}
	return func() { _ = lock.Unlock() }, nil
}
