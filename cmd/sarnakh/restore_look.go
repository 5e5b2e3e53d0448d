package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sarnakh/store"
)

// lock keeps every other program off the database.
func (r *restoring) lock() (release func(), err error) {
	if r.settings.isSQLite() {
		release, err = store.LockSQLite(r.settings.databaseURL())
		if errors.Is(err, store.ErrLocked) {
			err = errLocked
		}
		return release, err
	}
	used, err := store.PostgresInUse(r.ctx, r.settings.databaseURL())
	if err == nil && used {
		err = errors.New("another sarnakh is connected to this database; stop it first")
	}
	return func() {}, errors.Join(err, os.MkdirAll(r.settings.DataDir, 0o700))
}

// clear removes what a restore left behind that was killed.
func (r *restoring) clear() error {
	left, err := filepath.Glob(filepath.Join(r.settings.DataDir, stagePrefix+"*"))
	for _, dir := range left {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}

// look reads what the database in place knows, and refuses where there are leads that nobody has given up.
func (r *restoring) look() error {
	if _, err := os.Stat(r.settings.databaseURL()); r.settings.isSQLite() && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	st, closeStore, err := openStore(r.ctx, r.settings, quiet(r.err), false)
	if err != nil {
		return r.unreadable(err)
	}
	defer closeStore()
	pending, fresh, err := st.PendingMigrations(r.ctx)
	switch {
	case err != nil:
		return r.unreadable(err)
	case fresh:
		return nil
	case pending > 0:
		return errors.New("the database here is older than this program: run `sarnakh migrate` first")
	}
	if r.here, err = st.Known(r.ctx); err != nil {
		return r.unreadable(err)
	}
	if r.here.Leads > 0 && !r.Replace {
		return fmt.Errorf("there are %d leads in this database; --replace puts the backup in its place (and keeps a SQLite file beside it)", r.here.Leads)
	}
	return nil
}

func (r *restoring) unreadable(err error) error {
	return fmt.Errorf("the database here can't be read, so who unsubscribed since the backup can't be known: %w; move it elsewhere to restore without", err)
}
