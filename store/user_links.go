package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
)

// AddSetupLink keeps the hash of a one-time link. Those that the user had before stop working.
func (s *Store) AddSetupLink(ctx context.Context, l *models.SetupLink) error {
	return s.do(ctx, func(tx *gorm.DB) error { return s.addLink(tx, l) })
}

func (s *Store) addLink(tx *gorm.DB, l *models.SetupLink) error {
	if l.UserID != 0 {
		if err := endLinks(tx, l.UserID, s.Now()); err != nil {
			return err
		}
	}
	return tx.Create(l).Error
}

func endLinks(tx *gorm.DB, user models.ID, now models.Instant) error {
	return tx.Model(&models.SetupLink{}).Where("user_id = ? AND used_at = 0", user).Update("used_at", now).Error
}

// SetupLink is a one-time link that can still be used, models.ErrNotFound otherwise.
func (s *Store) SetupLink(ctx context.Context, hash string) (*models.SetupLink, error) {
	var l models.SetupLink
	err := s.q(ctx).Take(&l, "hash = ? AND used_at = 0 AND expires_at > ?", hash, s.Now()).Error
	return &l, translate(err)
}

// UseSetupLink spends a one-time link and writes its user in one transaction: of two who open it at once one is told
// models.ErrNotFound. A link without a user makes one, and only while there is no owner. Whoever has a link is believed in
// place of what was known before: the second factor is off, other links and sessions have ended.
func (s *Store) UseSetupLink(ctx context.Context, hash string, u *models.User) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		now := s.Now()
		spent := tx.Model(&models.SetupLink{}).Where("hash = ? AND used_at = 0 AND expires_at > ?", hash, now).Update("used_at", now)
		if spent.Error != nil {
			return spent.Error
		}
		if spent.RowsAffected == 0 {
			return models.ErrNotFound
		}
		if u.ID != 0 {
			return setUp(tx, u, now)
		}
		var owners int64
		if err := tx.Model(&models.User{}).Where("role = ?", models.Owner).Count(&owners).Error; err != nil {
			return err
		}
		if owners > 0 {
			return models.ErrConflict
		}
		u.ID, u.CreatedAt = s.NewID(), now
		return tx.Create(u).Error
	})
}

func setUp(tx *gorm.DB, u *models.User, now models.Instant) error {
	u.TOTP, u.TOTPStep, u.Recovery, u.InvitedAt = "", 0, nil, 0
	done := tx.Select("name", "password_hash", "locale", "totp", "totp_step", "recovery", "invited_at").Where("disabled_at = 0").Updates(u)
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		return models.ErrNotFound
	}
	if err := endLinks(tx, u.ID, now); err != nil {
		return err
	}
	return tx.Delete(&models.Session{}, ofUser, u.ID).Error
}

// An Invitation is somebody asked in: their link and the mail that brings it.
type Invitation struct {
	User  *models.User // new where it has no ID
	Link  models.SetupLink
	Mail  models.Message
	Audit models.AuditEntry
}

// Invite makes the user where they are new, gives them a link in place of those they had, and owes the mail.
// models.ErrConflict: the address has a user, or the one invited again has come already or is disabled.
func (s *Store) Invite(ctx context.Context, in Invitation) error {
	now, fresh := s.Now(), in.User.ID == 0
	if fresh {
		in.User.ID, in.User.CreatedAt = s.NewID(), now
	}
	in.Link.UserID, in.Audit.Subject = in.User.ID, "user:"+in.User.ID.String()
	err := s.do(ctx, func(tx *gorm.DB) error {
		if fresh {
			in.User.InvitedAt = now
			if err := tx.Create(in.User).Error; err != nil {
				return err
			}
		} else {
			again := tx.Model(&models.User{}).Where("id = ? AND password_hash = '' AND disabled_at = 0", in.User.ID).Update("invited_at", now)
			if again.Error != nil {
				return again.Error
			}
			if again.RowsAffected == 0 {
				return models.ErrConflict
			}
		}
		if err := s.addLink(tx, &in.Link); err != nil {
			return err
		}
		if err := insert(tx, []models.Message{in.Mail}, conflict{}); err != nil {
			return err
		}
		return s.note(tx, in.Audit)
	})
	if err != nil && fresh {
		in.User.ID = 0
	}
	return err
}

// TakeBack forgets somebody who was invited and has not come; models.ErrConflict where they have.
func (s *Store) TakeBack(ctx context.Context, id models.ID, entry models.AuditEntry) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		gone := tx.Delete(&models.User{}, "id = ? AND password_hash = ''", id)
		if gone.Error != nil {
			return gone.Error
		}
		if gone.RowsAffected == 0 {
			return models.ErrConflict
		}
		if err := endLinks(tx, id, s.Now()); err != nil {
			return err
		}
		return s.note(tx, entry)
	})
}
