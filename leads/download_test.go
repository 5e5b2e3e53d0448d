package leads_test

import (
	"errors"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// The download is counted once per format, brings no points, and its link is renewed by mail.
func TestDownload(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		receipt := w.open("rahnama").mustSend()
		thanks, err := w.leads.Thanks(w.ctx, receipt.Thanks)
		if err != nil {
			t.Fatal(err)
		}
		before := w.lead("narges@example.com").Score
		d, err := w.leads.Download(w.ctx, thanks.Download)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			key, err := w.leads.TakeDownload(w.ctx, d, "pdf")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.leads.FileOf(key); err != nil {
				t.Error(err)
			}
			w.pass(61 * time.Minute)
			if _, err := w.leads.FileOf(key); !errors.Is(err, models.ErrNotFound) {
				t.Error("the file's address works after its hour:", err)
			}
			w.pass(-61 * time.Minute)
		}
		if n := len(all(w, w.store.EachEvent)); n != 2 {
			t.Errorf("%d events, want the form and one download", n)
		}
		if after := w.lead("narges@example.com").Score; after != before {
			t.Errorf("a download changed the score: %v, was %v", after, before)
		}
		w.pass(8 * 24 * time.Hour)
		if d, err = w.leads.Download(w.ctx, thanks.Download); err != nil || !d.Expired {
			t.Fatal("after eight days:", d, err)
		}
		for range 3 {
			if err := w.leads.MailFreshLink(w.ctx, d); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(all(w, w.store.EachMessage)); n != 2 {
			t.Errorf("%d mails, want the first and one fresh link", n)
		}
		w.sound()
	})
}
