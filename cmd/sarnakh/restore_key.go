package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

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
