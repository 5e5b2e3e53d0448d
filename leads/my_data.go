package leads

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"sarnakh/i18n"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"
)

const (
	// myDataLife is how long a mailed link to one's data works.
	myDataLife = 24 * time.Hour
	// maxKept bounds what is shown of a person.
	maxKept = 5000
	// askTime is how long asking takes at least: longer than looking a known address up, so that the time tells nothing.
	askTime = 100 * time.Millisecond
)

// askLimits are how often the link is mailed to one address: whoever asks more often is told the same and gets nothing.
// They take the place of what holds other mail to strangers back for a day (docs/decisions/0015).
var askLimits = [...]Limit{{1, time.Hour}, {5, 24 * time.Hour}, {10, 30 * 24 * time.Hour}}

// AskMyData mails a link to what is kept of an address to that address, as often as askLimits allow. A known and an
// unknown address are answered alike, and after the same work: the request is noted under the keyed hash of the address,
// and for a known one a mail is owed in the same transaction. Errors: *models.Invalid for what is no address, *TooMany.
func (l *Leads) AskMyData(ctx context.Context, address string, locale i18n.Locale, who Person) error {
	_, identity, ok := Mailbox(i18n.FoldText(address))
	if !ok {
		return &models.Invalid{Fields: []models.FieldError{{Field: models.FieldEmail, Key: "invalid.email"}}}
	}
	if ip, err := netip.ParseAddr(who.IP); err == nil {
		if err := l.networks.take(network(ip), []byte("my-data:"+identity), l.clock()); err != nil {
			return err
		}
	}
	answer := time.After(askTime)
	defer func() { <-answer }()
	lead, version, err := l.known(ctx, identity)
	if err != nil {
		return err
	}
	now := l.store.Now()
	often, err := l.askedOften(ctx, lead, now)
	if err != nil {
		return err
	}
	ident := "my_data:" + lead.String() + ":" + hourOf(now)
	return l.owedOnce(l.store.Apply(ctx, store.Change{
		Want: store.Want{Identity: identity},
		Decide: func(f *store.Facts) (store.Rows, error) {
			rows := store.Rows{Audit: &models.AuditEntry{ID: f.NewID(), Action: "my_data.ask", Subject: "identity:" + l.HashIdentity(identity), At: f.Now}}
			if f.Lead == nil || f.Lead.ID != lead || often || owed(f, ident) {
				return rows, nil
			}
			rows.Messages = []models.Message{l.message(f, models.Message{
				LeadID: lead, Ident: ident, Class: models.ClassTransactional, Kind: models.MailMyData, To: f.Lead.Email,
				Locale: string(locale), VersionID: version,
			}, transactionalLife)}
			return rows, nil
		},
	}))
}

// askedOften tells that a lead has had the link as often as it is mailed.
func (l *Leads) askedOften(ctx context.Context, lead models.ID, now models.Instant) (bool, error) {
	longest := askLimits[len(askLimits)-1].Period
	times, err := l.store.MailTimes(ctx, lead, models.MailMyData, now.Add(-longest))
	if err != nil {
		return false, err
	}
	var had tally
	for _, at := range times {
		had.taken = append(had.taken, stamp{at: at.Time()})
	}
	return slices.ContainsFunc(askLimits[:], func(limit Limit) bool { return had.wait(limit, now.Time()) > 0 }), nil
}

// known is the lead with an identity, and the version that it answered last; both 0 where there is none, after the same
// questions.
func (l *Leads) known(ctx context.Context, identity string) (lead, version models.ID, err error) {
	if found, err := l.store.LeadByIdentity(ctx, identity); err == nil {
		lead = found.ID
	} else if !isNotFound(err) {
		return 0, 0, err
	}
	subs, err := l.store.SubmissionsOf(ctx, lead, 1)
	if err != nil || lead == 0 || len(subs) == 0 {
		return lead, 0, err
	}
	return lead, subs[0].VersionID, nil
}

// MyData reads the token of a mailed link and everything that is kept of the person. An old link shows nothing of it.
func (l *Leads) MyData(ctx context.Context, token string) (*MyData, error) {
	ref, err := l.links.OpenMyData(token)
	if err != nil {
		return nil, models.ErrNotFound
	}
	d := &MyData{Standing: StandingGone}
	d.Lead, err = l.store.Lead(ctx, ref.Lead)
	if isNotFound(err) {
		d.Lead = nil
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	d.Standing, d.Locale, d.Email = StandingOld, d.Lead.Locale, masked(d.Lead.Email)
	if m, err := l.store.Message(ctx, ref.Message); err == nil {
		d.Locale = m.Locale // in which they asked
	}
	if !l.young(ref) {
		return d, nil
	}
	d.Standing = StandingOpen
	return d, l.gather(ctx, d)
}

func (l *Leads) young(ref links.Ref) bool { return l.clock().Sub(ref.At) < myDataLife }

// gather reads what is kept of a lead, newest first. Mails to salespeople about it are their data, not its.
func (l *Leads) gather(ctx context.Context, d *MyData) (err error) {
	id := d.Lead.ID
	if d.Submissions, err = l.store.SubmissionsOf(ctx, id, maxKept); err != nil {
		return err
	}
	if d.Consents, err = l.store.ConsentsOf(ctx, id, maxKept); err != nil {
		return err
	}
	if d.Texts, err = l.store.ConsentTexts(ctx, textsOf(d.Consents)); err != nil {
		return err
	}
	if d.Events, err = l.store.EventsOf(ctx, id); err != nil {
		return err
	}
	slices.Reverse(d.Events)
	mails, err := l.store.MessagesOf(ctx, id, maxKept)
	if err != nil {
		return err
	}
	for _, m := range mails {
		if m.Class != models.ClassSales {
			d.Mails = append(d.Mails, m)
		}
	}
	if d.Coupons, err = l.store.CouponsOf(ctx, id); err != nil {
		return err
	}
	d.Enrolments, err = l.store.EnrolmentsOf(ctx, id)
	return err
}

func textsOf(rows []models.Consent) []models.ID {
	seen := map[models.ID]bool{}
	var out []models.ID
	for _, c := range rows {
		if !seen[c.TextID] {
			seen[c.TextID] = true
			out = append(out, c.TextID)
		}
	}
	return out
}
