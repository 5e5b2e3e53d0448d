package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

const dueDays = 7 * 24 * time.Hour

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *place) anyLead(ctx context.Context, a *app) *models.Lead {
	p.Helper()
	found, _, err := a.store.Leads(ctx, store.LeadQuery{Limit: 1})
	if err != nil || len(found) != 1 {
		p.Fatal("no lead:", err)
	}
	return &found[0]
}

// renamed writes a lead as it is.
func renamed(l *models.Lead) store.Change {
	return store.Change{Want: store.Want{LeadID: l.ID}, Decide: func(*store.Facts) (store.Rows, error) { return store.Rows{Lead: l}, nil }}
}

// Without --apply nothing is forgotten; with it what is too old is, audited, and every promise holds after it.
func TestRetention(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		here.run("seed", "--leads", "30", "--events", "300")
		old := models.At(time.Now().AddDate(0, -26, 0))
		here.with(func(ctx context.Context, a *app) {
			l := here.anyLead(ctx, a)
			l.CreatedAt, l.LastActAt = old, old
			must(t, a.store.Apply(ctx, renamed(l)))
			busy, _, err := a.store.Leads(ctx, store.LeadQuery{Limit: 2})
			must(t, err)
			must(t, a.store.Apply(ctx, store.Change{Want: store.Want{LeadID: busy[1].ID}, Decide: func(f *store.Facts) (store.Rows, error) {
				return store.Rows{Events: []models.Event{{ID: f.NewID(), LeadID: f.Lead.ID, Kind: models.PageViewed, At: old}},
					Consents: []models.Consent{{ID: f.NewID(), LeadID: f.Lead.ID, Purpose: models.Newsletter, Decision: models.Given, Confirm: true,
						TextID: f.Consents[0].TextID, IP: "192.0.2.77", CreatedAt: f.Now.Add(-40 * 24 * time.Hour)}}}, nil
			}}))
			must(t, a.leads.Rescore(ctx, func(int) {}))
		})
		before := here.exports()
		said := here.run("retention")
		for _, want := range []string{"Nothing was changed", "unconfirmed consents"} {
			if !strings.Contains(said, want) {
				t.Errorf("does not say %q: %s", want, said)
			}
		}
		if here.exports() != before {
			t.Error("a dry run changed something")
		}
		said = here.run("retention", "--apply")
		for _, want := range []string{"ips", "visits", "leads        1"} {
			if !strings.Contains(said, want) {
				t.Errorf("does not say %q: %s", want, said)
			}
		}
		here.run("verify")
		if after := here.exports(); strings.Contains(after, "192.0.2.77") || !strings.Contains(after, "192.0.2.0/24") {
			t.Error("an address was not cut")
		}
		if said := here.run("retention", "--apply"); said != "done\n" {
			t.Errorf("the second time: %s", said)
		}
		for _, rule := range []string{"ips", "visits", "leads"} {
			if audit := here.run("export", "audit"); !strings.Contains(audit, ",retention,"+rule+",") {
				t.Errorf("%s is not in the audit log", rule)
			}
		}
	})
}

// By night leads are erased only where the owner has said after how many months; addresses always.
func TestNightlyRetention(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		here.run("seed", "--leads", "5")
		night := func() (n int64) {
			here.with(func(ctx context.Context, a *app) {
				must(t, a.keepLess(ctx))
				var err error
				n, err = a.store.CountLeads(ctx)
				must(t, err)
			})
			return n
		}
		here.with(func(ctx context.Context, a *app) {
			l := here.anyLead(ctx, a)
			l.CreatedAt, l.LastActAt = models.At(time.Now().AddDate(-3, 0, 0)), models.At(time.Now().AddDate(-3, 0, 0))
			must(t, a.store.Apply(ctx, renamed(l)))
		})
		if n := night(); n != 5 {
			t.Errorf("%d leads left though nothing was set", n)
		}
		here.run("retention", "--nightly", "40")
		if n := night(); n != 5 {
			t.Errorf("%d leads left before their time", n)
		}
		here.run("retention", "--nightly", "24")
		if n := night(); n != 4 {
			t.Errorf("%d leads left, want 4", n)
		}
		if code, _ := here.try("retention", "--nightly", "-1"); code != exitUsage {
			t.Error(code)
		}
	})
}
