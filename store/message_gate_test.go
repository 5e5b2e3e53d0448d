package store

import (
	"testing"
	"time"

	"sarnakh/models"
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
		{"its sequence is paused", asked{Class: models.ClassMarketing, Halted: true}, models.MessageQueued},
		{"its sequence is paused, and nobody agrees", asked{Class: models.ClassMarketing, Purpose: models.Newsletter, Halted: true}, models.MessageSuppressed},
		{"a stranger's second of the day", asked{Class: models.ClassTransactional, had: []models.Instant{now - 1}}, models.MessageSuppressed},
		{"a stranger's second, a day later", asked{Class: models.ClassTransactional, had: []models.Instant{now.Add(-strangerDay)}}, models.MessageSending},
		{"a stranger's fourth of the month", asked{Class: models.ClassTransactional, had: []models.Instant{now.Add(-2 * strangerDay), now.Add(-4 * strangerDay), now.Add(-6 * strangerDay)}}, models.MessageSuppressed},
		{"a stranger asks for their data", asked{Class: models.ClassTransactional, Kind: models.MailMyData, had: []models.Instant{now - 1}}, models.MessageSending},
		{"bounced: transactional", asked{Class: models.ClassTransactional, suppressed: held(models.SuppressAll)}, models.MessageSuppressed},
		{"bounced: sales", asked{Class: models.ClassSales, suppressed: held(models.SuppressAll)}, models.MessageSuppressed},
		{"bounced, and may have arrived before", asked{suppressed: held(models.SuppressAll), Unknowns: 1}, models.MessageUnknown},
	} {
		if got := x.mail.gate(now, time.UTC); got.state != x.want {
			t.Errorf("%s: %+v, want %s", x.what, got, x.want)
		}
	}
}
