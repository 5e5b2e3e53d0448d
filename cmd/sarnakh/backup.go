package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sarnakh/models"
)

type backupCmd struct {
	File string `arg:"" type:"path" help:"The file to write; it must not exist."`
}

// Run writes everything into one file: the database as of one moment, the files and the secret key. A server may be
// running. The file appears whole or not at all.
func (c *backupCmd) Run(s *session) error {
	if _, err := os.Lstat(c.File); err == nil {
		return fmt.Errorf("%s is there already; a backup is never overwritten", c.File)
	}
	return withApp(s, func(a *app) error {
		dir, err := os.MkdirTemp(filepath.Dir(c.File), ".backup-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		m, err := c.write(s, a, dir)
		if err != nil {
			return err
		}
		// A link is refused where somebody else has written the file meanwhile; a rename would replace it.
		if err := os.Link(filepath.Join(dir, "backup"), c.File); err != nil {
			return err
		}
		if err := a.store.Audit(s.ctx, models.AuditEntry{Action: "backup", Detail: filepath.Base(c.File)}); err != nil {
			return err
		}
		info, err := os.Stat(c.File)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s: %d bytes, the database and %d files. It holds people's data and the secret key: keep it as you keep those\n",
			c.File, info.Size(), len(m.Parts)-3) // besides database, key and manifest
		return err
	})
}

func (c *backupCmd) write(s *session, a *app, dir string) (m manifest, err error) {
	m = manifest{Version: version, Engine: a.store.Engine(), MadeAt: time.Now().UTC()}
	if m.Schema, err = a.store.SchemaVersion(s.ctx); err != nil {
		return m, err
	}
	database := filepath.Join(dir, archiveDatabase)
	rows := newProgress(s.err, "rows", 0)
	err = a.store.Snapshot(s.ctx, database, a.leads.Words, rows.set)
	rows.done()
	if err != nil {
		return m, err
	}
	out, err := os.OpenFile(filepath.Join(dir, "backup"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return m, err
	}
	defer out.Close()
	bytes := newProgress(s.err, "bytes", 0)
	defer bytes.done()
	p, err := newPacker(out, m, counting(s, bytes))
	if err != nil {
		return m, err
	}
	if err := c.parts(s, a, p, database); err != nil {
		return m, err
	}
	if err := p.close(); err != nil {
		return m, err
	}
	return p.manifest, errors.Join(out.Sync(), out.Close())
}

// parts adds all there is. The files come after the database, which they are only ever added for.
func (c *backupCmd) parts(s *session, a *app, p *packer, database string) error {
	if err := p.file(archiveDatabase, database); err != nil {
		return err
	}
	key, err := secretKey(a.settings)
	if err != nil {
		return err
	}
	text := keyText(key)
	if err := p.part(archiveKey, int64(len(text)), strings.NewReader(text)); err != nil {
		return err
	}
	root := string(a.files)
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || s.ctx.Err() != nil {
			return errors.Join(err, s.ctx.Err())
		}
		if d.IsDir() || strings.HasPrefix(d.Name(), ".") { // those being put
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return p.file(archiveFiles+filepath.ToSlash(name), path)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was ever put
	}
	return err
}

// counting shows how far it is, and stops when the person has had enough.
func counting(s *session, p *progress) countWriter {
	return func(bytes int) error { p.set(bytes); return s.ctx.Err() }
}

// keyText is the secret key as its file holds it.
func keyText(key []byte) string { return base64.StdEncoding.EncodeToString(key) + "\n" }
