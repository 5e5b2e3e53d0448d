package store

import (
	"strconv"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// asked is what the gate knows of a mail that wants to begin.
type asked struct {
	ID       models.ID
	Class    models.Class
	State    models.MessageState
	Attempts int
	Unknowns int
	DueAt    models.Instant
	NotAfter models.Instant

	suppressed map[models.SuppressionScope]bool
}

// gate says what a mail that wants to begin becomes; the first rule that objects decides. Whatever else
// may stop a mail at the last moment (consent, window, caps) is one more case here, and one more load.
func (a *asked) gate(now models.Instant) (state models.MessageState, why string) {
	switch {
	case a.NotAfter != 0 && now > a.NotAfter:
		state, why = models.MessageExpired, ""
	case a.suppressed[models.SuppressAll], a.Class >= models.ClassMarketing && a.suppressed[models.SuppressMarketing]:
		state, why = models.MessageSuppressed, "suppressed"
	default:
		return models.MessageSending, ""
	}
	if a.Unknowns > 0 { // it may have arrived the first time, so nobody may say that it was not sent
		return models.MessageUnknown, why
	}
	return state, why
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
	q := tx.Table("messages").Select("id, class, state, attempts, unknowns, due_at, not_after").Where("id IN ?", ids)
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
	return waiting, nil
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
