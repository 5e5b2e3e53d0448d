package leads

import (
	"context"
	"sync"
	"time"
)

// salespeopleFresh is for how long the owners' addresses are believed before they are read again.
const salespeopleFresh = 10 * time.Second

// owners keeps the addresses of the owners for decisions, which may not ask the database themselves.
type owners struct {
	mu    sync.Mutex
	at    time.Time
	known []string
}

// salespeople are the addresses told of a hot lead: those set, else the owners, so that no raised hand
// goes unheard on a server that was just started.
func (l *Leads) salespeople() []string {
	if len(l.cfg.Notify) > 0 {
		return l.cfg.Notify
	}
	l.owners.mu.Lock()
	defer l.owners.mu.Unlock()
	now := l.clock()
	if len(l.owners.known) == 0 || now.Sub(l.owners.at) > salespeopleFresh || now.Before(l.owners.at) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		addresses, err := l.store.OwnerEmails(ctx)
		if err != nil {
			l.log.Warn("owners can't be read; telling those known", "error", err)
			return l.owners.known
		}
		l.owners.known, l.owners.at = addresses, now
	}
	return l.owners.known
}
