package mailer

import (
	"time"

	"sarnakh/models"
)

const (
	breakerLimit = 5 // failed connections in a row that open it
	breakerProbe = time.Minute
)

// A breaker keeps an account whose server can't be reached from being tried without pause. It only stops
// connecting: what is connected goes on. It is moved by the one goroutine that owns it.
type breaker struct {
	failures int
	next     models.Instant // no connection is tried before
	reason   string         // of the last failure
	since    models.Instant // open since then; 0: closed
}

// fail notes a failed connection. A refused login opens the breaker at once: trying again would not help,
// and may lock the account.
func (b *breaker) fail(r reply, now models.Instant) (opened bool) {
	b.failures++
	b.reason = r.brief()
	if b.failures >= breakerLimit || classify(r) == paused {
		opened = b.since == 0
		if opened {
			b.since = now
		}
		b.next = now.Add(breakerProbe)
		return opened
	}
	b.next = now.Add(time.Duration(b.failures) * time.Second)
	return false
}

// succeed notes a connection, and closes the breaker.
func (b *breaker) succeed() (closed bool) {
	closed = b.since != 0
	*b = breaker{}
	return closed
}

// tries says how many connections may be begun now of as many as are wanted: after a failure one, to see.
func (b *breaker) tries(want int, now models.Instant) int {
	if b.failures == 0 {
		return want
	}
	if now < b.next && b.next.Sub(now) <= breakerProbe { // else the clock was set back
		return 0
	}
	return min(want, 1)
}
