package mailer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sarnakh/mailer"
	"sarnakh/models"
)

// A long marketing run delays a sales mail by no more than what is in flight.
func TestASalesMailOvertakesACampaign(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.pause = 15 * time.Millisecond; k.talkBy(nil) })
		cfg := w.config(server, "")
		cfg.Connections = 1
		worker, _ := w.start(cfg)
		campaign := make([]models.Message, 0, 300)
		now := w.store.Now()
		for i := range 300 {
			id := w.store.NewID()
			campaign = append(campaign, models.Message{ID: id, Ident: fmt.Sprint("c", i), Class: models.ClassMarketing + models.Class(i%2), Kind: "test",
				State: models.MessageQueued, MessageID: id.String() + "@x.y", To: fmt.Sprintf("m%d@example.org", i), CreatedAt: now, DueAt: now})
		}
		if err := w.store.OweMail(w.Context(), campaign...); err != nil {
			t.Fatal(err)
		}
		w.eventually("the campaign runs", func() bool { return len(server.received()) > 5 })
		for range 5 {
			// A transactional mail comes first, but the sales mail that is owed after it is sent before it.
			gift := w.owe(models.ClassTransactional)
			before := len(server.received())
			hot := w.owe(models.ClassSales)
			worker.Wake()
			w.until(hot, models.MessageSent)
			w.until(gift, models.MessageSent)
			mails := server.received()[before:]
			position := func(id models.ID) int {
				for i, d := range mails {
					if d.to == w.message(id).To {
						return i
					}
				}
				return -1
			}
			// One in flight when it was owed, one more that was begun while it was read and composed.
			if p := position(hot); p > 2 {
				t.Errorf("%d mails before the sales mail", p)
			}
		}
		if n := len(server.received()); n >= 300 {
			t.Error("the campaign was over before the test")
		}
	})
}

func TestTheLimitPerMinuteHoldsOverRestarts(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		cfg := w.config(server, "")
		cfg.PerMinute = 60
		for range 100 {
			w.owe(models.ClassMarketing)
		}
		_, stop := w.start(cfg)
		for second := 0; second < 10; second++ {
			w.eventually("a mail a second", func() bool { return len(server.received()) >= second })
			time.Sleep(30 * time.Millisecond)
			if got := len(server.received()); got > second+1 {
				t.Fatalf("%d mails in %d seconds", got, second)
			}
			if second == 5 {
				stop()
				_, stop = w.start(cfg)
			}
			w.advance(1002 * time.Millisecond)
		}
	})
}

func TestWithoutAServerMailIsKeptToBeRead(t *testing.T) {
	each(t, func(w *world) {
		cfg := w.config(nil, "")
		worker, _ := w.start(cfg)
		var ids []models.ID
		for class := models.ClassSales; class <= models.ClassBulk; class++ {
			ids = append(ids, w.owe(class))
		}
		worker.Wake()
		for _, id := range ids {
			w.until(id, models.MessageSent)
		}
		rows, err := w.store.Mailbox(w.Context(), 0, 3)
		if err != nil || len(rows) != 3 || rows[0].ID != ids[3] || !rows[0].HasBytes || !rows[2].HasBytes {
			t.Fatalf("%+v, %v", rows, err)
		}
		rest, err := w.store.Mailbox(w.Context(), rows[2].ID, 3)
		if err != nil || len(rest) != 1 || rest[0].ID != ids[0] {
			t.Fatalf("%+v, %v", rest, err)
		}
		raw, err := w.store.MailBytes(w.Context(), ids[2])
		if err != nil {
			t.Fatal(err)
		}
		seen, err := mailer.Open(raw)
		if err != nil || seen.Subject != "سلام نرگس" || seen.To != w.message(ids[2]).To || seen.From != "سرنخ <hello@sarnakh.example>" ||
			seen.Text != "متن برای نرگس\n.\n.. نقطه\n" || seen.HTML != "<p>متن برای نرگس</p>\n" {
			t.Errorf("%+v, %v", seen, err)
		}
		w.advance(31 * 24 * time.Hour)
		if n, err := w.store.DropMailBytes(w.Context(), w.store.Now().Add(-30*24*time.Hour)); err != nil || n != 4 {
			t.Errorf("forgot %d, %v", n, err)
		}
		if _, err := w.store.MailBytes(w.Context(), ids[2]); !errors.Is(err, models.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestMailIsSentAtOnceWhenWoken(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		cfg := w.config(server, "")
		cfg.Poll = time.Hour
		worker, _ := w.start(cfg)
		time.Sleep(20 * time.Millisecond)
		id := w.owe(models.ClassTransactional)
		worker.Wake()
		w.until(id, models.MessageSent)
	})
}

func TestComposersThatFail(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		worker, err := mailer.New(w.config(server, ""))
		if err != nil {
			t.Fatal(err)
		}
		calls := 0
		for kind, c := range map[models.MessageKind]mailer.Composer{
			"flaky": func(ctx context.Context, m *models.Message) (mailer.Mail, error) {
				if calls++; calls == 1 {
					return mailer.Mail{}, errors.New("the template is being edited")
				}
				return letter(ctx, m)
			},
			"panics": func(context.Context, *models.Message) (mailer.Mail, error) { panic("nil template") },
			"erased": func(context.Context, *models.Message) (mailer.Mail, error) {
				return mailer.Mail{}, fmt.Errorf("lead: %w", models.ErrNotFound)
			},
			"test": letter,
		} {
			worker.Compose(kind, c)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { _ = worker.Run(ctx) }()
		kind := func(k models.MessageKind) func(*models.Message) { return func(m *models.Message) { m.Kind = k } }
		flaky, panics, erased := w.owe(1, kind("flaky")), w.owe(1, kind("panics")), w.owe(1, kind("erased"))
		nobody, bad := w.owe(1, kind("unheard of")), w.owe(1, func(m *models.Message) { m.To = "نرگس@example.org" })
		for id, want := range map[models.ID]struct {
			state models.MessageState
			reply string
		}{
			flaky:  {models.MessageQueued, "compose: the template is being edited"},
			panics: {models.MessageQueued, "compose: the composer panicked"},
			erased: {models.MessageSuppressed, "no longer owed"},
			nobody: {models.MessageQueued, "compose: no composer for this kind"},
			bad:    {models.MessageFailed, "compose: not an address that can be mailed"},
		} {
			if m := w.tried(id, 1); m.State != want.state || m.Reply != want.reply {
				t.Errorf("%s: %s, %q", m.Kind, m.State, m.Reply)
			}
		}
		w.advance(time.Minute)
		w.until(flaky, models.MessageSent)
	})
}

func TestWrongSettingsAreNamed(t *testing.T) {
	for setting, change := range map[string]func(*mailer.Config){
		"base_url":       func(c *mailer.Config) { c.BaseURL = "example.com" },
		"smtp.url":       func(c *mailer.Config) { c.SMTPURL = "mail.example.com:25" },
		"smtp.sales_url": func(c *mailer.Config) { c.SalesURL = "smtp://x?tls=no" },
		"mail.from":      func(c *mailer.Config) { c.From = "nobody" },
		"mail.reply_to":  func(c *mailer.Config) { c.ReplyTo = "<a@b.c> x" },
	} {
		cfg := mailer.Config{BaseURL: "https://sarnakh.example", Hash: hash}
		if _, err := mailer.New(cfg); err != nil {
			t.Fatal(err)
		}
		change(&cfg)
		if _, err := mailer.New(cfg); err == nil || !strings.HasPrefix(err.Error(), setting+":") {
			t.Errorf("%s: %v", setting, err)
		}
	}
}
