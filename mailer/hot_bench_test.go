package mailer_test

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// BenchmarkHotLead owes a mail to sales every 20 ms while a campaign of 20,000 mails goes out over 10 connections, and
// says how long it was from when that was committed to the mail server's 250. Run it with -benchtime 1x.
func BenchmarkHotLead(b *testing.B) {
	for engine, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				address, said := startSink(b, "8BITMIME")
				hotLeads(b, storetest.Open(b, url(b), time.Now), address, said)
				b.StartTimer()
			}
		})
	}
}

func hotLeads(b *testing.B, s *store.Store, address string, said *bufio.Reader) {
	oweSteps(b, s, campaignMails)
	w, err := mailer.New(campaignConfig(s, address))
	if err != nil {
		b.Fatal(err)
	}
	w.Compose(models.MailStep, smallComposer)
	w.Compose(models.MailHot, smallComposer)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { _ = w.Run(ctx); close(done) }()
	taken := make(chan hotMail, campaignMails)
	go listen(said, taken)
	owed := map[string]time.Time{}
	began := time.Now()
	for tick := time.NewTicker(20 * time.Millisecond); w.Stats().Sent < campaignMails; <-tick.C {
		to := fmt.Sprintf("sales%d@firm.example", len(owed))
		oweHot(b, s, to)
		owed[to] = time.Now()
		w.Wake()
	}
	took := time.Since(began)
	var waits []time.Duration
	for range owed {
		m := <-taken
		waits = append(waits, max(0, m.at.Sub(owed[m.to])))
	}
	stop()
	<-done
	slices.Sort(waits)
	at := func(share float64) float64 {
		return float64(waits[int(share*float64(len(waits)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
	b.ReportMetric(at(1), "worst-ms")
	b.ReportMetric(float64(len(waits)), "hot-mails")
	b.ReportMetric(campaignMails/took.Seconds(), "mails/s")
}

// A hotMail is one that the sink took.
type hotMail struct {
	to string
	at time.Time
}

// listen hears the sink out, so that it never waits.
func listen(said *bufio.Reader, taken chan<- hotMail) {
	for {
		var m hotMail
		var at int64
		if _, err := fmt.Fscanln(said, &m.to, &at); err != nil {
			return // it is gone
		}
		m.at = time.Unix(0, at)
		taken <- m
	}
}

// oweHot owes a mail to a salesperson, as a form does that made a lead hot.
func oweHot(b *testing.B, s *store.Store, to string) {
	b.Helper()
	id, now := s.NewID(), s.Now()
	err := s.OweMail(context.Background(), models.Message{ID: id, Ident: "hot:" + id.String(), Class: models.ClassSales, Kind: models.MailHot,
		State: models.MessageQueued, MessageID: id.String() + "@sarnakh.example", To: to, Locale: "fa", Merge: models.Merge{"name": "نرگس"},
		CreatedAt: now, DueAt: now, NotAfter: now.Add(24 * time.Hour)})
	if err != nil {
		b.Fatal(err)
	}
}
