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
