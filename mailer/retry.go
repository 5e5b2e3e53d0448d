package mailer

import (
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// After these, hourly.
var backoffs = [...]time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}

// maxAttempts is what fits into 72 hours.
const maxAttempts = len(backoffs) + 71

// backoff is how long to wait after an attempt that failed for a while, the first being 1; ok is false
// after the last. Mails that failed together do not come back together: the hourly waits are up to a tenth
// shorter, by a number drawn from the mail's ID.
func backoff(attempt int, id models.ID) (wait time.Duration, ok bool) {
	switch {
	case attempt >= maxAttempts:
		return 0, false
	case attempt <= len(backoffs):
		return backoffs[max(attempt, 1)-1], true
	}
	draw := (uint64(id)*0x9e3779b97f4a7c15 + uint64(attempt)*0xbf58476d1ce4e5b9) >> 32 % 360
	return time.Hour - time.Duration(draw)*time.Second, true
}

// result turns the verdict on an attempt into what is recorded of it.
func result(m *models.Message, v verdict, note, hash string, now models.Instant) store.MailResult {
	res := store.MailResult{ID: m.ID, Attempt: m.Attempts + 1, Reply: note}
	switch v {
	case sent:
		res.State = models.MessageSent
	case failed:
		res.State = models.MessageFailed
	case bounced:
		res.State, res.Suppress = models.MessageFailed, hash
	case paused:
		res.State, res.Refund = models.MessageQueued, true
	case temporary, refused:
		res.State = models.MessageFailed
		if wait, ok := backoff(res.Attempt, m.ID); ok {
			queue(&res, m, now.Add(wait))
		}
	case unknown:
		res.Unknown, res.State = true, models.MessageUnknown
		if repeatable(m) {
			wait, _ := backoff(1, m.ID)
			queue(&res, m, now.Add(wait))
		}
	}
	return res
}

// repeatable says that a mail of unknown fate is sent once more: the first two classes are, since a gift or
// a hot lead that never arrives is worse than one that arrives twice (I3).
func repeatable(m *models.Message) bool {
	return m.Class <= models.ClassTransactional && m.Unknowns == 0
}

// queue lets a mail wait for its next attempt, or ends it where that would be too late.
func queue(res *store.MailResult, m *models.Message, due models.Instant) {
	switch {
	case m.NotAfter == 0 || due <= m.NotAfter:
		res.State, res.DueAt = models.MessageQueued, due
	case res.Unknown || m.Unknowns > 0: // it may have arrived, so nobody may say that it was not sent
		res.State = models.MessageUnknown
	default:
		res.State = models.MessageExpired
	}
}
