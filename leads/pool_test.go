package leads_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// pool publishes a campaign that gives each lead a code of their own.
func (w *world) pool(codes int, change ...func(*models.CouponPool)) *models.Published {
	w.t.Helper()
	pool := models.CouponPool{Terms: "Once, online."}
	for _, c := range change {
		c(&pool)
	}
	p := w.campaign("pool", func(d *models.CampaignDoc) {
		d.Offer = models.Offer{Kind: models.OfferCoupon, Title: "Ten percent off", Pool: &pool}
	})
	for n := range codes {
		w.exec(fmt.Sprintf("INSERT INTO coupon_codes (id, campaign_id, code, coupon_id) VALUES (%d, %d, 'OWN-%03d', 0)", w.store.NewID(), p.ID, n))
	}
	return p
}

// I5: five hundred people at once for a hundred codes: a hundred get one each, no code twice, and everybody is answered.
func TestRacingForCodes(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.pool(100)
		forms := make([]*filling, 500)
		for i := range forms {
			forms[i] = w.open("pool").with("email", fmt.Sprintf("p%d@firm%d.example", i, i))
		}
		var wg sync.WaitGroup
		for _, f := range forms {
			for range 1 + len(f.values.Get("email"))%2 { // some press twice
				wg.Go(func() {
					if _, err := f.send(); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		codes, mailed, without := map[string]bool{}, 0, 0
		for _, c := range all(w, w.store.EachCoupon) {
			codes[c.Code] = true
			if !c.Pool {
				t.Errorf("coupon: %+v", c)
			}
		}
		for _, m := range w.mails(models.MailDelivery) {
			if m.Merge["coupon"] != "" {
				mailed++
			} else if m.Merge["no_code"] == "1" {
				without++
			}
		}
		if n := len(all(w, w.store.EachCoupon)); n != 100 || len(codes) != 100 || mailed != 100 || without != 400 {
			t.Errorf("%d coupons of %d codes, %d mailed, %d told that none is left", n, len(codes), mailed, without)
		}
		var taken int
		err := w.db().QueryRow("SELECT count(*) FROM coupon_codes k JOIN coupons c ON c.id = k.coupon_id AND c.code = k.code").Scan(&taken)
		if err != nil || taken != 100 {
			t.Errorf("%d codes know their coupon: %v", taken, err)
		}
		w.sound()
	})
}

// C3: a pool's code is in the mail alone, never on the page; a robot sees the same page and takes none; once the pool is
// empty the page and the mail say so, and who has a code is told it again by mail only.
func TestACodeOfOnesOwnComesByMailAlone(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.pool(1, func(p *models.CouponPool) { p.Until = w.store.Now().Add(48 * time.Hour) })
		page := func(r leads.Receipt) *leads.Thanks {
			t.Helper()
			thanks, err := w.leads.Thanks(w.ctx, r.Thanks)
			if err != nil || thanks.Code != "" {
				t.Fatalf("thanks: %+v %v", thanks, err)
			}
			return thanks
		}
		robot := page(w.open("pool").with("website_url", "http://x.example", "email", "robot@example.com").mustSend())
		first := w.open("pool").mustSend()
		if mine := page(first); !robot.CodeMailed || !mine.CodeMailed || mine.NoCode {
			t.Errorf("robot %+v, first %+v", robot, mine)
		}
		if words := w.words(w.mail(models.MailDelivery)); !strings.Contains(words.Text, "OWN-000") || !strings.Contains(words.HTML, "Once, online.") || words.Subject != "Your code: Ten percent off" {
			t.Errorf("mail: %s\n%s", words.Subject, words.Text)
		}
		second := page(w.open("pool").with("email", "kaveh@example.com").mustSend())
		if words := w.words(w.mail(models.MailDelivery)); !second.NoCode || second.CodeMailed || !strings.Contains(words.Text, "none is left") {
			t.Errorf("second: %+v\n%s", second, words.Text)
		}
		w.pass(time.Hour)
		again := page(w.open("pool").mustSend())
		if again.CodeMailed != second.CodeMailed || w.mail(models.MailDelivery).Merge["coupon"] != "OWN-000" {
			t.Errorf("the page tells who is known: %+v; mail %+v", again, w.mail(models.MailDelivery).Merge)
		}
		if late := page(w.open("pool").with("website_url", "http://x.example", "email", "robot2@example.com").mustSend()); !late.NoCode {
			t.Errorf("robot after the last code: %+v", late)
		}
		if page(first).NoCode || len(all(w, w.store.EachCoupon)) != 1 {
			t.Error("the first page has changed its word")
		}
		w.sound()
	})
}

// A pool gives nothing before its time or after it.
func TestAPoolHasItsTime(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.pool(5, func(p *models.CouponPool) {
			p.From, p.Until = w.store.Now().Add(time.Hour), w.store.Now().Add(2*time.Hour)
		})
		for i, want := range []int{0, 1, 1} {
			r := w.open("pool").with("email", fmt.Sprintf("p%d@example.com", i)).mustSend()
			thanks, err := w.leads.Thanks(w.ctx, r.Thanks)
			if n := len(all(w, w.store.EachCoupon)); err != nil || n != want || thanks.CodeMailed != (i == 1) {
				t.Errorf("form %d: %d coupons, %+v %v", i, n, thanks, err)
			}
			w.pass(time.Hour)
		}
	})
}
