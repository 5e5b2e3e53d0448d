package web

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// A session lasts 14 days whatever happens, and 3 without anybody there; that somebody is there is written every 5 minutes at
// most (docs/operators.md).
func TestHowLongASessionLasts(t *testing.T) {
	var now atomic.Int64
	now.Store(time.Now().Unix())
	s := storetest.Open(t, storetest.SQLite(t), func() time.Time { return time.Unix(now.Load(), 0) })
	user := &models.User{Email: "mina@firm.example", Role: models.Owner, Locale: "en", Theme: "system", PasswordHash: "x"}
	if err := s.AddUser(t.Context(), user); err != nil {
		t.Fatal(err)
	}
	m := NewSessions(s, false, slog.New(slog.DiscardHandler))
	open := func(token string) context.Context {
		t.Helper()
		ctx, err := m.Load(context.WithValue(t.Context(), browserKey{}, &browser{ip: "192.0.2.7", agent: "Test/1.0"}), token)
		if err != nil {
			t.Fatal(err)
		}
		return ctx
	}
	signIn := func() string {
		t.Helper()
		ctx := open("")
		m.Put(ctx, sessionUser, int64(user.ID))
		token, _, err := m.Commit(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	in := func(token string) bool { t.Helper(); return m.GetInt64(open(token), sessionUser) == int64(user.ID) }
	pass := func(d time.Duration) { now.Add(int64(d / time.Second)) }

	token := signIn()
	row := rowOf(t, s, user.ID)
	if row.IP != "192.0.2.7" || row.UserAgent != "Test/1.0" || row.CreatedAt != s.Now() || row.SeenAt != s.Now() || row.ExpiresAt != s.Now().Add(sessionIdle) {
		t.Errorf("the session is kept as %+v", row)
	}
	pass(seenEvery - time.Second)
	if seen := row.SeenAt; !in(token) || rowOf(t, s, user.ID).SeenAt != seen {
		t.Error("it was written within five minutes that somebody is there")
	}
	pass(time.Second)
	if !in(token) || rowOf(t, s, user.ID).SeenAt != s.Now() {
		t.Error("it was not written after five minutes that somebody is there")
	}
	pass(sessionIdle)
	if in(token) {
		t.Error("after three days with nobody there they are still in")
	}
	token = signIn()
	for day := 2; day < 14; day += 2 {
		if pass(48 * time.Hour); !in(token) {
			t.Fatalf("on day %d they are out", day)
		}
	}
	if pass(48 * time.Hour); in(token) {
		t.Error("after fourteen days they are still in")
	}
}

func rowOf(t *testing.T, s *store.Store, user models.ID) models.Session {
	t.Helper()
	rows, err := s.SessionsOf(t.Context(), user, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d sessions, %v", len(rows), err)
	}
	return rows[0]
}

// A code among several is found by its text alone, and nobody learns from a wrong one.
func TestFindCode(t *testing.T) {
	hashes := HashCodes([]string{"aaaaaaaaaa", "bbbbbbbbbb"})
	if FindCode(hashes, "bbbbbbbbbb") != hashes[1] || FindCode(hashes, "cccccccccc") != "" || FindCode(nil, "aaaaaaaaaa") != "" || hashes[0] == hashes[1] {
		t.Error("codes are not told apart")
	}
	if !CheckPassword(hashes[0], "aaaaaaaaaa") {
		t.Error("a code is kept otherwise than a password")
	}
}
