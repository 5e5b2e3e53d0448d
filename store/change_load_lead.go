package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
)

const (
	// maxEvents is how many of a lead's newest events count: no lead's score costs without bound.
	maxEvents = 5000
	// maxConsents is how many of a lead's newest consents are loaded to decide on.
	maxConsents     = 100
	colleagueWindow = 30 * 24 * time.Hour
	colleagueLimit  = 3
)

type colleague struct {
	id      models.ID
	lastAct models.Instant
}

// meet keeps the colleagues last active, one more than are ever asked for since the asker is among them.
func meet(list []colleague, c colleague) []colleague {
	list = slices.DeleteFunc(slices.Clone(list), func(x colleague) bool { return x.id == c.id })
	list = append(list, c)
	slices.SortFunc(list, func(a, b colleague) int { return cmp.Compare(b.lastAct, a.lastAct) })
	return list[:min(len(list), colleagueLimit+1)]
}

func (l *ledger) loadLeads(tx *gorm.DB, wants []Want) error {
	identities := wanted(wants, func(w Want) string { return w.Identity })
	slices.Sort(identities)
	ids := wanted(wants, func(w Want) models.ID { return w.LeadID })
	q := lockRows(tx).Order("identity")
	switch {
	case len(identities) > 0 && len(ids) > 0:
		q = q.Where("identity IN ? OR id IN ?", identities, ids)
	case len(identities) > 0:
		q = q.Where("identity IN ?", padded(identities))
	case len(ids) > 0:
		q = q.Where("id IN ?", padded(ids))
	default:
		return nil
	}
	var rows []*models.Lead
	if err := q.Find(&rows).Error; err != nil {
		return fmt.Errorf("load leads: %w", err)
	}
	for _, r := range rows {
		l.leads[r.Identity], l.byID[r.ID] = r, r
		l.out.known[r.ID] = true
	}
	return nil
}

// loadPast reads what the known leads of the group did and decided.
func (l *ledger) loadPast(tx *gorm.DB, _ []Want) error {
	if len(l.byID) == 0 {
		return nil
	}
	ids := make([]models.ID, 0, len(l.byID))
	for id := range l.byID {
		ids = append(ids, id)
	}
	events, err := eventsOf(tx, ids)
	if err != nil {
		return err
	}
	l.events = events
	var consents []models.Consent
	err = tx.Raw(`SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY lead_id ORDER BY id DESC) AS nth
		FROM consents WHERE lead_id IN ?) c WHERE nth <= ? ORDER BY id`, padded(ids), maxConsents).Scan(&consents).Error
	if err != nil {
		return fmt.Errorf("load consents: %w", err)
	}
	for _, c := range consents {
		l.consents[c.LeadID] = append(l.consents[c.LeadID], c)
	}
	var handoffs []models.Handoff
	if err := tx.Where("lead_id IN ? AND closed_at = 0", padded(ids)).Find(&handoffs).Error; err != nil {
		return fmt.Errorf("load hand-offs: %w", err)
	}
	for i := range handoffs {
		l.handoffs[handoffs[i].LeadID] = &handoffs[i]
	}
	var enrolments []models.Enrolment
	if err := tx.Where("lead_id IN ?", padded(ids)).Order("id").Find(&enrolments).Error; err != nil {
		return fmt.Errorf("load enrolments: %w", err)
	}
	for _, e := range enrolments {
		l.enrolments[e.LeadID] = append(l.enrolments[e.LeadID], e)
	}
	return nil
}

// eventsOf reads the newest events of each lead, oldest first.
func eventsOf(tx *gorm.DB, leads []models.ID) (map[models.ID][]models.Event, error) {
	var rows []models.Event
	err := tx.Raw(`SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY lead_id ORDER BY at DESC, id DESC) AS nth
		FROM events WHERE lead_id IN ?) e WHERE nth <= ? ORDER BY at, id`, padded(leads), maxEvents).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load events: %w", err)
	}
	out := make(map[models.ID][]models.Event, len(leads))
	for _, e := range rows {
		out[e.LeadID] = append(out[e.LeadID], e)
	}
	return out, nil
}

// loadUnsent reads the mail still owed to the leads of the group, and to those who now correct themselves.
func (l *ledger) loadUnsent(tx *gorm.DB, _ []Want) error {
	leads := slices.Collect(maps.Keys(l.byID))
	for _, subs := range l.submissions {
		for _, sub := range subs {
			if sub.LeadID != 0 && l.byID[sub.LeadID] == nil {
				leads = append(leads, sub.LeadID)
			}
		}
	}
	if len(leads) == 0 {
		return nil
	}
	var rows []models.Message
	err := tx.Where("lead_id IN ? AND state = 'queued'", padded(leads)).Order("id").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("load messages: %w", err)
	}
	for _, m := range rows {
		l.unsent[m.LeadID] = append(l.unsent[m.LeadID], m)
	}
	return nil
}

// colleaguesOf has its limit written out: SQLite plans a statement anew each time that a limit is bound.
var colleaguesOf = fmt.Sprintf(`SELECT * FROM (SELECT domain, id, last_act_at FROM leads WHERE domain = ? AND domain <> ''
	ORDER BY last_act_at DESC LIMIT %d) d`, colleagueLimit+1)

// loadColleagues reads, per company, who was active last: a few rows, however large the company. (UNION drops
// the rows of domains that padding repeats.)
func (l *ledger) loadColleagues(tx *gorm.DB, wants []Want) error {
	domains := padded(wanted(wants, func(w Want) string { return w.Domain }))
	if len(domains) == 0 {
		return nil
	}
	parts := make([]string, len(domains))
	args := make([]any, 0, len(domains))
	for i, d := range domains {
		parts[i] = colleaguesOf
		args = append(args, d)
	}
	var rows []struct {
		Domain    string
		ID        models.ID
		LastActAt models.Instant
	}
	if err := tx.Raw(strings.Join(parts, " UNION "), args...).Scan(&rows).Error; err != nil {
		return fmt.Errorf("load colleagues: %w", err)
	}
	for _, r := range rows {
		l.domains[r.Domain] = append(l.domains[r.Domain], colleague{r.ID, r.LastActAt})
	}
	return nil
}
