package store

import (
	"context"
	"errors"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Session is a signed-in browser that has not expired; models.ErrNotFound otherwise.
func (s *Store) Session(ctx context.Context, hash string) (*models.Session, error) {
	var row models.Session
	err := s.q(ctx).Take(&row, "hash = ? AND expires_at > ?", hash, s.Now()).Error
	return &row, translate(err)
}

// SaveSession writes a session.
func (s *Store) SaveSession(ctx context.Context, row models.Session) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "hash"}}, UpdateAll: true}).Create(&row).Error
	})
}

// DeleteSession ends a session; one that isn't there is no error.
func (s *Store) DeleteSession(ctx context.Context, hash string) error {
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Delete(&models.Session{}, "hash = ?", hash).Error })
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
