package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	"sarnakh/models"
)

// A Finding is one way in which the database breaks a promise.
type Finding struct {
	Invariant string
	Problem   string
	Count     int64
}

// rule counts the rows that break an invariant.
type rule struct{ invariant, problem, sql string }

// staleSending is how long after its lease a mail may stand as being sent before nobody is sending it.
const staleSending = 15 * time.Minute

var rules = []rule{
	{"I1", "submissions repeated under one form token", `SELECT count(*) FROM (SELECT 1 FROM submissions GROUP BY token, digest HAVING count(*) > 1) d`},
	{"I1", "submissions without their lead", `SELECT count(*) FROM submissions s WHERE s.verdict IN ('ok', 'released') AND s.email <> '' AND NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = s.lead_id)`},
	{"I1", "submissions without their event", `SELECT count(*) FROM submissions s WHERE s.verdict IN ('ok', 'released') AND s.lead_id <> 0 AND s.corrects = 0
		AND NOT EXISTS (SELECT 1 FROM events e WHERE e.lead_id = s.lead_id AND e.kind = 'form_submitted')`},
	{"I1", "quarantined submissions with a lead", `SELECT count(*) FROM submissions WHERE verdict IN ('spam', 'kept') AND lead_id <> 0`},
	{"I1", "corrections of a submission that isn't there", `SELECT count(*) FROM submissions s WHERE s.corrects <> 0 AND NOT EXISTS (SELECT 1 FROM submissions o WHERE o.id = s.corrects)`},
	{"I1", "consents without their text", `SELECT count(*) FROM consents c WHERE NOT EXISTS (SELECT 1 FROM consent_texts t WHERE t.id = c.text_id)`},
	{"I2", "mails being sent by nobody", `SELECT count(*) FROM messages WHERE state = 'sending' AND leased_until < ?`},
	{"I2", "submissions whose mail is not owed", `SELECT count(*) FROM submissions s WHERE s.verdict IN ('ok', 'released') AND s.lead_id <> 0 AND s.email <> '' AND s.corrects = 0
		AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.lead_id = s.lead_id AND m.class = 1)`},
	{"I3", "mails that share a Message-ID", `SELECT count(*) FROM (SELECT 1 FROM messages GROUP BY message_id HAVING count(*) > 1) d`},
	{"I3", "mails sent without an attempt", `SELECT count(*) FROM messages WHERE state = 'sent' AND (attempts = 0 OR sent_at = 0)`},
	{"I5", "people with two coupons of one campaign", `SELECT count(*) FROM (SELECT 1 FROM coupons GROUP BY campaign_id, lead_id HAVING count(*) > 1) d`},
	{"I5", "codes of a pool that are nobody's, though a coupon has them", `SELECT count(*) FROM coupons c WHERE c.pool AND NOT EXISTS
		(SELECT 1 FROM coupon_codes k WHERE k.campaign_id = c.campaign_id AND k.code = c.code AND k.coupon_id = c.id)`},
	{"I5", "codes of a pool that went to a coupon that isn't there, or has another code", `SELECT count(*) FROM coupon_codes k WHERE k.coupon_id <> 0
		AND NOT EXISTS (SELECT 1 FROM coupons c WHERE c.id = k.coupon_id AND c.pool AND c.campaign_id = k.campaign_id AND c.code = k.code)`},
	{"I5", "codes of a pool with two owners", `SELECT count(*) FROM (SELECT 1 FROM coupons WHERE pool GROUP BY campaign_id, code HAVING count(*) > 1) d`},
	{"I5", "coupons with two codes", `SELECT count(*) FROM (SELECT 1 FROM coupon_codes WHERE coupon_id <> 0 GROUP BY coupon_id HAVING count(*) > 1) d`},
	{"I5", "campaigns whose coupons are miscounted", `SELECT count(*) FROM coupon_stock k WHERE k.issued <> (SELECT count(*) FROM coupons c WHERE c.campaign_id = k.campaign_id AND NOT c.pool)`},
	{"I9", "addresses that never answered, written to twice in a day or four times in a month", `SELECT count(DISTINCT m.lead_id) FROM
		(SELECT lead_id, sent_at, lag(sent_at, 1) OVER w AS one, lag(sent_at, 3) OVER w AS three FROM messages
			WHERE class > 0 AND kind NOT IN ('my_data', 'trial') AND state = 'sent' AND sent_at > 0 AND lead_id > 0 WINDOW w AS (PARTITION BY lead_id ORDER BY sent_at)) m
		WHERE (m.sent_at - m.one < 86400000000 OR m.sent_at - m.three < 2592000000000)
		AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.lead_id = m.lead_id AND c.decision = 'confirmed')
		AND NOT EXISTS (SELECT 1 FROM events e WHERE e.lead_id = m.lead_id AND e.kind = 'mail_replied')`},
	{"I9", "addresses that were mailed the link to their data six times in a day or eleven times in a month", `SELECT count(DISTINCT lead_id) FROM
		(SELECT lead_id, created_at, lag(created_at, 5) OVER w AS five, lag(created_at, 10) OVER w AS ten FROM messages
			WHERE kind = 'my_data' AND lead_id > 0 WINDOW w AS (PARTITION BY lead_id ORDER BY created_at)) m
		WHERE created_at - five < 86400000000 OR created_at - ten < 2592000000000`},
	{"I10", "enrolments without their lead", `SELECT count(*) FROM enrolments e WHERE NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = e.lead_id)`},
	{"I10", "enrolments without their sequence", `SELECT count(*) FROM enrolments e WHERE NOT EXISTS (SELECT 1 FROM sequences q WHERE q.id = e.sequence_id)`},
	{"I10", "leads who are twice in a sequence", `SELECT count(*) FROM (SELECT 1 FROM enrolments GROUP BY sequence_id, lead_id HAVING count(*) > 1) d`},
	{"I10", "sequences in force without their version", `SELECT count(*) FROM sequences q WHERE q.state <> 'draft'
		AND NOT EXISTS (SELECT 1 FROM sequence_versions v WHERE v.id = q.version_id AND v.sequence_id = q.id)`},
	{"I10", "leads with two open hand-offs", `SELECT count(*) FROM (SELECT 1 FROM handoffs WHERE closed_at = 0 GROUP BY lead_id HAVING count(*) > 1) d`},
	{"I10", "events without their lead", `SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = e.lead_id)`},
	{"I10", "consents without their lead", `SELECT count(*) FROM consents c WHERE NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = c.lead_id)`},
}

// Verify looks for rows that break a promise, and has the database check itself.
func (s *Store) Verify(ctx context.Context) ([]Finding, error) {
	var out []Finding
	for _, r := range rules {
		var args []any
		if strings.Contains(r.sql, "?") { // the one rule about time
			args = append(args, s.Now().Add(-staleSending))
		}
		var n int64
		if err := s.q(ctx).Raw(r.sql, args...).Scan(&n).Error; err != nil {
			return nil, fmt.Errorf("verify %s: %w", r.problem, err)
		}
		if n > 0 {
			out = append(out, Finding{r.invariant, r.problem, n})
		}
	}
	damage, err := s.integrity(ctx)
	return append(out, damage...), err
}

// integrity has the database check itself: SQLite reads every page; PostgreSQL is asked for indexes that
// are not valid, since it checks pages as it reads them.
func (s *Store) integrity(ctx context.Context) (out []Finding, err error) {
	if s.engine == postgresEngine {
		var n int64
		err := s.q(ctx).Raw(`SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace`).Scan(&n).Error
		if n > 0 {
			out = append(out, Finding{"I10", "indexes that are not valid", n})
		}
		return out, translate(err)
	}
	said, err := s.checkFile(ctx)
	for _, line := range said {
		out = append(out, Finding{"I10", line, 1})
	}
	return out, translate(err)
}

// checkFile has SQLite check itself, on a connection of its own that is not used again: one that has read the index of
// words keeps what it knows of it, and the check would take what others wrote since for damage.
func (s *Store) checkFile(ctx context.Context) (said []string, err error) {
	conn, err := s.sql.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Raw(func(any) error { return driver.ErrBadConn }) }()
	for _, check := range []string{"SELECT integrity_check FROM pragma_integrity_check", `SELECT "table" FROM pragma_foreign_key_check`} {
		rows, err := conn.QueryContext(ctx, check)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return nil, err
			}
			if line != "ok" {
				said = append(said, line)
			}
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return said, nil
}

// LeadsToVerify reads leads with the events that count, a batch at a time, oldest first.
func (s *Store) LeadsToVerify(ctx context.Context, do func([]*models.Lead, map[models.ID][]models.Event) error) error {
	for after := models.ID(0); ; {
		leads, events, err := s.LeadsAfter(ctx, after, eachBatch)
		if err != nil {
			return err
		}
		if len(leads) == 0 {
			return nil
		}
		if err := do(leads, events); err != nil {
			return err
		}
		after = leads[len(leads)-1].ID
	}
}
