package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"

	"sarnakh/models"

	"gorm.io/gorm"
)

// mailBytesMax bounds what one stored mail may unpack to.
const mailBytesMax = 32 << 20

// A MailboxRow is a mail with whether its bytes are kept.
type MailboxRow struct {
	models.Message
	HasBytes bool `gorm:"column:has_bytes"`
}

// Mailbox lists mails, newest first: those before the one named, or the newest where it is 0.
func (s *Store) Mailbox(ctx context.Context, before models.ID, limit int) ([]MailboxRow, error) {
	q := `SELECT m.*, EXISTS (SELECT 1 FROM mail_bytes b WHERE b.message_id = m.id) AS has_bytes FROM messages m`
	args := []any{limit}
	if before != 0 {
		q, args = q+" WHERE m.id < ?", []any{before, limit}
	}
	var rows []MailboxRow
	err := s.q(ctx).Raw(q+" ORDER BY m.id DESC LIMIT ?", args...).Scan(&rows).Error
	return rows, translate(err)
}

// MailBytes reads a mail as it was or will be sent. It is models.ErrNotFound where no bytes are kept.
func (s *Store) MailBytes(ctx context.Context, id models.ID) ([]byte, error) {
	var row models.MailBytes
	if err := s.q(ctx).Where("message_id = ?", id).Take(&row).Error; err != nil {
		return nil, translate(err)
	}
	return unpackMail(row.Gzip)
}

// MailBytesOf reads the bytes of several mails; those of which none are kept are left out.
func (s *Store) MailBytesOf(ctx context.Context, ids []models.ID) (map[models.ID][]byte, error) {
	out := make(map[models.ID][]byte, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []models.MailBytes
	if err := s.q(ctx).Where("message_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, translate(err)
	}
	for _, row := range rows {
		raw, err := unpackMail(row.Gzip)
		if err != nil {
			return nil, err
		}
		out[row.MessageID] = raw
	}
	return out, nil
}

func unpackMail(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack mail: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, mailBytesMax))
	if err != nil {
		return nil, fmt.Errorf("unpack mail: %w", err)
	}
	return raw, nil
}

// DropMailBytes forgets the bytes of mails older than a time, a few hundred a transaction so that nobody
// waits for it. The rows of the mails stay.
func (s *Store) DropMailBytes(ctx context.Context, before models.Instant) (dropped int, err error) {
	// IDs grow with time, so old bytes are at the front of the table and the rest is not looked at.
	end := models.NewIDSource().Next(before.Time())
	for {
		var n int64
		err := s.do(ctx, func(tx *gorm.DB) error {
			q := tx.Exec(`DELETE FROM mail_bytes WHERE message_id IN (SELECT message_id FROM mail_bytes
				WHERE message_id < ? AND created_at < ? ORDER BY message_id LIMIT 200)`, end, before)
			n = q.RowsAffected
			return q.Error
		})
		dropped += int(n)
		if err != nil || n == 0 {
			return dropped, err
		}
	}
}
