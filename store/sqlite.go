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
	"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32768)&_pragma=wal_autocheckpoint(4000)"

const sqliteReader = "?_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-8192)"

func (s *Store) openSQLite(ctx context.Context, path string) error {
	s.engine = sqliteEngine
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	write, err := openSQLiteDB(ctx, path, sqliteWriter, 1)
	if err != nil {
		return err
	}
	s.write = write
	s.closers = append(s.closers, closeSQL(write))
	read, err := openSQLiteDB(ctx, path, sqliteReader, max(4, runtime.NumCPU()*2))
	if err != nil {
		return err
	}
	s.read = read
	s.closers = append(s.closers, closeSQL(read))
	return nil
}

func openSQLiteDB(ctx context.Context, path, options string, conns int) (*gorm.DB, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + options
	conn, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	conn.SetMaxOpenConns(conns)
	conn.SetMaxIdleConns(conns)
	if err := conn.PingContext(ctx); err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	db, err := gorm.Open(sqlitedialect.Dialector{Conn: conn, DriverName: "sqlite"}, gormConfig())
	if err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	return db, nil
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
