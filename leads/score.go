package leads

import (
	"slices"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/store"
)

// furtherHandEvery is how often an open hand-off may bring one more mail, by a further raised hand.
const furtherHandEvery = time.Hour

// facts are what a lead's score depends on.
func (l *Leads) facts(lead *models.Lead, events []models.Event) scoring.Facts {
	return scoring.Facts{Lead: lead, Events: events, Zone: l.cfg.Zone, FreeMail: lead.Email != "" && FreeMail(lead.Identity)}
}

// score puts the lead's score, stage, kinds and temperature as they are after its own act, and opens a
// hand-off where it became hot (S1, Q1), of which notify are told. The hand-off returned was opened or
// changed; nil for neither.
func (l *Leads) score(f *store.Facts, lead *models.Lead, added []models.Event, notify []salesperson) (h *models.Handoff, becameHot bool) {
	card, version := l.cards.Card(lead.Card)
	if card == nil {
		return nil, false
	}
	facts := l.facts(lead, slices.Concat(f.Events, added))
	now := f.Now.Time()
	sum := card.Value(facts, now)
	o := card.Qualify(facts, sum, scoring.Act{Own: true, Events: added}, now)
	put(lead, sum, o, version, f.Now)
	return handOver(f, lead, o, notify), o.BecameHot
}

// put writes a score and what the rules make of it on the lead.
func put(lead *models.Lead, sum scoring.Sum, o scoring.Outcome, version int, now models.Instant) {
	lead.Score, lead.Fit, lead.Engagement, lead.Grade = sum.S, sum.Fit, sum.Engagement, sum.Grade
	lead.Stage, lead.Temperature, lead.RaisedHandAt = o.Stage, o.Temperature, o.RaisedHandAt
	lead.Kinds = append(lead.Kinds, o.Added...)
	lead.CardVersion, lead.ScoredAt = version, now
}

// handOver opens the one hand-off of a lead that became hot, or has the salespeople told again of a
// further raised hand. MailedAt says that they are told now; while there is nobody to tell it stays 0, so
// that the next raised hand is heard.
func handOver(f *store.Facts, lead *models.Lead, o scoring.Outcome, notify []salesperson) *models.Handoff {
	told := f.Now
	if len(notify) == 0 {
		told = 0
	}
	switch {
	case lead.Temperature != models.Hot || !o.BecameHot && !o.RaisedHand:
		return nil
	case f.Handoff == nil:
		return &models.Handoff{ID: f.NewID(), LeadID: lead.ID, Reason: o.Reason, Score: lead.Score, OpenedAt: f.Now, MailedAt: told}
	case o.RaisedHand && f.Now.Sub(f.Handoff.MailedAt) >= furtherHandEvery:
		h := *f.Handoff
		h.MailedAt = told
		return &h
	}
	return nil
}
