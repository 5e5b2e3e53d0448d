package reports

import "sarnakh/models"

// A Period is a stretch of days, both ends in it. Days are numbered as they are counted: from 1970, on the owner's
// calendar.
type Period struct{ First, Last int }

// LastDays are so many days that end with today.
func LastDays(n, today int) Period { return Period{today - n + 1, today} }

// Days is how many there are.
func (p Period) Days() int { return p.Last - p.First + 1 }

// Before is the period of the same length that ended the day before.
func (p Period) Before() Period { return Period{p.First - p.Days(), p.First - 1} }

// Sum adds up the counts of the days that are in the period.
func (p Period) Sum(days []models.CampaignDay) (sum models.CampaignDay) {
	for i := range days {
		if d := &days[i]; d.Day >= p.First && d.Day <= p.Last {
			sum.Add(d)
		}
	}
	return sum
}

// Series is a count on each day of the period, 0 where nothing happened.
func (p Period) Series(days []models.CampaignDay, count func(*models.CampaignDay) int64) []int64 {
	out := make([]int64, p.Days())
	for i := range days {
		if d := &days[i]; d.Day >= p.First && d.Day <= p.Last {
			out[d.Day-p.First] += count(d)
		}
	}
	return out
}

// Leads is the count of new leads.
func Leads(d *models.CampaignDay) int64 { return d.Leads }
