package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sarnakh/models"
)

// seed --due-mails: so many mails due, to as many people who confirmed, over many domains; every promise holds.
func TestSeedDueMails(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		for range 2 { // a second time adds as many
			here.run("seed", "--due-mails", "150")
		}
		here.with(func(ctx context.Context, a *app) {
			due, err := a.store.DueMail(ctx, []models.Class{models.ClassMarketing}, 1000)
			if err != nil || len(due) != 300 {
				t.Fatalf("%d due: %v", len(due), err)
			}
			domains := map[string]bool{}
			for _, m := range due {
				_, domain, _ := strings.Cut(m.To, "@")
				domains[domain] = true
				if m.Kind != models.MailStep || m.Purpose != models.Newsletter || m.SequenceID == 0 || m.VersionID == 0 || m.Merge["first_name"] == "" ||
					m.NotAfter.Sub(m.CreatedAt) != dueDays || !strings.HasSuffix(domain, ".example") {
					t.Fatalf("%+v", m)
				}
				consents, err := a.store.ConsentsOf(ctx, m.LeadID, 10)
				if err != nil || len(consents) != 2 || consents[0].Decision != models.Confirmed || consents[0].TextID == 0 {
					t.Fatalf("%+v %v", consents, err)
				}
			}
			if len(domains) < 50 {
				t.Errorf("only %d domains", len(domains))
			}
		})
		here.run("verify")
	})
}

// seed --coupons: a published campaign for each, with so many different codes.
func TestSeedCoupons(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		here.set = []string{"locale=en"}
		here.run("seed", "--coupons", "spring=1200", "--coupons", "autumn=3")
		here.with(func(ctx context.Context, a *app) {
			for slug, want := range map[string]int64{"spring": 1200, "autumn": 3} {
				p, err := a.campaigns.Snapshot().Page(slug)
				if err != nil {
					t.Fatal(err)
				}
				left, err := a.store.CodesLeft(ctx, p.ID)
				if doc := &p.Version.Doc; err != nil || left != want || doc.Offer.Kind != models.OfferCoupon || doc.Offer.Pool == nil || p.Locale != "en" || doc.Form.Check() != nil {
					t.Errorf("%s: %d codes, %+v %v", slug, left, doc.Offer, err)
				}
			}
		})
		here.refuses("already", "seed", "--coupons", "spring=1")
		for _, wrong := range []string{"spring", "=5", "spring=0", "spring=many", "Spring!=5"} {
			if code, said := here.try("seed", "--coupons", wrong); code != exitUsage {
				t.Errorf("%s: %d %s", wrong, code, said)
			}
		}
	})
}

// seed --campaigns: so many published, and as many more the second time, at addresses of their own.
func TestSeedCampaigns(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		here.run("seed", "--campaigns", "3")
		here.run("seed", "--campaigns", "2")
		here.with(func(_ context.Context, a *app) {
			snap := a.campaigns.Snapshot()
			for n := 1; n <= 5; n++ {
				if p, err := snap.Page(fmt.Sprint("campaign-", n)); err != nil || p.Version.Doc.Form.Check() != nil {
					t.Errorf("campaign %d: %v", n, err)
				}
			}
			if len(snap.All) != 7 { // and the two that a first start publishes
				t.Errorf("%d are published", len(snap.All))
			}
		})
		if code, said := here.try("seed", "--campaigns", "-1"); code != exitUsage {
			t.Errorf("%d %s", code, said)
		}
	})
}

// Nothing is made up where real leads are.
func TestSeedRefusesRealLeads(t *testing.T) {
	eachPlace(t, func(t *testing.T, here *place, _ func() *place) {
		here.run("seed", "--leads", "1")
		here.with(func(ctx context.Context, a *app) {
			l := here.anyLead(ctx, a)
			l.Identity = "real@example.org"
			must(t, a.store.Apply(ctx, renamed(l)))
		})
		for _, what := range [][]string{{"--leads", "1"}, {"--due-mails", "1"}, {"--coupons", "x=1"}} {
			here.refuses("real leads", append([]string{"seed"}, what...)...)
		}
	})
}
