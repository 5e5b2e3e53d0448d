package scoring_test

import (
	"slices"
	"testing"

	"sarnakh/models"
	"sarnakh/scoring"
)

// only is a card with one act per page kind, worth nothing itself, and the combinations given.
func only(combinations ...scoring.Combination) scoring.Doc {
	d := scoring.Doc{Name: "test", Hot: 60, Prior: 0.1, Repeat: 0.5,
		Groups: []scoring.Group{{Key: "website", Axis: scoring.Engagement}, {Key: scoring.Combined, Axis: scoring.Engagement}}}
	for _, k := range []models.PageKind{models.PageHome, models.PageBlog, models.PageProduct, models.PagePrice, models.PageCase} {
		d.Criteria = append(d.Criteria, scoring.Criterion{Key: string(k), Group: "website",
			When: []scoring.When{{Kind: models.PageViewed, Pages: []models.PageKind{k}}}})
	}
	d.Combinations = combinations
	return d
}

// Sets and sequences within their days, fading from the last member (S4).
func TestCombinations(t *testing.T) {
	set := scoring.Combination{Key: "set", Points: 16, HalfLife: 4, Days: 10,
		Members: [][]string{{"home"}, {"product"}, {"price", "case"}}}
	row := set
	row.Key, row.Ordered = "row", true
	for name, c := range map[string]struct {
		events   []models.Event
		set, row float64
	}{
		"two of three":   {[]models.Event{page(3, "home"), page(2, "product")}, 0, 0},
		"in order":       {[]models.Event{page(9, "home"), page(8, "product"), page(4, "price")}, 8, 8},
		"out of order":   {[]models.Event{page(9, "price"), page(8, "product"), page(4, "home")}, 8, 0},
		"just in time":   {[]models.Event{page(10, "home"), page(8, "product"), page(0, "price")}, 16, 16},
		"too late":       {[]models.Event{page(10.1, "home"), page(8, "product"), page(0, "price")}, 0, 0},
		"either will do": {[]models.Event{page(9, "home"), page(8, "product"), page(4, "case")}, 8, 8},
		"a later beginning": {[]models.Event{page(12, "home"), page(11, "home"), page(8, "product"),
			page(7, "home"), page(4, "price"), page(0, "case")}, 16, 8},
		"the latest set": {[]models.Event{page(16, "home"), page(14, "product"), page(12, "price"),
			page(6, "home"), page(5, "product"), page(4, "price")}, 8, 8},
		"a late member outside the days": {[]models.Event{page(19, "home"), page(18, "product"),
			page(16, "price"), page(0, "price")}, 1, 1},
		"the first again later": {[]models.Event{page(9, "home"), page(8, "product"), page(4, "price"),
			page(0, "home")}, 16, 8},
		"two steps at once": {[]models.Event{page(8, "home"), page(8, "home"), page(8, "product"),
			page(4, "price")}, 8, 0},
		"all at once is a set but no sequence": {[]models.Event{page(4, "home"), page(4, "product"),
			page(4, "price")}, 8, 0},
	} {
		for range 2 {
			f := scoring.Facts{Events: c.events}
			near(t, name+", as a set", compile(t, only(set)).Value(f, now).S, c.set, 1e-12)
			near(t, name+", as a sequence", compile(t, only(row)).Value(f, now).S, c.row, 1e-12)
			slices.Reverse(c.events)
		}
	}
}

// What shares a criterion, directly or through others, pays once: the largest of them (S4).
func TestFamilies(t *testing.T) {
	pair := func(key string, points float64, a, b string) scoring.Combination {
		return scoring.Combination{Key: key, Points: points, Members: [][]string{{a}, {b}}}
	}
	all := []models.Event{page(0, "home"), page(0, "blog"), page(0, "product"), page(0, "price"), page(0, "case")}
	for name, c := range map[string]struct {
		combos []scoring.Combination
		want   map[string]float64
	}{
		"strangers": {[]scoring.Combination{pair("one", 10, "home", "blog"), pair("two", 8, "product", "price")},
			map[string]float64{"one": 10, "two": 8}},
		"sisters": {[]scoring.Combination{pair("one", 10, "home", "blog"), pair("two", 12, "blog", "price")},
			map[string]float64{"two": 12}},
		"cousins": {[]scoring.Combination{pair("one", 10, "home", "blog"), pair("two", 8, "product", "price"),
			pair("three", 5, "blog", "product")}, map[string]float64{"one": 10}},
		"one that is off joins nobody": {[]scoring.Combination{pair("one", 10, "home", "blog"),
			pair("two", 8, "product", "price"), pair("three", 0, "blog", "product")},
			map[string]float64{"one": 10, "two": 8}},
	} {
		got := reasons(compile(t, only(c.combos...)).Score(scoring.Facts{Events: all}, now))
		for key, x := range c.want {
			near(t, name+": "+key, got[key], x, 0)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s pays %v, want %v", name, got, c.want)
		}
	}
}

// The twenty newest bound the points of one criterion, not what a combination remembers: else the
// twenty-first good act would take a bonus away.
func TestManyRepeatsKeepACombination(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	f := scoring.Facts{Events: []models.Event{form(60, models.OfferEbook), form(60, models.OfferWebinar), page(59, models.PagePrice)}}
	for range 40 {
		before := card.Value(f, now).S
		f.Events = append(f.Events, page(1, models.PagePrice))
		if after := card.Value(f, now).S; after < before {
			t.Fatalf("a further price page lowered %v to %v", before, after)
		}
	}
}
