package store

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
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

// load reads the facts of a whole group with one query per table. What a group does not ask for costs
// no query, and a group of unknown leads asks for little.
func (s *Store) load(tx *gorm.DB, wants []Want) (*ledger, error) {
	l := newLedger()
	for _, step := range []func(*gorm.DB, []Want) error{
		l.loadSubmissions, l.loadLeads, l.loadPast, l.loadUnsent, l.loadColleagues, l.loadCoupons,
	} {
		if err := step(tx, wants); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func newLedger() *ledger {
	return &ledger{
		leads:       map[string]*models.Lead{},
		byID:        map[models.ID]*models.Lead{},
		events:      map[models.ID][]models.Event{},
		consents:    map[models.ID][]models.Consent{},
		handoffs:    map[models.ID]*models.Handoff{},
		submissions: map[string][]models.Submission{},
		unsent:      map[models.ID][]models.Message{},
		submission:  map[models.ID]*models.Submission{},
		domains:     map[string][]colleague{},
		issued:      map[models.ID]int{},
		coupons:     map[couponKey]*models.Coupon{},
		enrolments:  map[models.ID][]models.Enrolment{},
		free:        map[models.ID][]models.CouponCode{},
		out: written{
			known:    map[models.ID]bool{},
			leadAt:   map[models.ID]int{},
			words:    map[models.ID][]string{},
			handoffs: map[models.ID]models.Handoff{},
			stock:    map[models.ID]int{},
			counts:   map[dayKey]*models.CampaignDay{},

			enrolmentAt: map[models.ID]int{},
			steps:       map[stepKey]int64{},
			verdicts:    map[models.ID]models.Verdict{},
		},
	}
}

// wanted collects what a group asks for, each once and in order, so that groups of two programs lock the
// same rows in the same order.
func wanted[T comparable](wants []Want, pick func(Want) T) []T {
	var zero T
	seen := make(map[T]struct{}, len(wants))
	out := make([]T, 0, len(wants))
	for _, w := range wants {
		v := pick(w)
		if _, dup := seen[v]; v != zero && !dup {
			seen[v] = struct{}{}
			out = append(out, v)
		}
	}
	return out
}

// padded repeats the last of a list up to a power of two, so that few different statements ask for lists.
func padded[T any](list []T) []T {
	if len(list) == 0 {
		return list
	}
	for n := 1 << bits.Len(uint(len(list)-1)); len(list) < n; {
		list = append(list, list[len(list)-1])
	}
	return list
}

func (l *ledger) loadSubmissions(tx *gorm.DB, wants []Want) error {
	tokens := wanted(wants, func(w Want) string { return string(w.Token) })
	ids := wanted(wants, func(w Want) models.ID { return w.Submission })
	if len(tokens) > 0 {
		raw := make([][]byte, len(tokens))
		for i, t := range tokens {
			raw[i] = []byte(t)
		}
		var rows []models.Submission
		if err := tx.Where("token IN ?", padded(raw)).Order("id").Find(&rows).Error; err != nil {
			return fmt.Errorf("load submissions: %w", err)
		}
		for _, r := range rows {
			l.submissions[string(r.Token)] = append(l.submissions[string(r.Token)], r)
		}
	}
	if len(ids) > 0 {
		var rows []models.Submission
		if err := lockRows(tx).Where("id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
			return fmt.Errorf("load submissions: %w", err)
		}
		for i := range rows {
			l.submission[rows[i].ID] = &rows[i]
		}
	}
	return nil
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

func (l *ledger) loadCoupons(tx *gorm.DB, wants []Want) error {
	pools := wanted(wants, func(w Want) models.ID { return w.Pool })
	slices.Sort(pools)
	for _, campaign := range pools {
		if err := l.loadFree(tx, campaign, len(wants)); err != nil {
			return err
		}
	}
	campaigns := append(wanted(wants, func(w Want) models.ID { return w.Coupon }), pools...)
	if len(campaigns) == 0 {
		return nil
	}
	slices.Sort(campaigns)
	var stock []struct {
		CampaignID models.ID
		Issued     int
	}
	err := lockRows(tx.Table("coupon_stock")).Where("campaign_id IN ?", campaigns).Order("campaign_id").Find(&stock).Error
	if err != nil {
		return fmt.Errorf("load coupon stock: %w", err)
	}
	for _, r := range stock {
		l.issued[r.CampaignID] = r.Issued
	}
	if len(l.byID) == 0 {
		return nil
	}
	ids := make([]models.ID, 0, len(l.byID))
	for id := range l.byID {
		ids = append(ids, id)
	}
	var given []*models.Coupon
	if err := tx.Where("campaign_id IN ? AND lead_id IN ?", campaigns, ids).Find(&given).Error; err != nil {
		return fmt.Errorf("load coupons: %w", err)
	}
	for _, c := range given {
		l.coupons[couponKey{c.CampaignID, c.LeadID}] = c
	}
	return nil
}

// loadFree reads as many free codes of a pool as the group can give. With PostgreSQL those that another group is
// just giving are passed over.
func (l *ledger) loadFree(tx *gorm.DB, campaign models.ID, most int) error {
	q := tx.Where("campaign_id = ? AND coupon_id = 0", campaign).Order("id").Limit(most)
	if tx.Name() == "postgres" {
		q = q.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
	}
	var free []models.CouponCode
	if err := q.Find(&free).Error; err != nil {
		return fmt.Errorf("load free codes: %w", err)
	}
	l.free[campaign] = free
	return nil
}

// lockRows holds the rows until the commit where more than one transaction writes at a time.
func lockRows(tx *gorm.DB) *gorm.DB {
	if tx.Name() == "postgres" {
		return tx.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return tx
}
