package mailer_test

import (
	"testing"

	"sarnakh/models"
	"sarnakh/store"
)

// Suppression follows the lead's identity, and the address itself; a mail to a salesperson about a lead
// who unsubscribed or bounced is still sent.
func TestWhoIsSuppressedGetsNoMail(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		lead := func(identity, email string) models.ID {
			id := w.store.NewID()
			err := w.store.Apply(w.Context(), store.Change{Decide: func(f *store.Facts) (store.Rows, error) {
				return store.Rows{Lead: &models.Lead{ID: id, Identity: identity, Email: email, CreatedAt: f.Now, UpdatedAt: f.Now}}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		byMail, byPhone := lead("narges@example.org", "Narges@Example.org"), lead("+989121234567", "second@example.org")
		suppress := func(identity string, scope models.SuppressionScope) {
			if err := w.store.Suppress(w.Context(), models.Suppression{Hash: hash(identity), Scope: scope, Reason: "objection", CreatedAt: w.store.Now()}); err != nil {
				t.Fatal(err)
			}
		}
		suppress("narges@example.org", models.SuppressMarketing)
		suppress("+989121234567", models.SuppressAll)
		suppress("gone@example.org", models.SuppressAll)
		about := func(lead models.ID, to string) func(*models.Message) {
			return func(m *models.Message) { m.LeadID, m.To = lead, to }
		}
		mails := []struct {
			what string
			id   models.ID
			want models.MessageState
		}{
			{"unsubscribed: marketing", w.owe(models.ClassMarketing, about(byMail, "Narges@Example.org")), models.MessageSuppressed},
			{"unsubscribed: gift", w.owe(models.ClassTransactional, about(byMail, "Narges@Example.org")), models.MessageSent},
			{"suppressed by phone: gift", w.owe(models.ClassTransactional, about(byPhone, "second@example.org")), models.MessageSuppressed},
			{"to sales, about a suppressed lead", w.owe(models.ClassSales, about(byPhone, "sales@example.org")), models.MessageSent},
			{"to sales, at an address that bounced", w.owe(models.ClassSales, about(byMail, "gone@example.org")), models.MessageSuppressed},
			{"to an address that bounced, of nobody", w.owe(models.ClassTransactional, about(0, "gone@example.org")), models.MessageSuppressed},
			{"too late", w.owe(models.ClassTransactional, func(m *models.Message) { m.NotAfter = m.CreatedAt - 1 }), models.MessageExpired},
		}
		worker, _ := w.start(w.config(server, ""))
		for _, x := range mails {
			if m := w.until(x.id, x.want); (m.Attempts == 1) != (m.State == models.MessageSent) {
				t.Errorf("%s: %d attempts", x.what, m.Attempts)
			}
		}
		// A worker counts after the transaction in which the states above were seen.
		w.eventually("all are counted", func() bool {
			s := worker.Stats()
			return s.Sent == 2 && s.Suppressed == 4 && s.Expired == 1
		})
		if n := len(server.received()); n != 2 {
			t.Errorf("%d mails received", n)
		}
	})
}
