package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// reader is the identity of a lead that `seed --due-mails` makes.
func reader(n int) string { return fmt.Sprintf("reader%d@mail%02d.example", n, n) }

// I7: who unsubscribed or was erased after the backup was made stays so: known to the database that is replaced, or to
// the log beside it. Whoever came back after being erased stays too.
func TestRestoreForgetsNothing(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, elsewhere func() *place) {
		here.run("seed", "--due-mails", "12")
		file := filepath.Join(t.TempDir(), "b")
		here.run("backup", file)
		hashes := map[string]string{}
		here.with(func(ctx context.Context, a *app) {
			note := func(name string, n int) *models.Lead {
				l, err := a.store.LeadByIdentity(ctx, reader(n))
				must(t, err)
				hashes[name] = a.leads.HashIdentity(l.Identity)
				return l
			}
			erased, returned := note("erased", 1), note("returned", 4)
			note("complained", 2)
			note("logged", 3)
			must(t, a.leads.EraseLead(ctx, erased.ID, 0, ""))
			must(t, a.store.Suppress(ctx, models.Suppression{Hash: hashes["complained"], Scope: models.SuppressAll, Reason: "complaint", CreatedAt: a.store.Now()}))
			log, err := os.OpenFile(filepath.Join(here.dir, forgottenLog), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
			must(t, err)
			fmt.Fprintf(log, "%s %s\n%s %s\n%s 2026-0", hashes["logged"], time.Now().Format(time.RFC3339),
				hashes["returned"], returned.CreatedAt.Add(-time.Hour).Time().Format(time.RFC3339), hashes["complained"])
			must(t, log.Close())
		})
		said := here.run("restore", file, "--replace")
		if !strings.Contains(said, "restored 10 leads") || !strings.Contains(said, "erased again: 2") {
			t.Error(said)
		}
		here.run("verify")
		here.with(func(ctx context.Context, a *app) {
			for name, want := range map[string]string{"erased": "erasure", "logged": "erasure", "complained": "complaint", "returned": "erasure"} {
				rows, err := a.store.Suppressions(ctx, hashes[name])
				if err != nil || len(rows) != 1 || rows[0].Reason != want {
					t.Errorf("%s: %+v %v", name, rows, err)
				}
			}
			for n, want := range map[int]bool{1: false, 2: true, 3: false, 4: true} {
				_, err := a.store.LeadByIdentity(ctx, reader(n))
				if there := err == nil; there != want || err != nil && !errors.Is(err, models.ErrNotFound) {
					t.Errorf("%s: there %v, want %v: %v", reader(n), there, want, err)
				}
			}
		})
		if here.url == "" {
			if kept, _ := filepath.Glob(filepath.Join(here.dir, "sarnakh.db.before-*")); len(kept) != 1 {
				t.Errorf("the old database is not kept: %v", kept)
			}
		}
	})
}

// A damaged file is refused, wherever the damage is, and nothing here has changed.
func TestDamagedBackupIsRefused(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		here.run("seed", "--due-mails", "5")
		file := filepath.Join(t.TempDir(), "b")
		here.run("backup", file)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		damaged := map[string][]byte{"nothing": {}, "another file": []byte("PK\x03\x04 something else"), "cut": whole[:len(whole)/2], "cut at its end": whole[:len(whole)-1]}
		for i := range 7 {
			flipped := append([]byte(nil), whole...)
			flipped[(len(flipped)-1)*i/6] ^= 1
			damaged[fmt.Sprintf("a bit of %d/6", i)] = flipped
		}
		rows := here.exports()
		tree := here.tree() // after that: an export is in the audit log
		for name, content := range damaged {
			bad := filepath.Join(t.TempDir(), "bad")
			if err := os.WriteFile(bad, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if code, said := here.try("restore", bad, "--replace"); code != exitFailed || !strings.Contains(said, "not a whole backup") {
				t.Errorf("%s: %d %s", name, code, said)
			}
			if here.tree() != tree {
				t.Errorf("%s: something was touched", name)
			}
		}
		if here.exports() != rows {
			t.Error("rows were touched")
		}
	})
}

// What would lose something is refused in words.
func TestRestoreRefuses(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, elsewhere func() *place) {
		here.run("seed", "--due-mails", "5")
		file := filepath.Join(t.TempDir(), "b")
		here.run("backup", file)
		here.refuses("there are 5 leads", "restore", file)

		stranger := elsewhere()
		stranger.run("seed", "--due-mails", "3")
		stranger.with(func(ctx context.Context, a *app) {
			if err := a.store.Suppress(ctx, models.Suppression{Hash: "x", Scope: models.SuppressAll, Reason: "bounce", CreatedAt: 1}); err != nil {
				t.Fatal(err)
			}
		})
		stranger.refuses("another secret key", "restore", file, "--replace")

		set := elsewhere()
		set.set = []string{"secret_key=0123456789abcdef0123456789abcdef"}
		set.refuses("secret_key is set", "restore", file)

		if here.url == "" {
			release, err := store.LockSQLite(filepath.Join(here.dir, "sarnakh.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer release()
			here.refuses("another sarnakh", "restore", file, "--replace")
		} else {
			here.with(func(context.Context, *app) { here.refuses("another sarnakh", "restore", file, "--replace") })
		}
	})
}

// A key that nothing depends on gives way to the backup's, and is kept.
func TestRestoreBringsItsKey(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, elsewhere func() *place) {
		here.run("seed", "--due-mails", "5")
		file := filepath.Join(t.TempDir(), "b")
		here.run("backup", file)
		there := elsewhere()
		there.run("seed", "--due-mails", "2")
		was, err := os.ReadFile(filepath.Join(there.dir, "secret.key"))
		if err != nil {
			t.Fatal(err)
		}
		there.run("restore", file, "--replace")
		kept, _ := filepath.Glob(filepath.Join(there.dir, "secret.key.before-*"))
		if len(kept) != 1 {
			t.Fatalf("kept %v", kept)
		}
		if now, err := os.ReadFile(kept[0]); err != nil || string(now) != string(was) {
			t.Error("another key was kept:", err)
		}
		there.run("verify")
	})
}
