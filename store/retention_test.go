package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// Addresses older than a limit are cut to their network, once; younger ones stay (retention: IP 30 days).
func TestCutIPs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		furnish(t, s) // consents and submissions 40 days old
		limits := store.Limits{IPs: s.Now().Add(-41 * 24 * time.Hour)}
		if n, err := s.CutIPs(ctx, limits.IPs); err != nil || n != 0 {
			t.Error("too early:", n, err)
		}
		limits.IPs = s.Now().Add(-30 * 24 * time.Hour)
		if o, err := s.Overdue(ctx, limits); err != nil || o.IPs != 9 {
			t.Errorf("%+v %v", o, err)
		}
		for round, want := range []int{9, 0} {
			if n, err := s.CutIPs(ctx, limits.IPs); err != nil || n != want {
				t.Errorf("round %d: %d, want %d: %v", round, n, want, err)
			}
		}
		dump, err := s.Dump(ctx)
		must(t, err)
		for table, want := range map[string]string{"consents": `"IP":"2001:db8:1::/48"`, "submissions": `"IP":"192.0.2.0/24"`} {
			for _, row := range dump[table] {
				if !strings.Contains(row, want) {
					t.Errorf("%s: %s", table, row)
				}
			}
		}
	})
}

// I8: who loses old visits is scored anew in the same transaction; other events stay.
func TestForgetVisits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i := range 30 {
			must(t, s.Apply(ctx, visit(fmt.Sprintf("p%d@example.com", i%7))))
		}
		must(t, s.Plant(ctx, "UPDATE events SET at = 5 WHERE lead_id IN (SELECT id FROM leads WHERE identity < 'p3')",
			"UPDATE events SET kind = 'form_submitted' WHERE lead_id IN (SELECT id FROM leads WHERE identity = 'p0@example.com')"))
		n, err := s.ForgetVisits(ctx, s.Now().Add(-time.Hour), func(l *models.Lead, events []models.Event) bool {
			l.Score = float64(len(events))
			return true
		})
		must(t, err)
		if n != 9 { // 5 of p1, 4 of p2; p0's are no visits
			t.Errorf("%d forgotten", n)
		}
		must(t, s.LeadsToVerify(ctx, func(leads []*models.Lead, events map[models.ID][]models.Event) error {
			for _, l := range leads {
				if int(l.Score) != len(events[l.ID]) {
					t.Errorf("%s: %v with %d events", l.Identity, l.Score, len(events[l.ID]))
				}
			}
			return nil
		}))
	})
}

// Leads who did nothing for long are found, but not customers nor those whom sales has yet to answer.
func TestInactiveLeads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := furnish(t, s)
		must(t, s.Plant(ctx, "UPDATE leads SET last_act_at = 5, created_at = 5"))
		now := s.Now()
		if ids, err := s.InactiveLeads(ctx, now, 0, 10); err != nil || len(ids) != 0 {
			t.Error("those with sales:", ids, err)
		}
		must(t, s.Plant(ctx, "UPDATE handoffs SET closed_at = 6", fmt.Sprintf("UPDATE leads SET stage = 'customer' WHERE id = %d", h.leads[0]),
			fmt.Sprintf("UPDATE leads SET last_act_at = %d WHERE id = %d", now, h.leads[1])))
		ids, err := s.InactiveLeads(ctx, now.Add(-time.Hour), 0, 10)
		if err != nil || len(ids) != 1 || ids[0] != h.leads[2] {
			t.Error(ids, err)
		}
	})
}
