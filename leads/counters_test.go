package leads_test

import (
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// A1, C7: whatever visitors, leads and colleagues do, over days and nights, on both databases and in zones whose clock is
// put forward or back meanwhile, the counters of campaigns say what a scan of everything says. What is erased stays
// counted.
func TestCountersAgreeWithAScan(t *testing.T) {
	for _, c := range []struct {
		zone  string
		start time.Time
	}{
		{"Asia/Tehran", time.Date(2022, 9, 17, 18, 0, 0, 0, time.UTC)},        // back at midnight, on 1 Mehr 1401
		{"Europe/Berlin", time.Date(2027, 3, 24, 21, 0, 0, 0, time.UTC)},      // forward on 28 March
		{"America/St_Johns", time.Date(2026, 10, 28, 1, 0, 0, 0, time.UTC)},   // back on 1 November; half an hour off
		{"Pacific/Kiritimati", time.Date(2026, 12, 27, 8, 0, 0, 0, time.UTC)}, // fourteen hours ahead, over a new year
	} {
		t.Run(c.zone, func(t *testing.T) {
			eachSince(t, leads.Config{}, c.start, c.zone, func(t *testing.T, w *world) {
				zone, err := time.LoadLocation(c.zone)
				if err != nil {
					t.Fatal(err)
				}
				b := &bustle{world: w, zone: zone, r: rand.New(rand.NewPCG(7, uint64(c.start.Unix()))), reported: map[place]models.CampaignDay{},
					released: map[models.ID]models.Instant{}, visits: leads.NewVisits(w.store, w.clock, zone, slog.New(slog.DiscardHandler))}
				b.lower(30)
				for range 6 {
					for range 50 {
						b.act()
					}
					b.agree()
				}
				b.varied()
				b.forget()
			})
		})
	}
}

// A1: a confirmation is counted once for a person, on its own day, for the campaign and source of the form that it belongs
// to, wherever they came from since; and so is becoming hot by it.
func TestAConfirmationIsCountedOnce(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		b := &bustle{world: w, zone: time.UTC, visits: leads.NewVisits(w.store, w.clock, time.UTC, slog.New(slog.DiscardHandler))}
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		confirm := w.confirmToken()
		f := w.open("playbook")
		f.token = string(w.leads.AppendView(nil, w.page("playbook"), models.Attribution{Channel: models.ChannelDirect}))
		f.mustSend()
		b.lower(w.lead(narges).Score + 1)
		w.pass(26 * time.Hour)
		before := b.counted()
		for range 2 {
			if _, err := w.leads.Confirm(w.ctx, confirm, visitor); err != nil {
				t.Fatal(err)
			}
		}
		after, at := b.counted(), b.at(w.page("rahnama").ID, w.store.Now(), models.Attribution{Source: "instagram"})
		if after[at] != (models.CampaignDay{Confirmed: 1, Hot: 1}) || len(after) != len(before)+1 {
			t.Errorf("counted %+v", after)
		}
		mail := w.mail(models.MailDelivery)
		for _, on := range []bool{false, true} { // they leave, and come back
			w.pass(time.Minute)
			if _, err := w.leads.SetPreferences(w.ctx, w.preferencesToken(mail), map[models.Purpose]bool{models.Newsletter: on}, visitor); err != nil {
				t.Fatal(err)
			}
		}
		for where, c := range b.counted() {
			if (c.Confirmed == 1) != (where == at) {
				t.Errorf("%+v: %+v", where, c)
			}
		}
	})
}
