package leads

import (
	"context"

	"sarnakh/store"
)

// maxWaiting is how many leads that nobody was told of are told at a time: more would bury their reader.
const maxWaiting = 50

// TellWaiting tells salespeople of the leads that became hot while there was nobody to tell, such as
// before the first owner came.
func (l *Leads) TellWaiting(ctx context.Context) error {
	l.forgetUsers()
	notify := l.salespeople()
	if len(notify) == 0 {
		return nil
	}
	waiting, err := l.store.UntoldHandoffs(ctx, maxWaiting)
	if err != nil {
		return err
	}
	for _, h := range waiting {
		err := l.store.Apply(ctx, store.Change{
			Want: store.Want{LeadID: h.LeadID},
			Decide: func(f *store.Facts) (store.Rows, error) {
				if f.Handoff == nil || f.Handoff.MailedAt != 0 {
					return store.Rows{}, nil
				}
				told := *f.Handoff
				told.MailedAt = f.Now
				return store.Rows{Handoff: &told, Messages: l.hotMails(f, h.LeadID, &told, notify)}, nil
			},
		})
		if err != nil {
			return err
		}
	}
	if len(waiting) > 0 {
		l.wake()
	}
	return nil
}
