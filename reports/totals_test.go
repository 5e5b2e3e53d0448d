package reports_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"sarnakh/models"
	"sarnakh/reports"
)

// counted are days as the database has them; it says how many days were asked for.
type counted struct {
	days  map[int]int64
	asked int
}

func (c *counted) DayTotals(_ context.Context, from, to int) (out []models.CampaignDay, _ error) {
	for day := from; day < to; day++ {
		c.asked++
		if n := c.days[day]; n > 0 {
			out = append(out, models.CampaignDay{Day: day, Views: n})
		}
	}
	return out, nil
}

// A1: whatever is asked in whatever order, while days go on and the last three are still counted to, totals are what an
// addition of all days gives.
func TestTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		db := &counted{days: map[int]int64{}}
		var totals reports.Totals
		today := 100
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				today += rapid.IntRange(1, 5).Draw(t, "days")
			case 1:
				db.days[today-rapid.IntRange(0, 2).Draw(t, "ago")]++
			default:
				from := today - rapid.IntRange(0, 60).Draw(t, "period")
				got, err := totals.Days(t.Context(), db, from, today)
				if err != nil {
					t.Fatal(err)
				}
				sum := map[int]int64{}
				for i, d := range got {
					if i > 0 && got[i-1].Day >= d.Day {
						t.Fatalf("days in disorder: %v", got)
					}
					sum[d.Day] = d.Views
				}
				for day := from; day <= today; day++ {
					if sum[day] != db.days[day] {
						t.Fatalf("day %d of %d to %d: %d, want %d", day, from, today, sum[day], db.days[day])
					}
					delete(sum, day)
				}
				if len(sum) > 0 {
					t.Fatalf("days that nobody asked for: %v", sum)
				}
			}
		}
	})
}

// Days that are over are read once.
func TestTotalsAreKept(t *testing.T) {
	db := &counted{days: map[int]int64{5: 7, 98: 1}}
	var totals reports.Totals
	for range 3 {
		if _, err := totals.Days(t.Context(), db, 0, 100); err != nil {
			t.Fatal(err)
		}
	}
	if db.asked != 101+2*3 {
		t.Errorf("%d days were read", db.asked)
	}
}
