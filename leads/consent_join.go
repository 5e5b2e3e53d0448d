package leads

import (
	"context"
	"slices"

	"sarnakh/models"
	"sarnakh/store"
)

// newsletterJoined names the activation by which a card knows a confirmed subscriber.
const newsletterJoined = "newsletter_joined"

// A joining is somebody who proved that the address is theirs and agrees to be written to.
type joining struct {
	leads  *Leads
	how    models.Method
	who    Person
	held   []models.Suppression // against their identity, as it was read before
	back   bool                 // into sequences that ended with an earlier consent
	came   []models.Submission  // of the lead, newest first, as they were read before
	notify []salesperson
}

// joiningOf reads what joining needs and a decision may not ask for.
func (l *Leads) joiningOf(ctx context.Context, lead *models.Lead, how models.Method, who Person) (joining, error) {
	held, err := l.store.Suppressions(ctx, l.HashIdentity(lead.Identity))
	if err != nil {
		return joining{}, err
	}
	came, err := l.store.SubmissionsOf(ctx, lead.ID, maxConsents)
	return joining{leads: l, how: how, who: who, held: held, came: came, notify: l.salespeople()}, err
}

// decide confirms a consent and does what follows: what held mail back is lifted, sequences begin, the score counts it
// (C6, N1, S1).
func (j *joining) decide(f *store.Facts, given models.Consent) store.Rows {
	l, lead := j.leads, f.Lead
	rows := store.Rows{Lead: lead, Consents: []models.Consent{l.decision(f, models.Confirmed, given, j.how, j.who)}}
	j.lift(f, &rows)
	if lead.Status != models.Disqualified {
		rows.Enrolments = startWaiting(f, j.back)
	}
	rows.Events = []models.Event{{ID: f.NewID(), LeadID: lead.ID, CampaignID: lead.CampaignID, Kind: models.Activated,
		Data: models.EventData{Name: newsletterJoined, Submission: given.SubmissionID}, At: f.Now}}
	acted(f)
	hot := l.actedOn(f, &rows, j.notify)
	rows.Count = j.count(f, given, hot)
	return rows
}

// count is what a confirmation adds to the campaign and source of the form that it belongs to: the first of a person is
// counted, since an address is proven once.
func (j *joining) count(f *store.Facts, given models.Consent, hot bool) *models.CampaignDay {
	proven := slices.ContainsFunc(f.Consents, func(c models.Consent) bool { return c.Decision == models.Confirmed })
	if proven && !hot {
		return nil
	}
	c := &models.CampaignDay{CampaignID: f.Lead.CampaignID, Day: Day(f.Now.Time(), j.leads.cfg.Zone), Source: CountedSource(f.Lead.LastTouch)}
	if i := slices.IndexFunc(j.came, func(s models.Submission) bool { return s.ID == given.SubmissionID }); i >= 0 {
		c.CampaignID, c.Source = j.came[i].CampaignID, CountedSource(j.came[i].Attribution)
	}
	if !proven {
		c.Confirmed = 1
	}
	if hot {
		c.Hot = 1
	}
	return c
}

// lift takes back what an earlier refusal of this person left against their address, as their own audited act. A
// complaint or a bounce stays (I7).
func (j *joining) lift(f *store.Facts, rows *store.Rows) {
	for _, s := range j.held {
		if s.Scope == models.SuppressMarketing && slices.Contains([]string{"unsubscribe", "objection", "erasure"}, s.Reason) {
			rows.Lift = append(rows.Lift, s)
			rows.Audit = &models.AuditEntry{ID: f.NewID(), Action: "suppression.lift", Subject: "lead:" + f.Lead.ID.String(),
				Detail: s.Reason + ", " + string(j.how), IP: j.who.IP, At: f.Now}
		}
	}
}

// actedOn scores a lead after its own act and does what comes of that: salespeople are told where it became
// hot, and sequences end.
func (l *Leads) actedOn(f *store.Facts, rows *store.Rows, notify []salesperson) (becameHot bool) {
	h, hot := l.score(f, f.Lead, rows.Events, notify)
	rows.Handoff = h
	if h != nil && h.MailedAt == f.Now {
		rows.Messages = append(rows.Messages, l.hotMails(f, f.Lead.ID, h, notify)...)
	}
	l.leave(f, rows, leaving{f.Lead, slices.Concat(f.Events, rows.Events), hot})
	return hot
}
