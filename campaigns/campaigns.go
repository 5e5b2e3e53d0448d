// Package campaigns is what a marketer does: publish a page with its form, offer and mails; and it keeps
// what is published in memory, so that visitors are served without asking the database.
package campaigns

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/store"
)

// Campaigns serves and changes what is published. It is safe for concurrent use.
type Campaigns struct {
	store *store.Store
	log   *slog.Logger
	now   atomic.Pointer[Snapshot]
	spent atomic.Pointer[map[models.ID]bool] // campaigns that have no code left

	loading sync.Mutex
	old     versions
}

// New reads what is published.
func New(ctx context.Context, s *store.Store, log *slog.Logger) (*Campaigns, error) {
	c := &Campaigns{store: s, log: log, old: versions{store: s}}
	c.spent.Store(new(map[models.ID]bool))
	if err := c.Reload(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// watchEvery is how often a process looks for publications of others: an old version is served at most
// this long, and the time to read the new one.
const watchEvery = time.Second

// Watch reads what others publish, and lets begin and end what is due, until ctx ends. When the database can't be asked,
// what is known goes on being served.
func (c *Campaigns) Watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := c.refresh(ctx); err != nil && ctx.Err() == nil {
				c.log.Warn("publications can't be read; serving what is known", "error", err)
			}
		}
	}
}

func (c *Campaigns) refresh(ctx context.Context) error {
	if at := c.Snapshot().turns; at != 0 && at <= c.store.Now() {
		if err := c.store.TurnCampaigns(ctx); err != nil {
			return err
		}
	}
	revision, err := c.store.Revision(ctx)
	if err != nil {
		return err
	}
	if revision != c.Snapshot().Revision {
		return c.Reload(ctx)
	}
	return c.countCodes(ctx)
}

// countCodes looks which campaigns have no code left.
func (c *Campaigns) countCodes(ctx context.Context) error {
	stock := map[models.ID]int64{}
	for _, p := range c.Snapshot().Listed {
		switch o := &p.Version.Doc.Offer; {
		case o.Pool != nil:
			stock[p.ID] = 0
		case o.Coupon != nil && o.Coupon.Stock > 0:
			stock[p.ID] = int64(o.Coupon.Stock)
		}
	}
	spent := map[models.ID]bool{}
	if len(stock) > 0 {
		var err error
		if spent, err = c.store.Spent(ctx, stock); err != nil {
			return err
		}
	}
	if !maps.Equal(spent, *c.spent.Load()) {
		c.spent.Store(&spent)
	}
	return nil
}

// Spent tells that a campaign has given its last code, as it was a moment ago.
func (c *Campaigns) Spent(id models.ID) bool { return (*c.spent.Load())[id] }

// Reload reads what is published now.
func (c *Campaigns) Reload(ctx context.Context) error {
	c.loading.Lock()
	defer c.loading.Unlock()
	s, err := load(ctx, c.store, c.Snapshot())
	if err != nil {
		return fmt.Errorf("campaigns: %w", err)
	}
	c.now.Store(s)
	return c.countCodes(ctx)
}

// Snapshot is what is published now. It never changes; ask again for the next.
func (c *Campaigns) Snapshot() *Snapshot { return c.now.Load() }

// Card is the live version of a card with its number, nil where there is none of that name.
func (c *Campaigns) Card(name string) (*scoring.Card, int) {
	card := c.Snapshot().cards[name]
	return card.card, card.version
}

// Version is any published version, also one that visitors don't see any more, with its campaign as it is now.
func (c *Campaigns) Version(ctx context.Context, id models.ID) (*models.Published, error) {
	snapshot := c.Snapshot()
	if p := snapshot.byVersion[id]; p != nil {
		return p, nil
	}
	p, err := c.old.get(ctx, id)
	if err != nil {
		return nil, err
	}
	if now := snapshot.Campaign(p.ID); now != nil {
		p = &models.Published{Campaign: now.Campaign, Version: p.Version}
		p.VersionID = id
	}
	return p, nil
}

// Publish makes doc what visitors see of a campaign. It refuses a form that can't be answered.
func (c *Campaigns) Publish(ctx context.Context, campaign *models.Campaign, doc models.CampaignDoc) error {
	if err := doc.Form.Check(); err != nil && !onlyMissingTexts(&doc.Form) {
		return err
	}
	if err := c.store.Publish(ctx, campaign, doc); err != nil {
		return err
	}
	return c.Reload(ctx)
}

// PublishCard makes a card the one in force.
func (c *Campaigns) PublishCard(ctx context.Context, doc scoring.Doc) error {
	raw, err := encodeCard(doc)
	if err != nil {
		return err
	}
	if _, err := c.store.PublishCard(ctx, doc.Name, raw); err != nil {
		return err
	}
	return c.Reload(ctx)
}
