package files_test

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"sarnakh/files"
	"sarnakh/models"
)

func TestAFileIsKeptOnceUnderItsHash(t *testing.T) {
	f := files.Folder(t.TempDir())
	first, size, err := f.Put(strings.NewReader("content"), 7)
	if err != nil || size != 7 {
		t.Fatal(size, err)
	}
	second, _, err := f.Put(strings.NewReader("content"), 7)
	if err != nil || second != first {
		t.Fatal(first, second, err)
	}
	r, err := f.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Seek(3, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(r); string(got) != "tent" {
		t.Errorf("read %q", got)
	}
	if err := errors.Join(f.Delete(first), f.Delete(first)); err != nil {
		t.Error(err)
	}
	if _, err := f.Open(first); !errors.Is(err, models.ErrNotFound) {
		t.Error("still there:", err)
	}
}

func TestNothingIsLeftOfWhatIsRefused(t *testing.T) {
	dir := t.TempDir()
	f := files.Folder(dir)
	if _, _, err := f.Put(strings.NewReader("content"), 6); !errors.Is(err, files.ErrTooLarge) {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Error("left behind:", left)
	}
	for _, name := range []string{"", "..", "../../etc/passwd", strings.Repeat("z", 64)} {
		if _, err := f.Open(name); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
