package leads

import (
	"cmp"
	"context"
	"slices"

	"sarnakh/models"
	"sarnakh/store"
)

// Preferences reads the token of a preference page. It changes nothing. The link has no age.
func (l *Leads) Preferences(ctx context.Context, token string) (*Preferences, error) {
	x, err := l.preferring(ctx, token)
	if err != nil {
		return nil, err
	}
	return l.preferences(ctx, &x)
}

func (l *Leads) preferring(ctx context.Context, token string) (found, error) {
	ref, err := l.links.OpenPreferences(token)
	if err != nil {
		return found{}, models.ErrNotFound
	}
	l.openings.note(ref.Message, "prefs", 0, l.clock())
	x, err := l.find(ctx, ref)
	if err != nil || x.lead == nil {
		return x, err
	}
	x.page.Standing = StandingOpen
	return x, l.about(ctx, &x, 0)
}

// preferences are what the person was ever asked for, each with the text as it was shown last.
func (l *Leads) preferences(ctx context.Context, x *found) (*Preferences, error) {
	out := &Preferences{ConsentPage: x.page}
	var texts []models.ID
	for _, p := range askedFor(x.consents) {
		last, _ := lastOf(x.consents, p)
		texts = append(texts, last.TextID)
		_, unconfirmed := models.Unconfirmed(x.consents, p)
		out.Choices = append(out.Choices, PurposeChoice{Purpose: p, On: models.Live(x.consents, p), Waiting: unconfirmed})
	}
	if len(texts) == 0 {
		return out, nil
	}
	known, err := l.store.ConsentTexts(ctx, texts)
	for i := range out.Choices {
		out.Choices[i].Text = known[texts[i]].Text
	}
	return out, err
}

// order of the purposes on a page; those of the owner come after.
var order = []models.Purpose{models.Newsletter, models.ByPhone, models.BySMS, models.Tracking}

// askedFor are the purposes that rows are about, each once.
func askedFor(rows []models.Consent) (out []models.Purpose) {
	for _, c := range rows {
		if !slices.Contains(out, c.Purpose) {
			out = append(out, c.Purpose)
		}
	}
	place := func(p models.Purpose) int {
		if i := slices.Index(order, p); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(out, func(a, b models.Purpose) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
	return out
}

// SetPreferences records what the person chose, purpose by purpose; one that is not named stays as it is, as does one
// that they were never asked for. The page was reached from a mail to the address, so that the newsletter needs no
// further confirmation.
func (l *Leads) SetPreferences(ctx context.Context, token string, on map[models.Purpose]bool, who Person) (*Preferences, error) {
	x, err := l.preferring(ctx, token)
	if err != nil {
		return nil, err
	}
	if x.lead == nil {
		return &Preferences{ConsentPage: x.page}, nil
	}
	j, err := l.joiningOf(ctx, x.lead, models.ByPage, who)
	if err != nil {
		return nil, err
	}
	j.back = true
	q := quitting{leads: l, how: models.ByPage, who: who, reason: "unsubscribe", hash: l.HashIdentity(x.lead.Identity), mail: x.mail}
	err = l.apply(ctx, store.Change{
		Want: store.Want{LeadID: x.lead.ID, Forbids: true},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil {
				return store.Rows{}, nil
			}
			return l.prefer(f, on, &j, &q), nil
		},
	})
	if err != nil {
		return nil, err
	}
	l.wake()
	l.awaitMail(ctx, x.lead.ID)
	if x, err = l.preferring(ctx, token); err != nil {
		return nil, err
	}
	if x.lead != nil {
		x.page.Standing = StandingDone
	}
	return l.preferences(ctx, &x)
}

// prefer decides on each purpose that changes.
func (l *Leads) prefer(f *store.Facts, on map[models.Purpose]bool, j *joining, q *quitting) (rows store.Rows) {
	var others []models.Consent
	for _, p := range askedFor(f.Consents) {
		want, named := on[p]
		last, _ := lastOf(f.Consents, p)
		live := models.Live(f.Consents, p)
		_, unconfirmed := models.Unconfirmed(f.Consents, p)
		switch {
		case !named || want && live || !want && !live && !unconfirmed:
		case p == models.Newsletter && want:
			rows = j.decide(f, last)
		case p == models.Newsletter:
			rows = q.decide(f)
		case want:
			others = append(others, l.decision(f, models.Given, last, j.how, j.who))
		default:
			others = append(others, l.decision(f, models.Withdrawn, last, q.how, q.who))
		}
	}
	rows.Consents = append(rows.Consents, others...)
	if rows.Lead == nil && len(others) > 0 {
		acted(f)
		rows.Lead = f.Lead
	}
	return rows
}
