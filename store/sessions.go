package store

import (
	"context"
	"errors"

	"sarnakh/models"

	"gorm.io/gorm"
)

// Session is a signed-in browser that has not expired; models.ErrNotFound otherwise.
func (s *Store) Session(ctx context.Context, hash string) (*models.Session, error) {
	var row models.Session
	err := s.q(ctx).Take(&row, "hash = ? AND expires_at > ?", hash, s.Now()).Error
	return &row, translate(err)
}

// AddSession keeps a new session.
func (s *Store) AddSession(ctx context.Context, row models.Session) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return seeUser(tx, row)
	})
}

// seeUser notes when the user of a session was last there.
func seeUser(tx *gorm.DB, row models.Session) error {
	if row.UserID == 0 {
		return nil
	}
	return tx.Model(&models.User{}).Where("id = ? AND last_seen_at < ?", row.UserID, row.SeenAt).Update("last_seen_at", row.SeenAt).Error
}

// SaveSession writes what a session holds. One that was ended meanwhile does not come back.
func (s *Store) SaveSession(ctx context.Context, hash string, data []byte) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		return tx.Model(&models.Session{}).Where("hash = ?", hash).Update("data", data).Error
	})
}

// SeeSession notes that somebody is there, from where, and how much longer the session lasts.
func (s *Store) SeeSession(ctx context.Context, row models.Session) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := tx.Select("seen_at", "expires_at", "ip").Updates(&row).Error; err != nil {
			return err
		}
		return seeUser(tx, row)
	})
}

// ofUser leaves out the sessions that are nobody's, as their index does.
const ofUser = "user_id = ? AND user_id <> 0"

// SessionsOf are a user's sessions without what they hold, those last seen first.
func (s *Store) SessionsOf(ctx context.Context, user models.ID, limit int) ([]models.Session, error) {
	var rows []models.Session
	err := s.q(ctx).Omit("data").Where(ofUser+" AND expires_at > ?", user, s.Now()).Order("seen_at DESC, hash").Limit(limit).Find(&rows).Error
	return rows, translate(err)
}

// DeleteSession ends a session; one that isn't there is no error.
func (s *Store) DeleteSession(ctx context.Context, hash string) error {
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Delete(&models.Session{}, "hash = ?", hash).Error })
}

// EndSession ends one of a user's sessions; models.ErrNotFound where they have no such one.
func (s *Store) EndSession(ctx context.Context, user models.ID, hash string, entry models.AuditEntry) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		gone := tx.Delete(&models.Session{}, "hash = ? AND user_id = ?", hash, user)
		if gone.Error != nil {
			return gone.Error
		}
		if gone.RowsAffected == 0 {
			return models.ErrNotFound
		}
		return s.note(tx, entry)
	})
}

// EndSessions ends a user's sessions but for one.
func (s *Store) EndSessions(ctx context.Context, user models.ID, keep string, entry models.AuditEntry) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := tx.Delete(&models.Session{}, ofUser+" AND hash <> ?", user, keep).Error; err != nil {
			return err
		}
		return s.note(tx, entry)
	})
}

// PurgeSessions forgets sessions and one-time links that have expired.
func (s *Store) PurgeSessions(ctx context.Context) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		now := s.Now()
		return errors.Join(
			tx.Delete(&models.Session{}, "expires_at <= ?", now).Error,
			tx.Delete(&models.SetupLink{}, "expires_at <= ?", now).Error,
		)
	})
}
