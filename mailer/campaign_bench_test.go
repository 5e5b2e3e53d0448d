package mailer_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// The program of the tests is also the server that the benchmark sends to, so that its work is not counted
// as ours.
func TestMain(m *testing.M) {
	if extensions := os.Getenv("SARNAKH_TEST_SINK"); extensions != "" {
		sink(extensions)
		return
	}
	os.Exit(m.Run())
}

// sink takes every mail and forgets it, with as little work as can be. Of those to sales it says when it took them.
func sink(extensions string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Addr())
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			r, w := bufio.NewReaderSize(c, 64<<10), bufio.NewWriter(c)
			_, _ = w.WriteString("220 sink\r\n")
			for data, hot := false, ""; ; {
				if r.Buffered() == 0 {
					_ = w.Flush()
				}
				line, err := r.ReadSlice('\n')
				switch {
				case err != nil:
					return
				case data:
					if data = !bytes.Equal(line, []byte(".\r\n")); !data {
						_, _ = w.WriteString("250 2.0.0 taken as 4f2a9c\r\n")
						if hot != "" {
							_ = w.Flush()
							fmt.Println(hot, time.Now().UnixNano())
							hot = ""
						}
					}
				case bytes.HasPrefix(line, []byte("RCPT TO:<sales")):
					hot = string(line[len("RCPT TO:<") : len(line)-len(">\r\n")])
					_, _ = w.WriteString("250 2.1.5 ok\r\n")
				case bytes.HasPrefix(line, []byte("EHLO")):
					_, _ = w.WriteString("250-sink\r\n250 " + extensions + "\r\n")
				case bytes.HasPrefix(line, []byte("DATA")):
					data = true
					_, _ = w.WriteString("354 go on\r\n")
				default:
					_, _ = w.WriteString("250 2.1.0 ok\r\n")
				}
			}
		}()
	}
}

// startSink starts one, and returns its address and what it says of mails to sales.
func startSink(b *testing.B, extensions string) (address string, said *bufio.Reader) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SARNAKH_TEST_SINK="+extensions)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	said = bufio.NewReader(out)
	if address, err = said.ReadString('\n'); err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(address), said
}

// BenchmarkCampaign sends 20,000 mails of a sequence that are due, over 10 connections: each asked about by the gate,
// every begin and every result durable. Run it with -benchtime 1x.
func BenchmarkCampaign(b *testing.B) {
	for engine, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for name, x := range map[string]struct {
			extensions string
			change     func(*mailer.Config)
		}{
			"pipelining": {"PIPELINING", func(*mailer.Config) {}},
			"plain":      {"8BITMIME", func(*mailer.Config) {}},
			"signed":     {"PIPELINING", func(c *mailer.Config) { c.DKIM = signer(b) }},
			"limited":    {"PIPELINING", func(c *mailer.Config) { c.PerMinute, c.PerDomain = 10_000_000, 1_000_000 }},
		} {
			b.Run(engine+"/"+name, func(b *testing.B) {
				for b.Loop() {
					address, _ := startSink(b, x.extensions)
					campaign(b, url(b), address, x.change)
				}
			})
		}
	}
}

const campaignMails = 20_000

func campaign(b *testing.B, url, address string, change func(*mailer.Config)) {
	b.StopTimer()
	s := storetest.Open(b, url, time.Now)
	oweSteps(b, s, campaignMails)
	cfg := campaignConfig(s, address)
	change(&cfg)
	w, err := mailer.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	w.Compose("step", smallComposer)
	ctx, stop := context.WithCancel(context.Background())
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	done := make(chan struct{})
	before, began := cpu(), time.Now()
	b.StartTimer()
	go func() { _ = w.Run(ctx); close(done) }()
	for w.Stats().Sent < campaignMails {
		time.Sleep(2 * time.Millisecond)
	}
	b.StopTimer()
	took, used := time.Since(began), cpu()-before
	stop()
	<-done
	b.ReportMetric(campaignMails/took.Seconds(), "mails/s")
	b.ReportMetric(used.Seconds()*1000/campaignMails, "cpu-s/1000")
	b.ReportMetric(peakMiB(), "peak-MiB")
	b.ReportMetric(float64(campaignMails)/float64(w.Stats().Rounds), "mails/commit")
	b.StartTimer()
}

// campaignConfig is that of a worker with 10 connections to a sink.
func campaignConfig(s *store.Store, address string) mailer.Config {
	return mailer.Config{Store: s, Log: slog.New(slog.DiscardHandler), SMTPURL: "smtp://" + address + "?tls=none",
		Connections: 10, From: "سرنخ <hello@sarnakh.example>", BaseURL: "https://sarnakh.example", Hash: hash}
}

// oweSteps inserts mails as a sequence owes them: each to a lead of its own, who confirmed the consent that it needs.
func oweSteps(b *testing.B, s *store.Store, mails int) {
	b.Helper()
	sequence := s.NewID()
	var wg sync.WaitGroup
	var next atomic.Int64
	for range 64 {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(mails); n = next.Add(1) {
				email := fmt.Sprintf("person%d@firm%d.example", n, n%500)
				err := s.Apply(context.Background(), store.Change{Decide: func(f *store.Facts) (store.Rows, error) {
					lead, id := f.NewID(), f.NewID()
					consent := func(d models.Decision, m models.Method) models.Consent {
						return models.Consent{ID: f.NewID(), LeadID: lead, Purpose: models.Newsletter, Decision: d, Confirm: d == models.Given, Method: m, CreatedAt: f.Now}
					}
					return store.Rows{
						Lead:     &models.Lead{ID: lead, Identity: email, Email: email, Name: "نرگس", CreatedAt: f.Now, UpdatedAt: f.Now},
						Consents: []models.Consent{consent(models.Given, models.ByForm), consent(models.Confirmed, models.ByLink)},
						Messages: []models.Message{{ID: id, LeadID: lead, Ident: "c:" + id.String(), Class: models.ClassMarketing, Kind: models.MailStep,
							State: models.MessageQueued, MessageID: id.String() + "@sarnakh.example", To: email, Locale: "fa", Merge: models.Merge{"name": "نرگس"},
							Purpose: models.Newsletter, Hours: models.Sending{Quiet: models.Hours{From: 1, To: 2}, Zone: "Asia/Tehran"}.String(),
							SequenceID: sequence, Step: "two", CreatedAt: f.Now, DueAt: f.Now, NotAfter: f.Now.Add(72 * time.Hour)}},
					}, nil
				}})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

// smallComposer stands for a template of a nurture mail: about 1 kB of text and 4 kB of HTML.
func smallComposer(_ context.Context, m *models.Message) (mailer.Mail, error) {
	name := m.Merge["name"]
	var text, html strings.Builder
	html.WriteString(`<!doctype html><html lang="fa" dir="rtl"><body style="margin:0"><table role="presentation" width="100%"><tr><td>`)
	for range 6 {
		text.WriteString(name + "، راهنمای پیگیری سرنخ‌ها را دیده‌اید؟ فصل دوم آن دربارهٔ نخستین تماس است.\n\n")
		html.WriteString(`<p style="margin:0 0 16px;font-size:16px;line-height:1.9;color:#1c2b2a">` + name +
			`، راهنمای پیگیری سرنخ‌ها را دیده‌اید؟ <a href="https://sarnakh.example/c/abcdefghijklmnopqrstuvwxyz" style="color:#0f766e">فصل دوم آن</a> دربارهٔ نخستین تماس است.</p>`)
	}
	html.WriteString("</td></tr></table></body></html>")
	unsubscribe := "https://sarnakh.example/u/abcdefghijklmnopqrstuvwxyz0123456789"
	return mailer.Mail{Subject: name + "، فصل دوم را خوانده‌اید؟", Text: text.String() + unsubscribe + "\n", HTML: html.String(),
		Unsubscribe: unsubscribe}, nil
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func peakMiB() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kib float64
	_, _ = fmt.Sscan(rest, &kib)
	return kib / 1024
}
