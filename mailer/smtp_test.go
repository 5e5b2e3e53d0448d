package mailer_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"maps"
	"net"
	"net/mail"
	"slices"
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

func (s *session) Reset() {}

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
				b.mu.Lock()
				defer b.mu.Unlock()
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
	each(t, func(w *world) {
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
			"DATA refused":          {answers{"DATA": "451 4.3.0 not now"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "451 4.3.0 not now"},
			"MAIL refused":          {answers{"MAIL": "550 5.5.0 no"}, models.ClassMarketing, models.MessageFailed, 1, 0, false, 0, "550 5.5.0 no"},
			"the sender refused":    {answers{"MAIL": "550 5.1.8 whose domain"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "550 5.1.8 whose domain"},
			"mailbox over quota":    {answers{"RCPT": "550 5.2.2 over quota"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "550 5.2.2 over quota"},
			"DATA refused for good": {answers{"DATA": "554 5.5.0 no"}, models.ClassMarketing, models.MessageFailed, 1, 0, false, 0, "554 5.5.0 no"},
			"too busy for the mail": {answers{".": "452 4.3.1 disk full"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "452 4.3.1 disk full"},
			"closing after the dot": {answers{".": "421 4.3.2 closing"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "421 4.3.2 closing"},
			"taken, then gone":      {answers{".": "250 2.0.0 taken\r\nhang up"}, models.ClassMarketing, models.MessageSent, 1, 0, false, 0, "250 2.0.0 taken"},
			"gone at MAIL":          {answers{"MAIL": "hang up"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "MAIL: connection lost"},
			"gone at DATA":          {answers{"DATA": "hang up"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "DATA: connection lost"},
			"silent at RCPT":        {answers{"RCPT": "silence"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "RCPT: no answer in time"},
			"silent at DATA":        {answers{"DATA": "silence"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "DATA: no answer in time"},
			"gone at RCPT":          {answers{"RCPT": "hang up"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "RCPT: connection lost"},
			"silent at MAIL":        {answers{"MAIL": "silence"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "MAIL: no answer in time"},
			"nonsense":              {answers{"RCPT": "354 what"}, models.ClassMarketing, models.MessageQueued, 1, time.Minute, false, 0, "RCPT: connection lost"},
			"gone after the dot":    {answers{".": "hang up"}, models.ClassMarketing, models.MessageUnknown, 1, 0, false, 1, "end of DATA: connection lost"},
			"gone after the dot, transactional": {answers{".": "hang up"}, models.ClassTransactional,
				models.MessageQueued, 1, time.Minute, false, 1, "end of DATA: connection lost"},
			"silent after the dot": {answers{".": "silence"}, models.ClassMarketing, models.MessageUnknown, 1, 0, false, 1, "end of DATA: no answer in time"},
		} {
			w.run(name, func(w *world) {
				server := newServer(w.T, func(k *talk) { k.talkBy(x.says) })
				cfg := w.config(server, "")
				if slices.Contains(slices.Collect(maps.Values(x.says)), "silence") {
					cfg.ReplyTimeout = silent
				}
				w.start(cfg)
				id := w.owe(x.class)
				m := w.tried(id, 1)
				if m.State != x.state || m.Unknowns != x.unknowns || m.Reply != x.reply {
					w.Errorf("%s, unknown %d times, %q; want %s, %d, %q", m.State, m.Unknowns, m.Reply, x.state, x.unknowns, x.reply)
				}
				if x.wait != 0 && m.DueAt != w.store.Now().Add(x.wait) {
					w.Errorf("tried again after %v, want %v", m.DueAt.Sub(w.store.Now()), x.wait)
				}
				held, err := w.store.Suppressions(w.Context(), hash(m.To))
				if err != nil || (len(held) == 1 && held[0].Scope == models.SuppressAll && held[0].Reason == "bounce") != x.suppressed {
					w.Errorf("suppressed %v, %v", held, err)
				}
			})
		}
	})
}

func TestAServerThatDropsBeforeTheDotHasNotGotTheMail(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) {
			if k.n > 1 {
				k.talkBy(answers{})
				return
			}
			// What the system takes in for us must be less than the mail, so that it can't have been said whole.
			_ = k.conn.(*net.TCPConn).SetReadBuffer(4096)
			k.say("220 test")
			for {
				verb, _ := k.hear()
				if verb == "DATA" {
					k.say("354 go on")
					_, _ = io.CopyN(io.Discard, k.r, 1000)
					return
				}
				k.say("250 ok")
			}
		})
		worker, err := mailer.New(w.config(server, ""))
		if err != nil {
			t.Fatal(err)
		}
		worker.Compose("test", func(_ context.Context, m *models.Message) (mailer.Mail, error) {
			if m.Attempts == 0 { // more than the 4 MiB that a sender's system keeps for it
				return mailer.Mail{Text: strings.Repeat(strings.Repeat("long ", 14)+"\n", 90_000)}, nil
			}
			return mailer.Mail{Text: "short"}, nil
		})
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { _ = worker.Run(ctx); close(done) }()
		defer func() { cancel(); <-done }()
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
		later := sayUntil("RCPT", "451 4.7.1 greylisted")
		server := newServer(t, later.serve)
		cfg := w.config(server, "")
		cfg.Connections, cfg.IdleTimeout = 1, 20*time.Millisecond // the next try comes over another connection
		worker, _ := w.start(cfg)
		id := w.owe(models.ClassTransactional)
		m := w.tried(id, 1)
		if m.State != models.MessageQueued || m.DueAt != w.store.Now().Add(time.Minute) {
			t.Fatalf("%+v", m)
		}
		later.over()
		w.eventually("the idle connection is closed", func() bool { return worker.Stats().Connections == 0 })
		w.advance(time.Minute)
		if m := w.until(id, models.MessageSent); m.Attempts != 2 {
			t.Errorf("%d attempts", m.Attempts)
		}
	})
}

// A connection that is gone between two mails costs neither of them an attempt.
func TestAClosedConnectionIsDialledAgainForFree(t *testing.T) {
	each(t, func(w *world) {
		for name, between := range map[string]func(k *talk){
			"hangs up after each mail":       func(k *talk) {},
			"says 421 to the next MAIL":      func(k *talk) { k.hear(); k.say("421 4.7.0 enough") },
			"hangs up at the next MAIL":      func(k *talk) { k.hear() },
			"hangs up at RSET, after a no":   func(k *talk) { k.hear() },
			"refuses RSET, after a no":       func(k *talk) { k.hear(); k.say("500 what") },
			"refuses RSET in a pipeline too": func(k *talk) { k.hear(); k.say("500 what", "503 no", "503 no", "503 no") },
		} {
			w.run(name, func(w *world) {
				no := strings.Contains(name, "RSET")
				server := newServer(w.T, func(k *talk) {
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
						w.Errorf("cost an attempt: %d", m.Attempts)
					}
				}
				if n := server.connections(); n != 4 {
					w.Errorf("%d connections", n)
				}
			})
		}
	})
}
