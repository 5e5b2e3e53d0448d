package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
)

// Audit records who did what.
func (s *Store) Audit(ctx context.Context, entries ...models.AuditEntry) error {
	if len(entries) == 0 {
		return nil
	}
	for i := range entries {
		entries[i].ID = s.NewID()
		if entries[i].At == 0 {
			entries[i].At = s.Now()
		}
	}
	return s.do(ctx, func(tx *gorm.DB) error { return insert(tx, entries, conflict{}) })
}

// Viewed notes that a user looked at a lead, for the audit log: nothing waits for it, and it never fails.
func (s *Store) Viewed(user, lead models.ID, ip string) { s.views.add(user, lead, ip) }

// views records who looked at which lead: in memory, written once a second, so that no page waits for it. The same
// person looking at the same lead again within an hour is one view. A crash costs the last second.
type views struct {
	store *Store
	stop  chan struct{}
	once  sync.Once
	done  chan struct{}

	mu    sync.Mutex
	seen  map[view]models.Instant
	queue []models.AuditEntry
}

type view struct {
	user    models.ID
	subject string
}

const (
	viewAction = "lead.view"
	viewEvery  = time.Hour
	// viewFlush is how often views are written.
	viewFlush = time.Second
	// maxViews bounds the memory while the database can't be written.
	maxViews = 10_000
)

func newViews(s *Store) *views {
	return &views{store: s, stop: make(chan struct{}), done: make(chan struct{}), seen: map[view]models.Instant{}}
}

func (v *views) add(user, lead models.ID, ip string) {
	now, key := v.store.Now(), view{user, "lead:" + lead.String()}
	v.mu.Lock()
	defer v.mu.Unlock()
	if last, known := v.seen[key]; known && now.Sub(last).Abs() < viewEvery || len(v.queue) >= maxViews {
		return
	}
	if len(v.seen) >= maxViews {
		for k, last := range v.seen {
			if now.Sub(last).Abs() >= viewEvery || len(v.seen) >= 2*maxViews {
				delete(v.seen, k)
			}
		}
	}
	v.seen[key] = now
	v.queue = append(v.queue, models.AuditEntry{UserID: user, Action: viewAction, Subject: key.subject, IP: ip, At: now})
}

// run writes what was noted until close, which writes once more.
func (v *views) run() {
	defer close(v.done)
	tick := time.NewTicker(viewFlush)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			v.flush(context.Background())
		case <-v.stop:
			last, cancel := context.WithTimeout(context.Background(), viewFlush)
			defer cancel()
			v.flush(last)
			return
		}
	}
}

func (v *views) close() {
	v.once.Do(func() { close(v.stop) })
	<-v.done
}

// flush writes what was noted since the last time. What can't be written is kept for the next.
func (v *views) flush(ctx context.Context) {
	v.mu.Lock()
	entries := v.queue
	v.queue = nil
	v.mu.Unlock()
	if len(entries) == 0 {
		return
	}
	err := v.store.addViews(ctx, entries)
	if err == nil {
		return
	}
	v.store.log.Warn("views of leads can't be written yet", "error", err)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.queue = append(entries, v.queue...)
}

// addViews leaves out those of which another program, or this one before a restart, has written one within the hour.
func (s *Store) addViews(ctx context.Context, entries []models.AuditEntry) error {
	subjects := make([]string, len(entries))
	for i, e := range entries {
		subjects[i] = e.Subject
	}
	var known []models.AuditEntry
	err := s.q(ctx).Select("user_id, subject, at").
		Where("subject IN ? AND action = ? AND at > ?", subjects, viewAction, entries[0].At.Add(-viewEvery)).Find(&known).Error
	if err != nil {
		return translate(err)
	}
	fresh := slices.DeleteFunc(slices.Clone(entries), func(e models.AuditEntry) bool {
		return slices.ContainsFunc(known, func(k models.AuditEntry) bool {
			return k.UserID == e.UserID && k.Subject == e.Subject && e.At.Sub(k.At).Abs() < viewEvery
		})
	})
	return s.Audit(ctx, fresh...)
}
