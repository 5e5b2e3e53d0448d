package leads

import (
	"context"

	"sarnakh/models"
)

// ForgetVisits deletes page views older than a moment, and scores anew whoever loses some.
func (l *Leads) ForgetVisits(ctx context.Context, before models.Instant) (int, error) {
	return l.store.ForgetVisits(ctx, before, func(lead *models.Lead, events []models.Event) bool {
		return l.rescore(lead, events, l.clock())
	})
}

// ForgetInactive erases leads who have done nothing since a moment. An act that comes just then is not lost: the form
// makes a lead of its own.
func (l *Leads) ForgetInactive(ctx context.Context, since models.Instant, progress func(done int)) (n int, err error) {
	for after := models.ID(0); ctx.Err() == nil; {
		ids, err := l.store.InactiveLeads(ctx, since, after, 100)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		for _, id := range ids {
			if err := l.EraseLead(ctx, id, 0, ""); err != nil {
				return n, err
			}
			n++
		}
		progress(n)
		after = ids[len(ids)-1]
	}
	return n, ctx.Err()
}
