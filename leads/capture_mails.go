package leads

import (
	"slices"
	"strconv"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// How long a mail may still be sent after it was owed.
const (
	salesLife         = 24 * time.Hour
	transactionalLife = 72 * time.Hour
)

// mails are what the submission makes us owe: the delivery to the lead, and word to the salespeople.
func (in *intake) mails(f *store.Facts, sub *models.Submission, rows *store.Rows, same bool) (owed []models.Message, withdrawn []models.ID) {
	waits := ticked(rows.Consents)
	// Who corrects themselves has their mail already, unless they tick the box only now: its button comes by mail.
	again := same && waits && !in.waitedBefore(f, sub.Corrects)
	withdrawn = in.tookBack(f, sub, again)
	if (!same || again) && in.email != "" {
		owed = append(owed, in.delivery(f, sub, rows, waits))
	}
	if h := rows.Handoff; h != nil && h.MailedAt == f.Now {
		owed = append(owed, in.leads.hotMails(f, sub.LeadID, h, in.notify)...)
	}
	return owed, withdrawn
}

// tookBack are mails of earlier sendings of this form that would go to an address that its sender took back; with again
// also those that would be one of two.
func (in *intake) tookBack(f *store.Facts, sub *models.Submission, again bool) (withdrawn []models.ID) {
	if sub.Corrects == 0 {
		return nil
	}
	for _, s := range f.Submissions {
		other := s.LeadID != sub.LeadID
		for _, m := range f.Unsent {
			if m.Ident == models.DeliveryIdent(s.ID) && (other || again) || m.Ident == models.TrialIdent(s.ID) && other {
				withdrawn = append(withdrawn, m.ID)
			}
		}
	}
	return withdrawn
}

// waitedBefore tells that an earlier sending of the form had the box ticked too.
func (in *intake) waitedBefore(f *store.Facts, earlier models.ID) bool {
	return slices.ContainsFunc(f.Consents, func(c models.Consent) bool {
		return c.SubmissionID == earlier && c.Purpose == models.Newsletter && c.Decision == models.Given
	})
}

func (in *intake) delivery(f *store.Facts, sub *models.Submission, rows *store.Rows, waits bool) models.Message {
	m := models.Message{
		LeadID: sub.LeadID, Ident: models.DeliveryIdent(sub.ID), Class: models.ClassTransactional, Kind: models.MailDelivery,
		To: in.email, Locale: in.published.Locale, VersionID: in.published.VersionID, Merge: in.merge(f, sub, rows, waits),
	}
	life := transactionalLife
	if waits && in.givesNothing() {
		m.Kind, life = models.MailConfirm, confirmLife
	}
	return in.leads.message(f, m, life)
}

// givesNothing: such a form is answered by the button alone.
func (in *intake) givesNothing() bool {
	offer := &in.published.Version.Doc.Offer
	return offer.Kind == models.OfferNewsletter && len(offer.Files) == 0 && offer.Coupon == nil && offer.Pool == nil && !in.callMe
}

func (in *intake) merge(f *store.Facts, sub *models.Submission, rows *store.Rows, waits bool) models.Merge {
	merge, offer := models.Merge{"submission": sub.ID.String()}, &in.published.Version.Doc.Offer
	name := sub.Answers[models.FieldFirstName]
	if name == "" {
		name = sub.Answers[models.FieldName]
	}
	if name == "" && f.Lead != nil {
		name = f.Lead.Name
	}
	if name = SafeName(name); name != "" {
		merge["name"] = name
	}
	keepFields(merge, offer.Letter, rows.Lead, in.published)
	switch {
	case rows.Coupon != nil:
		merge["coupon"] = rows.Coupon.Code
	case f.Coupon != nil:
		merge["coupon"] = f.Coupon.Code
	case offer.Pool != nil:
		merge["no_code"] = "1"
	}
	if in.callMe || offer.Kind.RaisesHand() {
		merge["hand"] = "1"
	}
	switch {
	case waits:
		merge["confirm"] = "1"
		if sub.VersionID != in.published.VersionID { // the mail's own version may say other words
			merge[shownText] = newsletter(&in.published.Version.Doc.Form).TextID.String()
		}
	case models.Live(slices.Concat(f.Consents, rows.Consents), models.Newsletter):
		merge["subscribed"] = "1"
	}
	return merge
}

// hotMails tell every salesperson once. Their idents carry the hour, so that a further raised hand can
// bring one more an hour.
func (l *Leads) hotMails(f *store.Facts, lead models.ID, h *models.Handoff, notify []salesperson) []models.Message {
	out := make([]models.Message, len(notify))
	for i, to := range notify {
		out[i] = l.message(f, models.Message{
			LeadID: lead, Ident: "hot:" + h.ID.String() + ":" + h.MailedAt.Time().Format("2006010215") + ":" + strconv.Itoa(i),
			Class: models.ClassSales, Kind: models.MailHot, To: to.email, Locale: to.locale, Merge: models.Merge{"handoff": h.ID.String(), "reason": string(h.Reason)},
		}, salesLife)
	}
	return out
}

// message completes a mail that is owed now.
func (l *Leads) message(f *store.Facts, m models.Message, life time.Duration) models.Message {
	m.ID = f.NewID()
	m.State = models.MessageQueued
	m.MessageID = m.ID.String() + "@" + l.cfg.MailDomain
	m.CreatedAt, m.DueAt, m.NotAfter = f.Now, f.Now, f.Now.Add(life)
	return m
}
