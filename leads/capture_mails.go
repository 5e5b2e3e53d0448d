package leads

import (
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
func (in *intake) mails(f *store.Facts, sub *models.Submission, coupon *models.Coupon, h *models.Handoff, same bool) (owed []models.Message, withdrawn []models.ID) {
	if sub.Corrects != 0 && !same {
		for _, m := range f.Unsent { // it would go to an address that its sender took back
			if m.Kind == models.MailDelivery && m.Ident == deliveryIdent(sub.Corrects) {
				withdrawn = append(withdrawn, m.ID)
			}
		}
	}
	if !same && in.email != "" {
		owed = append(owed, in.delivery(f, sub, coupon))
	}
	if h != nil && h.MailedAt == f.Now {
		owed = append(owed, in.leads.hotMails(f, sub.LeadID, h, in.notify)...)
	}
	return owed, withdrawn
}

func deliveryIdent(sub models.ID) string { return "delivery:" + sub.String() }

func (in *intake) delivery(f *store.Facts, sub *models.Submission, coupon *models.Coupon) models.Message {
	merge := models.Merge{"submission": sub.ID.String()}
	lead := f.Lead
	name := sub.Answers[models.FieldFirstName]
	if name == "" {
		name = sub.Answers[models.FieldName]
	}
	if name == "" && lead != nil {
		name = lead.Name
	}
	if name = SafeName(name); name != "" {
		merge["name"] = name
	}
	if coupon == nil {
		coupon = f.Coupon
	}
	if coupon != nil {
		merge["coupon"] = coupon.Code
	}
	if in.callMe || in.published.Version.Doc.Offer.Kind.RaisesHand() {
		merge["hand"] = "1"
	}
	return in.leads.message(f, models.Message{
		LeadID: sub.LeadID, Ident: deliveryIdent(sub.ID), Class: models.ClassTransactional, Kind: models.MailDelivery,
		To: in.email, Locale: in.published.Locale, VersionID: in.published.VersionID, Merge: merge,
	}, transactionalLife)
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
