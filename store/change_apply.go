package store

import (
	"cmp"
	"database/sql"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
)

// A ledger is what a group of changes knows and has decided: loaded once for all, seen by each in turn,
// written once at the end.
type ledger struct {
	leads       map[string]*models.Lead    // by identity
	byID        map[models.ID]*models.Lead // the same
	events      map[models.ID][]models.Event
	consents    map[models.ID][]models.Consent
	handoffs    map[models.ID]*models.Handoff
	submissions map[string][]models.Submission // by token
	unsent      map[models.ID][]models.Message // by lead
	submission  map[models.ID]*models.Submission
	domains     map[string][]colleague
	issued      map[models.ID]int
	coupons     map[couponKey]*models.Coupon
	enrolments  map[models.ID][]models.Enrolment // by lead
	free        map[models.ID][]models.CouponCode

	out written
}

type couponKey struct{ campaign, lead models.ID }

// written are the rows that the group has decided, in the order of deciding.
type written struct {
	leads       []*models.Lead     // latest state, each once
	known       map[models.ID]bool // those that were there before
	leadAt      map[models.ID]int
	words       map[models.ID][]string
	submissions []models.Submission
	released    []models.Submission
	consents    []models.Consent
	events      []models.Event
	opened      []models.Handoff
	handoffs    map[models.ID]models.Handoff // changed ones that were there before
	messages    []models.Message
	withdrawn   []models.ID
	coupons     []models.Coupon
	stock       map[models.ID]int
	counts      map[dayKey]*models.CampaignDay
	codes       []models.CouponCode
	enrolments  []models.Enrolment
	enrolmentAt map[models.ID]int
	steps       map[stepKey]int64
	suppress    []models.Suppression
	lift        []models.Suppression
	verdicts    map[models.ID]models.Verdict
	audit       []models.AuditEntry
	jobs        []models.Job
}

type stepKey struct {
	sequence   models.ID
	step, what string
}

type dayKey struct {
	campaign models.ID
	day      int
	source   string
}

// applyChanges loads the facts of all changes in the group, lets each decide in turn, and writes what
// they decided. A change that refuses (its Decide returns an error) has its outcome and writes nothing.
func (s *Store) applyChanges(tx *gorm.DB, conn *sql.Conn, group []*task, outcomes []error) error {
	wants := make([]Want, 0, len(group))
	for _, t := range group {
		if t.change != nil {
			wants = append(wants, t.change.Want)
		}
	}
	if len(wants) == 0 {
		return nil
	}
	// A change that forbids mail waits for the mails just beginning, before it holds any row.
	if slices.ContainsFunc(wants, func(w Want) bool { return w.Forbids }) {
		if err := s.holdMail(tx); err != nil {
			return err
		}
	}
	l, err := s.load(tx, wants)
	if err != nil {
		return err
	}
	for i, t := range group {
		if t.change == nil {
			continue
		}
		rows, err := t.change.Decide(l.facts(s, t.change.Want))
		if err != nil {
			outcomes[i] = err
			continue
		}
		l.take(rows)
	}
	return pipelined(tx, conn, func(tx *gorm.DB) error { return s.save(tx, &l.out) })
}

// facts are what one change may see now.
func (l *ledger) facts(s *Store, w Want) *Facts {
	f := &Facts{Now: s.Now(), NewID: s.NewID}
	lead := l.leads[w.Identity]
	if lead == nil {
		lead = l.byID[w.LeadID]
	}
	if w.Submission != 0 {
		f.Submission = l.submission[w.Submission]
	}
	if lead != nil {
		f.Lead = lead.Clone()
		f.Events = l.events[lead.ID]
		f.Consents = l.consents[lead.ID]
		f.Unsent = slices.Clone(l.unsent[lead.ID])
		f.Enrolments = slices.Clone(l.enrolments[lead.ID])
		if h := l.handoffs[lead.ID]; h != nil {
			open := *h
			f.Handoff = &open
		}
	}
	f.Submissions = l.submissions[string(w.Token)]
	for _, sub := range f.Submissions {
		if lead == nil || sub.LeadID != lead.ID {
			f.Unsent = append(f.Unsent, l.unsent[sub.LeadID]...)
		}
	}
	since := f.Now.Add(-colleagueWindow)
	for _, c := range l.domains[w.Domain] {
		if c.lastAct >= since && (lead == nil || c.id != lead.ID) && len(f.Colleagues) < colleagueLimit {
			f.Colleagues = append(f.Colleagues, c.id)
		}
	}
	if w.Coupon != 0 {
		f.Issued = l.issued[w.Coupon]
	}
	if campaign := cmp.Or(w.Coupon, w.Pool); campaign != 0 && lead != nil {
		f.Coupon = l.coupons[couponKey{campaign, lead.ID}]
	}
	if free := l.free[w.Pool]; len(free) > 0 {
		f.Code = &free[0]
	}
	return f
}

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
	sum := l.out.counts[key]
	if sum == nil {
		row := *c
		l.out.counts[key] = &row
		return
	}
	sum.Views += c.Views
	sum.Seconds += c.Seconds
	sum.Starts += c.Starts
	sum.Submissions += c.Submissions
	sum.Leads += c.Leads
	sum.Confirmed += c.Confirmed
	sum.Hot += c.Hot
	sum.Downloads += c.Downloads
}
