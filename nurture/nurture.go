// Package nurture writes to leads over the weeks after the form: it decides when the time of a sequence's next step
// has come, whether it is still wanted, and owes the mail; and it says what those mails say (N1).
package nurture

import (
	"cmp"
	"context"
	"log/slog"
	"math"
	"time"

	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"
)

// Config is what the owner has set about sequences.
type Config struct {
	// Zone of leads whose own is not known.
	Zone *time.Location
	// Speed divides all delays: 1 is real time.
	Speed float64
	// MailDomain ends the Message-IDs.
	MailDomain string
	// PostalAddress stands under mails, as the law of many countries asks.
	PostalAddress string
}

// Live is what is in force at one moment; it never changes.
type Live interface {
	// Sequence that takes leads in, nil where there is none.
	Sequence(id models.ID) *models.LiveSequence
	// Campaign by its ID, nil where there is none.
	Campaign(id models.ID) *models.Published
}

// Deps are what a Nurture works with.
type Deps struct {
	Store *store.Store
	// Live is what is in force now.
	Live func() Live
	// Version is any version of a campaign that was ever published.
	Version func(ctx context.Context, id models.ID) (*models.Published, error)
	Links   *links.Links
	Log     *slog.Logger
	// Owed is called after mails were owed, so that they are sent at once.
	Owed func()
}

// Nurture decides on steps and writes their mails. It is safe for concurrent use.
type Nurture struct {
	cfg   Config
	deps  Deps
	store *store.Store
	wake  chan struct{}
	words versions
}

// New makes a Nurture.
func New(cfg Config, d Deps) *Nurture {
	cfg.Speed = cmp.Or(cfg.Speed, 1)
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if d.Owed == nil {
		d.Owed = func() {}
	}
	return &Nurture{cfg: cfg, deps: d, store: d.Store, wake: make(chan struct{}, 1), words: versions{store: d.Store}}
}

// Wake tells Run that a lead may have become due, so that it need not wait for its next look.
func (n *Nurture) Wake() {
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// scaled is a length of time at the set speed.
func (n *Nurture) scaled(d time.Duration) time.Duration {
	return time.Duration(math.Round(float64(d) / n.cfg.Speed))
}
