package admin

import (
	"cmp"

	"sarnakh/models"
	"sarnakh/templates/admin"
)

// sequences are those that the lead is or was in, the newest first.
func (v *leadView) sequences() (out []admin.LeadSequence, err error) {
	ids := make([]models.ID, len(v.enrolments))
	for i := range v.enrolments {
		ids[i] = v.enrolments[i].SequenceID
	}
	sequences, force, err := v.h.Store.SequencesByID(v.c.Request().Context(), ids)
	if err != nil {
		return nil, err
	}
	for i := range v.enrolments {
		e := &v.enrolments[i]
		q := sequences[e.SequenceID]
		if q == nil {
			return nil, models.ErrNotFound
		}
		r := running{Sequence: q, force: force[q.ID]}
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
