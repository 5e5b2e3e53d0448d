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

// A leaving is what an act of a lead means for the sequences it is in.
type leaving struct {
	lead      *models.Lead
	happened  []models.Event // to the lead, this act's among them
	becameHot bool
}

// why a lead has no more part in a sequence, empty where it has. A goal says more than the heat that often comes with it.
func (o *leaving) why(q *models.LiveSequence, becameHot bool) models.StopReason {
	switch {
	case q != nil && q.Version.Doc.Reached(o.lead, o.happened, q.ID):
		return models.StopGoal
	case becameHot && (q == nil || !q.Version.Doc.KeepHot):
		return models.StopHot
	}
	return ""
}

// leave takes a lead at once out of the sequences whose goal its act reached, and where it became hot by it, of those that
// don't go on writing to one who is a salesperson's now; a hot lead begins none of these either. Their mails that have not
// begun are withdrawn, and the step that was sent last is credited (N1, N5).
func (l *Leads) leave(f *store.Facts, rows *store.Rows, o leaving) {
	published := l.campaigns()
	for _, e := range merged(f.Enrolments, rows.Enrolments) {
		if !e.Running() {
			continue
		}
		q := published.Sequence(e.SequenceID)
		if o.becameHot {
			rows.Steps = append(rows.Steps, q.Credit(&e, f.Unsent, models.CountHot)...)
		}
		begins := slices.ContainsFunc(rows.Enrolments, func(x models.Enrolment) bool { return x.ID == e.ID })
		why := o.why(q, o.becameHot || begins && o.lead.Temperature == models.Hot)
		if why == models.StopGoal {
			rows.Steps = append(rows.Steps, q.Credit(&e, f.Unsent, models.CountGoal)...)
		}
		if why != "" {
			e.Stop(why, f.Now)
			rows.Enrolments = merged(rows.Enrolments, []models.Enrolment{e})
		}
	}
	for _, m := range f.Unsent { // the last mail waits perhaps, of a sequence that is through
		if m.LeadID == o.lead.ID && m.SequenceID != 0 && o.why(published.Sequence(m.SequenceID), o.becameHot) != "" {
			rows.Withdraw = append(rows.Withdraw, m.ID)
		}
	}
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
