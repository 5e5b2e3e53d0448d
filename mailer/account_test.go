package mailer_test

import (
	"crypto/tls"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"sarnakh/models"
)

// Nothing that a server does before it lets us in uses up anybody's attempts; five failures open the
// breaker, which then tries once a minute.
func TestAServerThatCannotBeReachedCostsNoAttempts(t *testing.T) {
	cert, roots := certificate(t)
	wrapped := func(k *talk) *tls.Conn {
		return tls.Server(k.conn, &tls.Config{Certificates: []tls.Certificate{cert}})
	}
	each(t, func(w *world) {
		for name, x := range map[string]struct {
			query   string
			bad     func(k *talk)
			atOnce  bool // the breaker opens at the first failure
			reason  string
			trusted bool
		}{
			"hangs up":         {"tls=none", func(k *talk) {}, false, "connect", false},
			"silent":           {"tls=none", func(k *talk) { _, _ = io.Copy(io.Discard, k.r) }, false, "connect: no answer in time", false},
			"too busy":         {"tls=none", func(k *talk) { k.say("421 4.3.2 too busy") }, false, "connect: 421 4.3.2", false},
			"hangs up at EHLO": {"tls=none", func(k *talk) { k.say("220 test"); k.hear() }, false, "connect", false},
			"silent at EHLO":   {"tls=none", func(k *talk) { k.say("220 test"); _, _ = io.Copy(io.Discard, k.r) }, false, "connect: no answer in time", false},
			"refuses EHLO":     {"tls=none", func(k *talk) { k.say("220 test"); k.hear(); k.say("550 5.7.1 no"); k.hear(); k.say("550 5.7.1 no") }, false, "connect: 550 5.7.1", false},
			"speaks no SMTP":   {"tls=none", func(k *talk) { k.say("HTTP/1.1 400 Bad Request", "") }, false, "connect", false},
			"silent at STARTTLS": {"tls=starttls", func(k *talk) {
				k.talkBy(answers{"extensions": "250-test\n250 STARTTLS", "STARTTLS": "silence"})
			}, false, "TLS: no answer in time", false},
			"silent in the handshake": {"tls=starttls", func(k *talk) {
				k.say("220 test")
				k.hear()
				k.say("250-test", "250 STARTTLS")
				k.hear()
				k.say("220 go on")
				_, _ = io.Copy(io.Discard, k.conn)
			}, false, "TLS: no answer in time", false},
			"STARTTLS, and a certificate of nobody": {"tls=starttls", func(k *talk) {
				k.say("220 test")
				k.hear()
				k.say("250-test", "250 STARTTLS")
				k.hear()
				k.say("220 go on")
				_ = wrapped(k).Handshake()
			}, false, "TLS: ", false},
			"silent at AUTH": {"tls=none&login", func(k *talk) {
				k.talkBy(answers{"extensions": "250-test\n250 AUTH PLAIN", "AUTH": "silence"})
			}, false, "login: no answer in time", false},
			"can't log anybody in now": {"tls=none&login", func(k *talk) {
				k.talkBy(answers{"extensions": "250-test\n250 AUTH PLAIN", "AUTH": "454 4.7.0 later"})
			}, false, "login: 454 4.7.0", false},
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
			w.run(name, func(w *world) {
				var mu sync.Mutex
				healed := false
				server := newServer(w.T, func(k *talk) {
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
				cfg.Connections = 1
				if strings.HasPrefix(name, "silent") {
					cfg.ReplyTimeout = silent
				}
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
						w.Fatalf("%d connections after %d failures", server.connections(), n)
					}
					w.advance(5 * time.Second)
				}
				w.eventually("the breaker is open", func() bool { a := worker.Stats().Accounts; return a != nil && a[0].Paused != 0 })
				if reason := worker.Stats().Accounts[0].Reason; !strings.HasPrefix(reason, x.reason) {
					w.Errorf("reason %q, want %q", reason, x.reason)
				}
				w.advance(50 * time.Second)
				time.Sleep(80 * time.Millisecond)
				if n := server.connections(); n != failures {
					w.Errorf("%d connections while the breaker is open, want %d", n, failures)
				}
				if m := w.message(id); m.State != models.MessageQueued || m.Attempts != 0 || len(server.received()) != 0 {
					w.Errorf("%s after %d attempts, received %v", m.State, m.Attempts, server.received())
				}
				mu.Lock()
				healed = true
				mu.Unlock()
				w.advance(10 * time.Second)
				w.eventually("it is tried once a minute", func() bool { return server.connections() == failures+1 })
				if strings.HasPrefix(x.query, "tls=none") {
					if m := w.until(id, models.MessageSent); m.Attempts != 1 {
						w.Errorf("%d attempts", m.Attempts)
					}
				}
			})
		}
	})
}

// Where TLS was asked for, a server that takes it away, as somebody on the way can make it seem, hears nothing but our
// greeting: no login, no address, no mail.
func TestNothingIsSaidInTheClear(t *testing.T) {
	each(t, func(w *world) {
		for name, extensions := range map[string]string{
			"not offered": "250-test\r\n250-AUTH PLAIN LOGIN\r\n250 PIPELINING", "offered, refused": "250-test\r\n250-AUTH PLAIN\r\n250 STARTTLS",
			"offered by another name": "250-test\r\n250-AUTH PLAIN\r\n250 XXXXXXXX",
		} {
			w.run(name, func(w *world) {
				var mu sync.Mutex
				var heard []string
				server := newServer(w.T, func(k *talk) {
					k.say("220 test")
					for {
						verb, line := k.hear()
						if verb == "" {
							return
						}
						mu.Lock()
						heard = append(heard, line)
						mu.Unlock()
						switch verb {
						case "EHLO":
							k.say(extensions)
						case "STARTTLS":
							k.say("502 5.5.1 what is that")
						default:
							k.say("250 2.0.0 go on, in the clear")
						}
					}
				})
				cfg := w.config(server, "tls=starttls")
				cfg.SMTPURL = strings.Replace(cfg.SMTPURL, "smtp://", "smtp://post:s3cret@", 1)
				worker, _ := w.start(cfg)
				id := w.owe(models.ClassSales)
				w.eventually("it was tried", func() bool { return worker.Stats().Unreachable > 0 })
				if m := w.message(id); m.State != models.MessageQueued || m.Attempts != 0 {
					w.Errorf("%+v", m)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, line := range heard {
					if verb, _, _ := strings.Cut(line, " "); verb != "EHLO" && verb != "STARTTLS" && verb != "QUIT" {
						w.Errorf("said in the clear: %s", verb)
					}
				}
			})
		}
	})
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
