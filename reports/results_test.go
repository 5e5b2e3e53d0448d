package reports_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sarnakh/models"
	"sarnakh/reports"
)

func TestPeriods(t *testing.T) {
	p := reports.LastDays(30, 100)
	if p != (reports.Period{First: 71, Last: 100}) || p.Days() != 30 || p.Before() != (reports.Period{First: 41, Last: 70}) {
		t.Errorf("%+v, before it %+v", p, p.Before())
	}
	days := []models.CampaignDay{{Day: 70, Leads: 9}, {Day: 71, Leads: 1, Views: 5}, {Day: 100, Leads: 2, Hot: 1}, {Day: 101, Leads: 7}}
	if got := p.Sum(days); got != (models.CampaignDay{Leads: 3, Views: 5, Hot: 1}) {
		t.Errorf("sum: %+v", got)
	}
	series := p.Series(days, reports.Leads)
	if len(series) != 30 || series[0] != 1 || series[29] != 2 || slices.Max(series[1:29]) != 0 {
		t.Errorf("series: %v", series)
	}
}

// A1: the funnel of design/dashboard, number by number.
func TestFunnel(t *testing.T) {
	f := reports.FunnelOf(models.CampaignDay{Views: 8240, Starts: 2910, Submissions: 1310, Confirmed: 1046, Hot: 96}, true)
	for i, want := range []struct {
		stage          reports.Stage
		ofVisits, lost float64
	}{
		{reports.Visited, 1, 0}, {reports.Started, .353, .647}, {reports.Submitted, .159, .550},
		{reports.Confirmed, .127, .202}, {reports.Hot, .012, .073},
	} {
		s := f.Steps[i]
		if s.Stage != want.stage || math.Abs(s.OfVisits-want.ofVisits) > .0005 || math.Abs(s.Lost-want.lost) > .0005 || math.Abs(s.Height-s.OfVisits) > 1e-9 {
			t.Errorf("%+v, want %+v", s, want)
		}
	}
	if f.Worst != reports.Started || f.Unseen {
		t.Errorf("worst %q, unseen %v", f.Worst, f.Unseen)
	}
}

func TestFunnelsThatAreNotWhole(t *testing.T) {
	for _, c := range []struct {
		name     string
		counts   models.CampaignDay
		confirms bool
		steps    int
		worst    reports.Stage
		unseen   bool
	}{
		{"nobody came", models.CampaignDay{}, true, 5, "", false},
		{"a form that asks for no confirmation", models.CampaignDay{Views: 50, Starts: 40, Submissions: 10}, false, 4, reports.Submitted, false},
		{"it asked for one before", models.CampaignDay{Views: 50, Starts: 40, Submissions: 10, Confirmed: 1}, false, 5, reports.Submitted, false},
		{"too few to say what is worst", models.CampaignDay{Views: 29, Starts: 1}, false, 4, "", false},
		{"people without script", models.CampaignDay{Views: 10, Starts: 5, Submissions: 12}, false, 4, "", true},
		{"all went all the way", models.CampaignDay{Views: 50, Starts: 50, Submissions: 50, Hot: 50}, false, 4, "", false},
	} {
		f := reports.FunnelOf(c.counts, c.confirms)
		if len(f.Steps) != c.steps || f.Worst != c.worst || f.Unseen != c.unseen {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	if f := reports.FunnelOf(models.CampaignDay{Views: 10, Submissions: 12}, false); !math.IsNaN(f.Steps[2].OfVisits) {
		t.Errorf("12 submissions of 10 visits are %v", f.Steps[2].OfVisits)
	}
}

// Whatever was counted, shares stay between nothing and all, and heights are linear.
func TestFunnelLaws(t *testing.T) {
	n := rapid.Int64Range(0, 1000)
	rapid.Check(t, func(t *rapid.T) {
		c := models.CampaignDay{Views: n.Draw(t, "views"), Starts: n.Draw(t, "starts"), Submissions: n.Draw(t, "submissions"), Confirmed: n.Draw(t, "confirmed"), Hot: n.Draw(t, "hot")}
		f := reports.FunnelOf(c, rapid.Bool().Draw(t, "confirms"))
		top := slices.MaxFunc(f.Steps, func(a, b reports.Step) int { return int(a.Count - b.Count) })
		for _, s := range f.Steps {
			for what, x := range map[string]float64{"share": s.OfVisits, "lost": s.Lost, "height": s.Height} {
				if x < 0 || x > 1 {
					t.Fatalf("%s of %s: %v", what, s.Stage, x)
				}
			}
			if top.Count > 0 && math.Abs(s.Height*float64(top.Count)-float64(s.Count)) > 1e-6 {
				t.Fatalf("%s is %v high of %d", s.Stage, s.Height, top.Count)
			}
			if s.Stage == f.Worst && s.Lost <= 0 {
				t.Fatalf("%s is the worst and lost nobody", s.Stage)
			}
		}
	})
}

// C7, A1: one place is one row, by whatever host or word it was counted; the rest is told together.
func TestSources(t *testing.T) {
	rows := []models.CampaignDay{
		{Source: "instagram", Views: 100, Leads: 10}, {Source: "l.instagram.com", Views: 50, Leads: 5}, {Source: "google.co.uk", Views: 40, Leads: 12},
		{Source: "direct", Views: 20, Leads: 1}, {Source: "zine", Views: 1, Leads: 3}, {Source: "nobody"},
	}
	got := reports.SourcesOf(rows, models.CampaignDay{Views: 300, Leads: 40}, 3)
	want := []reports.Source{{Name: "instagram", Views: 150, Leads: 15, Rate: .1}, {Name: "google_search", Views: 40, Leads: 12, Rate: .3},
		{Name: "zine", Views: 1, Leads: 3, Rate: math.NaN()}, {Name: "", Views: 109, Leads: 10, Rate: 10. / 109}}
	if !slices.EqualFunc(got, want, func(a, b reports.Source) bool {
		same := math.IsNaN(a.Rate) && math.IsNaN(b.Rate) || math.Abs(a.Rate-b.Rate) < 1e-9
		a.Rate, b.Rate = 0, 0
		return same && a == b
	}) {
		t.Errorf("%+v", got)
	}
	if all := reports.SourcesOf(rows[:1], models.CampaignDay{Views: 100, Leads: 10}, 3); len(all) != 1 {
		t.Errorf("there are no others: %+v", all)
	}
}

func TestSourceNames(t *testing.T) {
	for source, want := range map[string]string{
		"google.com": "google_search", "www.google.ir": "google_search", "google": "google", "t.me": "telegram", "web.telegram.org": "telegram",
		"direct": "direct", "mybank.me": "mybank.me", "notinstagram.com": "notinstagram.com", "": "direct", "yandex.ru": "yandex", "x": "x", "google-ads": "google-ads",
	} {
		if got := reports.SourceName(source); got != want {
			t.Errorf("%s is %s, want %s", source, got, want)
		}
	}
}

// Leads stand in the ten of the score that their page shows; the last ten has 100 too.
func TestSpread(t *testing.T) {
	if got := reports.SpreadOf([]float64{-3, 0, 0.4, 9.4, 9.5, 42, 49.49, 89.5, 99.9, 100, 130}); got != [10]int64{4, 1, 0, 0, 2, 0, 0, 0, 0, 4} {
		t.Errorf("%v", got)
	}
}
