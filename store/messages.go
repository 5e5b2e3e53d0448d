package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
)

// OweMail inserts mails that are owed by nothing else than the caller's word, such as a link asked for
// again. What is owed by a lead's act is inserted by Apply, in the transaction of the act. A debt that is
// there already is models.ErrConflict, and then none is inserted.
func (s *Store) OweMail(ctx context.Context, mails ...models.Message) error {
	return s.do(ctx, func(tx *gorm.DB) error { return insert(tx, mails, conflict{}) })
}

// A DueMail is a mail that may begin now.
type DueMail struct {
	models.Message
	// Identity is who the lead is that it is about; empty where there is no such lead.
	Identity string `gorm:"column:identity"`
}

// DueMail reads mails that may begin now, in the order in which they are to be sent: limit or some more; none while all
// mail is paused. It only looks: MailRound asks again. Mail to the domains named is passed over.
func (s *Store) DueMail(ctx context.Context, classes []models.Class, limit int, not ...string) ([]DueMail, error) {
	var due []DueMail
	// SQLite compiles a statement anew at each run when its LIMIT is a parameter, so it is written out, in
	// steps that keep the statements few.
	const step = 64
	limit = (limit + step - 1) / step * step
	args := []any{classes, s.Now()}
	for _, domain := range not {
		args = append(args, "%@"+domain)
	}
	err := s.q(ctx).Raw(`SELECT m.*, COALESCE(l.identity, '') AS identity
		FROM messages m LEFT JOIN leads l ON l.id = m.lead_id
		WHERE m.state = 'queued' AND m.class IN ? AND m.due_at <= ? AND `+notPaused+strings.Repeat(" AND lower(m.to_email) NOT LIKE ?", len(not))+`
		ORDER BY m.class, m.due_at, m.id LIMIT `+strconv.Itoa(limit), args...).Scan(&due).Error
	if err != nil {
		return nil, fmt.Errorf("read due mail: %w", translate(err))
	}
	return due, nil
}

// Message reads one mail's row.
func (s *Store) Message(ctx context.Context, id models.ID) (models.Message, error) {
	var m models.Message
	err := s.q(ctx).Where("id = ?", id).Take(&m).Error
	return m, translate(err)
}

// ExtendMailLeases keeps what this worker is sending from being taken for orphaned.
func (s *Store) ExtendMailLeases(ctx context.Context, owner string, until models.Instant) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE messages SET leased_until = ? WHERE state = 'sending' AND lease_owner = ?", until, owner).Error
	})
}

// SettleOrphans decides on mails whose sender died: one that was in flight may have arrived, so its fate
// is unknown. A mail of the first two classes goes back to the queue, once; any other stays unknown (I3).
// It says how many became unknown, and how many of these will be repeated.
//
// Where only one program serves a SQLite file, whatever another owner was sending is orphaned; elsewhere
// what nobody extended the lease of.
func (s *Store) SettleOrphans(ctx context.Context, owner string) (unknown, repeated int, err error) {
	now := s.Now()
	orphaned, args := "state = 'sending' AND lease_owner <> ? AND leased_until < ?", []any{owner, now}
	if s.engine == sqliteEngine {
		orphaned, args = "state = 'sending' AND lease_owner <> ?", []any{owner}
	}
	var one []models.ID
	err = s.q(ctx).Raw("SELECT id FROM messages WHERE "+orphaned+" LIMIT 1", args...).Scan(&one).Error
	if err != nil || len(one) == 0 {
		return 0, 0, translate(err)
	}
	err = s.do(ctx, func(tx *gorm.DB) error {
		// The owner and the attempt stay: should it live after all, its word still counts.
		again := tx.Exec(`UPDATE messages SET state = 'queued', unknowns = 1, due_at = ?, leased_until = 0, reply = ?
			WHERE class <= ? AND unknowns = 0 AND `+orphaned,
			append([]any{now, orphanReply, models.ClassTransactional}, args...)...)
		if again.Error != nil {
			return again.Error
		}
		final := tx.Exec(`UPDATE messages SET state = 'unknown', unknowns = unknowns + 1, leased_until = 0, reply = ?
			WHERE `+orphaned, append([]any{orphanReply}, args...)...)
		repeated, unknown = int(again.RowsAffected), int(again.RowsAffected+final.RowsAffected)
		return final.Error
	})
	return unknown, repeated, err
}

// orphanReply is kept of a mail whose sender died while it was in flight.
const orphanReply = "stopped while in flight"

// ExpireMail ends mails that are too late, a thousand at most. A mail that begins is asked by the gate;
// this is for when none can begin.
func (s *Store) ExpireMail(ctx context.Context) (expired int, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		q := tx.Exec(`UPDATE messages SET state = CASE WHEN unknowns > 0 THEN 'unknown' ELSE 'expired' END
			WHERE id IN (SELECT id FROM messages WHERE state = 'queued' AND not_after <> 0 AND not_after < ? LIMIT 1000)
			AND state = 'queued'`, s.Now())
		expired = int(q.RowsAffected)
		return q.Error
	})
	return expired, err
}
