package leads

import (
	"slices"

	"sarnakh/models"
	"sarnakh/store"
)

// enrol takes a lead into the sequences of a campaign (N1): waiting while its consent waits to be confirmed, at once where
// the consent is live. A lead is in a sequence once; one that left because the consent had ended comes back to where
// it stood.
func (in *intake) enrol(f *store.Facts, lead *models.Lead, said []models.Consent) []models.Enrolment {
	live := models.Live(slices.Concat(f.Consents, said), models.Newsletter)
	if lead.Email == "" || lead.Status == models.Disqualified || !live && !in.purposes[string(models.Newsletter)] {
		return nil
	}
	var out []models.Enrolment
	for i := range in.published.Sequences {
		q := &in.published.Sequences[i]
		if q.State == models.SequenceDraft {
			continue
		}
		e, isNew := enrolmentIn(f.Enrolments, q.ID), false
		if e == nil {
			e, isNew = &models.Enrolment{ID: f.NewID(), SequenceID: q.ID, LeadID: lead.ID, CampaignID: in.published.ID,
				State: models.EnrolmentWaiting, CreatedAt: f.Now}, true
		}
		back := reopen(e)
		switch {
		case e.State != models.EnrolmentWaiting:
			continue
		case live:
			start(e, f.Now)
		case !isNew && !back:
			continue // it waits already
		}
		out = append(out, *e)
	}
	return out
}

// enrolmentIn is a copy of the lead's enrolment in a sequence, nil for none.
func enrolmentIn(all []models.Enrolment, sequence models.ID) *models.Enrolment {
	for _, e := range all {
		if e.SequenceID == sequence {
			return &e
		}
	}
	return nil
}

// reopen lets an enrolment wait again that ended with the consent.
func reopen(e *models.Enrolment) bool {
	if e.State != models.EnrolmentStopped || e.Reason != models.StopExpired && e.Reason != models.StopUnsubscribed {
		return false
	}
	e.State, e.Reason, e.EndedAt = models.EnrolmentWaiting, "", 0
	return true
}

// start begins an enrolment that waits. One that comes back goes on no sooner than it would have.
func start(e *models.Enrolment, now models.Instant) {
	due := e.NextAt
	e.Start(now)
	e.NextAt = max(due, now)
}

// startWaiting begins what waited for the consent. With back, what ended with an earlier consent comes back too.
func startWaiting(f *store.Facts, back bool) (changed []models.Enrolment) {
	for _, e := range f.Enrolments {
		if back {
			reopen(&e)
		}
		if e.State == models.EnrolmentWaiting {
			start(&e, f.Now)
			changed = append(changed, e)
		}
	}
	return changed
}

// stopAll ends every enrolment that runs.
func stopAll(f *store.Facts, why models.StopReason) (changed []models.Enrolment) {
	for _, e := range f.Enrolments {
		if e.Running() {
			e.Stop(why, f.Now)
			changed = append(changed, e)
		}
	}
	return changed
}

// leaveHot takes a lead that became hot by this very act out of the sequences that don't go on writing to it: it is a
// salesperson's now. Their mails that have not begun are withdrawn, and the step that was sent last is credited (N5).
func (l *Leads) leaveHot(f *store.Facts, rows *store.Rows) {
	published, all := l.campaigns(), merged(f.Enrolments, rows.Enrolments)
	for i := range all {
		if e := &all[i]; e.Running() {
			rows.Steps = append(rows.Steps, lastStep(published.Sequence(e.SequenceID), e, f.Unsent)...)
		}
	}
	rows.Enrolments = l.stopHot(f, rows.Enrolments, all)
	for _, m := range f.Unsent {
		if m.LeadID == rows.Lead.ID && m.SequenceID != 0 && !l.keepsHot(m.SequenceID) {
			rows.Withdraw = append(rows.Withdraw, m.ID)
		}
	}
}

// stopHot ends those of running that a hot lead has no part in, and adds them to what changed.
func (l *Leads) stopHot(f *store.Facts, changed, running []models.Enrolment) []models.Enrolment {
	for _, e := range running {
		if e.Running() && !l.keepsHot(e.SequenceID) {
			e.Stop(models.StopHot, f.Now)
			changed = merged(changed, []models.Enrolment{e})
		}
	}
	return changed
}

func (l *Leads) keepsHot(sequence models.ID) bool {
	q := l.campaigns().Sequence(sequence)
	return q != nil && q.Version.Doc.KeepHot
}

// merged are enrolments with those that changed since in their places, and the new ones at the end.
func merged(all, changed []models.Enrolment) []models.Enrolment {
	out := slices.Clone(all)
	for _, e := range changed {
		if i := slices.IndexFunc(out, func(x models.Enrolment) bool { return x.ID == e.ID }); i >= 0 {
			out[i] = e
		} else {
			out = append(out, e)
		}
	}
	return out
}

// lastStep credits the step before the next, or the one before that where its mail has not begun. It is empty where
// nothing was sent yet.
func lastStep(q *models.LiveSequence, e *models.Enrolment, unsent []models.Message) []models.StepCount {
	if q == nil || e.Step == "" {
		return nil
	}
	steps := q.Version.Doc.Steps
	_, next := q.Version.Doc.Step(e.Step)
	if next < 0 {
		next = e.Place
	}
	for i := min(next, len(steps)) - 1; i >= 0; i-- {
		queued := slices.ContainsFunc(unsent, func(m models.Message) bool {
			return m.SequenceID == q.ID && m.Step == steps[i].Key && m.LeadID == e.LeadID
		})
		if !queued {
			return []models.StepCount{{SequenceID: q.ID, Step: steps[i].Key, What: models.CountHot, N: 1}}
		}
	}
	return nil
}
