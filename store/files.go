package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
)

// AddFile keeps what is known of a file.
func (s *Store) AddFile(ctx context.Context, f *models.File) error {
	f.ID, f.CreatedAt = s.NewID(), s.Now()
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Create(f).Error })
}

// File is what is known of a file.
func (s *Store) File(ctx context.Context, id models.ID) (*models.File, error) {
	var f models.File
	err := s.q(ctx).Take(&f, "id = ?", id).Error
	return &f, translate(err)
}

// AddUpload keeps a picture for pages.
func (s *Store) AddUpload(ctx context.Context, u *models.Upload) error {
	u.ID, u.CreatedAt = s.NewID(), s.Now()
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Create(u).Error })
}

// Uploads are the owner's pictures, newest first, a page at a time.
func (s *Store) Uploads(ctx context.Context, before models.ID, limit int) ([]models.Upload, error) {
	q := s.q(ctx).Order("id DESC").Limit(limit)
	if before != 0 {
		q = q.Where("id < ?", before)
	}
	var rows []models.Upload
	return rows, translate(q.Find(&rows).Error)
}

// Upload is one picture.
func (s *Store) Upload(ctx context.Context, id models.ID) (*models.Upload, error) {
	var u models.Upload
	err := s.q(ctx).Take(&u, "id = ?", id).Error
	return &u, translate(err)
}
