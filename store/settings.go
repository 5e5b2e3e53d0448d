package store

import (
	"context"
	"errors"
	"strconv"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const revisionKey = "revision"

// Revision counts publications: every process watches it to know when to read again what is published.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	v, err := s.Setting(ctx, revisionKey)
	if err != nil || v == "" {
		return 0, err
	}
	return strconv.ParseInt(v, 10, 64)
}

// raiseRevision belongs in the transaction of each publication.
func raiseRevision(tx *gorm.DB) error {
	return tx.Exec(`INSERT INTO settings (key, value) VALUES (?, '1')
		ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)`, revisionKey).Error
}

// Setting is a value kept in the database, empty where none is.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var row models.Setting
	err := s.q(ctx).Where("key = ?", key).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return row.Value, translate(err)
}

// SetSetting keeps a value; with publish it counts as a publication.
func (s *Store) SetSetting(ctx context.Context, key, value string, publish bool) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "key"}}, UpdateAll: true}).
			Create(&models.Setting{Key: key, Value: value}).Error
		if err != nil || !publish {
			return err
		}
		return raiseRevision(tx)
	})
}
