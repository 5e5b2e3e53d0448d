package reports

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"sarnakh/models"
)

// openDays are the last days that still may be counted to: today, and those whose counts somebody still has in hand.
const openDays = 3

// Totals are what all campaigns together achieved, by day. Days that are long over don't change any more, so they are
// added up once and kept; the zero value keeps none yet. It is safe for concurrent use.
type Totals struct {
	mu       sync.Mutex
	days     map[int]models.CampaignDay
	from, to int // which days are kept: from the first up to the second
}

// Adder adds up what happened on all campaigns, as package store does.
type Adder interface {
	DayTotals(ctx context.Context, from, to int) ([]models.CampaignDay, error)
}

// Days are the totals from a day to today, those on which nothing happened left out.
func (t *Totals) Days(ctx context.Context, a Adder, from, today int) ([]models.CampaignDay, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.days == nil || today+1-openDays < t.to { // the clock went back
		first := min(from, today+1-openDays) // no day that is still counted to is ever kept
		t.days, t.from, t.to = map[int]models.CampaignDay{}, first, first
	}
	if from < t.from {
		rows, err := a.DayTotals(ctx, from, t.from)
		if err != nil {
			return nil, err
		}
		t.keep(rows)
		t.from = from
	}
	open, err := a.DayTotals(ctx, t.to, today+1)
	if err != nil {
		return nil, err
	}
	closed := today + 1 - openDays
	t.keep(slices.DeleteFunc(slices.Clone(open), func(d models.CampaignDay) bool { return d.Day >= closed }))
	t.to = closed
	out := slices.DeleteFunc(open, func(d models.CampaignDay) bool { return d.Day < max(closed, from) })
	for day, d := range t.days {
		if day >= from {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b models.CampaignDay) int { return cmp.Compare(a.Day, b.Day) })
	return out, nil
}

func (t *Totals) keep(rows []models.CampaignDay) {
	for _, d := range rows {
		t.days[d.Day] = d
	}
}
