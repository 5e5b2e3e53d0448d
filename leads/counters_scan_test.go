package leads_test

import (
	"time"

	"sarnakh/models"
)

// at is where something is counted, by the calendar of the zone and nothing of the program's own.
func (b *bustle) at(campaign models.ID, moment models.Instant, from models.Attribution) place {
	civil, err := time.Parse(time.DateOnly, moment.Time().In(b.zone).Format(time.DateOnly))
	if err != nil {
		b.t.Fatal(err)
	}
	source := from.Source
	if source == "" || source == "یک نام بلند" { // no plain word
		source = string(from.Channel)
	}
	if source == "" {
		source = "direct"
	}
	return place{campaign, int(civil.Unix() / 86400), source}
}

// scan counts everything anew.
func (b *bustle) scan() map[place]models.CampaignDay {
	out := map[place]models.CampaignDay{}
	b.later = 0
	count := func(at place, add func(*models.CampaignDay)) {
		sum := out[at]
		add(&sum)
		out[at] = sum
	}
	for at, seen := range b.reported {
		count(at, func(c *models.CampaignDay) { *c = seen })
	}
	subs, acts := map[models.ID]models.Submission{}, map[models.ID]map[models.Instant]models.ID{}
	acted := func(lead models.ID, at models.Instant, sub models.ID) {
		if acts[lead] == nil {
			acts[lead] = map[models.Instant]models.ID{}
		}
		acts[lead][at] = sub
	}
	for _, s := range all(b.world, b.store.EachSubmission) {
		subs[s.ID] = s
		moment := s.CreatedAt
		switch s.Verdict {
		case models.Released:
			moment = b.released[s.ID]
		case models.Spam, models.KeptSpam:
			continue
		}
		acted(s.LeadID, moment, s.ID)
		count(b.at(s.CampaignID, moment, s.Attribution), func(c *models.CampaignDay) { c.Submissions++ })
	}
	for _, l := range all(b.world, b.store.EachLead) {
		count(b.at(l.CampaignID, l.CreatedAt, l.FirstTouch), func(c *models.CampaignDay) { c.Leads++ })
	}
	proven := map[models.ID]bool{}
	for _, x := range all(b.world, b.store.EachConsent) {
		if x.Decision != models.Confirmed {
			continue
		}
		sub := subs[x.SubmissionID]
		acted(x.LeadID, x.CreatedAt, sub.ID)
		if !proven[x.LeadID] {
			proven[x.LeadID] = true
			count(b.at(sub.CampaignID, x.CreatedAt, sub.Attribution), func(c *models.CampaignDay) { c.Confirmed++ })
		}
	}
	for _, e := range all(b.world, b.store.EachEvent) {
		if e.Kind != models.ContentDownloaded {
			continue
		}
		sub := subs[e.Data.Submission]
		acted(e.LeadID, e.At, sub.ID)
		count(b.at(e.CampaignID, e.At, sub.Attribution), func(c *models.CampaignDay) { c.Downloads++ })
	}
	for lead, act := range acts {
		handoffs, err := b.store.HandoffsOf(b.ctx, lead, 10)
		if err != nil || len(handoffs) > 1 {
			b.t.Fatalf("hand-offs: %+v %v", handoffs, err)
		}
		for _, h := range handoffs {
			sub := subs[act[h.OpenedAt]]
			if h.OpenedAt != sub.CreatedAt && h.OpenedAt != b.released[sub.ID] {
				b.later++
			}
			count(b.at(sub.CampaignID, h.OpenedAt, sub.Attribution), func(c *models.CampaignDay) { c.Hot++ })
		}
	}
	return out
}

// counted are the counters as they are kept.
func (b *bustle) counted() map[place]models.CampaignDay {
	b.visits.Flush(b.ctx)
	out := map[place]models.CampaignDay{}
	rows, err := b.db().Query("SELECT campaign_id, day, source, views, seconds, starts, submissions, leads, confirmed, hot, downloads FROM campaign_days")
	if err != nil {
		b.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var at place
		var c models.CampaignDay
		if err := rows.Scan(&at.campaign, &at.day, &at.source, &c.Views, &c.Seconds, &c.Starts, &c.Submissions, &c.Leads, &c.Confirmed, &c.Hot, &c.Downloads); err != nil {
			b.t.Fatal(err)
		}
		if c != (models.CampaignDay{}) {
			out[at] = c
		}
	}
	return out
}

func (b *bustle) agree() {
	b.t.Helper()
	got, want := b.counted(), b.scan()
	for at, c := range want {
		if c != (models.CampaignDay{}) && got[at] != c {
			b.t.Errorf("%+v: counted %+v, there are %+v", at, got[at], c)
		}
	}
	for at, c := range got {
		if want[at] == (models.CampaignDay{}) {
			b.t.Errorf("%+v: counted %+v, there is nothing", at, c)
		}
	}
}

// varied fails the test where the history was too dull to prove anything.
func (b *bustle) varied() {
	b.t.Helper()
	var sum models.CampaignDay
	days := map[int]bool{}
	for at, c := range b.counted() {
		days[at.day] = true
		sum.Views, sum.Starts, sum.Submissions, sum.Leads = sum.Views+c.Views, sum.Starts+c.Starts, sum.Submissions+c.Submissions, sum.Leads+c.Leads
		sum.Confirmed, sum.Hot, sum.Downloads = sum.Confirmed+c.Confirmed, sum.Hot+c.Hot, sum.Downloads+c.Downloads
	}
	b.t.Logf("%d days: %+v, %d released, %d hot after their form", len(days), sum, len(b.released), b.later)
	if len(days) < 8 || min(sum.Views, sum.Starts, sum.Submissions, sum.Leads, sum.Confirmed, sum.Hot, sum.Downloads, int64(len(b.released))) < 5 {
		b.t.Error("too little happened")
	}
}

// forget erases people, of whom nothing may be known afterwards but that somebody came.
func (b *bustle) forget() {
	before := b.counted()
	for _, l := range all(b.world, b.store.EachLead)[:10] {
		if err := b.leads.EraseLead(b.ctx, l.ID, 0, ""); err != nil {
			b.t.Fatal(err)
		}
	}
	after := b.counted()
	if len(before) != len(after) {
		b.t.Errorf("%d counters, %d after erasures", len(before), len(after))
	}
	for at, c := range before {
		if after[at] != c {
			b.t.Errorf("%+v: %+v, after erasures %+v", at, c, after[at])
		}
	}
}
