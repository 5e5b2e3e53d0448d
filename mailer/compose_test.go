package mailer

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sarnakh/models"
)

// A database that is away for a moment says nothing of a mail: a hot lead's must not wait a minute for it.
func TestWhatCouldNotBeComposed(t *testing.T) {
	const now = models.Instant(1e15)
	for _, x := range []struct {
		what   string
		err    error
		state  models.MessageState
		due    time.Duration
		refund bool
	}{
		{"the database is away", fmt.Errorf("read: %w", models.ErrUnavailable), models.MessageQueued, 2 * time.Second, true},
		{"it is owed no more", errNotOwed, models.MessageSuppressed, 0, false},
		{"no address", errAddress, models.MessageFailed, 0, false},
	} {
		o := outgoing{Message: models.Message{ID: 7, Class: models.ClassSales}, err: x.err}
		res := o.uncomposed(now)
		due := models.Instant(0)
		if x.due != 0 {
			due = now.Add(x.due)
		}
		if res.State != x.state || res.DueAt != due || res.Refund != x.refund {
			t.Errorf("%s: %+v", x.what, res)
		}
	}
	o := outgoing{Message: models.Message{ID: 7, Class: models.ClassSales}, err: errors.New("a fault")}
	if res := o.uncomposed(now); res.State != models.MessageQueued || res.Refund || res.DueAt < now.Add(50*time.Second) {
		t.Errorf("a fault of the composer: %+v", res)
	}
}
