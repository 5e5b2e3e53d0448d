package store

import (
	"context"
	"hash/maphash"

	"sarnakh/models"
)

// A Change is one act of a lead: the facts it needs, and a pure function from these facts to the rows
// that record it. Many waiting changes are committed as one transaction. Decide may be called again with
// fresh facts when the group has to be replayed, so it must have no effect but its result.
type Change struct {
	Want   Want
	Decide func(*Facts) (Rows, error)
}

// Want names the facts that a change needs; what is empty is not loaded.
type Want struct {
	Identity string    // the lead with this identity, with its events, consents and open hand-off
	LeadID   models.ID // or the lead with this ID
	Token    []byte    // submissions made under this form token
	Domain   string    // how many of this company were active within 30 days
	Coupon   models.ID // how many coupons this campaign has given, and whether this lead has one
	Pool     models.ID // a free code of this campaign's pool, and whether this lead has one
	// Submission is one submission by its ID, such as one to be released.
	Submission models.ID
	// Forbids mail: what begins after the change was answered has seen it (I4).
	Forbids bool
}

// Facts are what the database holds at the moment of deciding, earlier changes of the same group
// included. The lead is the caller's to change; the rest is only to be read.
type Facts struct {
	Now   models.Instant
	NewID func() models.ID

	Lead     *models.Lead // nil: unknown
	Events   []models.Event
	Consents []models.Consent // all of the lead, oldest first
	Handoff  *models.Handoff  // the open one

	Enrolments []models.Enrolment // of the lead

	Submissions []models.Submission // of the token, oldest first
	Unsent      []models.Message    // queued mail to the lead and about it, and to those whom the token named before
	Submission  *models.Submission  // the one asked for by ID

	Colleagues []models.ID // other leads of the domain active within 30 days, three at most
	Issued     int         // coupons that the campaign has given
	Coupon     *models.Coupon
	Code       *models.CouponCode // the next that is free
}

// Rows are what a change writes. A nil or empty part writes nothing.
type Rows struct {
	Lead       *models.Lead
	Words      []string // by which the lead is to be found; nil leaves them as they are
	Submission *models.Submission
	Consents   []models.Consent
	Events     []models.Event
	Handoff    *models.Handoff
	Messages   []models.Message
	Withdraw   []models.ID // queued mails that are no longer owed
	Coupon     *models.Coupon
	Code       *models.CouponCode  // the one that the coupon takes from the pool
	Count      *models.CampaignDay // added to the counts of its campaign, day and source
	Enrolments []models.Enrolment  // new ones, and those that changed
	Steps      []models.StepCount  // added
	Suppress   []models.Suppression
	Lift       []models.Suppression // by hash and scope
	Verdicts   map[models.ID]models.Verdict
	Audit      *models.AuditEntry
	Jobs       []models.Job // owed from now on
}

var shardSeed = maphash.MakeSeed()

// Apply commits a change and returns when it is on disk. Where it returns an error nothing was written.
// It is models.ErrOverloaded when too many wait.
func (s *Store) Apply(ctx context.Context, c Change) error {
	// One lead always goes to one committer, so that within a process two groups never race for it.
	i := 0
	if n := len(s.committers); n > 1 {
		key := c.Want.Identity
		if key == "" {
			key = c.Want.LeadID.String()
		}
		i = int(maphash.String(shardSeed, key) % uint64(n))
	}
	return s.committers[i].submit(ctx, &task{change: &c})
}
