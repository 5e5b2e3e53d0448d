// Package files keeps what is too large for the database (ebooks, images) under the hash of its content.
package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sarnakh/models"
)

// A Store keeps files. Folder is one; another may keep them where several machines reach them.
type Store interface {
	// Put keeps what r holds, at most limit bytes, and returns its SHA-256 in hex and its size. Putting
	// the same content twice keeps it once. It is ErrTooLarge beyond the limit.
	Put(r io.Reader, limit int64) (sum string, size int64, err error)
	// Open reads a file from any place in it; models.ErrNotFound where there is none.
	Open(sum string) (io.ReadSeekCloser, error)
	// Delete forgets a file; one that isn't there is no error.
	Delete(sum string) error
}

// ErrTooLarge says that a file is larger than it may be.
var ErrTooLarge = errors.New("file too large")

// Folder keeps files in a folder of the file system.
type Folder string

var _ Store = Folder("")

// Put writes beside the final place, syncs, and renames: a file is there whole or not at all.
func (f Folder) Put(r io.Reader, limit int64) (sum string, size int64, err error) {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return "", 0, fmt.Errorf("files: %w", err)
	}
	tmp, err := os.CreateTemp(string(f), ".put-*")
	if err != nil {
		return "", 0, fmt.Errorf("files: %w", err)
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, hash), io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return "", 0, fmt.Errorf("files: %w", err)
	case size > limit:
		return "", 0, ErrTooLarge
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	if err := f.keep(tmp, sum); err != nil {
		return "", 0, fmt.Errorf("files: %w", err)
	}
	return sum, size, nil
}

func (f Folder) keep(tmp *os.File, sum string) error {
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.path(sum)), 0o700); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), f.path(sum))
}

// Open opens a file for reading.
func (f Folder) Open(sum string) (io.ReadSeekCloser, error) {
	if !isSum(sum) {
		return nil, models.ErrNotFound
	}
	file, err := os.Open(f.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, models.ErrNotFound
	}
	return file, err
}

// Delete removes a file.
func (f Folder) Delete(sum string) error {
	if !isSum(sum) {
		return nil
	}
	if err := os.Remove(f.path(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("files: %w", err)
	}
	return nil
}

func (f Folder) path(sum string) string { return filepath.Join(string(f), sum[:2], sum[2:]) }

func isSum(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == sha256.Size
}
