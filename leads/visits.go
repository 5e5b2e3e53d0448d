package leads

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// maxVisitKeys bounds what is counted between two writes; beyond it visits are counted under their channel
// alone, and beyond that dropped: a counter may lose a visit, a visitor's page may not wait for it.
const maxVisitKeys = 4096

// Visits counts views, visible seconds and started forms in memory, and writes them once a second. It
// knows no visitor: only campaign, day and source (C7, A1).
type Visits struct {
	store *store.Store
	clock func() time.Time
	zone  *time.Location
	log   *slog.Logger

	mu     sync.Mutex
	counts map[visitKey]*models.CampaignDay
}

type visitKey struct {
	campaign models.ID
	day      int
	source   string
}

// NewVisits makes an empty counter.
func NewVisits(s *store.Store, clock func() time.Time, zone *time.Location, log *slog.Logger) *Visits {
	return &Visits{store: s, clock: clock, zone: zone, log: log, counts: map[visitKey]*models.CampaignDay{}}
}

// Count adds what a page reported.
func (v *Visits) Count(seen models.CampaignDay, from models.Attribution) {
	seen.Day = Day(v.clock(), v.zone)
	channel := CountedSource(models.Attribution{Channel: from.Channel})
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, source := range [...]string{CountedSource(from), channel} {
		seen.Source = source
		key := visitKey{seen.CampaignID, seen.Day, source}
		if sum := v.counts[key]; sum != nil {
			sum.Add(&seen)
			return
		}
		if len(v.counts) < maxVisitKeys/2 || source == channel && len(v.counts) < maxVisitKeys {
			v.counts[key] = &seen
			return
		}
	}
}

// flushEvery is how often counts are written, and so how many seconds of them a crash can cost.
const flushEvery = time.Second

// Run writes the counts until ctx ends, then once more.
func (v *Visits) Run(ctx context.Context) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			v.Flush(ctx)
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushEvery)
			defer cancel()
			v.Flush(last)
			return
		}
	}
}

// Flush writes what was counted since the last time. What can't be written is kept for the next.
func (v *Visits) Flush(ctx context.Context) {
	v.mu.Lock()
	counts := v.counts
	if len(counts) == 0 {
		v.mu.Unlock()
		return
	}
	v.counts = map[visitKey]*models.CampaignDay{}
	v.mu.Unlock()
	rows := make([]*models.CampaignDay, 0, len(counts))
	for _, row := range counts {
		rows = append(rows, row)
	}
	if err := v.store.AddCounts(ctx, rows); err != nil {
		v.log.Warn("visits can't be written yet", "error", err)
		v.keep(rows)
	}
}

func (v *Visits) keep(rows []*models.CampaignDay) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, row := range rows {
		key := visitKey{row.CampaignID, row.Day, row.Source}
		if sum := v.counts[key]; sum != nil {
			sum.Add(row)
		} else if len(v.counts) < maxVisitKeys {
			v.counts[key] = row
		}
	}
}
