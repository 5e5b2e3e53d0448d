package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	r := &restoring{restoreCmd: c, session: s, settings: settings, stamp: time.Now().UTC().Format("20060102T150405.000")}
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
