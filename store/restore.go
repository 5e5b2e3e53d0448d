package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Known is what a database must not forget when another takes its place: who is not to be written to, and who was
// erased (I7).
type Known struct {
	Leads        int64
	Suppressions []models.Suppression
	Erasures     []models.Erasure
}

// Known reads it all.
func (s *Store) Known(ctx context.Context) (k Known, err error) {
	if k.Leads, err = s.CountLeads(ctx); err != nil {
		return k, err
	}
	if err := s.q(ctx).Order("hash, scope").Find(&k.Suppressions).Error; err != nil {
		return k, translate(err)
	}
	err = s.q(ctx).Order("hash, at").Find(&k.Erasures).Error
	return k, translate(err)
}

// A Revival is what a backup's database has to learn before it may take another's place.
type Revival struct {
	Known Known
	// Moved: the server that made the backup has done nothing since, so that nothing owed in it can have been sent.
	Moved bool
	// Speed by which the delays of sequences are divided.
	Speed float64
}

// Revived is what became of the mail of a backup.
type Revived struct {
	Unknown int64 // owed then, and perhaps sent since: never sent again
	Later   int64 // not due before now, so certainly not sent
	Passed  int64 // leads moved past steps that they may have got since
}

// restoredReply is kept of a mail that was owed when the backup was made, and may have been sent after it.
const restoredReply = "restored"

// Revive makes the database of a backup one to go on with. What it says may be sent, might have been sent between the
// backup and now; none of it is sent again (I3, docs/decisions/0013-restored-mail.md).
func (s *Store) Revive(ctx context.Context, r Revival) (out Revived, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		for _, forget := range []string{
			"DELETE FROM sessions", "DELETE FROM setup_links", // those ended since would live again
			"UPDATE jobs SET lease_owner = '', leased_until = 0",
		} {
			if err := tx.Exec(forget).Error; err != nil {
				return err
			}
		}
		if err := remember(tx, r.Known); err != nil {
			return err
		}
		if r.Moved {
			return nil
		}
		var err error
		if out, err = s.settleRestored(tx); err != nil {
			return err
		}
		out.Passed, err = s.passRestored(tx, max(r.Speed, 1))
		return err
	})
	return out, err
}

// remember adds what another database knew.
func remember(tx *gorm.DB, k Known) error {
	for rows := k.Suppressions; len(rows) > 0; {
		part := rows[:min(len(rows), portableBatch)]
		if err := suppress(tx, part); err != nil {
			return err
		}
		rows = rows[len(part):]
	}
	for rows := k.Erasures; len(rows) > 0; {
		part := rows[:min(len(rows), portableBatch)]
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&part).Error; err != nil {
			return err
		}
		rows = rows[len(part):]
	}
	return nil
}

// settleRestored: a mail that was to begin before now may have begun. One of a paused sequence waits for ever by its due
// time, and may have been let go since.
func (s *Store) settleRestored(tx *gorm.DB) (out Revived, err error) {
	now := s.Now()
	q := tx.Exec(`UPDATE messages SET state = 'unknown', unknowns = unknowns + 2, lease_owner = '', leased_until = 0, reply = ?
		WHERE state = 'sending' OR state = 'queued' AND (due_at <= ? OR due_at = ?)`, restoredReply, now, never)
	if q.Error != nil {
		return out, q.Error
	}
	out.Unknown = q.RowsAffected
	// Work that is done once may have been done too, and have owed a mail that this database does not know.
	err = tx.Exec("UPDATE jobs SET failed_at = ?, last_error = ? WHERE failed_at = 0 AND ident <> ?", now, restoredReply, PeriodicIdent).Error
	if err != nil {
		return out, err
	}
	err = tx.Model(&models.Message{}).Where("state = 'queued'").Count(&out.Later).Error
	return out, err
}
