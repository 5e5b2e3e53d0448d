package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
)

// User is one user.
func (s *Store) User(ctx context.Context, id models.ID) (*models.User, error) {
	var u models.User
	err := s.q(ctx).Take(&u, "id = ?", id).Error
	return &u, translate(err)
}

// UserByEmail finds a user by their address in lower case.
func (s *Store) UserByEmail(ctx context.Context, email string) (*models.User, error) {
	var u models.User
	err := s.q(ctx).Take(&u, "email = ?", email).Error
	return &u, translate(err)
}

// Users are all users, oldest first.
func (s *Store) Users(ctx context.Context) ([]models.User, error) { return s.UsersAfter(ctx, 0, 1000) }

// UsersAfter are the users that came after one, oldest first.
func (s *Store) UsersAfter(ctx context.Context, after models.ID, limit int) ([]models.User, error) {
	var out []models.User
	err := s.q(ctx).Where("id > ?", after).Order("id").Limit(limit).Find(&out).Error
	return out, translate(err)
}

// AddUser makes a user; models.ErrConflict where the address has one.
func (s *Store) AddUser(ctx context.Context, u *models.User) error {
	u.ID, u.CreatedAt = s.NewID(), s.Now()
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Create(u).Error })
}

// A UserEdit is a change of a user, and what belongs to it: all of it is written, or none.
type UserEdit struct {
	// Edit changes the user as they are now. What it refuses is not written. It may be called again, so it must have no
	// other effect.
	Edit  func(*models.User) error
	Audit models.AuditEntry // nothing is noted where it has no action
	// EndSessions ends the user's sessions, but for the one whose hash is Keep.
	EndSessions bool
	Keep        string
	EndLinks    bool // one-time links too
}

// EditUser changes a user. It is models.ErrLastOwner where nobody would be left who owns the server; of two such changes
// at once, one is refused.
func (s *Store) EditUser(ctx context.Context, id models.ID, e UserEdit) (*models.User, error) {
	var u models.User
	err := s.do(ctx, func(tx *gorm.DB) error {
		u = models.User{}
		was, err := lockUser(tx, id, &u)
		if err != nil {
			return err
		}
		if err := e.Edit(&u); err != nil {
			return err
		}
		if was.Owns() && !u.Owns() {
			if err := anotherOwns(tx, id); err != nil {
				return err
			}
		}
		if err := tx.Select("name", "role", "password_hash", "locale", "theme", "invited_at", "disabled_at", "totp", "totp_step", "recovery").Updates(&u).Error; err != nil {
			return err
		}
		if e.EndSessions {
			if err := tx.Delete(&models.Session{}, ofUser+" AND hash <> ?", id, e.Keep).Error; err != nil {
				return err
			}
		}
		if e.EndLinks {
			if err := endLinks(tx, id, s.Now()); err != nil {
				return err
			}
		}
		return s.note(tx, e.Audit)
	})
	if err != nil {
		return nil, err
	}
	return &u, nil
}

// lockUser reads a user to be changed, and what they were. With PostgreSQL the owners are locked first, always in the same
// order: two who take the role from each other at once do it one after the other.
func lockUser(tx *gorm.DB, id models.ID, u *models.User) (was models.User, err error) {
	var owners []models.ID
	if err := lockRows(tx).Model(&models.User{}).Where("role = ?", models.Owner).Order("id").Pluck("id", &owners).Error; err != nil {
		return was, err
	}
	err = lockRows(tx).Take(u, "id = ?", id).Error
	return *u, err
}

func anotherOwns(tx *gorm.DB, than models.ID) error {
	var others []models.User
	if err := tx.Where("role = ? AND id <> ? AND disabled_at = 0 AND password_hash <> ''", models.Owner, than).Limit(1).Find(&others).Error; err != nil {
		return err
	}
	if len(others) == 0 {
		return models.ErrLastOwner
	}
	return nil
}

// note records what was done in the transaction that did it.
func (s *Store) note(tx *gorm.DB, entry models.AuditEntry) error {
	if entry.Action == "" {
		return nil
	}
	entry.ID, entry.At = s.NewID(), s.Now()
	return insert(tx, []models.AuditEntry{entry}, conflict{})
}

// TakeStep notes that a code of a time step was taken: it tells whether it is the first of that step or a later one, so
// that each code is good once (RFC 6238, 5.2).
func (s *Store) TakeStep(ctx context.Context, id models.ID, step int64) (first bool, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		q := tx.Model(&models.User{}).Where("id = ? AND totp <> '' AND totp_step < ?", id, step).Update("totp_step", step)
		first = q.RowsAffected == 1
		return q.Error
	})
	return first, err
}

// HasOwner tells whether anyone can own this server already.
func (s *Store) HasOwner(ctx context.Context) (bool, error) {
	var n int64
	err := s.q(ctx).Model(&models.User{}).Where("role = ?", models.Owner).Count(&n).Error
	return n > 0, translate(err)
}
