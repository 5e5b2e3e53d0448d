package mailer_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"sarnakh/mailer"
	"sarnakh/models"
)

// A backend is a real SMTP server that asks for TLS and a login.
type backend struct {
	mu    sync.Mutex
	mails []string
}

func (b *backend) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{backend: b}, nil }

type session struct {
	backend *backend
	in      bool
	to      string
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "post@sarnakh.example" || password != "s3cret/:@" {
			return errors.New("no")
		}
		s.in = true
		return nil
	}), nil
}
func (s *session) Mail(string, *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	return nil
}
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error { s.to = to; return nil }
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	s.backend.mu.Lock()
	defer s.backend.mu.Unlock()
	s.backend.mails = append(s.backend.mails, string(raw))
	return err
}
func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func TestMailIsSentOverTLSWithALogin(t *testing.T) {
	cert, roots := certificate(t)
	for _, mode := range []string{"starttls", "implicit"} {
		t.Run(mode, func(t *testing.T) {
			each(t, func(w *world) {
				b := &backend{}
				server := smtp.NewServer(b)
				server.Domain, server.TLSConfig = "test", &tls.Config{Certificates: []tls.Certificate{cert}}
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				address := l.Addr().String()
				if mode == "implicit" {
					l = tls.NewListener(l, server.TLSConfig)
				}
				go func() { _ = server.Serve(l) }()
				w.Cleanup(func() { _ = server.Close() })
				cfg := w.config(nil, "")
				cfg.SMTPURL, cfg.Roots = "smtp://post%40sarnakh.example:s3cret%2F%3A%40@"+address+"?tls="+mode, roots
				w.start(cfg)
				id := w.owe(models.ClassTransactional)
				m := w.until(id, models.MessageSent)
				if m.Attempts != 1 || m.SentAt != w.store.Now() || !strings.HasPrefix(m.Reply, "250 2.0.0") || m.LeaseOwner != "" {
					t.Errorf("recorded %+v", m)
				}
				kept, err := w.store.MailBytes(w.Context(), id)
				if err != nil || len(b.mails) != 1 || b.mails[0] != string(kept) {
					t.Fatalf("%d mails; kept %q, %v, received %q", len(b.mails), kept, err, b.mails)
				}
				got, err := mail.ReadMessage(bytes.NewReader(kept))
				if err != nil || got.Header.Get("Message-ID") != "<"+m.MessageID+">" || got.Header.Get("To") != "<"+m.To+">" {
					t.Errorf("%v, %v", got.Header, err)
				}
			})
		})
	}
}

// What a server says to the first mail, and what becomes of it.
func TestRepliesDecideWhatBecomesOfAMail(t *testing.T) {
	for name, x := range map[string]struct {
		says       answers
		class      models.Class
		state      models.MessageState
		attempts   int
		wait       time.Duration
		suppressed bool
		unknowns   int
		reply      string
	}{
		"taken":                     {answers{}, models.ClassMarketing, models.MessageSent, 1, 0, false, 0, "250 2.0.0 taken"},
		"taken, without pipelining": {answers{"extensions": "250 test"}, models.ClassMarketing, models.MessageSent, 1, 0, false, 0, "250 2.0.0 taken"},
		"no such user": {answers{"RCPT": "550 5.1.1 <narges1@example.org> unknown"}, models.ClassMarketing,
			models.MessageFailed, 1, 0, true, 0, "550 5.1.1 <…> unknown"},
		"no such user, without pipelining": {answers{"extensions": "250 test", "RCPT": "550 5.1.1 unknown"}, models.ClassMarketing,
			models.MessageFailed, 1, 0, true, 0, "550 5.1.1 unknown"},
		"blocked":               {answers{".": "554 5.7.1 blocked"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "554 5.7.1 blocked"},
		"rejected":              {answers{".": "554 5.6.0 bad"}, models.ClassMarketing, models.MessageFailed, 1, 0, false, 0, "554 5.6.0 bad"},
		"full mailbox":          {answers{"RCPT": "552 full"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "552 full"},
		"closing in the middle": {answers{"RCPT": "421 4.3.2 closing"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "421 4.3.2 closing"},
		"no recipient, and waits for the mail": {answers{"RCPT": "450 4.2.0 later", "DATA": "354 go on"}, models.ClassMarketing,
			models.MessageQueued, 1, time.Minute, false, 0, "450 4.2.0 later"},
		"DATA refused":       {answers{"DATA": "451 4.3.0 not now"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "451 4.3.0 not now"},
		"gone at RCPT":       {answers{"RCPT": "hang up"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "RCPT: connection lost"},
		"silent at MAIL":     {answers{"MAIL": "silence"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "MAIL: no answer in time"},
		"nonsense":           {answers{"RCPT": "354 what"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "RCPT: connection lost"},
		"gone after the dot": {answers{".": "hang up"}, models.ClassMarketing, models.MessageUnknown, 1, 0, false, 1, "end of DATA: connection lost"},
		"gone after the dot, transactional": {answers{".": "hang up"}, models.ClassTransactional,
			models.MessageQueued, 1, time.Minute, false, 1, "end of DATA: connection lost"},
		"silent after the dot": {answers{".": "silence"}, models.ClassMarketing, models.MessageUnknown, 1, 0, false, 1, "end of DATA: no answer in time"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				server := newServer(t, func(k *talk) { k.talkBy(x.says) })
				w.start(w.config(server, ""))
				id := w.owe(x.class)
				m := w.tried(id, 1)
				if m.State != x.state || m.Unknowns != x.unknowns || m.Reply != x.reply {
					t.Errorf("%s, unknown %d times, %q; want %s, %d, %q", m.State, m.Unknowns, m.Reply, x.state, x.unknowns, x.reply)
				}
				if x.wait != 0 && m.DueAt != w.store.Now().Add(x.wait) {
					t.Errorf("tried again after %v, want %v", m.DueAt.Sub(w.store.Now()), x.wait)
				}
				held, err := w.store.Suppressions(w.Context(), hash(m.To))
				if err != nil || (len(held) == 1 && held[0].Scope == models.SuppressAll && held[0].Reason == "bounce") != x.suppressed {
					t.Errorf("suppressed %v, %v", held, err)
				}
			})
		})
	}
}

func TestAServerThatDropsBeforeTheDotHasNotGotTheMail(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) {
			if k.n > 1 {
				k.talkBy(answers{})
				return
			}
			k.say("220 test")
			for {
				verb, _ := k.hear()
				k.say(map[string]string{"DATA": "354 go on"}[verb] + map[bool]string{true: "250 ok"}[verb != "DATA"])
				if verb == "DATA" {
					_, _ = io.CopyN(io.Discard, k.r, 1000)
					return
				}
			}
		})
		worker, err := mailer.New(w.config(server, ""))
		if err != nil {
			t.Fatal(err)
		}
		// Too large for what the system buffers, so that the mail can't have left us whole.
		worker.Compose("test", func(context.Context, *models.Message) (mailer.Mail, error) {
			return mailer.Mail{Text: strings.Repeat("a line of a very long mail\n", 800_000)}, nil
		})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { _ = worker.Run(ctx) }()
		id := w.owe(models.ClassMarketing)
		if m := w.tried(id, 1); m.State != models.MessageQueued || m.Reply != "DATA: connection lost" {
			t.Errorf("%s, %q", m.State, m.Reply)
		}
		w.advance(time.Minute)
		w.until(id, models.MessageSent)
		if n := len(server.received()); n != 1 {
			t.Errorf("received %d times", n)
		}
	})
}

func TestGreylistingIsWaitedOut(t *testing.T) {
	each(t, func(w *world) {
		var first sync.Once
		server := newServer(t, func(k *talk) {
			grey := answers{}
			first.Do(func() { grey["RCPT"] = "451 4.7.1 greylisted" })
			k.talkBy(grey)
		})
		cfg := w.config(server, "")
		cfg.Connections, cfg.IdleTimeout = 1, 20*time.Millisecond // the next try comes over another connection
		w.start(cfg)
		id := w.owe(models.ClassTransactional)
		m := w.tried(id, 1)
		if m.State != models.MessageQueued || m.DueAt != w.store.Now().Add(time.Minute) {
			t.Fatalf("%+v", m)
		}
		w.eventually("the idle connection is closed", func() bool { time.Sleep(40 * time.Millisecond); return true })
		w.advance(time.Minute)
		if m := w.until(id, models.MessageSent); m.Attempts != 2 {
			t.Errorf("%d attempts", m.Attempts)
		}
	})
}

// A connection that is gone between two mails costs neither of them an attempt.
func TestAClosedConnectionIsDialledAgainForFree(t *testing.T) {
	for name, between := range map[string]func(k *talk){
		"hangs up after each mail":       func(k *talk) {},
		"says 421 to the next MAIL":      func(k *talk) { k.hear(); k.say("421 4.7.0 enough") },
		"hangs up at the next MAIL":      func(k *talk) { k.hear() },
		"hangs up at RSET, after a no":   func(k *talk) { k.hear() },
		"refuses RSET, after a no":       func(k *talk) { k.hear(); k.say("500 what") },
		"refuses RSET in a pipeline too": func(k *talk) { k.hear(); k.say("500 what", "503 no", "503 no", "503 no") },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				no := strings.Contains(name, "RSET")
				server := newServer(t, func(k *talk) {
					k.say("220 test")
					k.hear()
					if strings.Contains(name, "pipeline") {
						k.say("250-test", "250 PIPELINING")
					} else {
						k.say("250 test")
					}
					k.hear()
					k.say("250 ok")
					k.hear()
					if no && k.n == 1 {
						k.say("550 5.5.0 no")
						if strings.Contains(name, "pipeline") {
							k.hear()
							k.say("503 no")
						}
					} else {
						k.say("250 ok")
						k.hear()
						k.say("354 go on")
						k.data()
						k.say("250 taken")
					}
					if !no || k.n == 1 {
						between(k)
					}
				})
				cfg := w.config(server, "")
				cfg.Connections = 1
				w.start(cfg)
				first := w.owe(models.ClassTransactional)
				if no {
					w.until(first, models.MessageFailed)
				} else {
					w.until(first, models.MessageSent)
				}
				for range 3 {
					if m := w.until(w.owe(models.ClassTransactional), models.MessageSent); m.Attempts != 1 {
						t.Errorf("cost an attempt: %d", m.Attempts)
					}
				}
				if n := server.connections(); n != 4 {
					t.Errorf("%d connections", n)
				}
			})
		})
	}
}

// Nothing that a server does before it lets us in uses up anybody's attempts; five failures open the
// breaker, which then tries once a minute.
func TestAServerThatCannotBeReachedCostsNoAttempts(t *testing.T) {
	cert, roots := certificate(t)
	wrapped := func(k *talk) *tls.Conn {
		return tls.Server(k.conn, &tls.Config{Certificates: []tls.Certificate{cert}})
	}
	for name, x := range map[string]struct {
		query   string
		bad     func(k *talk)
		atOnce  bool // the breaker opens at the first failure
		reason  string
		trusted bool
	}{
		"hangs up":      {"tls=none", func(k *talk) {}, false, "connect", false},
		"silent":        {"tls=none", func(k *talk) { time.Sleep(20 * time.Second) }, false, "connect: no answer in time", false},
		"too busy":      {"tls=none", func(k *talk) { k.say("421 4.3.2 too busy") }, false, "connect: 421 4.3.2", false},
		"no service":    {"tls=none", func(k *talk) { k.say("554 go away") }, false, "connect: 554", false},
		"no STARTTLS":   {"tls=starttls", func(k *talk) { k.talkBy(answers{"extensions": "250 test"}) }, false, "TLS: the server offers no STARTTLS", false},
		"STARTTLS lies": {"tls=starttls", func(k *talk) { k.talkBy(answers{"extensions": "250-test\n250 STARTTLS", "STARTTLS": "454 not now"}) }, false, "TLS: 454", false},
		"STARTTLS, then plain": {"tls=starttls", func(k *talk) {
			k.talkBy(answers{"extensions": "250-test\n250 STARTTLS", "STARTTLS": "220 go on\r\n250 injected"})
		}, false, "TLS", false},
		"a certificate of nobody": {"tls=implicit", func(k *talk) { _ = wrapped(k).Handshake() }, false, "TLS: ", false},
		"a certificate of another host": {"tls=implicit", func(k *talk) {
			_ = tls.Server(k.conn, &tls.Config{Certificates: []tls.Certificate{otherHost(t)}}).Handshake()
		}, false, "TLS: ", true},
		"login refused": {"tls=none&login", func(k *talk) {
			k.talkBy(answers{"extensions": "250-test\n250 AUTH PLAIN", "AUTH": "535 5.7.8 <post@sarnakh.example> is not known"})
		}, true, "login: 535 5.7.8", false},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				var mu sync.Mutex
				healed := false
				server := newServer(t, func(k *talk) {
					mu.Lock()
					well := healed
					mu.Unlock()
					switch {
					case !well:
						x.bad(k)
					case strings.HasPrefix(x.query, "tls=none"):
						k.talkBy(answers{"extensions": "250-test\n250 AUTH PLAIN", "AUTH": "235 2.7.0 welcome"})
					}
				})
				cfg := w.config(server, strings.TrimSuffix(x.query, "&login"))
				if strings.HasSuffix(x.query, "login") {
					cfg.SMTPURL = strings.Replace(cfg.SMTPURL, "smtp://", "smtp://post:s3cret@", 1)
				}
				if x.trusted {
					cfg.Roots = roots
				}
				cfg.Connections, cfg.ReplyTimeout = 1, 150*time.Millisecond
				worker, _ := w.start(cfg)
				id := w.owe(models.ClassSales)
				failures := 5
				if x.atOnce {
					failures = 1
				}
				for n := 1; n < failures; n++ {
					w.eventually("another failure", func() bool { return worker.Stats().Unreachable == int64(n) })
					time.Sleep(30 * time.Millisecond)
					if worker.Stats().Accounts[0].Paused != 0 || server.connections() != n {
						t.Fatalf("%d connections after %d failures", server.connections(), n)
					}
					w.advance(5 * time.Second)
				}
				w.eventually("the breaker is open", func() bool { a := worker.Stats().Accounts; return a != nil && a[0].Paused != 0 })
				if reason := worker.Stats().Accounts[0].Reason; !strings.HasPrefix(reason, x.reason) {
					t.Errorf("reason %q, want %q", reason, x.reason)
				}
				w.advance(50 * time.Second)
				time.Sleep(80 * time.Millisecond)
				if n := server.connections(); n != failures {
					t.Errorf("%d connections while the breaker is open, want %d", n, failures)
				}
				if m := w.message(id); m.State != models.MessageQueued || m.Attempts != 0 || len(server.received()) != 0 {
					t.Errorf("%s after %d attempts, received %v", m.State, m.Attempts, server.received())
				}
				mu.Lock()
				healed = true
				mu.Unlock()
				w.advance(10 * time.Second)
				w.eventually("it is tried once a minute", func() bool { return server.connections() == failures+1 })
				if strings.HasPrefix(x.query, "tls=none") {
					if m := w.until(id, models.MessageSent); m.Attempts != 1 {
						t.Errorf("%d attempts", m.Attempts)
					}
				}
			})
		})
	}
}

func otherHost(t *testing.T) tls.Certificate {
	cert, _ := certificate(t)
	return cert // not in the pool of the test
}

func TestALoginThatIsTakenBackPausesTheAccount(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.talkBy(answers{"MAIL": "535 5.7.8 expired"}) })
		cfg := w.config(server, "")
		cfg.Connections = 3
		worker, _ := w.start(cfg)
		var ids []models.ID
		for range 10 {
			ids = append(ids, w.owe(models.ClassMarketing))
		}
		w.eventually("paused", func() bool { a := worker.Stats().Accounts; return a != nil && a[0].Paused != 0 })
		time.Sleep(100 * time.Millisecond)
		for _, id := range ids {
			if m := w.tried(id, 0); m.State != models.MessageQueued {
				t.Errorf("%+v", m)
			}
		}
		// What was being dialled when the first was refused finds out for itself.
		if n := server.connections(); n > 2*3 {
			t.Errorf("%d connections to an account that is paused", n)
		}
	})
}

func TestMailThatWaitsTooLongExpires(t *testing.T) {
	each(t, func(w *world) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		cfg := w.config(nil, "")
		cfg.SMTPURL, cfg.Poll = "smtp://"+l.Addr().String()+"?tls=none", 5*time.Millisecond
		_ = l.Close()
		worker, _ := w.start(cfg)
		id := w.owe(models.ClassSales, func(m *models.Message) { m.NotAfter = m.CreatedAt.Add(24 * time.Hour) })
		for range 5 {
			time.Sleep(60 * time.Millisecond)
			w.advance(time.Minute)
		}
		w.eventually("paused", func() bool { a := worker.Stats().Accounts; return a != nil && a[0].Paused != 0 })
		w.advance(24 * time.Hour)
		if m := w.until(id, models.MessageExpired); m.Attempts != 0 {
			t.Errorf("%d attempts", m.Attempts)
		}
	})
}

func TestSalesMailHasItsOwnAccount(t *testing.T) {
	each(t, func(w *world) {
		dead := newServer(t, func(*talk) {})
		main, sales := newServer(t, func(k *talk) { k.talkBy(nil) }), newServer(t, func(k *talk) { k.talkBy(nil) })
		cfg := w.config(main, "")
		cfg.SalesURL = "smtp://" + sales.addr + "?tls=none"
		_, stop := w.start(cfg)
		hot, gift := w.owe(models.ClassSales), w.owe(models.ClassTransactional)
		w.until(hot, models.MessageSent)
		w.until(gift, models.MessageSent)
		if len(sales.received()) != 1 || len(main.received()) != 1 || sales.received()[0].to != w.message(hot).To {
			t.Errorf("sales got %v, main %v", sales.received(), main.received())
		}
		stop()
		cfg = w.config(dead, "")
		cfg.SalesURL = "smtp://" + sales.addr + "?tls=none"
		w.start(cfg)
		gift = w.owe(models.ClassTransactional)
		w.until(w.owe(models.ClassSales), models.MessageSent)
		if m := w.message(gift); m.State != models.MessageQueued || m.Attempts != 0 {
			t.Errorf("%+v", m)
		}
	})
}

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
