package sarnakh_test

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sources are the files of the tree with an ending, by path. Folders that begin with a dot, or that hold
// what is not ours, are left out.
func sources(t *testing.T, root, ending string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"data", "node_modules", "shots"}, d.Name())):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ending):
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		found[name], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("%d files %s: %v", len(found), ending, err)
	}
	return found
}

// What `make generate` would write is what is there: templates and their Go never drift apart.
func TestTemplatesAreGenerated(t *testing.T) {
	tool, err := exec.Command("go", "tool", "-n", "templ").Output()
	if err != nil {
		t.Fatalf("go tool -n templ: %v", err)
	}
	dir := t.TempDir()
	for name, text := range sources(t, "templates", ".templ") {
		path := filepath.Join(dir, "templates", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	generate := exec.Command(strings.TrimSpace(string(tool)), "generate")
	generate.Dir = dir
	if out, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	fresh, kept := sources(t, filepath.Join(dir, "templates"), "_templ.go"), sources(t, "templates", "_templ.go")
	for name := range fresh {
		if !bytes.Equal(fresh[name], kept[name]) {
			t.Errorf("templates/%s is stale: run `make generate`", name)
		}
	}
	for name := range kept {
		if fresh[name] == nil {
			t.Errorf("templates/%s has no template any more: delete it", name)
		}
	}
}

// Every Go file is as gofmt writes it.
func TestGoIsFormatted(t *testing.T) {
	for name, text := range sources(t, ".", ".go") {
		formatted, err := format.Source(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !bytes.Equal(formatted, text) {
			t.Errorf("%s is not formatted: run gofmt -w on it", name)
		}
	}
}
