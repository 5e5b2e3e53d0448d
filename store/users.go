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
func (s *Store) Users(ctx context.Context) ([]models.User, error) {
	var out []models.User
	err := s.q(ctx).Order("id").Limit(1000).Find(&out).Error
	return out, translate(err)
}

// AddUser makes a user; models.ErrConflict where the address has one.
func (s *Store) AddUser(ctx context.Context, u *models.User) error {
	u.ID, u.CreatedAt = s.NewID(), s.Now()
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Create(u).Error })
}

// UpdateUser writes a user's own choices: name, password, language, theme.
func (s *Store) UpdateUser(ctx context.Context, u *models.User) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		return tx.Model(u).Select("name", "password_hash", "locale", "theme", "last_seen_at").Updates(u).Error
	})
}

// AddSetupLink keeps the hash of a one-time link.
func (s *Store) AddSetupLink(ctx context.Context, l *models.SetupLink) error {
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Create(l).Error })
}

// SetupLink is a one-time link that can still be used, models.ErrNotFound otherwise.
func (s *Store) SetupLink(ctx context.Context, hash string) (*models.SetupLink, error) {
	var l models.SetupLink
	err := s.q(ctx).Take(&l, "hash = ? AND used_at = 0 AND expires_at > ?", hash, s.Now()).Error
	return &l, translate(err)
}

// UseSetupLink spends a one-time link and writes its user in one transaction: of two who open it at once
// one is told models.ErrNotFound. A link without a user makes one, and only while there is no owner.
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
			return tx.Model(u).Select("name", "password_hash", "locale").Updates(u).Error
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

// HasOwner tells whether anyone can own this server already.
func (s *Store) HasOwner(ctx context.Context) (bool, error) {
	var n int64
	err := s.q(ctx).Model(&models.User{}).Where("role = ?", models.Owner).Count(&n).Error
	return n > 0, translate(err)
}
