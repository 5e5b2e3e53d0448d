package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sarnakh/store/storetest"
)

// A place is where a server would run: a folder and a database.
type place struct {
	*testing.T
	dir, url string // url is empty for SQLite
	set      []string
}

func sqlitePlace(t *testing.T) *place { return &place{T: t, dir: filepath.Join(t.TempDir(), "data")} }

func postgresPlace(t *testing.T) *place {
	return &place{T: t, dir: filepath.Join(t.TempDir(), "data"), url: storetest.Postgres(t)}
}

// eachPlace runs a test once per engine; elsewhere makes more places of it.
func eachPlace(t *testing.T, test func(t *testing.T, here *place, elsewhere func() *place)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqlitePlace(t), func() *place { return sqlitePlace(t) }) })
	t.Run("postgres", func(t *testing.T) { test(t, postgresPlace(t), func() *place { return postgresPlace(t) }) })
}

func (p *place) args(args []string) []string {
	args = append(slices.Clone(args), "--set", "data_dir="+p.dir)
	if p.url != "" {
		args = append(args, "--set", "database.url="+p.url)
	}
	for _, s := range p.set {
		args = append(args, "--set", s)
	}
	return args
}

func (p *place) try(args ...string) (code int, said string) {
	var out, errOut bytes.Buffer
	code = run(context.Background(), p.args(args), nil, &out, &errOut)
	return code, out.String() + errOut.String()
}

// run wants a command to end well.
func (p *place) run(args ...string) string {
	p.Helper()
	code, said := p.try(args...)
	if code != exitDone {
		p.Fatalf("%v ended with %d: %s", args, code, said)
	}
	return said
}

// refuses wants a command to fail with these words.
func (p *place) refuses(words string, args ...string) {
	p.Helper()
	if code, said := p.try(args...); code != exitFailed || !strings.Contains(said, words) {
		p.Errorf("%v ended with %d, want %q: %s", args, code, words, said)
	}
}

// with opens the rooms over the place.
func (p *place) with(do func(ctx context.Context, a *app)) {
	p.Helper()
	var out bytes.Buffer
	s := &session{ctx: context.Background(), out: &out, err: &out, set: p.args(nil)[1:]}
	s.set = slices.DeleteFunc(s.set, func(v string) bool { return v == "--set" })
	settings, err := s.settings()
	if err != nil {
		p.Fatal(err)
	}
	a, err := openApp(s.ctx, settings, quiet(&out), false, true)
	if err != nil {
		p.Fatal(err)
	}
	defer a.release()
	do(s.ctx, a)
}

// exports is everything that can be exported but what the commands themselves add to.
func (p *place) exports() string {
	p.Helper()
	var b strings.Builder
	for _, table := range []string{"leads", "submissions", "consents", "events", "coupons"} {
		b.WriteString(p.run("export", table, "--format", "jsonl"))
	}
	return b.String()
}

// same compares exports with those of another place, and shows the first line that differs.
func (p *place) same(want string) {
	p.Helper()
	got, lines := strings.Split(p.exports(), "\n"), strings.Split(want, "\n")
	for i := range min(len(got), len(lines)) {
		if got[i] != lines[i] {
			p.Errorf("line %d of %d:\n%s\n%s", i, len(lines), got[i], lines[i])
			return
		}
	}
	if len(got) != len(lines) {
		p.Errorf("%d rows, want %d", len(got), len(lines))
	}
}

// tree is every file of a folder with its content, but logs of the database that are open or closed again.
func (p *place) tree() string {
	p.Helper()
	var b strings.Builder
	err := filepath.WalkDir(p.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "-wal") || strings.HasSuffix(path, "-shm") || strings.HasSuffix(path, ".lock") {
			return err
		}
		raw, err := os.ReadFile(path)
		b.WriteString(path + "\n")
		b.Write(raw)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	return b.String()
}

// A backup is one private file; it is never written over another, and none is left half done.
func TestBackupIsOneFile(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		here.run("seed", "--due-mails", "5")
		file := filepath.Join(t.TempDir(), "b")
		here.run("backup", file)
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
		here.refuses("never overwritten", "backup", file)
		here.refuses("", "backup", filepath.Join(t.TempDir(), "no", "such", "folder"))
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); len(left) != 1 {
			t.Errorf("left behind: %v", left)
		}
		if hidden, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".backup*")); len(hidden) != 0 {
			t.Errorf("left behind: %v", hidden)
		}
		if said := here.run("export", "audit"); !strings.Contains(said, ",backup,") {
			t.Errorf("not in the audit log: %s", said)
		}
	})
}

// What is restored elsewhere is what was backed up, in either engine, with files and key; links and hashes go on to work.
func TestRestoredElsewhere(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, elsewhere func() *place) {
		here.run("seed", "--leads", "40", "--due-mails", "10", "--coupons", "spring=7")
		file := filepath.Join(t.TempDir(), "b")
		here.run("backup", file)
		want := here.exports()
		other := sqlitePlace(t)
		if here.url == "" {
			other = postgresPlace(t)
		}
		for _, there := range []*place{elsewhere(), other} {
			said := there.run("restore", file)
			if !strings.Contains(said, "restored 50 leads") || !strings.Contains(said, "may have been sent since: 10;") || !strings.Contains(said, "mail is paused") {
				t.Error(said)
			}
			there.same(want)
			there.run("verify")
			key, err := os.ReadFile(filepath.Join(there.dir, "secret.key"))
			was, _ := os.ReadFile(filepath.Join(here.dir, "secret.key"))
			if err != nil || !bytes.Equal(key, was) {
				t.Error("another key:", err)
			}
			there.with(func(ctx context.Context, a *app) {
				if why, err := a.store.MailPaused(ctx); err != nil || why == "" {
					t.Error("mail goes on:", err)
				}
				for _, f := range a.campaigns.Snapshot().Listed[0].Version.Doc.Offer.Files {
					row, err := a.store.File(ctx, f.FileID)
					if err != nil {
						t.Fatal(err)
					}
					content, err := a.files.Open(row.SHA256)
					if err != nil {
						t.Fatal(err)
					}
					_ = content.Close()
				}
			})
			if left, _ := filepath.Glob(filepath.Join(there.dir, stagePrefix+"*")); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		}
	})
}

// Restored with --moved, mail goes on where it stood.
func TestMoved(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, elsewhere func() *place) {
		here.run("seed", "--due-mails", "5")
		file := filepath.Join(t.TempDir(), "b")
		here.run("backup", file)
		there := elsewhere()
		there.run("restore", file, "--moved")
		if n := strings.Count(there.run("export", "messages"), ",step,queued,"); n != 5 {
			t.Errorf("%d mails owed", n)
		}
		there.with(func(ctx context.Context, a *app) {
			if why, _ := a.store.MailPaused(ctx); why != "" {
				t.Error("paused:", why)
			}
		})
	})
}

// copy --to: an empty PostgreSQL database becomes the same, and one that is used is left alone.
func TestCopyTo(t *testing.T) {
	here, there := sqlitePlace(t), postgresPlace(t)
	here.run("seed", "--leads", "40", "--due-mails", "10", "--coupons", "spring=7")
	here.run("copy", "--to", there.url)
	there.dir = here.dir // the same key and files
	there.same(here.exports())
	if n := strings.Count(there.run("export", "messages"), ",step,queued,"); n != 10 {
		t.Errorf("%d mails owed", n)
	}
	there.run("verify")
	here.refuses("not empty", "copy", "--to", there.url)
	there.refuses("PostgreSQL already", "copy", "--to", there.url)
	if code, _ := here.try("copy", "--to", "mysql://x"); code != exitUsage {
		t.Error(code)
	}
}
