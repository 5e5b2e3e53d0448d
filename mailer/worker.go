package mailer

import (
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"sync"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// Config says how mail is sent. What has a default is replaced by it where it is zero.
type Config struct {
	Store *store.Store // its clock is the mailer's too
	Log   *slog.Logger

	SMTPURL     string // empty: the built-in mailbox
	SalesURL    string // account for mail to salespeople; empty: the same
	Connections int    // to each account: 4
	PerMinute   int    // over all connections and programs; 0: no limit
	PerDomain   int    // the same of marketing and bulk mail to one domain

	From    string // empty: no-reply at the host of BaseURL
	ReplyTo string
	BaseURL string
	DKIM    *DKIM // nil: unsigned
	// Hash is the keyed hash of the identity that an address stands for, under which suppressions are
	// kept. It is given the address of a mail, or the identity of a lead.
	Hash func(address string) string

	ReplyTimeout time.Duration // for each answer of a server: 2 minutes; five times that for the last
	IdleTimeout  time.Duration // after which a connection is closed: 30 s
	Poll         time.Duration // how soon mail from other processes is seen: 1 s
	Lease        time.Duration // how long a dead program's mails in flight stay its own, where another may be alive: 15 s
	Grace        time.Duration // for mails in flight when the program stops: 20 s
	Roots        *x509.CertPool
	// Failpoint is called at the named places where a crash matters: "begun" after mails were claimed and
	// before any is sent, "sent" after one was answered and before that is recorded.
	Failpoint func(name string)
}

// A Worker sends mail. One is run per process.
type Worker struct {
	cfg       Config
	owner     string
	sender    sender
	composers map[models.MessageKind]Composer
	main      *account
	sales     *account // the same where there is no other
	packers   sync.Pool
	wake      chan struct{}

	mu    sync.Mutex
	stats Stats
}

// New makes a worker; its errors name the setting that is wrong. Composers are registered before it runs.
func New(cfg Config) (*Worker, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Failpoint == nil {
		cfg.Failpoint = func(string) {}
	}
	set(&cfg.Connections, 4)
	set(&cfg.ReplyTimeout, 2*time.Minute)
	set(&cfg.IdleTimeout, 30*time.Second)
	set(&cfg.Poll, time.Second)
	set(&cfg.Lease, 15*time.Second)
	set(&cfg.Grace, 20*time.Second)
	w := &Worker{cfg: cfg, owner: rand.Text(), composers: map[models.MessageKind]Composer{}, wake: make(chan struct{}, 1)}
	host, err := hostOf(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	if w.sender, err = newSender(cfg, host); err != nil {
		return nil, err
	}
	d := dialer{helo: heloName(host), timeout: cfg.ReplyTimeout, roots: cfg.Roots}
	if w.main, err = newAccount("smtp.url", cfg.SMTPURL, d, w.sender.from.Address, cfg.Connections); err != nil {
		return nil, err
	}
	w.sales = w.main
	if cfg.SalesURL != "" && cfg.SalesURL != cfg.SMTPURL {
		w.sales, err = newAccount("smtp.sales_url", cfg.SalesURL, d, w.sender.from.Address, cfg.Connections)
	}
	return w, err
}

func set[T int | time.Duration](v *T, otherwise T) {
	if *v == 0 {
		*v = otherwise
	}
}

func hostOf(baseURL string) (string, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Hostname() == "" {
		return "", fmt.Errorf("base_url: not an address such as https://example.com")
	}
	return u.Hostname(), nil
}

// heloName is how we call ourselves to a mail server (RFC 5321 4.1.3).
func heloName(host string) string {
	switch ip := net.ParseIP(host); {
	case ip == nil:
		return host
	case ip.To4() == nil:
		return "[IPv6:" + host + "]"
	}
	return "[" + host + "]"
}

func newSender(cfg Config, host string) (sender, error) {
	s := sender{from: mail.Address{Address: "no-reply@" + host}, dkim: cfg.DKIM}
	if cfg.From != "" {
		from, err := mail.ParseAddress(cfg.From)
		if err != nil {
			return s, fmt.Errorf("mail.from: not an address such as Sarnakh <hello@example.com>")
		}
		s.from.Name = clean(from.Name)
		if s.from.Address, err = mailable(from.Address); err != nil {
			return s, fmt.Errorf("mail.from: %w", err)
		}
	}
	if cfg.ReplyTo != "" {
		reply, err := mail.ParseAddress(cfg.ReplyTo)
		if err != nil {
			return s, fmt.Errorf("mail.reply_to: %w", errAddress)
		}
		if s.replyTo, err = mailable(reply.Address); err != nil {
			return s, fmt.Errorf("mail.reply_to: %w", err)
		}
	}
	return s, nil
}

// Compose registers what makes the words of a kind of mail.
func (w *Worker) Compose(kind models.MessageKind, c Composer) { w.composers[kind] = c }

// Wake makes the worker look for mail at once. It never waits.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// accountOf is where a class of mail is handed in.
func (w *Worker) accountOf(c models.Class) *account {
	if c == models.ClassSales {
		return w.sales
	}
	return w.main
}
