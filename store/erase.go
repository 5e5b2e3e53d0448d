package store

import (
	"context"
	"fmt"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
)

// An Erasing says who is to be forgotten, and by whom.
type Erasing struct {
	Lead models.ID
	Hash string    // keyed, of the identity: all that is kept
	By   models.ID // a user; 0: the person themselves
	IP   string    // of the user
}

// erased are the tables of which a lead's rows go, beside the lead itself.
var erased = []string{"events", "consents", "enrolments", "handoffs", "messages", "submissions"}

// Erase forgets a lead: everything that says who they are or what they did, in one transaction. Codes stay with their
// campaign, counts stay counts, and the keyed hash stays suppressed, as an earlier complaint or bounce does. When it
// returns, no marketing mail to them begins any more (I4). A lead that is not there is no error.
//
// A mail in flight is forgotten too: what its sender reports of it then finds no row, and changes nothing.
func (s *Store) Erase(ctx context.Context, e Erasing) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := s.holdMail(tx); err != nil {
			return err
		}
		var found []models.Lead
		// Held, so that an act of the lead that is just being decided is written before, or finds nobody.
		if err := lockRows(tx).Where("id = ?", e.Lead).Find(&found).Error; err != nil || len(found) == 0 {
			return err
		}
		if err := takeQuarantined(tx, &found[0]); err != nil {
			return err
		}
		if err := s.eraseRows(tx, e.Lead); err != nil {
			return err
		}
		now := s.Now()
		err := suppress(tx, []models.Suppression{{Hash: e.Hash, Scope: models.SuppressMarketing, Reason: "erasure", CreatedAt: now}})
		if err != nil {
			return err
		}
		if err := insert(tx, []models.Erasure{{Hash: e.Hash, At: now}}, conflict{}); err != nil {
			return err
		}
		entry := models.AuditEntry{ID: s.NewID(), UserID: e.By, Action: "lead.erase", Subject: "identity:" + e.Hash, IP: e.IP, At: now}
		return insert(tx, []models.AuditEntry{entry}, conflict{})
	})
}

// takeQuarantined makes the lead's own what was kept aside as spam under their address or number, so that it goes too.
func takeQuarantined(tx *gorm.DB, lead *models.Lead) error {
	if lead.Email == "" {
		return tx.Exec("UPDATE submissions SET lead_id = ? WHERE lead_id = 0 AND email = '' AND CAST(answers AS TEXT) LIKE ?",
			lead.ID, `%"`+lead.Identity+`"%`).Error
	}
	return tx.Exec("UPDATE submissions SET lead_id = ? WHERE lead_id = 0 AND email <> '' AND (lower(email) = ? OR email = ?)",
		lead.ID, lead.Identity, lead.Email).Error
}

func (s *Store) eraseRows(tx *gorm.DB, lead models.ID) error {
	words := "DELETE FROM lead_words WHERE lead_id = ?"
	if s.engine == sqliteEngine {
		words = "DELETE FROM lead_words WHERE rowid = ?"
	}
	statements := []string{
		// Somebody else's form may correct one of theirs: the wrong address was theirs.
		`UPDATE submissions SET corrects = 0 WHERE lead_id <> ? AND token IN (SELECT token FROM submissions WHERE lead_id = ?)
			AND corrects IN (SELECT id FROM submissions WHERE lead_id = ?)`,
		// A lead has one coupon of a campaign: nobody's are told apart by their own numbers.
		"UPDATE coupons SET lead_id = -id, submission_id = 0 WHERE lead_id = ?",
		"DELETE FROM mail_bytes WHERE message_id IN (SELECT id FROM messages WHERE lead_id = ?)",
		words,
		"DELETE FROM leads WHERE id = ?",
	}
	if err := eraseTests(tx, lead); err != nil {
		return err
	}
	for _, table := range erased {
		statements = append(statements, "DELETE FROM "+table+" WHERE lead_id = ?")
	}
	for _, sql := range statements {
		args := make([]any, strings.Count(sql, "?"))
		for i := range args {
			args[i] = lead
		}
		if err := tx.Exec(sql, args...).Error; err != nil {
			return fmt.Errorf("erase: %w", err)
		}
	}
	return nil
}

// eraseTests deletes the mails that somebody tried a sequence with as the lead; they went to a user, and so belong to no
// lead.
func eraseTests(tx *gorm.DB, lead models.ID) error {
	var tests []models.ID
	err := tx.Raw("SELECT id FROM messages WHERE lead_id = 0 AND kind = ? AND CAST(merge AS TEXT) LIKE ?",
		models.MailTest, `%"`+models.TestLead+`":%"`+lead.String()+`"%`).Scan(&tests).Error
	if err != nil || len(tests) == 0 {
		return err
	}
	if err := tx.Exec("DELETE FROM mail_bytes WHERE message_id IN ?", tests).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM messages WHERE id IN ?", tests).Error
}
