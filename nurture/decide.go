package nurture

import (
	"slices"
	"strings"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// lastLife is how long the last mail of a sequence may still be sent; any other may until the next step.
const lastLife = 7 * 24 * time.Hour

// leastLife is how long any may, however soon the next step is or fast the clock runs.
const leastLife = 10 * time.Minute

// A turn is one lead's next step, to be decided by what is in force now.
type turn struct {
	n         *Nurture
	enrolment models.ID
	lead      models.ID
	sequence  *models.LiveSequence
	campaign  *models.Published
	had       bool // they had the step's mail before
	later     bool // nothing can be decided now
}

func (n *Nurture) turn(e *models.Enrolment) turn {
	live := n.deps.Live()
	return turn{n: n, enrolment: e.ID, lead: e.LeadID, sequence: live.Sequence(e.SequenceID), campaign: live.Campaign(e.CampaignID)}
}

// want asks for the lead's coupon only where a mail could name it.
func (t *turn) want() store.Want {
	w := store.Want{LeadID: t.lead}
	if t.sequence != nil && t.campaign != nil && slices.ContainsFunc(t.doc().Steps, usesCode) {
		w.Coupon = t.campaign.ID
	}
	return w
}

func (t *turn) doc() *models.SequenceDoc { return &t.sequence.Version.Doc }

// decide is pure: the state of this moment decides. Nothing where another program was first, or nothing is in force.
func (t *turn) decide(f *store.Facts) store.Rows {
	e, ok := t.find(f)
	switch {
	case !ok:
		return store.Rows{}
	case t.later:
		e.NextAt = f.Now.Add(putOff)
		return changed(e)
	case t.sequence == nil || t.campaign == nil || t.sequence.State != models.SequenceLive:
		return store.Rows{}
	case e.Step == "":
		t.schedule(f, &e, 0, e.StartedAt)
		return changed(e)
	}
	return t.decideStep(f, e)
}

func changed(e models.Enrolment) store.Rows { return store.Rows{Enrolments: []models.Enrolment{e}} }

// find is the enrolment as it is now, where its time has come.
func (t *turn) find(f *store.Facts) (models.Enrolment, bool) {
	for _, e := range f.Enrolments {
		if e.ID == t.enrolment {
			return e, e.State == models.EnrolmentActive && e.NextAt <= f.Now
		}
	}
	return models.Enrolment{}, false
}

func (t *turn) decideStep(f *store.Facts, e models.Enrolment) store.Rows {
	step, at := t.doc().Step(e.Step)
	if step == nil { // an editor took it out: what stands in its place comes next
		if at = e.Place; at >= len(t.doc().Steps) {
			end(f, &e)
			return changed(e)
		}
		step = &t.doc().Steps[at]
	}
	if why := t.exit(f); why != "" {
		return t.leaves(f, e, why)
	}
	// The program may have stood still past the moment, or an editor moved the window: nobody is decided on at night.
	if open := t.opens(f, step, f.Now); open > f.Now {
		e.Step, e.Place, e.NextAt = step.Key, at, open
		return changed(e)
	}
	failed := t.failing(f, step.Conditions)
	t.schedule(f, &e, at+1, f.Now)
	rows := changed(e)
	switch {
	case t.had:
	case failed != nil:
		rows.Steps = []models.StepCount{{SequenceID: t.sequence.ID, Step: step.Key, What: models.CountSkipped + string(failed.On), N: 1}}
	default:
		rows.Messages = []models.Message{t.message(f, step, &e)}
	}
	return rows
}

// leaves takes a lead out. A goal that was reached without an act, such as by a later version of the sequence, is credited
// here to the step that was sent last; by an act it has been where the act was recorded.
func (t *turn) leaves(f *store.Facts, e models.Enrolment, why models.StopReason) store.Rows {
	var rows store.Rows
	if why == models.StopGoal {
		rows.Steps = t.sequence.Credit(&e, f.Unsent, models.CountGoal)
	}
	e.Stop(why, f.Now)
	rows.Enrolments = []models.Enrolment{e}
	return rows
}

// exit is why a lead leaves, empty where they stay. A goal says more than the heat that often comes with it.
func (t *turn) exit(f *store.Facts) models.StopReason {
	doc := t.doc()
	switch {
	case f.Lead.Status == models.Disqualified:
		return models.StopDisqualified
	case doc.Reached(f.Lead, f.Events, t.sequence.ID):
		return models.StopGoal
	case f.Lead.Temperature == models.Hot && !doc.KeepHot:
		return models.StopHot
	case f.Lead.Email == "", !models.Live(f.Consents, models.Newsletter): // there is nobody we may write to
		return models.StopUnsubscribed
	}
	return ""
}

// schedule gives a step its time, or ends the sequence where there is none.
func (t *turn) schedule(f *store.Facts, e *models.Enrolment, at int, from models.Instant) {
	if at >= len(t.doc().Steps) {
		end(f, e)
		return
	}
	step := &t.doc().Steps[at]
	e.Step, e.Place = step.Key, at
	e.NextAt = t.opens(f, step, from.Add(t.n.scaled(time.Duration(step.Delay)*time.Minute)))
}

func end(f *store.Facts, e *models.Enrolment) {
	e.State, e.Step, e.EndedAt = models.EnrolmentDone, "", f.Now
}

// opens is the first moment from one on at which a step may be sent.
func (t *turn) opens(f *store.Facts, step *models.Step, from models.Instant) models.Instant {
	s := t.sending(f, step)
	return models.At(s.Next(from.Time(), t.n.cfg.Zone))
}

// sending is when a step may be sent. At any other speed than the real one that is always: to try a sequence in
// minutes, and to have it wait for the morning, would be to try nothing. (I9 is promised of real time.)
func (t *turn) sending(f *store.Facts, step *models.Step) models.Sending {
	if t.n.cfg.Speed != 1 {
		return models.Sending{}
	}
	return models.Sending{Window: step.Window, Quiet: t.doc().Quiet, Zone: f.Lead.Zone}
}

// message owes a step's mail to a lead who now stands at the step after it.
func (t *turn) message(f *store.Facts, step *models.Step, next *models.Enrolment) models.Message {
	until := f.Now.Add(t.n.scaled(lastLife))
	if next.State == models.EnrolmentActive {
		until = next.NextAt
	}
	q := t.sequence
	m := models.Message{
		ID: f.NewID(), LeadID: f.Lead.ID, Class: models.ClassMarketing, Kind: models.MailStep, State: models.MessageQueued,
		Ident: strings.Join([]string{"step", q.ID.String(), f.Lead.ID.String(), step.Key, "1"}, ":"),
		To:    f.Lead.Email, Locale: q.Locale, VersionID: q.VersionID, Merge: t.merge(f, step),
		Purpose: models.Newsletter, Hours: t.sending(f, step).String(), SequenceID: q.ID, Step: step.Key,
		CreatedAt: f.Now, DueAt: f.Now, NotAfter: max(until, f.Now.Add(leastLife)),
	}
	m.MessageID = m.ID.String() + "@" + t.n.cfg.MailDomain
	return m
}
