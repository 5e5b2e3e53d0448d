package mailer_test

import (
	"fmt"
	"testing"
	"time"

	"sarnakh/models"
)

// I9: the limit of a domain holds while mail to others goes out, and over a restart; nothing is lost or asked about
// again and again.
func TestTheLimitOfADomainHolds(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		cfg := w.config(server, "")
		cfg.PerDomain = 60
		limited := w.oweMany(100, models.ClassMarketing, func(i int, m *models.Message) { m.To = fmt.Sprintf("m%d@Big.example", i) })
		others := w.oweMany(100, models.ClassMarketing, func(i int, m *models.Message) { m.To = fmt.Sprintf("m%d@d%d.example", i, i) })
		worker, stop := w.start(cfg)
		for _, id := range others {
			w.until(id, models.MessageSent)
		}
		w.until(w.owe(models.ClassTransactional, func(m *models.Message) { m.To = "n@big.example" }), models.MessageSent)
		// The clock stands still: two have begun, a slack of two seconds ahead of their time.
		w.eventually("the rest was put off", func() bool { return worker.Stats().PutOff == 98 })
		sent := func() (n int) {
			for _, id := range limited {
				if w.message(id).State == models.MessageSent {
					n++
				}
			}
			return n
		}
		for second := 1; second <= 20; second++ {
			w.advance(time.Second)
			if second == 10 {
				stop()
				worker, stop = w.start(cfg)
			}
			w.eventually("a mail a second", func() bool { return sent() >= second-1 })
			time.Sleep(2 * cfg.Poll)
			if n := sent(); n > second+3 {
				t.Fatalf("%d mails to one domain in %d seconds", n, second)
			}
		}
		if n := worker.Stats().PutOff; n > 20 {
			t.Errorf("put off %d times more", n)
		}
	})
}

// While thousands wait for their hours the worker is idle: each was asked about once.
func TestMailThatWaitsForItsHoursCostsNothing(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(nil) })
		morning := models.Sending{Window: models.Window{Hours: models.Hours{From: 8 * 60, To: 9 * 60}}, Zone: "UTC"}.String()
		ids := w.oweMany(2000, models.ClassMarketing, func(_ int, m *models.Message) { m.Hours = morning }) // it is noon
		cfg := w.config(server, "")
		cfg.Connections = 8
		worker, _ := w.start(cfg)
		w.eventually("all were asked", func() bool { return worker.Stats().PutOff == int64(len(ids)) })
		w.until(w.owe(models.ClassMarketing), models.MessageSent)
		rounds := worker.Stats().Rounds
		time.Sleep(20 * cfg.Poll)
		if s := worker.Stats(); s.Rounds != rounds || s.PutOff != int64(len(ids)) {
			t.Errorf("%d rounds while nothing could begin, %d put off", s.Rounds-rounds, s.PutOff)
		}
		if n := len(server.received()); n != 1 {
			t.Errorf("%d mails outside their hours", n)
		}
		w.advance(20*time.Hour + time.Minute)
		w.eventually("all are sent in the morning", func() bool { return len(server.received()) == 1+len(ids) })
	})
}

// A pause stops every class within a second, in the middle of a campaign; resuming loses and doubles nothing.
func TestAPauseStopsAllMail(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.pause = 2 * time.Millisecond; k.talkBy(nil) })
		ids := w.oweMany(400, models.ClassMarketing, func(int, *models.Message) {})
		worker, stop := w.start(w.config(server, ""))
		w.eventually("it runs", func() bool { return len(server.received()) > 10 })
		if err := w.store.PauseMail(w.Context(), "restored from a backup"); err != nil {
			t.Fatal(err)
		}
		began := 0 // when the pause was answered
		for _, id := range ids {
			if w.message(id).State != models.MessageQueued {
				began++
			}
		}
		hot := w.owe(models.ClassSales)
		worker.Wake()
		w.eventually("nothing is in flight", func() bool { return len(server.received()) == began })
		stop()
		worker, _ = w.start(w.config(server, "")) // a restart changes nothing
		time.Sleep(100 * time.Millisecond)
		rounds := worker.Stats().Rounds
		time.Sleep(100 * time.Millisecond)
		if n := len(server.received()); n != began || worker.Stats().Rounds != rounds || w.message(hot).State != models.MessageQueued {
			t.Errorf("%d mails, %d had begun; %d rounds while paused", n, began, worker.Stats().Rounds-rounds)
		}
		if err := w.store.ResumeMail(w.Context()); err != nil {
			t.Fatal(err)
		}
		for _, id := range append(ids, hot) {
			w.until(id, models.MessageSent)
		}
		if n := len(server.received()); n != len(ids)+1 {
			t.Errorf("%d mails received, %d owed", n, len(ids)+1)
		}
	})
}
