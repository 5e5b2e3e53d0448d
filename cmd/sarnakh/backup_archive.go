package main

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// A backup is a tar archive compressed with zstd: the database as a SQLite file, the secret key, the files that
// campaigns give away, and last the manifest. One that was cut short has no manifest.
const (
	archiveFormat   = 1
	archiveDatabase = "sarnakh.db"
	archiveKey      = "secret.key"
	archiveFiles    = "files/"
	archiveManifest = "manifest.json"
)

// A manifest says what a backup holds.
type manifest struct {
	Format  int           `json:"format"`
	Version string        `json:"version"` // of the program
	Schema  int64         `json:"schema"`
	Engine  string        `json:"engine"` // that the rows came from
	MadeAt  time.Time     `json:"made_at"`
	Parts   []archivePart `json:"parts"`
}

type archivePart struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// A packer writes a backup.
type packer struct {
	zip *zstd.Encoder
	tar *tar.Writer
	manifest
	progress countWriter
	written  int
}

func newPacker(w io.Writer, m manifest, progress countWriter) (*packer, error) {
	zip, err := zstd.NewWriter(w)
	if err != nil {
		return nil, err
	}
	m.Format = archiveFormat
	return &packer{zip: zip, tar: tar.NewWriter(zip), manifest: m, progress: progress}, nil
}

// file adds a file that nobody changes any more.
func (p *packer) file(name, from string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return p.part(name, info.Size(), f)
}

func (p *packer) part(name string, size int64, r io.Reader) error {
	if err := p.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: p.MadeAt, Format: tar.FormatPAX}); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(p.tar, sum, p), io.LimitReader(r, size)); err != nil {
		return err
	}
	p.Parts = append(p.Parts, archivePart{name, size, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// Write counts what goes into the archive.
func (p *packer) Write(b []byte) (int, error) {
	p.written += len(b)
	return len(b), p.progress(p.written)
}

// close ends the archive with its manifest.
func (p *packer) close() error {
	raw, err := json.MarshalIndent(p.manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := p.part(archiveManifest, int64(len(raw)), strings.NewReader(string(raw))); err != nil {
		return err
	}
	return errors.Join(p.tar.Close(), p.zip.Close())
}

// errNotBackup is what a file is told to be that can't be restored.
var errNotBackup = errors.New("not a whole backup of sarnakh")

// unpack writes the parts of a backup into a folder, and compares each with the manifest. Where it fails, what is in the
// folder is of no use.
func unpack(r io.Reader, dir string, progress countWriter) (m manifest, err error) {
	zip, err := zstd.NewReader(r)
	if err != nil {
		return m, err
	}
	defer zip.Close()
	found := map[string]archivePart{}
	total := 0
	for in := tar.NewReader(zip); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, fmt.Errorf("%w: %w", errNotBackup, err)
		}
		part, err := unpackPart(in, dir, header.Name, func(n int) error { total += n; return progress(total) })
		if err != nil {
			return m, err
		}
		found[part.Name] = part
	}
	// What is behind the archive's end: nothing, and the checksum of all.
	if n, err := io.Copy(io.Discard, zip); n > 0 || err != nil {
		return m, fmt.Errorf("%w: its end is damaged", errNotBackup)
	}
	raw, err := os.ReadFile(filepath.Join(dir, archiveManifest))
	if err != nil {
		return m, fmt.Errorf("%w: it has no manifest", errNotBackup)
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("%w: manifest: %w", errNotBackup, err)
	}
	return m, m.check(found)
}

func unpackPart(in io.Reader, dir, name string, count countWriter) (archivePart, error) {
	if !fs.ValidPath(name) || !(name == archiveDatabase || name == archiveKey || name == archiveManifest || strings.HasPrefix(name, archiveFiles)) {
		return archivePart{}, fmt.Errorf("%w: it holds %q", errNotBackup, name)
	}
	to := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return archivePart{}, err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return archivePart{}, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum, count), in)
	if _, ours := errors.AsType[*fs.PathError](err); err != nil && !ours && !errors.Is(err, context.Canceled) {
		return archivePart{}, fmt.Errorf("%w: %s is damaged: %w", errNotBackup, name, err)
	}
	if err != nil {
		return archivePart{}, err
	}
	return archivePart{name, n, hex.EncodeToString(sum.Sum(nil))}, f.Close()
}

// A countWriter is told how much was written, and may stop it.
type countWriter func(bytes int) error

// Write counts.
func (c countWriter) Write(b []byte) (int, error) { return len(b), c(len(b)) }

// check compares what was found with what the manifest says.
func (m manifest) check(found map[string]archivePart) error {
	if m.Format != archiveFormat {
		return fmt.Errorf("this backup has format %d, and this program reads %d: restore it with version %s", m.Format, archiveFormat, m.Version)
	}
	for _, p := range m.Parts {
		if found[p.Name] != p {
			return fmt.Errorf("%w: %s is damaged", errNotBackup, path.Base(p.Name))
		}
	}
	for _, name := range []string{archiveDatabase, archiveKey} {
		if _, ok := found[name]; !ok {
			return fmt.Errorf("%w: %s is missing", errNotBackup, name)
		}
	}
	if len(found) != len(m.Parts)+1 { // the manifest itself
		return fmt.Errorf("%w: it holds what its manifest does not name", errNotBackup)
	}
	return nil
}
