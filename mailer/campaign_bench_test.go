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
	"syscall"
	"testing"
	"time"

	"sarnakh/mailer"
	"sarnakh/models"
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

// sink takes every mail and forgets it, with as little work as can be.
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
			for data := false; ; {
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
					}
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

func startSink(b *testing.B, extensions string) string {
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
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// BenchmarkCampaign sends 20,000 marketing mails that are due, over 10 connections, every begin and every
// result durable. Run it with -benchtime 1x.
func BenchmarkCampaign(b *testing.B) {
	for engine, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for name, extensions := range map[string]string{"pipelining": "PIPELINING", "plain": "8BITMIME"} {
			b.Run(engine+"/"+name, func(b *testing.B) {
				for b.Loop() {
					campaign(b, url(b), startSink(b, extensions))
				}
			})
		}
	}
}

func campaign(b *testing.B, url, address string) {
	const mails = 20_000
	b.StopTimer()
	s := storetest.Open(b, url, time.Now)
	for range mails / 500 {
		batch := make([]models.Message, 500)
		for i := range batch {
			id, now := s.NewID(), s.Now()
			batch[i] = models.Message{ID: id, Ident: "c:" + id.String(), Class: models.ClassMarketing, Kind: "step", State: models.MessageQueued,
				MessageID: id.String() + "@sarnakh.example", To: "person" + id.String() + "@example.org", Locale: "fa",
				Merge: models.Merge{"name": "نرگس"}, CreatedAt: now, DueAt: now, NotAfter: now.Add(72 * time.Hour)}
		}
		if err := s.OweMail(context.Background(), batch...); err != nil {
			b.Fatal(err)
		}
	}
	w, err := mailer.New(mailer.Config{Store: s, Log: slog.New(slog.DiscardHandler), SMTPURL: "smtp://" + address + "?tls=none",
		Connections: 10, From: "سرنخ <hello@sarnakh.example>", BaseURL: "https://sarnakh.example", Hash: hash})
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
	for w.Stats().Sent < mails {
		time.Sleep(2 * time.Millisecond)
	}
	b.StopTimer()
	took, used := time.Since(began), cpu()-before
	stop()
	<-done
	b.ReportMetric(mails/took.Seconds(), "mails/s")
	b.ReportMetric(used.Seconds()*1000/mails, "cpu-s/1000")
	b.ReportMetric(peakMiB(), "peak-MiB")
	b.ReportMetric(float64(mails)/float64(w.Stats().Rounds), "mails/commit")
	b.StartTimer()
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
		Headers: []mailer.Header{{Name: "List-Unsubscribe", Value: "<" + unsubscribe + ">"}, {Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click"}}}, nil
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
