package store

import (
	"slices"

	"sarnakh/models"
)

// take adds a change's rows to what later changes of the group see, and to what will be written.
func (l *ledger) take(r Rows) {
	l.takeLead(r.Lead, r.Words)
	if sub := r.Submission; sub != nil {
		if _, known := l.submission[sub.ID]; known {
			l.out.released = append(l.out.released, *sub)
		} else {
			l.out.submissions = append(l.out.submissions, *sub)
			l.submissions[string(sub.Token)] = append(l.submissions[string(sub.Token)], *sub)
		}
		l.submission[sub.ID] = sub
	}
	for _, c := range r.Consents {
		l.consents[c.LeadID] = append(l.consents[c.LeadID], c)
	}
	l.out.consents = append(l.out.consents, r.Consents...)
	for _, e := range r.Events {
		l.events[e.LeadID] = append(l.events[e.LeadID], e)
	}
	l.out.events = append(l.out.events, r.Events...)
	l.takeHandoff(r.Handoff)
	l.takeMessages(r.Messages, r.Withdraw)
	l.takeCoupon(r.Coupon, r.Code)
	l.takeCount(r.Count)
	l.takeEnrolments(r.Enrolments)
	for _, c := range r.Steps {
		l.out.steps[stepKey{c.SequenceID, c.Step, c.What}] += c.N
	}
	l.out.suppress, l.out.lift = append(l.out.suppress, r.Suppress...), append(l.out.lift, r.Lift...)
	l.takeVerdicts(r.Verdicts)
	l.out.jobs = append(l.out.jobs, r.Jobs...)
	if r.Audit != nil {
		l.out.audit = append(l.out.audit, *r.Audit)
	}
}

func (l *ledger) takeEnrolments(changed []models.Enrolment) {
	for _, e := range changed {
		known := l.enrolments[e.LeadID]
		if i := slices.IndexFunc(known, func(k models.Enrolment) bool { return k.ID == e.ID }); i >= 0 {
			known[i] = e
		} else {
			l.enrolments[e.LeadID] = append(known, e)
		}
		if i, again := l.out.enrolmentAt[e.ID]; again {
			l.out.enrolments[i] = e
			continue
		}
		l.out.enrolmentAt[e.ID] = len(l.out.enrolments)
		l.out.enrolments = append(l.out.enrolments, e)
	}
}

func (l *ledger) takeVerdicts(verdicts map[models.ID]models.Verdict) {
	for id, v := range verdicts {
		if i := slices.IndexFunc(l.out.events, func(e models.Event) bool { return e.ID == id }); i >= 0 {
			l.out.events[i].Verdict = v
		} else {
			l.out.verdicts[id] = v
		}
		for _, events := range l.events {
			if i := slices.IndexFunc(events, func(e models.Event) bool { return e.ID == id }); i >= 0 {
				events[i].Verdict = v
			}
		}
	}
}

func (l *ledger) takeLead(lead *models.Lead, words []string) {
	if lead == nil {
		return
	}
	l.leads[lead.Identity], l.byID[lead.ID] = lead, lead
	if i, again := l.out.leadAt[lead.ID]; again {
		l.out.leads[i] = lead
	} else {
		l.out.leadAt[lead.ID] = len(l.out.leads)
		l.out.leads = append(l.out.leads, lead)
	}
	if words != nil {
		l.out.words[lead.ID] = words
	}
	if lead.Domain != "" {
		l.domains[lead.Domain] = meet(l.domains[lead.Domain], colleague{lead.ID, lead.LastActAt})
	}
}

func (l *ledger) takeHandoff(h *models.Handoff) {
	if h == nil {
		return
	}
	for i := range l.out.opened {
		if l.out.opened[i].ID == h.ID {
			l.out.opened[i] = *h
			l.handoffs[h.LeadID] = openOnly(h)
			return
		}
	}
	if was := l.handoffs[h.LeadID]; was != nil && was.ID == h.ID {
		l.out.handoffs[h.ID] = *h
	} else {
		l.out.opened = append(l.out.opened, *h)
	}
	l.handoffs[h.LeadID] = openOnly(h)
}

func openOnly(h *models.Handoff) *models.Handoff {
	if h.ClosedAt != 0 {
		return nil
	}
	return h
}

// takeMessages adds what is owed. A mail that is withdrawn in the very group that owes it is never written.
func (l *ledger) takeMessages(owed []models.Message, withdraw []models.ID) {
	for _, id := range withdraw {
		if !l.forget(id) {
			l.out.withdrawn = append(l.out.withdrawn, id)
		}
	}
	for _, m := range owed {
		l.unsent[m.LeadID] = append(l.unsent[m.LeadID], m)
	}
	l.out.messages = append(l.out.messages, owed...)
}

func (l *ledger) forget(id models.ID) bool {
	for i, m := range l.out.messages {
		if m.ID == id {
			l.out.messages[i].State = models.MessageSuppressed
			l.out.messages[i].Reply = withdrawnReply
			return true
		}
	}
	return false
}

func (l *ledger) takeCoupon(c *models.Coupon, from *models.CouponCode) {
	if c == nil {
		return
	}
	l.out.coupons = append(l.out.coupons, *c)
	if from == nil {
		l.out.stock[c.CampaignID]++
		l.issued[c.CampaignID]++
	} else {
		l.out.codes = append(l.out.codes, models.CouponCode{ID: from.ID, CampaignID: c.CampaignID, Code: c.Code, CouponID: c.ID})
		l.free[c.CampaignID] = slices.DeleteFunc(l.free[c.CampaignID], func(x models.CouponCode) bool { return x.ID == from.ID })
	}
	l.coupons[couponKey{c.CampaignID, c.LeadID}] = c
}

func (l *ledger) takeCount(c *models.CampaignDay) {
	if c == nil {
		return
	}
	key := dayKey{c.CampaignID, c.Day, c.Source}
	if sum := l.out.counts[key]; sum != nil {
		sum.Add(c)
		return
	}
	row := *c
	l.out.counts[key] = &row
}
