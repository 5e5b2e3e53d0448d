package store_test

import (
	"errors"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// A session that was ended while a page was made does not come back with what the page wanted to keep.
func TestAnEndedSessionStaysEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := newUser(t, s, "a@x.example", models.Sales, "x")
		now := s.Now()
		must(t, s.AddSession(ctx, models.Session{Hash: "one", Data: []byte("a"), UserID: u.ID, ExpiresAt: now.Add(time.Hour), CreatedAt: now, SeenAt: now}))
		must(t, s.SaveSession(ctx, "one", []byte("b")))
		row, err := s.Session(ctx, "one")
		must(t, err)
		if string(row.Data) != "b" || row.UserID != u.ID || row.CreatedAt != now {
			t.Errorf("the session is %+v", row)
		}
		must(t, s.EndSession(ctx, u.ID, "one", models.AuditEntry{Action: "account.session_end"}))
		must(t, s.SaveSession(ctx, "one", []byte("c")))
		must(t, s.SeeSession(ctx, models.Session{Hash: "one", UserID: u.ID, SeenAt: now, ExpiresAt: now.Add(time.Hour)}))
		if _, err := s.Session(ctx, "one"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("it is back: %v", err)
		}
	})
}

// Nobody ends another's session; when somebody was seen, and how much longer they may stay, is written with them.
func TestSessionsAreTheirUsers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u, other := newUser(t, s, "a@x.example", models.Sales, "x"), newUser(t, s, "b@x.example", models.Sales, "x")
		now := s.Now()
		for hash, id := range map[string]models.ID{"one": u.ID, "two": u.ID, "theirs": other.ID} {
			must(t, s.AddSession(ctx, models.Session{Hash: hash, Data: []byte("x"), UserID: id, ExpiresAt: now.Add(time.Hour), CreatedAt: now, SeenAt: now}))
		}
		must(t, s.AddSession(ctx, models.Session{Hash: "over", Data: []byte("x"), UserID: u.ID, ExpiresAt: now.Add(-time.Second), CreatedAt: now, SeenAt: now}))
		if err := s.EndSession(ctx, u.ID, "theirs", models.AuditEntry{}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("another's session: %v", err)
		}
		later := now.Add(10 * time.Minute)
		must(t, s.SeeSession(ctx, models.Session{Hash: "two", UserID: u.ID, IP: "192.0.2.9", SeenAt: later, ExpiresAt: now.Add(2 * time.Hour)}))
		rows, err := s.SessionsOf(ctx, u.ID, 10)
		must(t, err)
		if len(rows) != 2 || rows[0].Hash != "two" || rows[0].IP != "192.0.2.9" || rows[0].ExpiresAt != now.Add(2*time.Hour) || rows[0].CreatedAt != now {
			t.Errorf("sessions: %+v", rows)
		}
		if seen, err := s.User(ctx, u.ID); err != nil || seen.LastSeenAt != later {
			t.Errorf("last seen %s, %v", seen.LastSeenAt, err)
		}
		must(t, s.EndSessions(ctx, u.ID, "two", models.AuditEntry{Action: "account.sessions_end"}))
		if rows, err := s.SessionsOf(ctx, u.ID, 10); err != nil || len(rows) != 1 || rows[0].Hash != "two" {
			t.Errorf("left: %+v, %v", rows, err)
		}
		must(t, s.PurgeSessions(ctx))
		if _, err := s.Session(ctx, "theirs"); err != nil {
			t.Errorf("another's session: %v", err)
		}
	})
}
