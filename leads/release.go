package leads

import (
	"context"

	"sarnakh/models"
	"sarnakh/store"
)

// Release takes a submission out of quarantine, as if it had been taken when it was sent: lead, score,
// consents and the mail it was owed. It returns the lead, 0 where no contact was left. A submission that
// isn't in quarantine is models.ErrConflict.
func (l *Leads) Release(ctx context.Context, id models.ID) (lead models.ID, err error) {
	sub, err := l.store.Submission(ctx, id)
	if err != nil {
		return 0, err
	}
	p, err := l.cards.Version(ctx, sub.VersionID)
	if err != nil {
		return 0, err
	}
	in := &intake{leads: l, published: l.withSequences(p), checked: recheck(&p.Version.Doc.Form, sub), page: "/p/" + p.Slug, notify: l.salespeople(), submission: *sub}
	want := in.wants(nil)
	want.Submission = id
	err = l.store.Apply(ctx, store.Change{
		Want: want,
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Submission == nil || f.Submission.Verdict != models.Spam {
				return store.Rows{}, models.ErrConflict
			}
			released := *f.Submission
			released.Verdict = models.Released
			rows := in.accept(f, released, nil)
			lead = rows.Submission.LeadID
			return rows, nil
		},
	})
	if err == nil {
		l.wake()
	}
	return lead, err
}

// withSequences is a version of the past with the sequences that its campaign has now.
func (l *Leads) withSequences(p *models.Published) *models.Published {
	now := l.campaigns().Campaign(p.ID)
	if now == nil || now == p {
		return p
	}
	out := *p
	out.Sequences = now.Sequences
	return &out
}

// recheck finds in a stored submission what checking its post found.
func recheck(form *models.Form, sub *models.Submission) checked {
	c := checked{answers: models.Answers{}, purposes: sub.Purposes}
	for i := range form.Fields {
		if v := sub.Answers[form.Fields[i].Name]; v != "" {
			c.keep(&form.Fields[i], v)
		}
	}
	return c
}
