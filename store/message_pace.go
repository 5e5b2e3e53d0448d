package store

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
)

// The settings that hold how far the limits are used, so that they hold over restarts and over several programs:
// one for all mail, one for each domain that marketing mail goes to.
const (
	paceKey       = "mail.pace"
	domainPaceKey = "mail.pace."
)

const (
	// paceSlack is how much ahead of its time a mail may begin.
	paceSlack = 100 * time.Millisecond
	// domainSlack is the same for the limit of a domain. Mail that was put off is read when a worker next looks, once
	// a second: a slack shorter than that would leave part of the limit unused.
	domainSlack = 2 * time.Second
	// paceHorizon is how far ahead a mail is given a time of its own. Those beyond are asked again then: times that were
	// given to mails which never came are not waited for any longer.
	paceHorizon = time.Hour
)

// A rate is a limit per minute, kept by the generic cell rate algorithm (ITU-T I.371): mails are spread evenly, slack at
// most ahead of their time, and step is that much longer, so that no minute has more than the limit.
type rate struct{ step, slack time.Duration }

func rateOf(perMinute int, slack time.Duration) rate {
	return rate{((time.Minute+slack)/time.Duration(perMinute) + time.Microsecond).Truncate(time.Microsecond), slack}
}

// A pace is how far a rate is used: when the next mail is due, and the first time that was not given to a mail put off.
type pace struct{ next, tail models.Instant }

// wait is how long until the next mail may begin.
func (p *pace) wait(r rate, now models.Instant) time.Duration {
	if p.next < now || p.next.Sub(now) > r.step+r.slack { // idle, or the clock was set back
		p.next = now
	}
	return max(0, p.next.Sub(now)-r.slack)
}

// take lets a mail begin where it may.
func (p *pace) take(r rate, now models.Instant) bool {
	if p.wait(r, now) > 0 {
		return false
	}
	p.next = p.next.Add(r.step)
	return true
}

// putOff gives a mail that may not begin a time of its own, so that thousands are each asked again about once.
func (p *pace) putOff(r rate, now models.Instant) models.Instant {
	if p.tail < p.next || p.tail.Sub(now) > paceHorizon+r.step {
		p.tail = p.next
	}
	at := p.tail
	if at.Sub(now) > paceHorizon {
		return now.Add(paceHorizon)
	}
	p.tail = at.Add(r.step)
	return at
}

// paced lets through what the limits allow. A mail that is over its domain's limit is put off, so that it is out of the
// way of others; one that is over the limit of all mail waits where it is.
func paced(tx *gorm.DB, passed []MailBegin, r MailRound, now models.Instant, start *MailStart) (begun []MailBegin, off []settled, err error) {
	paces, err := loadPaces(tx, paceKeys(passed, r))
	if err != nil || len(paces) == 0 {
		return passed, nil, err
	}
	total, each := rateOf(max(r.PerMinute, 1), paceSlack), rateOf(max(r.PerDomain, 1), domainSlack)
	all := paces[paceKey] // nil: no limit, as that of a domain
	start.Later = map[models.ID]bool{}
	for _, b := range passed {
		domain := paces[domainPaceKey+b.Domain]
		switch {
		case all != nil && all.wait(total, now) > 0:
			start.Later[b.ID] = true
		case domain != nil && !domain.take(each, now):
			off = append(off, settled{b.ID, passage{state: models.MessageQueued, later: domain.putOff(each, now)}})
		default:
			if all != nil {
				all.take(total, now)
			}
			begun = append(begun, b)
		}
	}
	if all != nil {
		start.Wait = all.wait(total, now)
	}
	if len(begun)+len(off) == 0 {
		return nil, nil, nil
	}
	return begun, off, savePaces(tx, paces)
}

// paceKeys are those of the limits that a round's mails are under, in the order in which every round locks them.
func paceKeys(passed []MailBegin, r MailRound) (keys []string) {
	if len(passed) == 0 {
		return nil
	}
	if r.PerMinute > 0 {
		keys = append(keys, paceKey)
	}
	for _, b := range passed {
		if r.PerDomain > 0 && b.Domain != "" {
			keys = append(keys, domainPaceKey+b.Domain)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// loadPaces reads and locks, in one statement: a row that is not there is made, so that two programs do not both
// begin as if they were the first.
func loadPaces(tx *gorm.DB, keys []string) (map[string]*pace, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	args := make([]any, len(keys))
	for i, k := range keys {
		args[i] = k
	}
	var rows []models.Setting
	err := tx.Raw("INSERT INTO settings (key, value) VALUES "+repeated("(?, '0 0')", len(keys))+
		" ON CONFLICT (key) DO UPDATE SET value = settings.value RETURNING key, value", args...).Scan(&rows).Error
	paces := make(map[string]*pace, len(keys))
	for _, row := range rows {
		next, tail, _ := strings.Cut(row.Value, " ")
		paces[row.Key] = &pace{instant(next), instant(tail)}
	}
	return paces, err
}

func instant(digits string) models.Instant {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return models.Instant(n)
}

func savePaces(tx *gorm.DB, paces map[string]*pace) error {
	args := make([]any, 0, 2*len(paces))
	for _, key := range slices.Sorted(maps.Keys(paces)) {
		p := paces[key]
		args = append(args, key, strconv.FormatInt(int64(p.next), 10)+" "+strconv.FormatInt(int64(p.tail), 10))
	}
	return tx.Exec("INSERT INTO settings (key, value) VALUES "+repeated("(?, ?)", len(paces))+
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value", args...).Error
}

// ForgetPaces drops what is kept of domains that have not been written to for an hour: their limits are all free.
func (s *Store) ForgetPaces(ctx context.Context) error {
	// Instants of our time have as many digits, so they compare as words.
	before := strconv.FormatInt(int64(s.Now().Add(-paceHorizon)), 10)
	return s.do(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM settings WHERE key LIKE '"+domainPaceKey+"%' AND value < ?", before).Error
	})
}
