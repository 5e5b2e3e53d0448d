package leads

import (
	"context"
	"slices"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// A quitting is somebody who wants no more marketing mail.
type quitting struct {
	leads  *Leads
	how    models.Method
	who    Person
	reason string         // of the suppression
	hash   string         // of the identity
	mail   models.Message // that carried the link; zero for none
}

// decide takes the newsletter back and does what follows: nothing more begins, and what was on its way ends (I4). Said
// once more it only makes sure.
func (q *quitting) decide(f *store.Facts) store.Rows {
	l, lead := q.leads, f.Lead
	rows := store.Rows{
		Suppress:   []models.Suppression{{Hash: q.hash, Scope: models.SuppressMarketing, Reason: q.reason, CreatedAt: f.Now}},
		Enrolments: stopAll(f, models.StopUnsubscribed),
	}
	for _, m := range f.Unsent {
		if m.LeadID == lead.ID && m.Class >= models.ClassMarketing {
			rows.Withdraw = append(rows.Withdraw, m.ID)
		}
	}
	about, asked := lastOf(f.Consents, models.Newsletter)
	if !q.first(f, asked) {
		return rows
	}
	if asked {
		rows.Consents = []models.Consent{l.decision(f, models.Withdrawn, about, q.how, q.who)}
	}
	if q.mail.SequenceID != 0 && q.mail.LeadID == lead.ID {
		rows.Steps = []models.StepCount{{SequenceID: q.mail.SequenceID, Step: q.mail.Step, What: models.CountUnsubscribed, N: 1}}
	}
	rows.Events = []models.Event{{ID: f.NewID(), LeadID: lead.ID, CampaignID: lead.CampaignID, Kind: models.Unsubscribed, At: f.Now}}
	acted(f)
	// Whoever says no does not become hot by it, whatever their score.
	l.rescore(lead, slices.Concat(f.Events, rows.Events), f.Now.Time())
	rows.Lead = lead
	return rows
}

// first tells that they had not said so before, or had come back since. Who was never asked, such as an imported lead,
// has no consent to say it by.
func (q *quitting) first(f *store.Facts, asked bool) bool {
	if asked {
		last, _ := models.Unconfirmed(f.Consents, models.Newsletter)
		return last.Decision != models.Withdrawn
	}
	return !slices.ContainsFunc(f.Events, func(e models.Event) bool { return e.Kind == models.Unsubscribed })
}

// Unsubscription reads the token of an unsubscribe page. It changes nothing. The link has no age.
func (l *Leads) Unsubscription(ctx context.Context, token string) (*ConsentPage, error) {
	x, err := l.unsubscription(ctx, token)
	if err != nil {
		return nil, err
	}
	return &x.page, nil
}

func (l *Leads) unsubscription(ctx context.Context, token string) (found, error) {
	ref, err := l.links.OpenUnsubscribe(token)
	if err != nil {
		return found{}, models.ErrNotFound
	}
	l.openings.note(ref.Message, "u", 0, l.clock())
	x, err := l.find(ctx, ref)
	if err != nil || x.lead == nil {
		return x, err
	}
	x.page.Standing = StandingOpen
	if held, err := l.quitBefore(ctx, &x); held || err != nil {
		x.page.Standing = StandingDone
		if err != nil {
			return x, err
		}
	}
	return x, l.about(ctx, &x, 0)
}

// quitBefore tells that nothing is left to stop.
func (l *Leads) quitBefore(ctx context.Context, x *found) (bool, error) {
	if models.Live(x.consents, models.Newsletter) {
		return false, nil
	}
	if _, ok := models.Unconfirmed(x.consents, models.Newsletter); ok {
		return false, nil
	}
	held, err := l.store.Suppressions(ctx, l.HashIdentity(x.lead.Identity))
	return len(held) > 0, err
}

// Unsubscribe takes the newsletter back before it answers. It works for ever and as often as it is said, also when
// whoever it was for has been forgotten.
func (l *Leads) Unsubscribe(ctx context.Context, token string, how models.Method, who Person) (*ConsentPage, error) {
	x, err := l.unsubscription(ctx, token)
	if err != nil {
		return nil, err
	}
	x.page.Standing = StandingDone
	if x.lead == nil {
		return &x.page, nil
	}
	q := quitting{leads: l, how: how, who: who, reason: "unsubscribe", hash: l.HashIdentity(x.lead.Identity), mail: x.mail}
	err = l.apply(ctx, store.Change{
		Want: store.Want{LeadID: x.lead.ID, Forbids: true},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil { // forgotten meanwhile, which stays suppressed
				return store.Rows{}, nil
			}
			return q.decide(f), nil
		},
	})
	if err != nil {
		return nil, err
	}
	l.awaitMail(ctx, x.lead.ID)
	return &x.page, nil
}

// awaitMail gives a mail that began before a moment to arrive, so that none is seen to begin after the answer (I4):
// what has begun may only be on its way to a connection.
func (l *Leads) awaitMail(ctx context.Context, lead models.ID) {
	for range 50 {
		if flying, err := l.store.MailInFlight(ctx, lead); err != nil || !flying {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// apply is for what a person must not be told to try again: it waits where others wait already.
func (l *Leads) apply(ctx context.Context, c store.Change) (err error) {
	for range 20 {
		if err = l.store.Apply(ctx, c); err != models.ErrOverloaded {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
	return err
}
