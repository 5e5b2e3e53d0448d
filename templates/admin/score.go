package admin

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"sarnakh/i18n"
)

// Score is a score with everything that explains it (S9).
type Score struct {
	Shown       int // 0 to 100
	Grade       string
	Temperature string
	Probability float64 // of becoming a customer
	Assumed     bool    // from the owner's own guess, for want of history
	Base        float64 // the share of all leads: that guess, or what history shows
	Card        string
	Version     int
	ScoredAt    time.Time
	RulesURL    string // of the card, empty where it cannot be seen
	Reasons     []Reason
	Hints       []Hint
}

// Reason is one line: what was seen and the points for it, or a limit. All lines' points add up to Shown.
type Reason struct {
	Text     string
	Evidence string
	Group    string // of criteria, which chooses the icon
	Axis     Axis
	Limit    bool
	Points   int
	At       time.Time // of the newest evidence
}

// cut: the line takes away what is beyond a limit; it is no reason for anything.
func (r Reason) cut() bool { return r.Limit || r.Axis == "" }

// Axis is what a line belongs to; none is what cuts the sum to 0 to 100.
type Axis string

// The axes.
const (
	Fit        Axis = "fit"
	Engagement Axis = "engagement"
)

// Hint is something that would raise the score.
type Hint struct {
	Text   string
	Group  string
	Points int
}

// reasonGroup is a heading with its lines and their sum. The last one, of the cut at 100, has no heading.
type reasonGroup struct {
	key   string
	lines []Reason
}

func (g reasonGroup) sum() (sum int) {
	for _, r := range g.lines {
		sum += r.Points
	}
	return sum
}

// groups sorts the lines: who they are, what they did, what counts against them. A limit stands with what it
// limits, so that each group's sum is what that side really gives.
func (s Score) groups() []reasonGroup {
	groups := []reasonGroup{{key: "who"}, {key: "did"}, {key: "against"}, {}}
	for _, r := range s.Reasons {
		at := 3
		switch {
		case !r.cut() && r.Points < 0:
			at = 2
		case r.Axis == Fit:
			at = 0
		case r.Axis == Engagement:
			at = 1
		}
		groups[at].lines = append(groups[at].lines, r)
	}
	var out []reasonGroup
	for _, g := range groups {
		if len(g.lines) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// largest is the whole bar: the reason that weighs most.
func (s Score) largest() int {
	largest := 1
	for _, r := range s.Reasons {
		if !r.cut() {
			largest = max(largest, r.Points, -r.Points)
		}
	}
	return largest
}

// top are the n reasons that give the most points.
func (s Score) top(n int) []string {
	reasons := slices.DeleteFunc(slices.Clone(s.Reasons), func(r Reason) bool { return r.Points <= 0 || r.cut() })
	slices.SortStableFunc(reasons, func(a, b Reason) int { return cmp.Compare(b.Points, a.Points) })
	var texts []string
	for _, r := range reasons[:min(n, len(reasons))] {
		texts = append(texts, r.Text)
	}
	return texts
}

func (s Score) share(r Reason) float64 {
	return math.Abs(float64(r.Points)) / float64(s.largest())
}

var groupIcons = map[string]string{
	"company": "building", "product_fit": "tag", "demographic": "user", "website": "eye", "email": "mail", "social": "users",
	"content": "page", "sales": "phone", "combination": "route", "learned": "chart",
}

func groupIcon(group string, limit bool) string {
	if icon := groupIcons[group]; icon != "" && !limit {
		return icon
	}
	return "gauge"
}

// ring is the length of the dial's line, and how much of it is drawn.
func (s Score) ring() string {
	const whole = 2 * math.Pi * 52
	return fmt.Sprintf("%.1f %.1f", whole*float64(min(max(s.Shown, 0), 100))/100, whole)
}

// turn starts the ring at the top and lets it run in reading direction.
func turn(loc *i18n.Loc) string {
	if loc.Dir() == "rtl" {
		return "rotate(-90 60 60) scale(1 -1) translate(0 -120)"
	}
	return "rotate(-90 60 60)"
}

// says is the probability in words.
func (s Score) says(loc *i18n.Loc) string {
	a, b := oneIn(s.Probability)
	switch {
	case b == 0 && s.Assumed:
		return loc.T("admin.lead.score.rare_assumed")
	case b == 0:
		return loc.T("admin.lead.score.rare")
	case s.Assumed:
		return loc.T("admin.lead.score.odds_assumed", "a", a, "b", b)
	}
	return loc.T("admin.lead.score.odds", "a", a, "b", b)
}

func (s Score) because(loc *i18n.Loc) string {
	if s.Assumed {
		return loc.T("admin.lead.score.assumed", "base", percent(loc, s.Base))
	}
	return loc.T("admin.lead.score.learned", "share", percent(loc, s.Probability), "base", percent(loc, s.Base))
}

// percent: below one in ten a decimal tells 1% from 1.4%, unless it is a round number.
func percent(loc *i18n.Loc, p float64) string {
	if whole := math.Round(p * 100); p >= 0.1 || math.Abs(p*100-whole) < 0.05 {
		return loc.Percent(p, 0)
	}
	return loc.Percent(p, 1)
}

// likely are the proportions above a third that people say.
var likely = [...][2]int{{2, 5}, {1, 2}, {3, 5}, {2, 3}, {3, 4}, {4, 5}, {9, 10}, {19, 20}}

// oneIn puts a probability as people say it: a in b. Rarer than one in a hundred is 0 in 0.
func oneIn(p float64) (a, b int) {
	switch {
	case p < 0.0095:
		return 0, 0
	case p < 0.1:
		return 1, int(math.Round(1/p/5)) * 5
	case p < 0.365:
		return 1, int(math.Round(1 / p))
	}
	best := likely[0]
	for _, l := range likely {
		if math.Abs(float64(l[0])/float64(l[1])-p) < math.Abs(float64(best[0])/float64(best[1])-p) {
			best = l
		}
	}
	return best[0], best[1]
}
