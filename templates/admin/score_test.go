package admin

import (
	"testing"

	"sarnakh/i18n"
)

// S9: the groups hold every line once, and add up to the score.
func TestGroupsHoldEveryLineOnce(t *testing.T) {
	s := Score{Shown: 100, Reasons: []Reason{
		{Axis: Fit, Points: 35}, {Axis: Fit, Points: -5}, {Axis: Fit, Points: 0},
		{Axis: Engagement, Points: 54}, {Axis: Engagement, Limit: true, Points: -14},
		{Axis: Engagement, Points: -30}, {Axis: Engagement, Limit: true, Points: 10}, // a limit of what counts against
		{Axis: Engagement, Points: 55}, {Limit: true, Points: -5},
	}}
	want := []struct {
		key   string
		lines int
		sum   int
	}{{"who", 2, 35}, {"did", 4, 105}, {"against", 2, -35}, {"", 1, -5}}
	groups := s.groups()
	if len(groups) != len(want) {
		t.Fatalf("%d groups", len(groups))
	}
	total := 0
	for i, g := range groups {
		if g.key != want[i].key || len(g.lines) != want[i].lines || g.sum() != want[i].sum {
			t.Errorf("group %q: %d lines, %d points; want %+v", g.key, len(g.lines), g.sum(), want[i])
		}
		total += g.sum()
	}
	if total != s.Shown {
		t.Errorf("together %d, shown %d", total, s.Shown)
	}
	if len(Score{}.groups()) != 0 {
		t.Error("a score without lines has groups")
	}
}

// The bars compare reasons; limits are none.
func TestBarsCompareReasons(t *testing.T) {
	s := Score{Reasons: []Reason{{Axis: Fit, Points: 20}, {Axis: Fit, Points: -5}, {Axis: Fit, Limit: true, Points: -40}, {Points: -60}}}
	if got := s.share(s.Reasons[0]); got != 1 {
		t.Errorf("the largest fills %v of its bar", got)
	}
	if got := s.share(s.Reasons[1]); got != 0.25 {
		t.Errorf("a quarter of it fills %v", got)
	}
	if top := s.top(2); len(top) != 1 {
		t.Errorf("%d reasons to act, want the one with points", len(top))
	}
}

func TestOneIn(t *testing.T) {
	for _, c := range []struct {
		p    float64
		a, b int
	}{
		{0, 0, 0}, {0.004, 0, 0}, {0.01, 1, 100}, {0.03, 1, 35}, {0.05, 1, 20}, {0.09, 1, 10}, {0.1, 1, 10}, {0.17, 1, 6},
		{0.25, 1, 4}, {0.34, 1, 3}, {0.4, 2, 5}, {0.5, 1, 2}, {0.61, 3, 5}, {0.68, 2, 3}, {0.8, 4, 5}, {0.89, 9, 10}, {1, 19, 20},
	} {
		if a, b := oneIn(c.p); a != c.a || b != c.b {
			t.Errorf("%v is %d in %d, want %d in %d", c.p, a, b, c.a, c.b)
		}
	}
}

// What is only assumed is said to be so.
func TestAssumedProbabilityIsSaidToBeAssumed(t *testing.T) {
	for _, c := range []struct {
		locale  i18n.Locale
		p       float64
		assumed bool
		want    string
	}{
		{"fa", 0.34, true, "احتمال خرید: حدود ۱ از ۳ (فرض شده)"},
		{"fa", 0.34, false, "احتمال خرید: حدود ۱ از ۳"},
		{"en", 0.34, true, "About 1 in 3 leads like this buy (assumed)"},
		{"en", 0.001, true, "Fewer than 1 in 100 leads like this buy (assumed)"},
		{"en", 0.001, false, "Fewer than 1 in 100 leads like this buy"},
	} {
		if got := (Score{Probability: c.p, Assumed: c.assumed}).says(i18n.For(c.locale)); got != c.want {
			t.Errorf("%v, assumed %v: %q, want %q", c.p, c.assumed, got, c.want)
		}
	}
	if got := percent(i18n.For("en"), 0.068); got != "6.8%" {
		t.Errorf("6.8%% reads %s", got)
	}
}

// The dial is full at 100 and never more; in Persian it runs the other way.
func TestDial(t *testing.T) {
	for shown, want := range map[int]string{0: "0.0 326.7", 78: "254.8 326.7", 100: "326.7 326.7", 130: "326.7 326.7"} {
		if got := (Score{Shown: shown}).ring(); got != want {
			t.Errorf("%d: %s, want %s", shown, got, want)
		}
	}
	if turn(i18n.For("fa")) == turn(i18n.For("en")) {
		t.Error("the dial runs the same way in both directions of reading")
	}
}
