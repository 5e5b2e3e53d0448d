package scoring_test

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"sarnakh/models"
	"sarnakh/scoring"
)

// Hints count limits, repeats and the combinations they would complete (S9).
func TestRaise(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	hints := func(f scoring.Facts) map[string]int {
		m := map[string]int{}
		for _, h := range card.Raise(f, now) {
			m[h.Criterion] = h.Points
		}
		return m
	}
	for name, c := range map[string]struct {
		facts     scoring.Facts
		criterion string
		points    int // 0: not among the hints
	}{
		"of an unknown lead": {scoring.Facts{}, "contact_asked", 40},
		"completes a combination": {scoring.Facts{Events: []models.Event{form(0, models.OfferEbook),
			form(0, models.OfferWebinar)}}, "price_page", 15 + 15},
		"not beyond a limit": {scoring.Facts{Events: []models.Event{form(0, models.OfferDemo), form(0, models.OfferTrial)}}, "price_asked", 0},
		"not what is known":  {scoring.Facts{Lead: answered("referred", "no")}, "referred", 0},
	} {
		if got := hints(c.facts)[c.criterion]; got != c.points {
			t.Errorf("%s: %s is offered with %d, want %d: %v", name, c.criterion, got, c.points, hints(c.facts))
		}
	}
}

// just is the B2B card with all criteria off but these.
func just(t *testing.T, keys ...string) scoring.Doc {
	d := preset(t, "b2b")
	d.Combinations = nil
	d.Criteria = slices.DeleteFunc(d.Criteria, func(c scoring.Criterion) bool { return !slices.Contains(keys, c.Key) })
	return d
}

func TestRaiseOffersOnlyWhatHelps(t *testing.T) {
	newsletter := []models.Event{form(0, models.OfferNewsletter)}
	for name, c := range map[string]struct {
		keys  []string
		facts scoring.Facts
		want  []string
	}{
		"a limit is reached": {[]string{"newsletter"}, scoring.Facts{Events: newsletter}, nil},
		"it is not yet":      {[]string{"newsletter"}, scoring.Facts{}, []string{"newsletter 5"}},
		"never asked":        {[]string{"need"}, scoring.Facts{}, []string{"need 10"}},
		"answered otherwise": {[]string{"need"}, scoring.Facts{Lead: answered("need", "no")}, nil},
		"no target is set":   {[]string{"industry"}, scoring.Facts{}, nil},
		"less than nothing":  {[]string{"careers_page", "free_mail"}, scoring.Facts{}, nil},
		"instead of another": {[]string{"role", "authority"}, scoring.Facts{Lead: answered("authority", "yes")}, []string{"role_decides 5"}},
		"another says it":    {[]string{"role", "authority"}, scoring.Facts{Lead: answered("role", "uses")}, nil},
	} {
		var got []string
		for _, h := range compile(t, just(t, c.keys...)).Raise(c.facts, now) {
			got = append(got, h.Criterion+" "+strconv.Itoa(h.Points))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A visit raises the score as coming back only on a day that is not counted yet.
func TestRaiseByComingBack(t *testing.T) {
	card := compile(t, just(t, "came_back"))
	for name, c := range map[string]struct {
		days []float64
		want int
	}{
		"never here": {nil, 0}, "here today": {[]float64{0}, 0}, "here before": {[]float64{3}, 1},
		"back already": {[]float64{3, 0.01}, 0},
	} {
		f := scoring.Facts{}
		for _, x := range c.days {
			f.Events = append(f.Events, page(x, models.PageOther))
		}
		if got := card.Raise(f, now); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Whatever is offered holds: an answer given as hinted changes the score by just that much.
func TestLawHintsOfAnswersHold(t *testing.T) {
	answers := map[string][2]string{"need": {"need", "yes"}, "budget_fits": {"budget", "fits"},
		"timeline_1m": {"timeline", "1m"}, "wanted_sold": {"wanted", "sold"}, "referred": {"referred", "yes"},
		"role_decides": {"role", "decides"}, "authority": {"authority", "yes"}, "industry": {"industry", "software"},
		"company_size_in": {"company_size", "120"}, "region": {"country", "DE"}}
	check(t, func(t *rapid.T, d scoring.Doc, c *scoring.Card, f scoring.Facts) {
		before := c.Value(f, now).S
		hints := c.Raise(f, now)
		if len(hints) > 3 || !slices.IsSortedFunc(hints, func(a, b scoring.Hint) int { return cmp.Compare(b.Exact, a.Exact) }) {
			t.Fatalf("hints %+v", hints)
		}
		for _, h := range hints {
			if a, ok := answers[h.Criterion]; ok {
				after := f
				after.Lead = f.Lead.Clone()
				delete(after.Lead.Fields, a[0])
				after.Lead.Set(a[0], a[1], models.At(now))
				if gain := c.Value(after, now).S - before; math.Abs(gain-h.Exact) > 1e-9 {
					t.Fatalf("%+v, yet it gives %v", h, gain)
				}
			}
		}
	})
}
