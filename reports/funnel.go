package reports

import (
	"math"

	"sarnakh/models"
)

// A Stage is one of the steps that visitors take on a campaign, in the words of the messages "results.step.…".
type Stage string

// The stages, in their order.
const (
	Visited   Stage = "visited"
	Started   Stage = "started"
	Submitted Stage = "submitted"
	Confirmed Stage = "confirmed"
	Hot       Stage = "hot"
)

// A Step is how many came as far as a stage.
type Step struct {
	Stage Stage
	Count int64
	// OfVisits is their share of the visits; NaN where these can't have been all.
	OfVisits float64
	// Lost is the share of the step before that came no further; at the hot ones it is the share of those who submitted
	// that became hot, since nobody has to confirm anything for that.
	Lost float64
	// Height is linear, 1 for the largest step.
	Height float64
}

// A Funnel is how visitors became leads.
type Funnel struct {
	Steps []Step
	// Worst is the stage before which the largest share was lost; empty where too few came to say so.
	Worst Stage
	// Unseen: further steps were taken than were seen to begin, by people whose browsers report nothing.
	Unseen bool
}

// enough visitors for a share of them to mean something.
const enough = 30

// FunnelOf makes a funnel of a campaign's counts. The step of confirming is left out where the form asks nobody to and
// nobody did.
func FunnelOf(c models.CampaignDay, confirms bool) Funnel {
	f := Funnel{Steps: []Step{{Stage: Visited, Count: c.Views}, {Stage: Started, Count: c.Starts}, {Stage: Submitted, Count: c.Submissions}}}
	if confirms || c.Confirmed > 0 {
		f.Steps = append(f.Steps, Step{Stage: Confirmed, Count: c.Confirmed})
	}
	f.Steps = append(f.Steps, Step{Stage: Hot, Count: c.Hot})
	top := max(c.Views, c.Starts, c.Submissions, c.Confirmed, c.Hot, 1)
	worst := 0.0
	for i := range f.Steps {
		s := &f.Steps[i]
		s.Height, s.OfVisits = float64(s.Count)/float64(top), share(s.Count, c.Views)
		switch {
		case i == 0:
		case s.Stage == Hot:
			s.Lost = share(s.Count, c.Submissions)
		default:
			before := f.Steps[i-1].Count
			if s.Count > before {
				f.Unseen = true
				continue
			}
			if s.Lost = 1 - share(s.Count, before); before == 0 {
				s.Lost = 0
			}
			if before >= enough && s.Lost > worst {
				f.Worst, worst = s.Stage, s.Lost
			}
		}
	}
	return f
}

// share is a part of a whole; NaN where the whole is nothing or less than its part.
func share(part, whole int64) float64 {
	if whole <= 0 || part > whole {
		return math.NaN()
	}
	return float64(part) / float64(whole)
}
