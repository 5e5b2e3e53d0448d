package leads

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// How long the button in a mail works, and how long a consent waits for it.
const (
	confirmLife = 48 * time.Hour
	consentLife = 30 * 24 * time.Hour
)

// freshEvery is how often a link is mailed again to one who asks for it.
const freshEvery = time.Hour

// Confirmation reads the token of a confirmation page. It changes nothing: a scanner that opens every link confirms
// nothing. Text that is no token of ours is models.ErrNotFound, here and below.
func (l *Leads) Confirmation(ctx context.Context, token string) (*ConsentPage, error) {
	x, _, err := l.confirmation(ctx, token)
	if err != nil {
		return nil, err
	}
	return &x.page, nil
}

// confirmation also says which form the button was mailed for.
func (l *Leads) confirmation(ctx context.Context, token string) (x found, sub models.ID, err error) {
	ref, err := l.links.OpenConfirm(token)
	if err != nil {
		return x, 0, models.ErrNotFound
	}
	if x, err = l.find(ctx, ref); err != nil || x.lead == nil {
		return x, 0, err
	}
	sub, _ = models.ParseID(x.mail.Merge["submission"]) // 0: any
	given, ok := waiting(x.consents, sub)
	switch {
	case models.Live(x.consents, models.Newsletter):
		x.page.Standing = StandingDone
		given, _ = lastOf(x.consents, models.Newsletter)
	case !ok: // taken back since, or never confirmed in time
		return x, sub, l.about(ctx, &x, sub)
	case l.clock().Sub(ref.At) >= confirmLife:
		x.page.Standing = StandingOld
	default:
		x.page.Standing = StandingOpen
	}
	if x.page.Text, err = l.textOf(ctx, given.TextID); err != nil {
		return x, sub, err
	}
	return x, sub, l.about(ctx, &x, given.SubmissionID)
}

func (l *Leads) textOf(ctx context.Context, id models.ID) (string, error) {
	texts, err := l.store.ConsentTexts(ctx, []models.ID{id})
	return texts[id].Text, err
}

// Confirm records that the person confirmed what they had ticked (C6). Once more is success again and changes nothing.
func (l *Leads) Confirm(ctx context.Context, token string, who Person) (*ConsentPage, error) {
	x, sub, err := l.confirmation(ctx, token)
	if err != nil {
		return nil, err
	}
	if x.page.Standing != StandingOpen {
		return &x.page, nil
	}
	j, err := l.joiningOf(ctx, x.lead, models.ByLink, who)
	if err != nil {
		return nil, err
	}
	err = l.store.Apply(ctx, store.Change{
		Want: store.Want{LeadID: x.lead.ID},
		Decide: func(f *store.Facts) (store.Rows, error) {
			x.page.Standing = StandingGone
			if f.Lead == nil {
				return store.Rows{}, nil
			}
			given, ok := waiting(f.Consents, sub)
			if ok || models.Live(f.Consents, models.Newsletter) {
				x.page.Standing = StandingDone
			}
			if !ok {
				return store.Rows{}, nil
			}
			return j.decide(f, given), nil
		},
	})
	if err != nil {
		return nil, err
	}
	l.wake()
	return &x.page, nil
}

// FreshConfirmation mails a new button to one whose button is too old: one an hour at most. It tells nobody whether
// there was anything to mail.
func (l *Leads) FreshConfirmation(ctx context.Context, token string, _ Person) error {
	x, sub, err := l.confirmation(ctx, token)
	if err != nil || x.lead == nil {
		return err
	}
	now := l.store.Now()
	if mailed, err := l.store.MailedSince(ctx, x.lead.ID, models.MailConfirm, now.Add(-freshEvery)); mailed || err != nil {
		return err
	}
	p, err := l.campaignOf(ctx, x.lead.ID, sub)
	if err != nil || p == nil {
		return err
	}
	ident := "confirm:" + x.lead.ID.String() + ":" + hourOf(now)
	err = l.store.Apply(ctx, store.Change{
		Want: store.Want{LeadID: x.lead.ID},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil || f.Lead.Email == "" || owed(f, ident) {
				return store.Rows{}, nil
			}
			given, ok := waiting(f.Consents, sub)
			if !ok {
				return store.Rows{}, nil
			}
			merge := models.Merge{"submission": given.SubmissionID.String(), shownText: given.TextID.String()}
			if name := SafeName(f.Lead.Name); name != "" {
				merge["name"] = name
			}
			return store.Rows{Messages: []models.Message{l.message(f, models.Message{
				LeadID: f.Lead.ID, Ident: ident, Class: models.ClassTransactional,
				Kind: models.MailConfirm, To: f.Lead.Email, Locale: p.Locale, VersionID: p.Version.ID, Merge: merge,
			}, confirmLife)}}, nil
		},
	})
	return l.owedOnce(err)
}

// hourOf numbers hours, in idents of mails that are owed once an hour.
func hourOf(at models.Instant) string { return strconv.FormatInt(at.Time().Unix()/3600, 36) }

// owed tells that a mail of this ident waits to be sent.
func owed(f *store.Facts, ident string) bool {
	return slices.ContainsFunc(f.Unsent, func(m models.Message) bool { return m.Ident == ident })
}

// owedOnce wakes the mailer. A mail that is owed already, for two asked at once, is no error.
func (l *Leads) owedOnce(err error) error {
	if err == nil {
		l.wake()
	}
	if errors.Is(err, models.ErrConflict) {
		return nil
	}
	return err
}
