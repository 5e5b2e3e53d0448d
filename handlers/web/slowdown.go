package web

import (
	"sync"
	"time"
)

// A Slowdown makes guessing passwords slow without ever locking anyone out: after five failures each
// further try has to wait, twice as long each time, half a minute at most.
type Slowdown struct {
	mu    sync.Mutex
	tries map[string]failures
}

type failures struct {
	n    int
	last time.Time
}

const (
	freeTries     = 5
	maxSlowdown   = 30 * time.Second
	forgetTries   = 15 * time.Minute
	maxRemembered = 10_000
)

// Try is how long before a try of any of these keys is looked at; 0 is now, and then it counts as one that failed until
// Succeeded is called. So a thousand guesses at the same moment are not looked at either.
func (s *Slowdown) Try(now time.Time, keys ...string) (wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		f := s.tries[key]
		if f.n < freeTries || now.Sub(f.last) > forgetTries {
			continue
		}
		pause := min(time.Second<<min(f.n-freeTries, 10), maxSlowdown)
		wait = max(wait, pause-now.Sub(f.last))
	}
	if wait == 0 {
		s.count(now, keys)
	}
	return wait
}

func (s *Slowdown) count(now time.Time, keys []string) {
	if s.tries == nil || len(s.tries) > maxRemembered {
		s.tries = map[string]failures{}
	}
	for _, key := range keys {
		f := s.tries[key]
		if now.Sub(f.last) > forgetTries {
			f.n = 0
		}
		s.tries[key] = failures{f.n + 1, now}
	}
}

// Succeeded forgets the failures of a key, and of others this one try alone: who shares a network with somebody guessing
// does not set them free.
func (s *Slowdown) Succeeded(key string, others ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tries, key)
	for _, other := range others {
		if f := s.tries[other]; f.n > 0 {
			s.tries[other] = failures{f.n - 1, f.last}
		}
	}
}
