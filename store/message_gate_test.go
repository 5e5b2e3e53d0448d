package store

import (
	"testing"
	"time"

	"sarnakh/models"

	"pgregory.net/rapid"
)

func TestGate(t *testing.T) {
	const now = models.Instant(1e15)
	held := func(scopes ...models.SuppressionScope) map[models.SuppressionScope]bool {
		m := map[models.SuppressionScope]bool{}
		for _, s := range scopes {
			m[s] = true
		}
		return m
	}
	for _, x := range []struct {
		what string
		mail asked
		want models.MessageState
	}{
		{"nothing against it", asked{Class: models.ClassBulk, NotAfter: now}, models.MessageSending},
		{"no time limit", asked{Class: models.ClassBulk}, models.MessageSending},
		{"too late", asked{Class: models.ClassSales, NotAfter: now - 1}, models.MessageExpired},
		{"too late, and may have arrived before", asked{NotAfter: now - 1, Unknowns: 1}, models.MessageUnknown},
		{"unsubscribed: marketing", asked{Class: models.ClassMarketing, suppressed: held(models.SuppressMarketing)}, models.MessageSuppressed},
		{"unsubscribed: bulk", asked{Class: models.ClassBulk, suppressed: held(models.SuppressMarketing)}, models.MessageSuppressed},
		{"unsubscribed: transactional passes", asked{Class: models.ClassTransactional, suppressed: held(models.SuppressMarketing)}, models.MessageSending},
		{"unsubscribed: sales passes", asked{Class: models.ClassSales, suppressed: held(models.SuppressMarketing)}, models.MessageSending},
		{"no consent", asked{Class: models.ClassMarketing, Purpose: models.Newsletter}, models.MessageSuppressed},
		{"consent", asked{Class: models.ClassMarketing, Purpose: models.Newsletter, agreed: true}, models.MessageSending},
		{"a stranger's second of the day", asked{Class: models.ClassTransactional, had: []models.Instant{now - 1}}, models.MessageSuppressed},
		{"a stranger's second, a day later", asked{Class: models.ClassTransactional, had: []models.Instant{now.Add(-strangerDay)}}, models.MessageSending},
		{"a stranger's fourth of the month", asked{Class: models.ClassTransactional, had: []models.Instant{now.Add(-2 * strangerDay), now.Add(-4 * strangerDay), now.Add(-6 * strangerDay)}}, models.MessageSuppressed},
		{"a stranger asks for their data twice", asked{Class: models.ClassTransactional, Kind: models.MailMyData, had: []models.Instant{now - 1}}, models.MessageQueued},
		{"bounced: transactional", asked{Class: models.ClassTransactional, suppressed: held(models.SuppressAll)}, models.MessageSuppressed},
		{"bounced: sales", asked{Class: models.ClassSales, suppressed: held(models.SuppressAll)}, models.MessageSuppressed},
		{"bounced, and may have arrived before", asked{suppressed: held(models.SuppressAll), Unknowns: 1}, models.MessageUnknown},
	} {
		if got := x.mail.gate(now, time.UTC); got.state != x.want {
			t.Errorf("%s: %+v, want %s", x.what, got, x.want)
		}
	}
}

// I9: no minute has more mails than the limit, however the worker asks, and the clock being set back does
// not stop it.
func TestTheLimitPerMinuteHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 5000).Draw(t, "limit")
		now, next := models.Instant(1e15), models.Instant(0)
		var begun []models.Instant
		for range rapid.IntRange(1, 400).Draw(t, "rounds") {
			var n int
			var wait time.Duration
			n, next, wait = paced(rapid.IntRange(1, 50).Draw(t, "want"), next, now, limit)
			for range n {
				begun = append(begun, now)
			}
			now = now.Add(rapid.SampledFrom([]time.Duration{time.Microsecond, time.Millisecond, 50 * time.Millisecond, wait, wait, 7 * time.Second}).Draw(t, "later"))
		}
		for i := range begun {
			if j := i + limit; j < len(begun) && begun[j].Sub(begun[i]) < time.Minute {
				t.Fatalf("%d mails within %v, limit %d", limit+1, begun[j].Sub(begun[i]), limit)
			}
		}
		if n, _, _ := paced(1, next, now.Add(-24*time.Hour), limit); n != 1 {
			t.Fatal("waits for the clock to come back")
		}
	})
}

func TestTheLimitPerMinuteIsUsedUp(t *testing.T) {
	for _, limit := range []int{1, 7, 60, 1000, 60_000} {
		now, next, begun := models.Instant(1e15), models.Instant(0), 0
		for end := now.Add(10 * time.Minute); now < end; {
			n, after, wait := paced(10, next, now, limit)
			begun, next = begun+n, after
			now = now.Add(max(wait, time.Microsecond))
		}
		if begun < 10*limit*99/100-1 || begun > 10*limit+1 {
			t.Errorf("%d mails in ten minutes, limit %d", begun, limit)
		}
	}
}
