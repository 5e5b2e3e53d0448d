package leads

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// An intake is one post, checked and judged, waiting to be decided on.
type intake struct {
	leads     *Leads
	published *models.Published
	checked
	spam         bool
	page         string
	repeatWithin time.Duration // of a post without a token
	notify       []salesperson
	submission   models.Submission
}

// wants are the facts that the decision needs. What is kept aside as spam touches no lead and takes no code.
func (in *intake) wants(token []byte) store.Want {
	w := store.Want{Token: token}
	if in.spam {
		return w
	}
	w.Identity, w.Domain = in.identity, companyDomain(in.identity)
	switch offer := &in.published.Version.Doc.Offer; {
	case offer.Pool != nil:
		w.Pool = in.published.ID
	case offer.Coupon != nil:
		w.Coupon = in.published.ID
	}
	return w
}

// decide is pure: what was posted and what is known become rows. It returns the submission that answers
// the post, which for a repeat is the earlier one.
func (in *intake) decide(f *store.Facts) (store.Rows, models.ID) {
	if earlier := in.repeats(f); earlier != 0 {
		return store.Rows{}, earlier
	}
	sub := in.submission
	sub.ID, sub.CreatedAt = f.NewID(), f.Now
	var corrected *models.Submission
	if n := len(f.Submissions); n > 0 && in.repeatWithin == 0 {
		corrected = &f.Submissions[n-1]
		sub.Corrects = corrected.ID
	}
	if in.repeatWithin != 0 {
		sub.Digest = ownDigest(sub.ID)
	}
	if in.spam {
		return store.Rows{Submission: &sub}, sub.ID
	}
	return in.accept(f, sub, corrected), sub.ID
}

// repeats finds the submission that this post repeats.
func (in *intake) repeats(f *store.Facts) models.ID {
	for i := len(f.Submissions) - 1; i >= 0; i-- {
		s := &f.Submissions[i]
		switch {
		case in.repeatWithin != 0 && f.Now.Sub(s.CreatedAt) <= in.repeatWithin:
			return s.ID
		case in.repeatWithin == 0 && bytes.Equal(s.Digest, in.submission.Digest):
			return s.ID
		}
	}
	return 0
}

// ownDigest lets a post without a token be sent again after its ten minutes.
func ownDigest(id models.ID) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 8, 16), uint64(id))
}

// accept records a submission with everything that it means.
func (in *intake) accept(f *store.Facts, sub models.Submission, corrected *models.Submission) store.Rows {
	rows := store.Rows{Submission: &sub}
	if in.identity == "" { // a question answered without leaving a contact
		rows.Withdraw = in.tookBack(f, &sub, false)
		rows.Count = in.count(&sub, f.Now, false, false)
		return rows
	}
	lead, isNew := f.Lead, false
	if lead == nil {
		lead, isNew = in.newLead(f, &sub), true
	}
	before := wordsOf(lead)
	in.fill(lead, &sub, f.Now)
	sub.LeadID = lead.ID
	same := corrected != nil && corrected.LeadID == lead.ID

	rows.Lead = lead
	if wordsOf(lead) != before {
		rows.Words = searchWords(lead)
	}
	rows.Consents = in.consents(f, &sub)
	rows.Events = slices.Concat(in.events(f, &sub, corrected, same), in.joined(f, &sub, rows.Consents))
	handoff, becameHot := in.leads.score(f, lead, rows.Events, in.notify)
	rows.Handoff = handoff
	in.giveCoupon(f, &sub, &rows)
	rows.Messages, rows.Withdraw = in.mails(f, &sub, &rows, same)
	rows.Jobs = in.trials(&sub, same)
	rows.Enrolments = in.enrol(f, lead, rows.Consents)
	in.leads.leave(f, &rows, leaving{lead, slices.Concat(f.Events, rows.Events), becameHot})
	rows.Count = in.count(&sub, f.Now, isNew, becameHot)
	return rows
}

func (in *intake) newLead(f *store.Facts, sub *models.Submission) *models.Lead {
	lead := &models.Lead{
		ID: f.NewID(), Identity: in.identity, Domain: companyDomain(in.identity), Locale: in.published.Locale,
		Stage: models.StageLead, Status: models.Open, Temperature: models.Cold, Card: in.published.Version.Doc.Card,
		CampaignID: in.published.ID, FirstTouch: sub.Attribution, CreatedAt: f.Now,
	}
	return lead
}

// fill puts the answers on the lead. What was left empty changes nothing that is known.
func (in *intake) fill(lead *models.Lead, sub *models.Submission, now models.Instant) {
	form := &in.published.Version.Doc.Form
	for i := range form.Fields {
		field := &form.Fields[i]
		if target := field.Target(); target != "" {
			lead.Set(target, sub.Answers[field.Name], now)
		}
	}
	if lead.Name == "" || sub.Answers[models.FieldName] == "" {
		nameFromParts(lead)
	}
	if zone := zoneOf(lead); zone != "" {
		lead.Zone = zone
	}
	lead.LastTouch, lead.LastActAt, lead.UpdatedAt = sub.Attribution, now, now
}

func nameFromParts(lead *models.Lead) {
	switch {
	case lead.FirstName != "" && lead.LastName != "":
		lead.Name = lead.FirstName + " " + lead.LastName
	case lead.Name == "":
		lead.Name = lead.FirstName + lead.LastName
	}
}

// events: the form once, however often it is corrected, but a hand raised in a correction counts.
func (in *intake) events(f *store.Facts, sub *models.Submission, corrected *models.Submission, same bool) []models.Event {
	offer := &in.published.Version.Doc.Offer
	data := models.EventData{Campaign: in.published.Slug, OfferKind: offer.Kind, Funnel: offer.Funnel, CallMe: in.callMe, Submission: sub.ID}
	if same {
		if !in.callMe || corrected.Answers["call_me"] == "1" {
			return nil
		}
		data.OfferKind, data.Funnel = "", ""
	}
	if len(f.Colleagues) > 0 {
		data.People = 1 + len(f.Colleagues)
	}
	return []models.Event{{ID: f.NewID(), LeadID: sub.LeadID, CampaignID: in.published.ID, Kind: models.FormSubmitted, Data: data, At: sub.CreatedAt}}
}

// giveCoupon gives the lead its one code of the campaign while there are any: the shared one, or one of a pool that
// nobody else has (I5).
func (in *intake) giveCoupon(f *store.Facts, sub *models.Submission, rows *store.Rows) {
	offer, now := &in.published.Version.Doc.Offer, f.Now.Time()
	if f.Coupon != nil {
		return
	}
	c := &models.Coupon{CampaignID: in.published.ID, LeadID: sub.LeadID, SubmissionID: sub.ID, IssuedAt: f.Now}
	switch {
	case offer.Pool != nil:
		if f.Code == nil || !offer.Pool.Running(now) {
			return
		}
		c.Code, c.Pool, rows.Code = f.Code.Code, true, f.Code
	case !offer.Coupon.Running(now) || offer.Coupon.Stock > 0 && f.Issued >= offer.Coupon.Stock:
		return
	default:
		c.Code = offer.Coupon.Code
	}
	c.ID = f.NewID()
	rows.Coupon = c
}

// count is what a submission adds on the day it is taken in: one that was kept aside as spam, on the day it is released,
// so that the figures of days past stay as they were read.
func (in *intake) count(sub *models.Submission, at models.Instant, isNew, becameHot bool) *models.CampaignDay {
	c := &models.CampaignDay{CampaignID: in.published.ID, Day: Day(at.Time(), in.leads.cfg.Zone),
		Source: CountedSource(sub.Attribution), Submissions: 1}
	if isNew {
		c.Leads = 1
	}
	if becameHot {
		c.Hot = 1
	}
	return c
}

// Day numbers the civil days of a zone from 1970, for counting.
func Day(t time.Time, zone *time.Location) int {
	y, m, d := t.In(zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// CountedSource is the name under which a visit is counted: its source where that is a plain word, else
// its channel, so that nobody can fill the counters with names. A visit of which nothing is known is a direct one.
func CountedSource(a models.Attribution) string {
	channel := string(cmp.Or(a.Channel, models.ChannelDirect))
	if len(a.Source) > 40 || a.Source == "" {
		return channel
	}
	for _, r := range a.Source {
		if r != '.' && r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
			return channel
		}
	}
	return a.Source
}
