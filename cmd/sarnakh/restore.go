package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
)

type restoreCmd struct {
	File    string `arg:"" type:"existingfile" help:"What backup wrote."`
	Replace bool   `help:"Put it in the place of a database that holds leads."`
	Moved   bool   `help:"The server that made it has been stopped since before it was made: go on with its mail where it stood."`
}

// A restoring is a restore under way. Until its last step nothing of what is here has changed.
type restoring struct {
	*restoreCmd
	*session
	settings *Settings
	stage    string // folder in which the new state is made
	stamp    string // ends the names of what is kept
	manifest manifest
	here     store.Known // what the database in place knows
	revived  store.Revived
	erased   int
	leads    int64
}

// Run restores a backup. It holds the lock of the database.
func (c *restoreCmd) Run(s *session) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	r := &restoring{restoreCmd: c, session: s, settings: settings, stamp: time.Now().UTC().Format("20060102T150405")}
	release, err := r.lock()
	if err != nil {
		return err
	}
	defer release()
	if err := r.clear(); err != nil {
		return err
	}
	if r.stage, err = os.MkdirTemp(settings.DataDir, stagePrefix+"*"); err != nil {
		return err
	}
	defer os.RemoveAll(r.stage)
	for _, step := range []func() error{r.unpack, r.look, r.checkKey, r.revive, r.keepFiles, r.swap} {
		if err := step(); err != nil {
			return err
		}
	}
	return r.report()
}

const stagePrefix = ".restore-"

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

func (r *restoring) unpack() error {
	f, err := os.Open(r.File)
	if err != nil {
		return err
	}
	defer f.Close()
	p := newProgress(r.err, "bytes", 0)
	defer p.done()
	r.manifest, err = unpack(f, r.stage, counting(r.session, p))
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

// revive makes the backup's database one to go on with: what this one knew is added, who was erased is erased again, mail
// stands still.
func (r *restoring) revive() error {
	settings := *r.settings
	settings.DataDir, settings.Database.URL, settings.SecretKey = r.stage, "", ""
	st, closeStore, err := openStore(r.ctx, &settings, quiet(r.err), false)
	if err != nil {
		return err
	}
	pending, _, err := st.PendingMigrations(r.ctx)
	closeStore()
	if err != nil {
		return err
	}
	if pending < 0 {
		return fmt.Errorf("this backup was made by a newer program (version %s); restore it with that one", r.manifest.Version)
	}
	a, err := openApp(r.ctx, &settings, quiet(r.err), false, true)
	if err != nil {
		return err
	}
	defer a.release()
	if err := r.remember(a); err != nil {
		return err
	}
	if r.revived, err = a.store.Revive(r.ctx, store.Revival{Known: r.here, Moved: r.Moved, Speed: r.settings.Nurture.Speed}); err != nil {
		return err
	}
	if r.erased, err = r.eraseAgain(a); err != nil {
		return err
	}
	if !r.Moved {
		if err := a.store.PauseMail(r.ctx, i18n.For(r.settings.locale()).T("keeping.paused.restored")); err != nil {
			return err
		}
	}
	if r.leads, err = a.store.CountLeads(r.ctx); err != nil {
		return err
	}
	return a.store.Audit(r.ctx, models.AuditEntry{Action: "restore", Detail: r.manifest.MadeAt.Format(time.RFC3339)})
}

// swap is the one step that counts.
func (r *restoring) swap() error {
	undo, err := r.putKey()
	if err != nil {
		return err
	}
	if r.settings.isSQLite() {
		path := r.settings.databaseURL()
		err = store.ReplaceSQLite(filepath.Join(r.stage, archiveDatabase), path, path+".before-"+r.stamp)
	} else {
		err = r.fill()
	}
	if err != nil {
		undo()
	}
	return err
}

// fill replaces all rows of a PostgreSQL database in one transaction.
func (r *restoring) fill() error {
	settings := *r.settings
	settings.DataDir, settings.Database.URL, settings.SecretKey = r.stage, "", ""
	a, err := openApp(r.ctx, &settings, quiet(r.err), false, false)
	if err != nil {
		return err
	}
	defer a.release()
	to, closeStore, err := openStore(r.ctx, r.settings, quiet(r.err), false)
	if err != nil {
		return err
	}
	defer closeStore()
	if err := to.Migrate(r.ctx); err != nil {
		return err
	}
	p := newProgress(r.err, "rows", 0)
	defer p.done()
	_, err = a.store.Copy(r.ctx, to, a.leads.Words, p.set)
	return err
}

// keepFiles adds the backup's files to those that are here. They are named by their content, so none is overwritten.
func (r *restoring) keepFiles() error {
	from, to := filepath.Join(r.stage, archiveFiles), filepath.Join(r.settings.DataDir, "files")
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		place := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
			return err
		}
		return os.Rename(path, place)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// checkKey refuses a key under which nobody would be recognised who is not to be written to.
func (r *restoring) checkKey() error {
	backup, err := os.ReadFile(filepath.Join(r.stage, archiveKey))
	if err != nil {
		return err
	}
	if r.settings.SecretKey != "" {
		if keyText([]byte(r.settings.SecretKey)) != string(backup) {
			return errors.New("secret_key is set, and the backup was made with another: links in mails would stop working, and " +
				"suppressed addresses not be recognised. Leave it empty (the backup brings its own), or set the one it was made with")
		}
		return nil
	}
	here, err := os.ReadFile(r.keyPath())
	if errors.Is(err, fs.ErrNotExist) || err == nil && strings.TrimSpace(string(here)) == strings.TrimSpace(string(backup)) {
		return nil
	}
	if err == nil && len(r.here.Suppressions)+len(r.here.Erasures) > 0 {
		err = errors.New("the backup was made with another secret key: those who unsubscribed or were erased here would not be recognised. " +
			"Restore it with an empty data_dir and database")
	}
	return err
}

func (r *restoring) keyPath() string { return filepath.Join(r.settings.DataDir, archiveKey) }

// putKey puts the backup's key in place, and says how to take that back.
func (r *restoring) putKey() (undo func(), err error) {
	undo = func() {}
	if r.settings.SecretKey != "" {
		return undo, nil
	}
	path, kept := r.keyPath(), r.keyPath()+".before-"+r.stamp
	fresh := filepath.Join(r.stage, archiveKey)
	was, err := os.ReadFile(path)
	if now, failed := os.ReadFile(fresh); failed != nil || err == nil && bytes.Equal(now, was) {
		return undo, failed
	}
	if err == nil {
		if err := os.Link(path, kept); err != nil {
			return undo, err
		}
		undo = func() { _ = os.Rename(kept, path) }
	}
	return undo, os.Rename(fresh, path)
}
