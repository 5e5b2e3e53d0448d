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

// Wait is how long before the next try of any of these keys is looked at, 0 for now.
func (s *Slowdown) Wait(now time.Time, keys ...string) (wait time.Duration) {
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
	return wait
}

// Failed counts a try that was wrong.
func (s *Slowdown) Failed(now time.Time, keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
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

// Succeeded forgets the failures of a key.
func (s *Slowdown) Succeeded(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tries, key)
}
