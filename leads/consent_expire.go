package leads

import (
	"context"

	"sarnakh/models"
	"sarnakh/store"
)

// expireBatch is how many consents are looked at at a time.
const expireBatch = 256

// ExpireConsents ends consents that nobody confirmed within thirty days, and the enrolments that waited for them; the
// leads stay. It returns how many.
func (l *Leads) ExpireConsents(ctx context.Context) (expired int, err error) {
	var after models.Consent
	for ctx.Err() == nil {
		rows, err := l.store.StaleConsents(ctx, l.store.Now().Add(-consentLife), after, expireBatch)
		if err != nil || len(rows) == 0 {
			return expired, err
		}
		for _, c := range rows {
			ended, err := l.expire(ctx, c)
			if err != nil {
				return expired, err
			}
			if ended {
				expired++
			}
		}
		after = rows[len(rows)-1]
	}
	return expired, ctx.Err()
}

func (l *Leads) expire(ctx context.Context, stale models.Consent) (ended bool, err error) {
	err = l.apply(ctx, store.Change{
		Want: store.Want{LeadID: stale.LeadID},
		Decide: func(f *store.Facts) (store.Rows, error) {
			given, ok := models.Unconfirmed(f.Consents, stale.Purpose)
			ended = f.Lead != nil && ok && given.ID == stale.ID // else it was decided on meanwhile
			if !ended {
				return store.Rows{}, nil
			}
			rows := store.Rows{Consents: []models.Consent{l.decision(f, models.Expired, given, models.ByTime, Person{})}}
			if given.Purpose != models.Newsletter {
				return rows, nil
			}
			for _, e := range f.Enrolments {
				if e.State == models.EnrolmentWaiting {
					e.Stop(models.StopExpired, f.Now)
					rows.Enrolments = append(rows.Enrolments, e)
				}
			}
			return rows, nil
		},
	})
	return ended, err
}
