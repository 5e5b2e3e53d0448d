package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Suppress keeps addresses from being mailed. When it returns, no mail of that scope begins any more (I4).
// A reason once known stays, but that a complaint outweighs every other.
func (s *Store) Suppress(ctx context.Context, rows ...models.Suppression) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := s.holdMail(tx); err != nil {
			return err
		}
		return suppress(tx, rows)
	})
}

// Suppressions reads what is held against identities, by their hashes.
func (s *Store) Suppressions(ctx context.Context, hashes ...string) ([]models.Suppression, error) {
	var rows []models.Suppression
	err := s.q(ctx).Where("hash IN ?", hashes).Order("hash, scope").Find(&rows).Error
	return rows, translate(err)
}

func suppress(tx *gorm.DB, rows []models.Suppression) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "hash"}, {Name: "scope"}},
		DoUpdates: clause.AssignmentColumns([]string{"reason"}),
		Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "excluded.reason = 'complaint'"}}},
	}).Create(&rows).Error
}

// lift takes suppressions back: an act of the person, or the owner's.
func lift(tx *gorm.DB, rows []models.Suppression) error {
	for _, r := range rows {
		err := tx.Exec("DELETE FROM suppressions WHERE hash = ? AND scope = ?", r.Hash, r.Scope).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// mailLock is the PostgreSQL lock between mails that begin and acts that forbid them.
const mailLock = 0x6d61696c // "mail"

// holdMail makes an act that forbids mail wait for the mails that are just beginning, and those that
// come after it wait for the act: else a mail could begin from a gate that was asked before the act, after
// the act was answered. SQLite has one writer and needs no lock.
func (s *Store) holdMail(tx *gorm.DB) error {
	if s.engine != postgresEngine {
		return nil
	}
	return tx.Exec("SELECT pg_advisory_xact_lock(?)", mailLock).Error
}

// shareMail is the side of the mails in the lock of holdMail.
func (s *Store) shareMail(tx *gorm.DB) error {
	if s.engine != postgresEngine {
		return nil
	}
	return tx.Exec("SELECT pg_advisory_xact_lock_shared(?)", mailLock).Error
}
