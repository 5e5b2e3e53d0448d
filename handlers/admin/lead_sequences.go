package admin

import (
	"cmp"

	"sarnakh/models"
	"sarnakh/templates/admin"
)

// sequences are those that the lead is or was in, the newest first.
func (v *leadView) sequences() (out []admin.LeadSequence, err error) {
	ctx := v.c.Request().Context()
	for i := range v.enrolments {
		e := &v.enrolments[i]
		q, err := v.h.Store.Sequence(ctx, e.SequenceID)
		if err != nil {
			return nil, err
		}
		r := running{Sequence: q}
		if r.force, err = v.h.inForce(ctx, q); err != nil {
			return nil, err
		}
		s := admin.LeadSequence{
			Name: q.Name, State: string(e.State), Reason: string(e.Reason), Paused: q.State == models.SequencePaused,
			Since: v.h.in(e.CreatedAt), NextAt: v.h.in(e.NextAt), EndedAt: v.h.in(e.EndedAt),
		}
		if e.State == models.EnrolmentActive {
			s.Step = v.h.sequenceWords(v.loc, q, r.doc()).step(cmp.Or(e.Step, firstKey(r.doc())))
		}
		if v.mayEdit() {
			s.URL = sequenceURL(q.ID)
		}
		out = append(out, s)
	}
	return out, nil
}
