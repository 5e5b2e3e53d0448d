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
	notify []salesperson
}

// joiningOf reads what joining needs and a decision may not ask for.
func (l *Leads) joiningOf(ctx context.Context, lead *models.Lead, how models.Method, who Person) (joining, error) {
	held, err := l.store.Suppressions(ctx, l.HashIdentity(lead.Identity))
	return joining{leads: l, how: how, who: who, held: held, notify: l.salespeople()}, err
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
	l.actedOn(f, &rows, j.notify)
	return rows
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

// actedOn scores a lead after its own act and does what its becoming hot asks for: salespeople are told, and sequences end.
func (l *Leads) actedOn(f *store.Facts, rows *store.Rows, notify []salesperson) {
	h, hot := l.score(f, f.Lead, rows.Events, notify)
	rows.Handoff = h
	if h != nil && h.MailedAt == f.Now {
		rows.Messages = append(rows.Messages, l.hotMails(f, f.Lead.ID, h, notify)...)
	}
	if f.Lead.Temperature == models.Hot {
		rows.Enrolments = l.stopHot(f, rows.Enrolments, rows.Enrolments)
	}
	if hot {
		l.leaveHot(f, rows)
		rows.Count = &models.CampaignDay{CampaignID: f.Lead.CampaignID, Day: Day(f.Now.Time(), l.cfg.Zone),
			Source: CountedSource(f.Lead.LastTouch), Hot: 1}
	}
}
