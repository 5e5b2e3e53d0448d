package store

import (
	"context"
	"net/netip"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
)

// Overdue is how much is kept longer than it may be.
type Overdue struct {
	Unconfirmed int64 // consents that nobody confirmed
	IPs         int64 // addresses in full
	MailBytes   int64
	Visits      int64
	Leads       int64
}

// Limits are the moments before which things are kept too long.
type Limits struct{ Unconfirmed, IPs, MailBytes, Visits, Leads models.Instant }

// fullIP is where an address is kept in full: one that was cut is a network, with its length.
const fullIP = "ip <> '' AND ip NOT LIKE '%/%'"

// inactive are leads who have done nothing for long, and whom nobody deals with: no customer, none that waits for sales.
const inactive = `last_act_at < ? AND created_at < ? AND stage <> 'customer'
	AND NOT EXISTS (SELECT 1 FROM handoffs h WHERE h.lead_id = leads.id AND h.closed_at = 0)`

// Overdue counts it all.
func (s *Store) Overdue(ctx context.Context, l Limits) (o Overdue, err error) {
	for _, q := range []struct {
		to   *int64
		sql  string
		args []any
	}{
		{&o.Unconfirmed, `SELECT count(*) FROM consents c WHERE ` + s.yes("c.confirm") + ` AND c.decision = 'given' AND c.created_at < ? AND NOT EXISTS
			(SELECT 1 FROM consents n WHERE n.lead_id = c.lead_id AND n.purpose = c.purpose AND n.id > c.id AND n.decision <> 'refused')`,
			[]any{l.Unconfirmed}},
		{&o.IPs, "SELECT (SELECT count(*) FROM consents WHERE created_at < ? AND " + fullIP + ") + (SELECT count(*) FROM submissions WHERE created_at < ? AND " + fullIP + ")",
			[]any{l.IPs, l.IPs}},
		{&o.MailBytes, "SELECT count(*) FROM mail_bytes WHERE created_at < ?", []any{l.MailBytes}},
		{&o.Visits, "SELECT count(*) FROM events WHERE kind = 'page_viewed' AND at < ?", []any{l.Visits}},
		{&o.Leads, "SELECT count(*) FROM leads WHERE " + inactive, []any{l.Leads, l.Leads}},
	} {
		if err := s.q(ctx).Raw(q.sql, q.args...).Scan(q.to).Error; err != nil {
			return o, translate(err)
		}
	}
	return o, nil
}

// InactiveLeads are some who have done nothing since a moment, by their IDs.
func (s *Store) InactiveLeads(ctx context.Context, since models.Instant, after models.ID, limit int) (ids []models.ID, err error) {
	err = s.q(ctx).Model(&models.Lead{}).Where(inactive, since, since).Where("id > ?", after).Order("id").Limit(limit).Pluck("id", &ids).Error
	return ids, translate(err)
}

// retentionBatch is how many rows one transaction forgets: few, so that forms never wait long.
const retentionBatch = 500

// CutIPs leaves of the addresses in consents and submissions older than a moment the network: /24, or /48 of IPv6.
func (s *Store) CutIPs(ctx context.Context, before models.Instant) (cut int, err error) {
	for _, table := range []string{"consents", "submissions"} {
		n, err := s.cutIPs(ctx, table, before)
		cut += n
		if err != nil {
			return cut, err
		}
	}
	return cut, nil
}

func (s *Store) cutIPs(ctx context.Context, table string, before models.Instant) (cut int, err error) {
	for after := models.ID(0); ; {
		var rows []struct {
			ID models.ID
			IP string
		}
		err := s.q(ctx).Raw("SELECT id, ip FROM "+table+" WHERE id > ? AND created_at < ? AND "+fullIP+" ORDER BY id LIMIT ?",
			after, before, retentionBatch).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return cut, translate(err)
		}
		values, args := make([]string, len(rows)), make([]any, 0, 2*len(rows))
		for i, r := range rows {
			values[i], args = "(CAST(? AS BIGINT), ?)", append(args, r.ID, network(r.IP))
		}
		err = s.do(ctx, func(tx *gorm.DB) error {
			return tx.Exec("WITH v (id, ip) AS (VALUES "+strings.Join(values, ", ")+") UPDATE "+table+" SET ip = v.ip FROM v WHERE "+table+".id = v.id",
				args...).Error
		})
		if err != nil {
			return cut, err
		}
		cut += len(rows)
		after = rows[len(rows)-1].ID
	}
}

// network is what is kept of an address; nothing of what is none.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	a, bits := a.Unmap().WithZone(""), 48
	if a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}

// ForgetVisits deletes page views older than a moment. Scores are of events, so the leads who lose some are scored
// anew in the same transaction (I8).
func (s *Store) ForgetVisits(ctx context.Context, before models.Instant, score func(*models.Lead, []models.Event) bool) (forgotten int, err error) {
	for after := models.ID(0); ; {
		var rows []models.Event
		err := s.q(ctx).Select("id, lead_id").Where("id > ? AND kind = 'page_viewed' AND at < ?", after, before).
			Order("id").Limit(retentionBatch).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return forgotten, translate(err)
		}
		if err := s.do(ctx, func(tx *gorm.DB) error { return forgetEvents(tx, rows, score) }); err != nil {
			return forgotten, err
		}
		forgotten += len(rows)
		after = rows[len(rows)-1].ID
	}
}

func forgetEvents(tx *gorm.DB, rows []models.Event, score func(*models.Lead, []models.Event) bool) error {
	ids, of, seen := make([]models.ID, len(rows)), []models.ID(nil), map[models.ID]bool{}
	for i, e := range rows {
		ids[i] = e.ID
		if !seen[e.LeadID] {
			seen[e.LeadID], of = true, append(of, e.LeadID)
		}
	}
	// In the order in which captures hold them.
	var leads []*models.Lead
	if err := lockRows(tx).Where("id IN ?", of).Order("identity").Find(&leads).Error; err != nil {
		return err
	}
	if err := tx.Exec("DELETE FROM events WHERE id IN ?", ids).Error; err != nil {
		return err
	}
	events, err := eventsOf(tx, of)
	if err != nil {
		return err
	}
	for _, l := range leads {
		if score(l, events[l.ID]) {
			if err := saveScore(tx, l).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// saveScore writes what scoring decides of a lead.
func saveScore(tx *gorm.DB, l *models.Lead) *gorm.DB {
	return tx.Model(l).Select("score", "fit", "engagement", "grade", "stage", "kinds", "temperature", "raised_hand_at",
		"card_version", "scored_at").Updates(l)
}
