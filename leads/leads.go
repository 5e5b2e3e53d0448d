// Package leads is what happens to a lead: capture, scoring, qualification, hand-over to sales, download.
// Every act of a lead is one change of the store, decided by a pure function.
package leads

import (
	"context"
	"log/slog"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/seal"
	"sarnakh/store"
)

// Config is what the owner has set about leads.
type Config struct {
	Secret  []byte
	BaseURL string
	Zone    *time.Location
	// Locale of mails to salespeople.
	Locale i18n.Locale
	// PostalAddress stands under mails, as the law of many countries asks.
	PostalAddress string
	// Notify are the addresses told of hot leads; the owners where it is empty.
	Notify     []string
	MinSeconds int
	PerNetwork []Limit
	PerAddress []Limit
	// MailDomain ends the Message-IDs.
	MailDomain string
}

// Cards gives the compiled scoring rules by name and the published versions by ID; campaigns keeps both.
type Cards interface {
	Card(name string) (*scoring.Card, int)
	Version(ctx context.Context, id models.ID) (*models.Published, error)
}

// Leads takes leads in and records what becomes of them.
type Leads struct {
	cfg   Config
	store *store.Store
	cards Cards
	clock func() time.Time
	log   *slog.Logger
	wake  func() // told when a mail is owed

	views, thanks, downloads, files, hashes *seal.Key

	networks, addresses *limiter
	staff               staff
	means               means
}

// HashIdentity is the keyed hash under which an address stays suppressed after it is forgotten.
func (l *Leads) HashIdentity(identity string) string {
	if _, key, ok := Mailbox(identity); ok {
		identity = key
	}
	return l.hashes.Hash(identity)
}

// Deps are what a Leads works with.
type Deps struct {
	Store *store.Store
	Cards Cards
	Clock func() time.Time
	Log   *slog.Logger
	// Wake is called after a mail was owed, so that it is sent at once.
	Wake func()
}

// New makes a Leads. It fails only where the secret can't be used.
func New(cfg Config, d Deps) (*Leads, error) {
	l := &Leads{cfg: cfg, store: d.Store, cards: d.Cards, clock: d.Clock, log: d.Log, wake: d.Wake,
		networks: newLimiter(cfg.PerNetwork), addresses: newLimiter(cfg.PerAddress)}
	if l.wake == nil {
		l.wake = func() {}
	}
	for purpose, key := range map[seal.Purpose]**seal.Key{
		"view": &l.views, "thanks": &l.thanks, "download": &l.downloads, "file": &l.files, "identity": &l.hashes,
	} {
		k, err := seal.NewKey(cfg.Secret, purpose)
		if err != nil {
			return nil, err
		}
		*key = k
	}
	return l, nil
}
