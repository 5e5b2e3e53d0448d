package leads_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// Public forms: what is judged spam is kept with its reasons, sends nothing, scores nothing, gets the same
// answer, and can be released.
func TestSpamIsKeptAndCanBeReleased(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		receipt := w.open("rahnama").with("website_url", "http://x.example", "phone", "09123456789", "consent.newsletter", "1").mustSend()
		if _, err := w.store.LeadByIdentity(w.ctx, "narges@example.com"); !errors.Is(err, models.ErrNotFound) {
			t.Error("spam became a lead:", err)
		}
		if n := len(all(w, w.store.EachMessage)) + len(all(w, w.store.EachEvent)) + len(all(w, w.store.EachConsent)); n != 0 {
			t.Errorf("spam left %d rows behind", n)
		}
		thanks, err := w.leads.Thanks(w.ctx, receipt.Thanks)
		if err != nil || thanks.Download == "" {
			t.Error("spam is answered differently:", err)
		}
		kept, err := w.store.Quarantined(w.ctx, 0, 10)
		if err != nil || len(kept) != 1 || !slices.Equal(kept[0].Reasons, []string{"trap"}) || kept[0].Answers["phone"] != "+989123456789" {
			t.Fatalf("quarantine: %+v %v", kept, err)
		}
		w.sound()

		w.pass(time.Hour)
		if _, err := w.leads.Release(w.ctx, kept[0].ID); err != nil {
			t.Fatal(err)
		}
		l := w.lead("narges@example.com")
		if l.Phone != "+989123456789" || l.Score == 0 || len(all(w, w.store.EachMessage)) != 1 {
			t.Errorf("released: %+v", l)
		}
		if _, err := w.leads.Release(w.ctx, kept[0].ID); !errors.Is(err, models.ErrConflict) {
			t.Error("released twice:", err)
		}
		w.sound()
	})
}

// An address in the box for a name is what browsers fill in by mistake, and no robot's link.
func TestAnAddressForANameIsNoSpam(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").with("name", "narges@example.com").mustSend()
		w.lead("narges@example.com")
		for _, name := range []string{"cheap.example.com/x a@b.com", "<a@b.com>http://x.example", "www.b.com"} {
			w.open("rahnama").with("name", name, "email", "robot@example.com").mustSend()
			if _, err := w.store.LeadByIdentity(w.ctx, "robot@example.com"); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%q was taken for a name", name)
			}
		}
	})
}

// forms.min_seconds: haste alone is no reason, for browsers fill forms in by themselves.
func TestHasteAloneIsNoSpam(t *testing.T) {
	each(t, leads.Config{MinSeconds: 60}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		w.open("rahnama").with("email", "x@mailinator.com").mustSend()
		w.lead("narges@example.com")
		if _, err := w.store.LeadByIdentity(w.ctx, "x@mailinator.com"); !errors.Is(err, models.ErrNotFound) {
			t.Error("haste and a throw-away mailbox together were taken")
		}
	})
}

func TestLimitsSpareTheSecondClick(t *testing.T) {
	each(t, leads.Config{PerAddress: []leads.Limit{{N: 2, Period: time.Hour}}}, func(t *testing.T, w *world) {
		f := w.open("rahnama")
		for range 5 {
			f.mustSend()
		}
		w.open("rahnama").mustSend()
		_, err := w.open("rahnama").send()
		tooMany, ok := errors.AsType[*leads.TooMany](err)
		if !ok || tooMany.RetryAfter <= 0 || tooMany.RetryAfter > time.Hour {
			t.Fatal("third form of an address:", err)
		}
		w.pass(tooMany.RetryAfter)
		w.open("rahnama").mustSend()
	})
}
