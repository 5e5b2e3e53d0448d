package leads_test

import (
	"context"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// C5: at a booth, by the owner's switch, the code is on the screen: for whoever got it now, for ten minutes, and there only.
func TestACodeOnTheScreenOfABooth(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.pool(5, func(p *models.CouponPool) { p.OnScreen = true })
		send := func(email string, change func(*leads.Post)) leads.Receipt {
			t.Helper()
			post := w.open("pool").with("email", email).post()
			if change != nil {
				change(&post)
			}
			r, err := w.leads.Capture(w.ctx, post)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		screen := func(r leads.Receipt) string {
			t.Helper()
			thanks, err := w.leads.Thanks(context.Background(), r.Thanks)
			if err != nil {
				t.Fatal(err)
			}
			return thanks.BoothCode
		}
		atBooth := func(p *leads.Post) { p.Booth = true }
		first := send("a@example.com", atBooth)
		if code := screen(first); code != "OWN-000" {
			t.Errorf("code %q", code)
		}
		if code := screen(send("b@example.com", nil)); code != "" {
			t.Errorf("the page's visitor sees %q", code)
		}
		if code := screen(send("b@example.com", atBooth)); code != "" {
			t.Errorf("a code of before: %q", code)
		}
		if code := screen(send("c@example.com", func(p *leads.Post) { p.Booth, p.Token = true, "" })); code != "" {
			t.Errorf("a form that was not opened there: %q", code)
		}
		w.pass(9 * time.Minute)
		if screen(first) == "" {
			t.Error("gone too soon")
		}
		w.pass(2 * time.Minute)
		if code := screen(first); code != "" {
			t.Errorf("still there: %q", code)
		}
	})
}
