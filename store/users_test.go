package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

func newUser(t *testing.T, s *store.Store, email string, role models.Role, password string) *models.User {
	t.Helper()
	u := &models.User{Email: email, Name: email, Role: role, Locale: "en", Theme: "system", PasswordHash: password}
	must(t, s.AddUser(ctx, u))
	return u
}

func demote(u *models.User) error { u.Role = models.Marketer; return nil }

func disable(u *models.User) error { u.DisabledAt = 1; return nil }

func restore(u *models.User) error { u.Role, u.DisabledAt = models.Owner, 0; return nil }

// There is always somebody who owns the server and can come in, also where two owners take that from each other at once.
func TestTheLastOwnerStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		owners := []*models.User{newUser(t, s, "a@x.example", models.Owner, "x"), newUser(t, s, "b@x.example", models.Owner, "x")}
		newUser(t, s, "c@x.example", models.Owner, "") // invited: can't come in yet
		edits := []func(*models.User) error{demote, disable}
		for round := range 10 {
			var wait sync.WaitGroup
			errs := make([]error, len(owners))
			for i, u := range owners {
				wait.Go(func() { _, errs[i] = s.EditUser(ctx, u.ID, store.UserEdit{Edit: edits[(i+round)%2]}) })
			}
			wait.Wait()
			last := slices.IndexFunc(errs, func(err error) bool { return errors.Is(err, models.ErrLastOwner) })
			if last < 0 || errs[1-last] != nil {
				t.Fatalf("round %d: %v", round, errs)
			}
			for _, edit := range edits {
				if _, err := s.EditUser(ctx, owners[last].ID, store.UserEdit{Edit: edit}); !errors.Is(err, models.ErrLastOwner) {
					t.Errorf("the last owner: %v", err)
				}
			}
			if u, err := s.User(ctx, owners[last].ID); err != nil || !u.Owns() {
				t.Errorf("the last owner is %+v, %v", u, err)
			}
			_, err := s.EditUser(ctx, owners[1-last].ID, store.UserEdit{Edit: restore})
			must(t, err)
		}
	})
}

// A change of a user and what belongs to it are one: sessions, links, the note of who did it. What is refused leaves all as
// it was.
func TestEditUser(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u, other := newUser(t, s, "a@x.example", models.Sales, "x"), newUser(t, s, "b@x.example", models.Owner, "x")
		until := s.Now().Add(time.Hour)
		for hash, id := range map[string]models.ID{"one": u.ID, "two": u.ID, "theirs": other.ID} {
			must(t, s.AddSession(ctx, models.Session{Hash: hash, Data: []byte("x"), UserID: id, ExpiresAt: until, CreatedAt: s.Now(), SeenAt: s.Now()}))
		}
		must(t, s.AddSetupLink(ctx, &models.SetupLink{Hash: "link", UserID: u.ID, ExpiresAt: until}))
		refuse := errors.New("refused")
		change := store.UserEdit{Edit: func(*models.User) error { return refuse }, EndSessions: true, EndLinks: true, Audit: models.AuditEntry{Action: "tried"}}
		if _, err := s.EditUser(ctx, u.ID, change); !errors.Is(err, refuse) {
			t.Errorf("refused with %v", err)
		}
		if rows, err := s.SessionsOf(ctx, u.ID, 10); err != nil || len(rows) != 2 {
			t.Errorf("%d sessions after nothing, %v", len(rows), err)
		}
		change.Edit, change.Keep = func(u *models.User) error { u.Recovery, u.TOTP = []string{"x"}, "y"; return nil }, "one"
		got, err := s.EditUser(ctx, u.ID, change)
		must(t, err)
		if got.TOTP != "y" || !slices.Equal(got.Recovery, []string{"x"}) {
			t.Errorf("the user is %+v", got)
		}
		rows, err := s.SessionsOf(ctx, u.ID, 10)
		must(t, err)
		if len(rows) != 1 || rows[0].Hash != "one" {
			t.Errorf("sessions left: %+v", rows)
		}
		if _, err := s.SetupLink(ctx, "link"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the link still works: %v", err)
		}
		if _, err := s.Session(ctx, "theirs"); err != nil {
			t.Errorf("somebody else's session ended: %v", err)
		}
		noted := 0
		must(t, s.EachAudit(ctx, func(rows []models.AuditEntry) error { noted += len(rows); return nil }))
		if noted != 1 {
			t.Errorf("%d notes", noted)
		}
	})
}

// Of the codes of one time step the first counts, however many come at once (RFC 6238, 5.2).
func TestACodeIsGoodOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := newUser(t, s, "a@x.example", models.Sales, "x")
		if first, err := s.TakeStep(ctx, u.ID, 5); err != nil || first {
			t.Errorf("a code without a second factor: %t, %v", first, err)
		}
		_, err := s.EditUser(ctx, u.ID, store.UserEdit{Edit: func(u *models.User) error { u.TOTP = "x"; return nil }})
		must(t, err)
		var wait sync.WaitGroup
		var mu sync.Mutex
		taken := 0
		for range 8 {
			wait.Go(func() {
				first, err := s.TakeStep(ctx, u.ID, 7)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				if first {
					taken++
				}
			})
		}
		wait.Wait()
		if taken != 1 {
			t.Errorf("taken %d times", taken)
		}
		for step, want := range map[int64]bool{6: false, 7: false} {
			if first, err := s.TakeStep(ctx, u.ID, step); err != nil || first != want {
				t.Errorf("step %d: %t, %v", step, first, err)
			}
		}
		if first, err := s.TakeStep(ctx, u.ID, 8); err != nil || !first {
			t.Errorf("the next step: %t, %v", first, err)
		}
	})
}

// An invitation is a user, a link and a mail; sent again, the link before stops working; taken back, nothing is left of it.
func TestInvitations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		send := func(u *models.User, hash string) error {
			id := s.NewID()
			return s.Invite(ctx, store.Invitation{User: u, Link: models.SetupLink{Hash: hash, ExpiresAt: s.Now().Add(time.Hour)},
				Mail:  models.Message{ID: id, Ident: "invite:" + id.String(), Class: models.ClassTransactional, Kind: models.MailInvite, State: models.MessageQueued, MessageID: id.String(), To: u.Email},
				Audit: models.AuditEntry{Action: "user.invite"}})
		}
		u := &models.User{Email: "a@x.example", Name: "A", Role: models.Marketer, Locale: "en", Theme: "system"}
		must(t, send(u, "first"))
		if err := send(&models.User{Email: "a@x.example", Role: models.Sales, Locale: "en", Theme: "system"}, "twice"); !errors.Is(err, models.ErrConflict) {
			t.Errorf("the same address again: %v", err)
		}
		if _, err := s.SetupLink(ctx, "twice"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a link of a refused invitation works: %v", err)
		}
		must(t, send(u, "second"))
		if _, err := s.SetupLink(ctx, "first"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the first link still works: %v", err)
		}
		link, err := s.SetupLink(ctx, "second")
		must(t, err)
		if link.UserID != u.ID {
			t.Errorf("the link is for %s", link.UserID)
		}
		must(t, s.TakeBack(ctx, u.ID, models.AuditEntry{Action: "user.take_back"}))
		if _, err := s.User(ctx, u.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the user is still there: %v", err)
		}
		again := &models.User{Email: "a@x.example", Name: "A", Role: models.Sales, Locale: "en", Theme: "system"}
		must(t, send(again, "third"))
		again.PasswordHash, again.Name = "hash", "Ava"
		must(t, s.UseSetupLink(ctx, "third", again))
		if err := s.UseSetupLink(ctx, "third", again); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a link was used twice: %v", err)
		}
		for what, err := range map[string]error{"taken back": s.TakeBack(ctx, again.ID, models.AuditEntry{}), "invited again": send(again, "fourth")} {
			if !errors.Is(err, models.ErrConflict) {
				t.Errorf("somebody who has come is %s: %v", what, err)
			}
		}
		come, err := s.User(ctx, again.ID)
		must(t, err)
		if come.State() != models.UserActive || come.Name != "Ava" || come.InvitedAt != 0 {
			t.Errorf("who has come is %+v", come)
		}
		due, err := s.DueMail(ctx, []models.Class{models.ClassTransactional}, 10)
		must(t, err)
		if len(due) != 3 {
			t.Errorf("%d mails are owed", len(due))
		}
	})
}

// A link for a new password turns the second factor off and ends all sessions; one of somebody disabled does nothing.
func TestALinkBeginsAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := newUser(t, s, "a@x.example", models.Sales, "old")
		until := s.Now().Add(time.Hour)
		must(t, s.AddSession(ctx, models.Session{Hash: "one", Data: []byte("x"), UserID: u.ID, ExpiresAt: until}))
		_, err := s.EditUser(ctx, u.ID, store.UserEdit{Edit: func(u *models.User) error { u.TOTP, u.TOTPStep, u.Recovery = "x", 9, []string{"y"}; return nil }})
		must(t, err)
		for _, hash := range []string{"first", "second"} {
			must(t, s.AddSetupLink(ctx, &models.SetupLink{Hash: hash, UserID: u.ID, ExpiresAt: until}))
		}
		u.PasswordHash = "new"
		if err := s.UseSetupLink(ctx, "first", u); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the older link works: %v", err)
		}
		must(t, s.UseSetupLink(ctx, "second", u))
		got, err := s.User(ctx, u.ID)
		must(t, err)
		if got.PasswordHash != "new" || got.TOTP != "" || got.TOTPStep != 0 || len(got.Recovery) != 0 {
			t.Errorf("the user is %+v", got)
		}
		if _, err := s.Session(ctx, "one"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a session goes on: %v", err)
		}
		must(t, s.AddSetupLink(ctx, &models.SetupLink{Hash: "third", UserID: u.ID, ExpiresAt: until}))
		_, err = s.EditUser(ctx, u.ID, store.UserEdit{Edit: disable})
		must(t, err)
		if err := s.UseSetupLink(ctx, "third", u); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("somebody disabled came in: %v", err)
		}
	})
}
