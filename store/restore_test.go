package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// I3, I7: a restored database sends nothing that may have been sent since, keeps what was not yet due, knows every
// suppression and erasure of the one it replaces, and lets nobody's old session live.
func TestRevive(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := furnish(t, s)
		now := s.Now()
		states := map[string]models.MessageState{}
		for name, m := range map[string]models.Message{
			"due":     {State: models.MessageQueued, DueAt: now.Add(-time.Minute)},
			"later":   {State: models.MessageQueued, DueAt: now.Add(time.Hour)},
			"paused":  {State: models.MessageQueued, DueAt: 1 << 62},
			"sending": {State: models.MessageSending, DueAt: now, LeaseOwner: "me", LeasedUntil: now.Add(time.Minute)},
			"sent":    {State: models.MessageSent, SentAt: now, Attempts: 1},
		} {
			m.ID, m.Ident, m.MessageID, m.Class, m.Kind = s.NewID(), name, name+"@x", models.ClassTransactional, "test"
			must(t, s.OweMail(ctx, m))
			states[name] = ""
		}
		must(t, s.EnqueueJobs(ctx, models.Job{Kind: "trial", Ident: "a:b"}))
		must(t, s.EnsurePeriodic(ctx, "rescore", now))
		must(t, s.Plant(ctx, "UPDATE enrolments SET state = 'active', step = 'one', next_at = 5 WHERE id = (SELECT min(id) FROM enrolments)"))
		known := store.Known{
			Suppressions: []models.Suppression{{Hash: "late", Scope: models.SuppressAll, Reason: "complaint", CreatedAt: 9},
				{Hash: "gone", Scope: models.SuppressMarketing, Reason: "unsubscribe", CreatedAt: 9}},
			Erasures: []models.Erasure{{Hash: "late", At: 9}, {Hash: "gone", At: 5}},
		}
		out, err := s.Revive(ctx, store.Revival{Known: known, Speed: 1})
		must(t, err)
		if out != (store.Revived{Unknown: 3, Later: 1, Passed: 1}) {
			t.Errorf("%+v", out)
		}
		must(t, s.EachMessage(ctx, func(rows []models.Message) error {
			for _, m := range rows {
				states[m.Ident] = m.State
				if m.State == models.MessageUnknown && (m.Unknowns < 2 || m.LeaseOwner != "" || m.Reply != "restored") {
					t.Errorf("%+v", m)
				}
			}
			return nil
		}))
		for name, want := range map[string]models.MessageState{"due": "unknown", "later": "queued", "paused": "unknown", "sending": "unknown", "sent": "sent"} {
			if states[name] != want {
				t.Errorf("%s is %s, want %s", name, states[name], want)
			}
		}
		after, err := s.Known(ctx)
		must(t, err)
		if len(after.Suppressions) != 2 || len(after.Erasures) != 2 || after.Suppressions[0].Reason != "erasure" {
			t.Errorf("%+v", after)
		}
		if given, err := s.FailedJobs(ctx, 0, 10); err != nil || !slices.ContainsFunc(given, func(j models.Job) bool { return j.Kind == "trial" && j.LastError == "restored" }) ||
			slices.ContainsFunc(given, func(j models.Job) bool { return j.Kind == "rescore" }) {
			t.Errorf("jobs given up: %+v, %v", given, err)
		}
		dump, err := s.Dump(ctx)
		must(t, err)
		if len(dump["sessions"])+len(dump["setup_links"]) != 0 {
			t.Error("a session lives on")
		}
		counts, err := s.StepCounts(ctx, h.sequence)
		must(t, err)
		if !slices.ContainsFunc(counts, func(c models.StepCount) bool { return c.Step == "two" && c.What == "skipped:restored" && c.N == 1 }) {
			t.Errorf("%+v", counts)
		}
	})
}

// A lead is moved past the steps whose time came between the backup and now, and no further.
func TestPassSteps(t *testing.T) {
	doc := &models.SequenceDoc{Steps: []models.Step{{Key: "a", Delay: 10}, {Key: "b", Delay: 60}, {Key: "c", Delay: 600}}}
	at := func(minutes int) models.Instant { return models.Instant(0).Add(time.Duration(minutes) * time.Minute) }
	for _, c := range []struct {
		name   string
		was    models.Enrolment
		now    models.Instant
		speed  float64
		passed []string
		state  models.EnrolmentState
		step   string
		next   models.Instant
	}{
		{"not begun", models.Enrolment{NextAt: at(0)}, at(5), 1, nil, "active", "a", at(10)},
		{"not begun, first passed", models.Enrolment{NextAt: at(0)}, at(10), 1, []string{"a"}, "active", "b", at(70)},
		{"one", models.Enrolment{Step: "a", NextAt: at(10)}, at(20), 1, []string{"a"}, "active", "b", at(70)},
		{"two", models.Enrolment{Step: "a", NextAt: at(10)}, at(100), 1, []string{"a", "b"}, "active", "c", at(670)},
		{"all", models.Enrolment{Step: "b", Place: 1, NextAt: at(10)}, at(10_000), 1, []string{"b", "c"}, "done", "", at(610)},
		{"faster", models.Enrolment{Step: "a", NextAt: at(10)}, at(11), 60, []string{"a", "b"}, "active", "c", at(21)},
		{"step taken out", models.Enrolment{Step: "x", Place: 2, NextAt: at(10)}, at(11), 1, []string{"c"}, "done", "", at(10)},
	} {
		e := c.was
		e.State = models.EnrolmentActive
		passed := store.PassSteps(&e, doc, c.now, c.speed)
		if !slices.Equal(passed, c.passed) || e.State != c.state || e.Step != c.step || e.NextAt != c.next {
			t.Errorf("%s: passed %v, now %+v", c.name, passed, e)
		}
	}
}

// A database file is replaced in one step, never beside rows that another program has not merged yet.
func TestReplaceSQLite(t *testing.T) {
	dir := t.TempDir()
	fresh, path, kept := filepath.Join(dir, "fresh"), filepath.Join(dir, "db"), filepath.Join(dir, "kept")
	write := func(path, text string) { must(t, os.WriteFile(path, []byte(text), 0o600)) }
	read := func(path string) string { raw, _ := os.ReadFile(path); return string(raw) }
	write(fresh, "new")
	write(path, "old")
	write(path+"-wal", "rows")
	if err := store.ReplaceSQLite(fresh, path, kept); err == nil || read(path) != "old" || read(fresh) != "new" {
		t.Error("replaced beside an open log:", err)
	}
	must(t, os.Remove(path+"-wal"))
	must(t, store.ReplaceSQLite(fresh, path, kept))
	if read(path) != "new" || read(kept) != "old" {
		t.Errorf("%q, kept %q", read(path), read(kept))
	}
	write(fresh, "first")
	must(t, os.Remove(path))
	must(t, store.ReplaceSQLite(fresh, path, kept+"2"))
	if read(path) != "first" {
		t.Error("nothing to replace:", read(path))
	}
}

// A PostgreSQL database that a program of ours is connected to is not replaced.
func TestPostgresInUse(t *testing.T) {
	url := storetest.Postgres(t)
	if used, err := store.PostgresInUse(ctx, url); err != nil || used {
		t.Error("nobody is there:", used, err)
	}
	storetest.Open(t, url, time.Now)
	if used, err := store.PostgresInUse(ctx, url); err != nil || !used {
		t.Error("one is there:", used, err)
	}
}
