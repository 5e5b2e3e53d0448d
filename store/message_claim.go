package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
)

// A MailRound is one transaction of a mail worker: what became of the mails it has finished, and which it
// wants to begin. Both are decided together so that a round costs one commit, however many connections.
type MailRound struct {
	Owner   string // who the worker is, unlike any other, and unlike itself before a restart
	Lease   time.Duration
	Results []MailResult
	Begin   []MailBegin
	// PerMinute is how many mails may begin in any minute, over all programs; 0: no limit.
	PerMinute int
	// PerDomain is how many marketing and bulk mails may begin to one domain in any minute; 0: no limit.
	PerDomain int
}

// A MailResult is what became of one attempt.
type MailResult struct {
	ID      models.ID
	Attempt int // which one; the result of any other than the last comes too late and changes nothing
	State   models.MessageState
	Refund  bool           // the attempt does not count: it said nothing about the mail
	Unknown bool           // the fate of this attempt is unknown, whether it is repeated or not
	DueAt   models.Instant // when to try again; 0: as before
	Reply   string         // kept as it is; "" keeps the one before
	// Suppress is the hash of an address that does not exist.
	Suppress string
}

// A MailBegin is a mail to be begun, as it was read.
type MailBegin struct {
	ID     models.ID
	Counts MailCounts
	// Hashes are those of the identities whose suppression stops it.
	Hashes []string
	// Domain is where it goes, in lower case.
	Domain string
	// Gzip are its bytes where they are to be kept.
	Gzip []byte
}

// MailCounts tell that a mail is still as it was read: none has been tried since.
type MailCounts struct{ Attempts, Unknowns int }

// A MailStart is what a round began, and what it decided otherwise.
type MailStart struct {
	Begun               map[models.ID]bool
	Suppressed, Expired int
	PutOff              int // that will be due again, later
	// Later are those that only wait for the limit per minute, and Wait how long nothing more may begin.
	Later map[models.ID]bool
	Wait  time.Duration
}

// MailRound commits a round. A mail it names in Begun is the caller's to send; any other that it asked for
// was stopped by the gate, or is no longer as it was read, or has to wait for the limit per minute.
func (s *Store) MailRound(ctx context.Context, r MailRound) (start MailStart, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		start = MailStart{}
		// A mail that begins asks for suppressions, so the lock comes before every other.
		if len(r.Begin) > 0 {
			if err := s.shareMail(tx); err != nil {
				return err
			}
		}
		if err := s.recordResults(tx, r); err != nil {
			return fmt.Errorf("record results: %w", err)
		}
		if err := s.beginMail(tx, r, &start); err != nil {
			return fmt.Errorf("begin mail: %w", err)
		}
		return nil
	})
	return start, err
}

// recordResults writes every result in one statement. A result counts while its attempt is the last and
// the mail has not been ended otherwise meanwhile; only that it was sent is true whatever was believed.
func (s *Store) recordResults(tx *gorm.DB, r MailRound) error {
	if len(r.Results) == 0 {
		return nil
	}
	var sql strings.Builder
	sql.WriteString("WITH v (id, attempt, state, refund, unknown, due_at, reply) AS (VALUES ")
	args := make([]any, 0, 7*len(r.Results)+2)
	var bounced []models.Suppression
	for i, res := range r.Results {
		if i > 0 {
			sql.WriteByte(',')
		}
		sql.WriteString("(CAST(? AS BIGINT),CAST(? AS BIGINT),?,CAST(? AS BIGINT),CAST(? AS BIGINT),CAST(? AS BIGINT),?)")
		args = append(args, res.ID, res.Attempt, res.State, number(res.Refund), number(res.Unknown), res.DueAt, res.Reply)
		if res.Suppress != "" {
			bounced = append(bounced, models.Suppression{
				Hash: res.Suppress, Scope: models.SuppressAll, Reason: "bounce", CreatedAt: s.Now()})
		}
	}
	sql.WriteString(`) UPDATE messages SET state = v.state, attempts = attempts - v.refund, unknowns = unknowns + v.unknown,
		due_at = CASE WHEN v.due_at = 0 THEN messages.due_at ELSE v.due_at END,
		reply = CASE WHEN v.reply = '' THEN messages.reply ELSE v.reply END,
		sent_at = CASE WHEN v.state = 'sent' THEN ? ELSE sent_at END, lease_owner = '', leased_until = 0
		FROM v WHERE messages.id = v.id AND lease_owner = ? AND attempts = v.attempt
		AND (messages.state IN ('sending', 'unknown') OR v.state = 'sent')`)
	args = append(args, s.Now(), r.Owner)
	if err := tx.Exec(sql.String(), args...).Error; err != nil {
		return err
	}
	return suppress(tx, bounced)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// beginMail asks the gate about every mail of the round and moves those that pass to sending.
func (s *Store) beginMail(tx *gorm.DB, r MailRound, start *MailStart) error {
	if len(r.Begin) == 0 {
		return nil
	}
	now := s.Now()
	waiting, err := s.loadAsked(tx, r.Begin, now)
	if err != nil {
		return err
	}
	passed, stopped := s.askAll(r.Begin, waiting, now)
	passed, off, err := paced(tx, passed, r, now, start)
	if err != nil {
		return err
	}
	if err := settleAll(tx, append(stopped, off...), start); err != nil || len(passed) == 0 {
		return err
	}
	return beginAll(tx, r, passed, now, start)
}

// A settled mail is one that does not begin now.
type settled struct {
	id models.ID
	passage
}

// askAll asks the gate about each mail.
func (s *Store) askAll(begin []MailBegin, waiting map[models.ID]*asked, now models.Instant) (passed []MailBegin, stopped []settled) {
	taken := map[models.ID]bool{}
	for _, b := range begin {
		a := waiting[b.ID]
		if a == nil {
			continue
		}
		if p := a.gate(now, s.zone); p.state != models.MessageSending {
			stopped = append(stopped, settled{b.ID, p})
			continue
		}
		// One mail to a lead at a time, so that the next is judged with this one in mind.
		if a.Class != models.ClassSales && a.LeadID != 0 && taken[a.LeadID] {
			continue
		}
		taken[a.LeadID] = true
		if a.Class < models.ClassMarketing {
			b.Domain = "" // no limit
		}
		passed = append(passed, b)
	}
	return passed, stopped
}

// settleAll writes what was decided on mails that do not begin, in one statement.
func settleAll(tx *gorm.DB, all []settled, start *MailStart) error {
	if len(all) == 0 {
		return nil
	}
	args := make([]any, 0, 4*len(all))
	for _, m := range all {
		args = append(args, m.id, m.state, m.why, m.later)
		switch m.state {
		case models.MessageSuppressed:
			start.Suppressed++
		case models.MessageExpired:
			start.Expired++
		case models.MessageQueued:
			start.PutOff++
		}
	}
	return tx.Exec("WITH v (id, state, why, later) AS (VALUES "+repeated("(CAST(? AS BIGINT),?,?,CAST(? AS BIGINT))", len(all))+
		`) UPDATE messages SET state = v.state, reply = CASE WHEN v.why = '' THEN reply ELSE v.why END,
		due_at = CASE WHEN v.later = 0 THEN due_at ELSE v.later END FROM v WHERE messages.id = v.id`, args...).Error
}

func beginAll(tx *gorm.DB, r MailRound, passed []MailBegin, now models.Instant, start *MailStart) error {
	ids := make([]models.ID, len(passed))
	var kept []models.MailBytes
	start.Begun = make(map[models.ID]bool, len(passed))
	for i, b := range passed {
		ids[i], start.Begun[b.ID] = b.ID, true
		if b.Gzip != nil {
			kept = append(kept, models.MailBytes{MessageID: b.ID, Gzip: b.Gzip, CreatedAt: now})
		}
	}
	err := tx.Exec(`UPDATE messages SET state = 'sending', attempts = attempts + 1, lease_owner = ?, leased_until = ?
		WHERE id IN ?`, r.Owner, now.Add(r.Lease), ids).Error
	if err != nil || len(kept) == 0 {
		return err
	}
	return insert(tx, kept, conflict{key: []string{"message_id"}})
}
