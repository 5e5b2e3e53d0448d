// Package leads is what happens to a lead: capture, scoring, qualification, hand-over to sales, download, consent,
// erasure. Every act of a lead is one change of the store, decided by a pure function.
package leads

import (
	"context"
	"log/slog"
	"time"

	"sarnakh/hooks"
	"sarnakh/i18n"
	"sarnakh/links"
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

// Campaigns are what is published now, drafts of sequences left out.
type Campaigns interface {
	Campaign(id models.ID) *models.Published
	Sequence(id models.ID) *models.LiveSequence
}

// Leads takes leads in and records what becomes of them.
type Leads struct {
	cfg   Config
	store *store.Store
	cards Cards
	clock func() time.Time
	log   *slog.Logger
	wake  func() // told when a mail is owed
	hooks *hooks.Caller
	links *links.Links

	campaigns func() Campaigns
	forgotten func(hash string, at time.Time) error

	views, thanks, files, hashes *seal.Key

	networks, addresses *limiter
	staff               staff
	openings            openings
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
	// Campaigns is what is published at the moment of asking; nothing where it is nil.
	Campaigns func() Campaigns
	// Forgotten notes outside the database who is erased, by the keyed hash of their identity, so that a backup that
	// is restored can forget them again. It returns when that is on disk.
	Forgotten func(hash string, at time.Time) error
	// Hooks calls programs of the owner's; one that reaches public addresses only where it is nil.
	Hooks *hooks.Caller
	// Wake is called after a mail was owed, so that it is sent at once.
	Wake func()
}

// nothing is published.
type nothing struct{}

func (nothing) Campaign(models.ID) *models.Published    { return nil }
func (nothing) Sequence(models.ID) *models.LiveSequence { return nil }

// New makes a Leads. It fails only where the secret can't be used.
func New(cfg Config, d Deps) (*Leads, error) {
	l := &Leads{cfg: cfg, store: d.Store, cards: d.Cards, clock: d.Clock, log: d.Log, wake: d.Wake, campaigns: d.Campaigns,
		forgotten: d.Forgotten, networks: newLimiter(cfg.PerNetwork), addresses: newLimiter(cfg.PerAddress)}
	if l.hooks = d.Hooks; l.hooks == nil {
		l.hooks = hooks.New(d.Clock)
	}
	if l.wake == nil {
		l.wake = func() {}
	}
	if l.campaigns == nil {
		l.campaigns = func() Campaigns { return nothing{} }
	}
	if l.forgotten == nil {
		l.forgotten = func(string, time.Time) error { return nil }
	}
	var err error
	if l.links, err = links.New(cfg.Secret, cfg.BaseURL); err != nil {
		return nil, err
	}
	for purpose, key := range map[seal.Purpose]**seal.Key{
		"view": &l.views, "thanks": &l.thanks, "file": &l.files, "identity": &l.hashes,
	} {
		k, err := seal.NewKey(cfg.Secret, purpose)
		if err != nil {
			return nil, err
		}
		*key = k
	}
	return l, nil
}
