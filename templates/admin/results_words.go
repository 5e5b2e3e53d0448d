package admin

import (
	"math"
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/ui"
)

func (d *ResultsDraft) lines(stops bool) (out []CheckLine) {
	for _, c := range d.Checks {
		if c.Stops == stops {
			out = append(out, c)
		}
	}
	return out
}

func (g *ResultsGoal) share() float64 { return float64(g.Leads) / float64(g.Goal) }

func (f *ResultsFigures) quiet() bool {
	for _, s := range f.Steps {
		if s.Count > 0 {
			return false
		}
	}
	return true
}

// funnel are the steps in words.
func (f *ResultsFigures) funnel(loc *i18n.Loc) []ui.FunnelStep {
	out := make([]ui.FunnelStep, len(f.Steps))
	for i, s := range f.Steps {
		out[i] = ui.FunnelStep{
			Label: loc.T("results.step." + s.Stage), Value: loc.Int(s.Count),
			Share: loc.T("results.funnel.of_visits", "share", sharp(loc, s.OfVisits)), Height: s.Height, Hot: s.Stage == "hot",
		}
		switch {
		case math.IsNaN(s.Lost) || s.Lost == 0:
		case out[i].Hot:
			out[i].Note = loc.T("results.funnel.of_submitted", "share", sharp(loc, s.Lost))
		default:
			out[i].Note = loc.T("results.funnel.lost", "share", loc.Percent(s.Lost, 0))
		}
	}
	return out
}

// sharp is a share with a decimal, but where it is all or nothing.
func sharp(loc *i18n.Loc, share float64) string {
	if share == 0 || share == 1 {
		return loc.Percent(share, 0)
	}
	return loc.Percent(share, 1)
}

func (s ResultsSeries) day(i int) time.Time { return s.First.AddDate(0, 0, i) }

// maxSpots is how many days have room below a plot on a phone.
const maxSpots = 5

// plot is the series with its words: days along the foot name their month where it changes.
func (s ResultsSeries) plot(loc *i18n.Loc) ui.LinesProps {
	p := ui.LinesProps{PlotProps: ui.PlotProps{Finding: s.finding(loc), Tall: true}, Now: s.Now, Before: s.Before}
	at := ui.Spots(len(s.Now)-1, maxSpots)
	for i, x := range at {
		day := s.day(x)
		if i == 0 || i == len(at)-1 || !loc.SameMonth(day, s.day(at[i-1])) {
			p.X = append(p.X, loc.DayMonth(day))
		} else {
			p.X = append(p.X, loc.Day(day))
		}
	}
	return p
}

// finding is what the series shows, in a sentence.
func (s ResultsSeries) finding(loc *i18n.Loc) string {
	sum, top := total(s.Now), 0
	for i, n := range s.Now {
		if n > s.Now[top] {
			top = i
		}
	}
	key := "results.series.finding"
	if sum == 0 {
		key += "_none"
	}
	if s.Before != nil {
		key += "_before"
	}
	return loc.T(key, "n", sum, "days", loc.T("results.period.days", "n", len(s.Now)), "day", loc.DayMonth(s.day(top)),
		"top", s.Now[top], "before", total(s.Before))
}

func total(values []int64) (sum int64) {
	for _, n := range values {
		sum += n
	}
	return sum
}

// table is the series in rows, the newest first.
func (s ResultsSeries) table(loc *i18n.Loc) ui.DataProps {
	d := ui.DataProps{Caption: loc.T("results.series.heading"), Head: []string{loc.T("results.series.day"), loc.T("results.series.leads")}}
	if s.Before != nil {
		d.Head = append(d.Head, loc.T("results.series.leads_before"))
	}
	for i := len(s.Now) - 1; i >= 0; i-- {
		row := []string{loc.DayMonth(s.day(i)), loc.Int(s.Now[i])}
		if s.Before != nil {
			row = append(row, loc.Int(s.Before[i]))
		}
		d.Rows = append(d.Rows, row)
	}
	return d
}

// sourceWord is a source in words; ok is false for one as it was counted.
func sourceWord(loc *i18n.Loc, name string) (words string, ok bool) {
	if name == "" {
		return loc.T("results.sources.other"), true
	}
	for _, prefix := range [...]string{"results.source.", "admin.channel."} {
		if loc.Has(prefix + name) {
			return loc.T(prefix + name), true
		}
	}
	return name, false
}

// best is the highest rate, of which each bar shows its part.
func best(sources []ResultsSource) (top float64) {
	for _, s := range sources {
		if !math.IsNaN(s.Rate) {
			top = max(top, s.Rate)
		}
	}
	return top
}

func (s *ResultsSpread) total() (sum int64) {
	for _, b := range s.Bars {
		sum += b.Value
	}
	return sum
}

// band names the scores of a bar: 40 to 49, the last one to 100.
func (s *ResultsSpread) band(loc *i18n.Loc, i int) string {
	last := 10*i + 9
	if i == len(s.Bars)-1 {
		last = 100
	}
	return loc.T("results.spread.band", "from", 10*i, "to", last)
}

func (s *ResultsSpread) plot(loc *i18n.Loc) ui.BarsProps {
	p := ui.BarsProps{Bars: s.Bars}
	for x := 0; x <= 100; x += 20 {
		p.X = append(p.X, loc.Int(int64(x)))
	}
	top := 0
	for i, b := range s.Bars {
		if b.Value > s.Bars[top].Value {
			top = i
		}
	}
	p.Finding = loc.T("results.spread.finding_none")
	if n := s.total(); n > 0 {
		p.Finding = loc.T("results.spread.finding", "n", n, "most", s.Bars[top].Value, "band", s.band(loc, top))
	}
	return p
}

func (s *ResultsSpread) table(loc *i18n.Loc) ui.DataProps {
	d := ui.DataProps{Caption: loc.T("results.spread.heading"),
		Head: []string{loc.T("results.spread.score"), loc.T("results.spread.leads"), loc.T("results.spread.temperature")}}
	for i, b := range s.Bars {
		d.Rows = append(d.Rows, []string{s.band(loc, i), loc.Int(b.Value), loc.T("temperature." + b.Tone)})
	}
	return d
}
