package mailer_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"testing"
	"time"

	"sarnakh/mailer"
	"sarnakh/models"
)

// 5.7.x is about the sender: the sequence is paused with what the server said, its next mails do not begin, nobody is
// suppressed, and other mail goes on. Resumed, the refused mail is tried again.
func TestARefusalPausesTheSequence(t *testing.T) {
	each(t, func(w *world) {
		later := sayUntil(".", "554 5.7.1 <m0@example.org>: blocked as spam")
		server := newServer(t, later.serve)
		q := &models.Sequence{Name: "چهار نامه", Locale: "fa"}
		if err := w.store.AddSequence(w.Context(), q); err != nil {
			t.Fatal(err)
		}
		if _, err := w.store.PublishSequence(w.Context(), q); err != nil {
			t.Fatal(err)
		}
		ids := w.oweMany(50, models.ClassMarketing, func(_ int, m *models.Message) { m.SequenceID, m.Step = q.ID, "one" })
		cfg := w.config(server, "")
		cfg.IdleTimeout = 20 * time.Millisecond
		worker, _ := w.start(cfg)
		paused := func() *models.Sequence {
			s, err := w.store.Sequence(w.Context(), q.ID)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		w.eventually("the sequence is paused", func() bool { return paused().State == models.SequencePaused })
		if why := paused().Reason; why != "554 5.7.1 <…>: blocked as spam" {
			t.Errorf("the reason is %q", why)
		}
		for _, id := range ids {
			w.until(id, models.MessageQueued)
		}
		w.eventually("every connection is closed", func() bool { return worker.Stats().Connections == 0 })
		later.over()
		tried := 0
		for _, id := range ids {
			m := w.message(id)
			tried += m.Attempts
			if held, err := w.store.Suppressions(w.Context(), hash(m.To)); err != nil || len(held) != 0 {
				t.Errorf("blamed: %v, %v", held, err)
			}
		}
		if tried > 2*cfg.Connections {
			t.Errorf("%d mails were tried", tried)
		}
		w.advance(time.Hour)
		w.until(w.owe(models.ClassMarketing), models.MessageSent)
		if n := len(server.received()); n != tried+1 {
			t.Errorf("%d mails while the sequence is paused, %d tried before", n, tried)
		}
		if err := w.store.ResumeSequence(w.Context(), q.ID); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			w.until(id, models.MessageSent)
		}
	})
}

// signer signs with Ed25519.
func signer(t testing.TB) *mailer.DKIM {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	d, err := mailer.NewDKIM("sarnakh.example", "s1", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Marketing mail keeps no bytes: composed again it is the same mail, signature and all.
func TestMarketingMailIsComposedAgain(t *testing.T) {
	each(t, func(w *world) {
		later := sayUntil(".", "451 4.3.0 not now")
		server := newServer(t, later.serve)
		cfg := w.config(server, "")
		cfg.DKIM = signer(t)
		_, stop := w.start(cfg)
		id := w.owe(models.ClassMarketing)
		w.tried(id, 1)
		stop()
		later.over()
		w.advance(time.Hour)
		w.start(cfg)
		w.until(id, models.MessageSent)
		mails := server.received()
		if len(mails) != 2 || mails[0].data != mails[1].data {
			t.Errorf("%d mails: %v", len(mails), mails)
		}
		if _, err := w.store.MailBytes(w.Context(), id); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("bytes are kept: %v", err)
		}
		gift := w.owe(models.ClassTransactional)
		w.until(gift, models.MessageSent)
		if kept, err := w.store.MailBytes(w.Context(), gift); err != nil || string(kept) != server.received()[2].data {
			t.Errorf("the gift's bytes are not those sent: %v", err)
		}
	})
}
