package store

import (
	"fmt"
	"math/bits"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

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

// lockRows holds the rows until the commit where more than one transaction writes at a time.
func lockRows(tx *gorm.DB) *gorm.DB {
	if tx.Name() == "postgres" {
		return tx.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return tx
}
