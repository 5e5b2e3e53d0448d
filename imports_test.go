package sarnakh_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms is the import table of the house: which room may import which of ours. A room is a top-level
// folder, or a folder below it that has its own line.
var rooms = map[string][]string{
	".":                {},
	"models":           {},
	"i18n":             {},
	"seal":             {},
	"links":            {"models", "seal"},
	"files":            {"models"},
	"theme":            {"models"},
	"pictures":         {},
	"markdown":         {},
	"letters":          {"models", "i18n", "markdown", "templates/mail"},
	"hooks":            {},
	"reach":            {"hooks"},
	"scoring":          {"models"},
	"store":            {"models"},
	"queue":            {"models", "store"},
	"mailer":           {"models", "store"},
	"static":           {},
	"templates":        {"i18n", "templates/ui"},
	"templates/ui":     {"i18n"},
	"templates/layout": {"i18n", "templates/ui"},
	"templates/public": {"i18n", "markdown", "templates/ui", "templates/layout"},
	"templates/admin":  {"i18n", "templates/ui", "templates/layout"},
	"templates/mail":   {"i18n", "templates/ui"},
	"leads":            {"models", "scoring", "store", "queue", "mailer", "i18n", "templates/mail", "seal", "links", "letters", "hooks", "theme"},
	"campaigns":        {"models", "scoring", "store", "queue", "mailer", "i18n", "templates/mail", "files", "theme"},
	"nurture":          {"models", "scoring", "store", "queue", "mailer", "i18n", "templates/mail", "seal", "links", "letters", "theme"},
	"team":             {"models", "store", "mailer", "i18n", "templates/mail", "seal"},
	"reports":          {"models", "scoring", "store", "queue", "mailer", "i18n", "templates/mail"},
	"handlers": {"models", "i18n", "seal", "links", "files", "theme", "pictures", "markdown", "letters", "hooks", "reach", "scoring", "store", "queue", "mailer", "static", "templates", "templates/ui",
		"templates/layout", "templates/public", "templates/admin", "templates/mail", "leads", "campaigns", "nurture", "team", "reports"},
}

// free rooms may import everything: the program itself, and what only tests and maintainers run.
var free = []string{"cmd", "tools", "e2e", "bench"}

// outside libraries that only some rooms may know.
var outside = map[string][]string{
	"gorm.io/":                       {"store"},
	"github.com/labstack/echo":       {"handlers", "cmd"},
	"github.com/jackc/pgx":           {"store"},
	"modernc.org/sqlite":             {"store"},
	"github.com/wneessen/go-mail":    {"mailer"},
	"github.com/emersion/go-msgauth": {"mailer"},
}

func roomOf(dir string) string {
	for d := filepath.ToSlash(dir); ; d = d[:strings.LastIndexByte(d, '/')] {
		if _, ok := rooms[d]; ok || slices.Contains(free, d) || !strings.Contains(d, "/") {
			return d
		}
	}
}

func TestImportsRunInward(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != "." {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		checkFile(t, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkFile(t *testing.T, path string) {
	room := roomOf(filepath.Dir(path))
	allowed, known := rooms[room]
	if !known && !slices.Contains(free, room) {
		t.Errorf("%s: the room %q is not in the table", path, room)
		return
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range f.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if ours, ok := strings.CutPrefix(imported, "sarnakh/"); ok && known {
			to := roomOf(ours)
			if to != room && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s: %s may not know %s", path, imported, room, to)
			}
		}
		for library, may := range outside {
			if strings.HasPrefix(imported, library) && !slices.Contains(may, strings.Split(room, "/")[0]) && !slices.Contains(free, room) {
				t.Errorf("%s imports %s, which only %v may know", path, imported, may)
			}
		}
	}
}

// No exported signature of store names GORM: whoever uses the store can't tell.
func TestStoreHidesGORM(t *testing.T) {
	files, err := filepath.Glob("store/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no store:", err)
	}
	for _, path := range files {
		if !strings.HasSuffix(path, "_test.go") {
			checkExported(t, path)
		}
	}
}
