package store

import (
	"context"
	"time"

	"sarnakh/models"
)

// atMost is how long before its end a mail may have begun: connecting, and the patience with a slow mail server. It
// was decided on at its beginning, of which only mails whose bytes are kept have the time.
const atMost = 150 * time.Second

// A sentMail is what is asked of a marketing mail that was sent.
type sentMail struct {
	ID       models.ID
	LeadID   models.ID
	To       string `gorm:"column:to_email"`
	Purpose  models.Purpose
	SentAt   models.Instant
	BeganAt  models.Instant // 0 where it is not known
	Identity string
}

// VerifyMail looks for marketing mails that began though they were forbidden (I4, I6), and for erased people who are no
// longer suppressed (I7). Suppressions are kept under keyed hashes, so it needs to be told the hash of an address.
func (s *Store) VerifyMail(ctx context.Context, hash func(address string) string) ([]Finding, error) {
	v := mailCheck{hash: hash, held: map[string]models.Instant{}}
	if err := v.load(ctx, s); err != nil {
		return nil, err
	}
	for after := models.ID(0); ; {
		var mails []sentMail
		err := s.q(ctx).Raw(`SELECT m.id, m.lead_id, m.to_email, m.purpose, m.sent_at, l.identity, coalesce(b.created_at, 0) AS began_at
			FROM messages m JOIN leads l ON l.id = m.lead_id LEFT JOIN mail_bytes b ON b.message_id = m.id
			WHERE m.id > ? AND m.class >= ? AND m.state = 'sent' AND m.sent_at > 0 AND m.kind <> ? ORDER BY m.id LIMIT ?`,
			after, models.ClassMarketing, models.MailTest, eachBatch).Scan(&mails).Error
		if err != nil {
			return nil, translate(err)
		}
		if len(mails) == 0 {
			break
		}
		if err := v.batch(ctx, s, mails); err != nil {
			return nil, err
		}
		after = mails[len(mails)-1].ID
	}
	return v.findings(ctx, s)
}

type mailCheck struct {
	hash                   func(string) string
	held                   map[string]models.Instant // since when, by hash
	forbidden, unconsented int64
}

func (v *mailCheck) load(ctx context.Context, s *Store) error {
	var rows []models.Suppression
	err := s.q(ctx).Select("hash, min(created_at) AS created_at").Group("hash").Find(&rows).Error
	for _, r := range rows {
		v.held[r.Hash] = r.CreatedAt
	}
	return translate(err)
}

func (v *mailCheck) batch(ctx context.Context, s *Store, mails []sentMail) error {
	ids := make([]models.ID, len(mails))
	for i, m := range mails {
		ids[i] = m.LeadID
	}
	var rows []models.Consent
	err := s.q(ctx).Select("lead_id, purpose, decision, confirm, created_at").Where("lead_id IN ?", ids).Order("id").Find(&rows).Error
	if err != nil {
		return translate(err)
	}
	by := make(map[models.ID][]models.Consent, len(mails))
	for _, c := range rows {
		by[c.LeadID] = append(by[c.LeadID], c)
	}
	for i := range mails {
		v.mail(&mails[i], by[mails[i].LeadID])
	}
	return nil
}

// mail judges one as the gate did at its beginning, or within the time in which that was.
func (v *mailCheck) mail(m *sentMail, consents []models.Consent) {
	began := m.BeganAt
	if began == 0 || began > m.SentAt {
		began = m.SentAt.Add(-atMost)
	}
	for _, address := range []string{m.To, m.Identity} {
		if since, held := v.held[v.hash(address)]; held && since < began {
			v.forbidden++
			break
		}
	}
	agreed := func(at models.Instant) bool {
		n := 0
		for n < len(consents) && consents[n].CreatedAt <= at {
			n++
		}
		return models.Live(consents[:n], m.Purpose)
	}
	if m.Purpose == "" || !agreed(began) && !agreed(m.SentAt) {
		v.unconsented++
	}
}

// findings adds the erased. One who was erased, came back and agreed anew is suppressed no more, by their own act.
func (v *mailCheck) findings(ctx context.Context, s *Store) (out []Finding, err error) {
	add := func(id, problem string, n int64) {
		if n > 0 {
			out = append(out, Finding{id, problem, n})
		}
	}
	add("I4", "marketing mails that began after they were forbidden", v.forbidden)
	add("I6", "marketing mails without a live consent of their purpose", v.unconsented)
	var lost []string
	err = s.q(ctx).Raw("SELECT DISTINCT hash FROM erasures e WHERE NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.hash = e.hash)").Scan(&lost).Error
	if err != nil || len(lost) == 0 {
		return out, translate(err)
	}
	free := make(map[string]bool, len(lost))
	for _, h := range lost {
		free[h] = true
	}
	err = s.EachLead(ctx, func(leads []models.Lead) error {
		for i := range leads {
			delete(free, v.hash(leads[i].Identity))
		}
		return nil
	})
	add("I7", "erased people who are no longer suppressed", int64(len(free)))
	return out, err
}
