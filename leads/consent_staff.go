package leads

import (
	"context"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
)

// EditConsent records what a person told a user: that they take a consent back, or a spoken yes to calls or text
// messages. A yes to anything else is the person's own to give: models.ErrForbidden. It is audited; what is so already
// stays as it is.
func (l *Leads) EditConsent(ctx context.Context, lead models.ID, p models.Purpose, on bool, by *models.User, ip string) error {
	if on && p != models.ByPhone && p != models.BySMS {
		return models.ErrForbidden
	}
	known, err := l.store.Lead(ctx, lead)
	if err != nil {
		return err
	}
	spoken := models.Consent{Purpose: p}
	if on {
		loc := i18n.For(i18n.Locale(known.Locale))
		if spoken.TextID, err = l.store.SpokenText(ctx, p, loc.Lang(), loc.T("mail.spoken."+string(p))); err != nil {
			return err
		}
	}
	who := Person{IP: ip}
	q := quitting{leads: l, how: models.ByPerson, who: who, reason: "objection", hash: l.HashIdentity(known.Identity)}
	return l.apply(ctx, store.Change{
		Want: store.Want{LeadID: lead, Forbids: true},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil {
				return store.Rows{}, models.ErrNotFound
			}
			rows, changed := l.edit(f, p, on, spoken, &q)
			if !changed {
				return store.Rows{}, nil
			}
			said := models.Withdrawn
			if on {
				said = models.Given
			}
			rows.Audit = &models.AuditEntry{ID: f.NewID(), UserID: by.ID, Action: "consent.edit", Subject: "lead:" + lead.String(),
				Detail: string(p) + " " + string(said), IP: ip, At: f.Now}
			return rows, nil
		},
	})
}

func (l *Leads) edit(f *store.Facts, p models.Purpose, on bool, spoken models.Consent, q *quitting) (rows store.Rows, changed bool) {
	live := models.Live(f.Consents, p)
	_, unconfirmed := models.Unconfirmed(f.Consents, p)
	last, asked := lastOf(f.Consents, p)
	switch {
	case on && live, !on && p != models.Newsletter && !live && !unconfirmed:
		return rows, false
	case on:
		rows.Consents = []models.Consent{l.decision(f, models.Given, spoken, q.how, q.who)}
	case p == models.Newsletter: // also where none was given: then it is an objection
		if rows = q.decide(f); len(rows.Events) == 0 {
			return rows, false
		}
	case asked:
		rows.Consents = []models.Consent{l.decision(f, models.Withdrawn, last, q.how, q.who)}
	}
	return rows, true
}
