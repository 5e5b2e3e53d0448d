package leads

import (
	"fmt"
	"hash/maphash"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Limit is how many submissions are taken within a period.
type Limit struct {
	N      int
	Period time.Duration
}

var periods = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}

// ParseLimits reads "10/m,60/h"; "0" and nothing are no limit.
func ParseLimits(text string) ([]Limit, error) {
	var out []Limit
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" || part == "0" {
			continue
		}
		count, unit, _ := strings.Cut(part, "/")
		n, err := strconv.Atoi(count)
		if err != nil || n <= 0 || periods[unit] == 0 {
			return nil, fmt.Errorf("%q is no limit: write 10/m,60/h (s, m, h, d), or 0 for none", part)
		}
		out = append(out, Limit{n, periods[unit]})
	}
	return out, nil
}

// TooMany says that an address or a network sent more than is taken, and when to try again.
type TooMany struct{ RetryAfter time.Duration }

func (e *TooMany) Error() string { return "too many submissions" }

// maxKeys bounds the memory of a limiter; beyond it the oldest half is forgotten, which errs on the side
// of the visitor.
const maxKeys = 20_000

// A limiter counts what was taken per key within each period. One sending counts once, however often it
// is repeated: a second click is no second submission.
type limiter struct {
	limits []Limit
	seed   maphash.Seed
	mu     sync.Mutex
	keys   map[string]*tally
	order  []string
}

type tally struct{ taken []stamp }

type stamp struct {
	at   time.Time
	what uint64
}

func newLimiter(limits []Limit) *limiter {
	return &limiter{limits: limits, seed: maphash.MakeSeed(), keys: map[string]*tally{}}
}

// take counts one sending, or says after how long the next would be taken.
func (l *limiter) take(key string, sending []byte, now time.Time) error {
	if len(l.limits) == 0 || key == "" {
		return nil
	}
	what := maphash.Bytes(l.seed, sending)
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.tally(key)
	longest := l.limits[0].Period
	for _, limit := range l.limits {
		longest = max(longest, limit.Period)
	}
	t.taken = slices.DeleteFunc(t.taken, func(s stamp) bool { return now.Sub(s.at) >= longest })
	if slices.ContainsFunc(t.taken, func(s stamp) bool { return s.what == what }) {
		return nil
	}
	for _, limit := range l.limits {
		if wait := t.wait(limit, now); wait > 0 {
			return &TooMany{RetryAfter: wait}
		}
	}
	t.taken = append(t.taken, stamp{now, what})
	return nil
}

// wait is how long until a limit has room again, 0 where it has.
func (t *tally) wait(limit Limit, now time.Time) time.Duration {
	within := 0
	for i := len(t.taken) - 1; i >= 0; i-- {
		age := now.Sub(t.taken[i].at)
		if age >= limit.Period {
			break
		}
		if within++; within == limit.N {
			return limit.Period - age
		}
	}
	return 0
}

func (l *limiter) tally(key string) *tally {
	if t := l.keys[key]; t != nil {
		return t
	}
	if len(l.order) >= maxKeys {
		for _, old := range l.order[:maxKeys/2] {
			delete(l.keys, old)
		}
		l.order = append(l.order[:0], l.order[maxKeys/2:]...)
	}
	t := &tally{}
	l.keys[key] = t
	l.order = append(l.order, key)
	return t
}

// network is what a limit counts as one visitor's network: an IPv4 address, or the /64 that an IPv6
// subscriber has to themselves.
func network(ip netip.Addr) string {
	ip = ip.Unmap()
	if !ip.IsValid() {
		return ""
	}
	if ip.Is6() {
		prefix, _ := ip.Prefix(64)
		return prefix.String()
	}
	return ip.String()
}
