package admin

import (
	"context"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/templates/admin"
)

// sparkDays is how many days a campaign's course is shown of in the list.
const sparkDays = 12

// A span is the days that figures are of: the last so many up to today, or all.
type span struct {
	days, today int // days is 0 for all
}

func (h *Handlers) span(period string) span {
	return span{days: map[string]int{"": 30, "7": 7, "90": 90}[period], today: leads.Day(h.Clock(), h.Site.Zone)}
}

// from is the first day; 0 for all.
func (s span) from() int {
	if s.days == 0 {
		return 0
	}
	return s.today - s.days + 1
}

// campaignFigures are what campaigns achieved in a span, and their course over the last days.
func (h *Handlers) campaignFigures(ctx context.Context, ids []models.ID, s span) (map[models.ID]admin.CampaignFigures, error) {
	recent := s.today - sparkDays + 1
	days, err := h.Store.CampaignFigures(ctx, ids, min(s.from(), recent), recent)
	if err != nil {
		return nil, err
	}
	out := make(map[models.ID]admin.CampaignFigures, len(ids))
	for _, d := range days {
		f := out[d.CampaignID]
		if d.Day == 0 || d.Day >= s.from() {
			f.Visits, f.Leads, f.Hot = f.Visits+d.Views, f.Leads+d.Leads, f.Hot+d.Hot
		}
		if d.Day >= recent && d.Day <= s.today {
			if f.Spark == nil {
				f.Spark = make([]int64, sparkDays)
			}
			f.Spark[d.Day-recent] += d.Views
		}
		out[d.CampaignID] = f
	}
	return out, nil
}

// A sum is what was counted over some days.
type sum struct{ visits, leads, hot float64 }

func (s *sum) add(d *models.CampaignDay) {
	s.visits, s.leads, s.hot = s.visits+float64(d.Views), s.leads+float64(d.Leads), s.hot+float64(d.Hot)
}

// rate is the share of visits that became leads.
func (s sum) rate() float64 {
	if s.visits == 0 {
		return 0
	}
	return min(s.leads/s.visits, 1)
}

// campaignKPIs are what all campaigns achieved in a span, against the span before it.
func (h *Handlers) campaignKPIs(ctx context.Context, loc *i18n.Loc, s span) ([]admin.KPI, error) {
	first := 0
	if s.days > 0 {
		first = s.from() - s.days
	}
	days, err := h.Totals.Days(ctx, h.Store, first, s.today)
	if err != nil {
		return nil, err
	}
	from := s.from()
	if s.days == 0 && len(days) > 0 {
		from = days[0].Day
	}
	var now, before sum
	course := make([]sum, min(sparkDays, s.today-from+1))
	for i := range days {
		d := &days[i]
		if d.Day < from {
			before.add(d)
			continue
		}
		now.add(d)
		course[(d.Day-from)*len(course)/(s.today-from+1)].add(d)
	}
	kpi := func(key, icon, shown string, of func(sum) float64) admin.KPI {
		k := admin.KPI{Key: key, Icon: icon, Shown: shown, Now: of(now), Before: of(before), Compared: s.days > 0}
		for _, c := range course {
			k.Spark = append(k.Spark, of(c))
		}
		return k
	}
	conversion := "—"
	if now.visits > 0 {
		conversion = loc.Percent(now.rate(), 1)
	}
	return []admin.KPI{
		kpi("visits", "eye", loc.Int(int64(now.visits)), func(s sum) float64 { return s.visits }),
		kpi("leads", "users", loc.Int(int64(now.leads)), func(s sum) float64 { return s.leads }),
		kpi("conversion", "flag", conversion, sum.rate),
		kpi("hot", "flame", loc.Int(int64(now.hot)), func(s sum) float64 { return s.hot }),
	}, nil
}
