package store

import (
	"slices"
	"strconv"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// asked is what the gate knows of a mail that wants to begin.
type asked struct {
	ID       models.ID
	LeadID   models.ID
	Class    models.Class
	Kind     models.MessageKind
	State    models.MessageState
	Purpose  models.Purpose
	Hours    string
	Attempts int
	Unknowns int
	DueAt    models.Instant
	NotAfter models.Instant

	suppressed map[models.SuppressionScope]bool
	agreed     bool             // to what it is for, where it needs that
	had        []models.Instant // when an address that never answered was last written to, newest first
}

// The most mails that an address gets which never confirmed nor answered, over all forms and classes but sales:
// nobody can be mail-bombed through us.
const (
	strangerDay    = 24 * time.Hour
	strangerMonth  = 30 * 24 * time.Hour
	strangerMonths = 3
)

// A passage is what the gate decides on a mail: the state it gets, why, and when to ask again if it is to wait.
type passage struct {
	state models.MessageState
	why   string
	later models.Instant
}

// gate says what a mail that wants to begin becomes; the first rule that objects decides.
func (a *asked) gate(now models.Instant, zone *time.Location) passage {
	switch {
	case a.NotAfter != 0 && now > a.NotAfter:
		return a.ended(models.MessageExpired, "")
	case a.suppressed[models.SuppressAll], a.Class >= models.ClassMarketing && a.suppressed[models.SuppressMarketing]:
		return a.ended(models.MessageSuppressed, "suppressed")
	case a.Purpose != "" && !a.agreed:
		return a.ended(models.MessageSuppressed, "no consent")
	}
	if wait := a.stranger(now); wait != 0 {
		if a.Class < models.ClassMarketing && a.Kind != models.MailMyData { // the page has given it already
			return a.ended(models.MessageSuppressed, "cap")
		}
		return passage{state: models.MessageQueued, later: wait}
	}
	if open := models.ParseSending(a.Hours).Next(now.Time(), zone); models.At(open) > now {
		return passage{state: models.MessageQueued, later: models.At(open)}
	}
	return passage{state: models.MessageSending}
}

// ended: a mail that may have arrived the first time is of unknown fate, since nobody may say that it was not sent.
func (a *asked) ended(state models.MessageState, why string) passage {
	if a.Unknowns > 0 {
		state = models.MessageUnknown
	}
	return passage{state: state, why: why}
}

// stranger is when an address that never answered may be written to again; 0 where it may be now.
func (a *asked) stranger(now models.Instant) models.Instant {
	switch {
	case len(a.had) == 0:
		return 0
	case len(a.had) >= strangerMonths:
		return a.had[strangerMonths-1].Add(strangerMonth)
	case now.Sub(a.had[0]) < strangerDay:
		return a.had[0].Add(strangerDay)
	}
	return 0
}

// loadAsked reads those mails of a round that still wait as they were read, and what is held against
// them. With PostgreSQL a mail that another program is just beginning is passed over.
func (s *Store) loadAsked(tx *gorm.DB, begin []MailBegin, now models.Instant) (map[models.ID]*asked, error) {
	ids := make([]models.ID, len(begin))
	var hashes []string
	for i, b := range begin {
		ids[i] = b.ID
		hashes = append(hashes, b.Hashes...)
	}
	// By key alone: what was planned over an empty table would look through the whole queue for them.
	q := tx.Table("messages").Where("id IN ?", ids).
		Select("id, lead_id, class, kind, state, purpose, hours, attempts, unknowns, due_at, not_after")
	if s.engine == postgresEngine {
		q = q.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
	}
	var rows []*asked
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	var held []models.Suppression
	if len(hashes) > 0 {
		if err := tx.Select("hash, scope").Where("hash IN ?", hashes).Find(&held).Error; err != nil {
			return nil, err
		}
	}
	waiting := make(map[models.ID]*asked, len(rows))
	for _, a := range rows {
		waiting[a.ID] = a
	}
	for _, b := range begin {
		a := waiting[b.ID]
		if a == nil {
			continue
		}
		if a.State != models.MessageQueued || a.DueAt > now || (MailCounts{a.Attempts, a.Unknowns}) != b.Counts {
			delete(waiting, b.ID)
			continue
		}
		a.hold(held, b.Hashes)
	}
	if err := loadAgreed(tx, waiting); err != nil {
		return nil, err
	}
	return waiting, loadHad(tx, waiting, now)
}

// loadAgreed reads the consents of those mails that need one.
func loadAgreed(tx *gorm.DB, waiting map[models.ID]*asked) error {
	leads := leadsOf(waiting, func(a *asked) bool { return a.Purpose != "" })
	if len(leads) == 0 {
		return nil
	}
	var rows []models.Consent
	err := tx.Select("lead_id, purpose, decision, confirm").Where("lead_id IN ?", leads).Order("id").Find(&rows).Error
	if err != nil {
		return err
	}
	by := make(map[models.ID][]models.Consent, len(leads))
	for _, c := range rows {
		by[c.LeadID] = append(by[c.LeadID], c)
	}
	for _, a := range waiting {
		a.agreed = a.Purpose != "" && models.Live(by[a.LeadID], a.Purpose)
	}
	return nil
}

// loadHad reads when those addresses were written to that never confirmed nor answered.
func loadHad(tx *gorm.DB, waiting map[models.ID]*asked, now models.Instant) error {
	leads := leadsOf(waiting, func(a *asked) bool { return a.Class > models.ClassSales && a.LeadID != 0 })
	if len(leads) == 0 {
		return nil
	}
	var had []struct {
		LeadID models.ID
		At     models.Instant
	}
	err := tx.Raw(`SELECT lead_id, CASE WHEN state = 'sending' THEN ? WHEN sent_at > 0 THEN sent_at ELSE created_at END AS at FROM messages m
		WHERE lead_id IN ? AND class > 0 AND state IN ('sending', 'sent', 'unknown') AND created_at > ?
		AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.lead_id = m.lead_id AND c.decision = 'confirmed')
		AND NOT EXISTS (SELECT 1 FROM events e WHERE e.lead_id = m.lead_id AND e.kind = 'mail_replied')
		ORDER BY at DESC`, now, leads, now.Add(-2*strangerMonth)).Scan(&had).Error
	if err != nil {
		return err
	}
	for _, h := range had {
		if now.Sub(h.At) >= strangerMonth {
			continue
		}
		for _, a := range waiting {
			if a.LeadID == h.LeadID && a.Class > models.ClassSales {
				a.had = append(a.had, h.At)
			}
		}
	}
	return nil
}

func leadsOf(waiting map[models.ID]*asked, pick func(*asked) bool) []models.ID {
	var leads []models.ID
	for _, a := range waiting {
		if pick(a) && !slices.Contains(leads, a.LeadID) {
			leads = append(leads, a.LeadID)
		}
	}
	return leads
}

func (a *asked) hold(held []models.Suppression, hashes []string) {
	for _, h := range held {
		for _, hash := range hashes {
			if h.Hash == hash {
				if a.suppressed == nil {
					a.suppressed = map[models.SuppressionScope]bool{}
				}
				a.suppressed[h.Scope] = true
			}
		}
	}
}

// paceKey is the setting that holds when the next mail may begin, so that the limit per minute holds over
// restarts and over several programs.
const paceKey = "mail.pace"

// pace lets through what the limit per minute allows. It is the generic cell rate algorithm (ITU-T I.371):
// mails are spread evenly, paceSlack at most ahead of their time, so that no minute has more than the limit.
func (s *Store) pace(tx *gorm.DB, passed []MailBegin, perMinute int, now models.Instant, start *MailStart) ([]MailBegin, error) {
	if perMinute <= 0 || len(passed) == 0 {
		return passed, nil
	}
	var stored string
	err := lockRows(tx.Table("settings")).Select("value").Where("key = ?", paceKey).Scan(&stored).Error
	if err != nil {
		return nil, err
	}
	was, _ := strconv.ParseInt(stored, 10, 64)
	n, next, wait := paced(len(passed), models.Instant(was), now, perMinute)
	start.Wait, start.Later = wait, make(map[models.ID]bool, len(passed)-n)
	for _, b := range passed[n:] {
		start.Later[b.ID] = true
	}
	if n == 0 {
		return nil, nil
	}
	return passed[:n], tx.Exec(`INSERT INTO settings (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, paceKey, strconv.FormatInt(int64(next), 10)).Error
}

const paceSlack = 100 * time.Millisecond

// paced says how many of want may begin now, when the one after them is due, and how long to wait for it.
func paced(want int, next, now models.Instant, perMinute int) (n int, after models.Instant, wait time.Duration) {
	step := ((time.Minute+paceSlack)/time.Duration(perMinute) + time.Microsecond).Truncate(time.Microsecond)
	if next < now || next.Sub(now) > step+paceSlack { // idle, or the clock was set back
		next = now
	}
	for n < want && next.Sub(now) <= paceSlack {
		next = next.Add(step)
		n++
	}
	return n, next, max(0, next.Sub(now)-paceSlack)
}
