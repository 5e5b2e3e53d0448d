package store

import (
	"context"

	"gorm.io/gorm"
)

// pausedKey is the setting that stops all mail while it holds a reason.
const pausedKey = "mail.paused"

// notPaused is asked when mail is read, and again in the transaction in which it would begin.
const notPaused = "NOT EXISTS (SELECT 1 FROM settings WHERE key = '" + pausedKey + "' AND value <> '')"

// PauseMail stops all mail of every class, in every program on this database, until ResumeMail: when it returns, none
// begins any more. What is in flight ends as it would. Time goes on: a mail whose last moment passes meanwhile expires.
func (s *Store) PauseMail(ctx context.Context, reason string) error {
	if reason == "" {
		reason = "paused"
	}
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := s.holdMail(tx); err != nil {
			return err
		}
		return setMailPaused(tx, reason)
	})
}

// ResumeMail lets mail begin again.
func (s *Store) ResumeMail(ctx context.Context) error {
	return s.do(ctx, func(tx *gorm.DB) error { return setMailPaused(tx, "") })
}

// MailPaused is why all mail is paused, empty where it is not.
func (s *Store) MailPaused(ctx context.Context) (reason string, err error) {
	return s.Setting(ctx, pausedKey)
}

func setMailPaused(tx *gorm.DB, reason string) error {
	return tx.Exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		pausedKey, reason).Error
}
