package store

import (
	"slices"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
)

// asked is what the gate knows of a mail that wants to begin.
type asked struct {
	ID       models.ID
	Ident    string
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
	Halted   bool // its sequence is paused

	suppressed map[models.SuppressionScope]bool
	agreed     bool             // to what it is for, where it needs that
	had        []models.Instant // when an address that never answered was last written to, newest first
}

// The most mails that an address gets which never confirmed nor answered, over all forms and classes but sales:
// nobody can be mail-bombed through us. A trial that was made a while after its form belongs to the mail that promised it:
// together they are one. The link to one's own data is neither held back by it nor counted: where it is
// owed it is bounded by itself (docs/decisions/0015).
const (
	strangerDay    = 24 * time.Hour
	strangerMonth  = 30 * 24 * time.Hour
	strangerMonths = 3
)

// A passage is what is decided on a mail: the state it gets, why, and when to ask again if it is to wait.
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
	case a.Halted:
		return passage{state: models.MessageQueued, later: never}
	}
	if wait := a.stranger(now); wait != 0 {
		if a.Class < models.ClassMarketing { // the page has given it already
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
	case len(a.had) == 0, a.Kind == models.MailMyData:
		return 0
	case len(a.had) >= strangerMonths:
		return a.had[strangerMonths-1].Add(strangerMonth)
	case now.Sub(a.had[0]) < strangerDay:
		return a.had[0].Add(strangerDay)
	}
	return 0
}

// loadAsked reads those mails of a round that still wait as they were read, and what is held against them: none
// while all mail is paused. With PostgreSQL a mail that another program is just beginning is passed over.
func (s *Store) loadAsked(tx *gorm.DB, begin []MailBegin, now models.Instant) (map[models.ID]*asked, error) {
	ids := make([]models.ID, len(begin))
	for i, b := range begin {
		ids[i] = b.ID
	}
	// By key alone: what was planned over an empty table would look through the whole queue for them.
	sql := `SELECT id, ident, lead_id, class, kind, state, purpose, hours, attempts, unknowns, due_at, not_after,
		EXISTS (SELECT 1 FROM sequences q WHERE q.id = messages.sequence_id AND q.state = 'paused') AS halted
		FROM messages WHERE id IN ? AND ` + notPaused
	if s.engine == postgresEngine {
		sql += " FOR UPDATE OF messages SKIP LOCKED"
	}
	var rows []*asked
	if err := tx.Raw(sql, ids).Scan(&rows).Error; err != nil {
		return nil, err
	}
	waiting := make(map[models.ID]*asked, len(rows))
	for _, a := range rows {
		waiting[a.ID] = a
	}
	for _, b := range begin {
		a := waiting[b.ID]
		if a != nil && (a.State != models.MessageQueued || a.DueAt > now || (MailCounts{a.Attempts, a.Unknowns}) != b.Counts) {
			delete(waiting, b.ID)
		}
	}
	if err := loadHeld(tx, begin, waiting); err != nil {
		return nil, err
	}
	confirmed, err := loadAgreed(tx, waiting)
	if err != nil {
		return nil, err
	}
	return waiting, loadHad(tx, waiting, confirmed, now)
}

// loadHeld reads the suppressions of those that the mails go to.
func loadHeld(tx *gorm.DB, begin []MailBegin, waiting map[models.ID]*asked) error {
	var hashes []string
	for _, b := range begin {
		if waiting[b.ID] != nil {
			hashes = append(hashes, b.Hashes...)
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	var held []models.Suppression
	if err := tx.Raw("SELECT hash, scope FROM suppressions WHERE hash IN ?", hashes).Scan(&held).Error; err != nil {
		return err
	}
	for _, b := range begin {
		if a := waiting[b.ID]; a != nil {
			a.hold(held, b.Hashes)
		}
	}
	return nil
}

// loadAgreed reads the consents of those mails that need one, and says which of their leads have confirmed any.
func loadAgreed(tx *gorm.DB, waiting map[models.ID]*asked) (confirmed map[models.ID]bool, err error) {
	leads := leadsOf(waiting, func(a *asked) bool { return a.Purpose != "" })
	if len(leads) == 0 {
		return nil, nil
	}
	var rows []models.Consent
	err = tx.Raw("SELECT lead_id, purpose, decision, confirm FROM consents WHERE lead_id IN ? ORDER BY id", leads).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	confirmed = map[models.ID]bool{}
	by := make(map[models.ID][]models.Consent, len(leads))
	for _, c := range rows {
		by[c.LeadID] = append(by[c.LeadID], c)
		if c.Decision == models.Confirmed {
			confirmed[c.LeadID] = true
		}
	}
	for _, a := range waiting {
		a.agreed = a.Purpose != "" && models.Live(by[a.LeadID], a.Purpose)
	}
	return confirmed, nil
}

// loadHad reads when those addresses were written to that never confirmed nor answered. Of the confirmed it is
// known already, which in a campaign is everybody.
func loadHad(tx *gorm.DB, waiting map[models.ID]*asked, confirmed map[models.ID]bool, now models.Instant) error {
	leads := leadsOf(waiting, func(a *asked) bool {
		return a.Class > models.ClassSales && a.Kind != models.MailMyData && a.LeadID != 0 && !confirmed[a.LeadID]
	})
	if len(leads) == 0 {
		return nil
	}
	var had []struct {
		ID     models.ID
		Ident  string
		LeadID models.ID
		At     models.Instant
	}
	// A mail that waits to be repeated may have arrived.
	err := tx.Raw(`SELECT id, ident, lead_id, CASE WHEN state = 'sending' THEN ? WHEN sent_at > 0 THEN sent_at ELSE created_at END AS at FROM messages m
		WHERE lead_id IN ? AND class > 0 AND kind NOT IN ('my_data', 'trial') AND (state IN ('sending', 'sent', 'unknown') OR state = 'queued' AND unknowns > 0) AND created_at > ?
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
			if a.LeadID == h.LeadID && a.ID != h.ID && a.Class > models.ClassSales && !models.Completes(a.Ident, h.Ident) {
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
