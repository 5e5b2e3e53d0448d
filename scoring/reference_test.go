package scoring_test

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
)

// reference scores a lead straight from the document and the definitions, slowly and with nothing shared
// with the package but the document's types. It returns fit, engagement and the value of each criterion.
func reference(d scoring.Doc, f scoring.Facts, now time.Time) (fit, engagement float64, by map[string]float64) {
	by = map[string]float64{}
	met := map[string][]models.Instant{} // when each act was met
	levels := map[string]bool{}          // which answers meet a level
	for _, c := range d.Criteria {
		if len(c.When) > 0 {
			met[c.Key] = refTimes(c, f, now, false)
			by[c.Key] = refAct(d, c, refTimes(c, f, now, c.AnotherDay), now)
		} else {
			by[c.Key], levels[c.Key] = refAnswer(d, c, f, now)
		}
	}
	for _, c := range d.Criteria {
		if levels[c.NotWith] {
			by[c.Key] = 0
		}
	}
	for i, family := range refFamilies(d) {
		best := 0.0
		for _, b := range family {
			best = max(best, refBonus(b, met, now))
		}
		by["family "+strconv.Itoa(i)] = best
	}
	for _, g := range d.Groups {
		x := 0.0
		for _, c := range d.Criteria {
			if c.Group == g.Key {
				x += by[c.Key]
			}
		}
		for i := range refFamilies(d) {
			if g.Key == "combination" {
				x += by["family "+strconv.Itoa(i)]
			}
		}
		if g.Cap > 0 {
			x = math.Max(-g.Cap, math.Min(g.Cap, x))
		}
		if g.Axis == "fit" {
			fit += x
		} else {
			engagement += x
		}
	}
	if c := d.Caps.Fit; c > 0 {
		fit = math.Max(-c, math.Min(c, fit))
	}
	if c := d.Caps.Engagement; c > 0 {
		engagement = math.Max(-c, math.Min(c, engagement))
	}
	return fit, engagement, by
}

func refFade(at models.Instant, halfLife float64, now time.Time) float64 {
	days := now.Sub(at.Time()).Hours() / 24
	if days < 0 || halfLife == 0 {
		return 1
	}
	return math.Pow(0.5, days/halfLife)
}

// refTimes lists when an act was met; daily, only the last time of each day.
func refTimes(c scoring.Criterion, f scoring.Facts, now time.Time, daily bool) (times []models.Instant) {
	civil := func(at models.Instant) string { return at.In(f.Zone).Format("2006-01-02") }
	first := "9999" // day of an event of these kinds
	for _, e := range f.Events {
		if e.At.Time().After(now.Add(5*time.Minute)) || e.Verdict == "machine" || e.Verdict == "unsure" ||
			e.Kind == "mail_clicked" && e.Verdict != "human" {
			continue
		}
		kind, fits := false, false
		for _, w := range c.When {
			kind = kind || w.Kind == e.Kind
			fits = fits || w.Kind == e.Kind && refFits(w, e.Data)
		}
		if kind {
			first = min(first, civil(e.At))
		}
		if fits {
			times = append(times, e.At)
		}
	}
	if daily { // visits of one instant are one
		slices.Sort(times)
		times = slices.Compact(times)
	}
	return slices.DeleteFunc(slices.Clone(times), func(at models.Instant) bool {
		return c.AnotherDay && civil(at) == first || daily && slices.ContainsFunc(times, func(other models.Instant) bool {
			return other > at && civil(other) == civil(at)
		})
	})
}

func refFits(w scoring.When, d models.EventData) bool {
	if len(w.Offers) > 0 && !slices.Contains(w.Offers, d.OfferKind) ||
		len(w.Funnels) > 0 && !slices.Contains(w.Funnels, d.Funnel) ||
		len(w.Pages) > 0 && !slices.Contains(w.Pages, d.PageKind) ||
		len(w.Names) > 0 && !slices.Contains(w.Names, d.Name) {
		return false
	}
	return !slices.Contains(w.NotNames, d.Name) && d.Seconds >= w.Seconds && d.People >= w.People &&
		(!w.CallMe || d.CallMe)
}

func refAct(d scoring.Doc, c scoring.Criterion, times []models.Instant, now time.Time) float64 {
	slices.SortFunc(times, func(a, b models.Instant) int { return cmp.Compare(b, a) })
	var values []float64
	for _, at := range times[:min(len(times), 20)] {
		values = append(values, c.Points*refFade(at, c.HalfLife, now))
	}
	slices.SortFunc(values, func(a, b float64) int { return cmp.Compare(math.Abs(b), math.Abs(a)) })
	repeat, limit := d.Repeat, c.Cap
	if c.Repeat != nil {
		repeat = *c.Repeat
	}
	if limit == 0 {
		limit = 2 * math.Abs(c.Points)
	}
	x := 0.0
	for n, v := range values {
		x += math.Pow(repeat, float64(n)) * v
	}
	return math.Max(-limit, math.Min(limit, x))
}

// refAnswer knows the tests that the built-in cards use.
func refAnswer(d scoring.Doc, c scoring.Criterion, f scoring.Facts, now time.Time) (float64, bool) {
	pays := slices.ContainsFunc(c.Levels, func(l scoring.Level) bool {
		return l.Points != 0 && (l.Target == "" || len(d.Targets[c.Key]) > 0)
	})
	if !pays { // it is off
		return 0, false
	}
	for _, l := range c.Levels {
		for _, field := range c.Fields {
			v := f.Lead.Fields[field]
			if field == "free_mail" && f.FreeMail {
				v.Value = "yes"
			}
			if v.Value == "" || v.At.Time().After(now.Add(5*time.Minute)) || !refMeets(d, c, l, v.Value) {
				continue
			}
			if v.At == 0 {
				return l.Points, true
			}
			return l.Points * refFade(v.At, c.HalfLife, now), true
		}
	}
	return 0, false
}

func refMeets(d scoring.Doc, c scoring.Criterion, l scoring.Level, v string) bool {
	switch {
	case len(l.In) > 0:
		return slices.Contains(l.In, v)
	case c.Key != "company_size":
		return slices.ContainsFunc(d.Targets[c.Key], func(s string) bool { return strings.EqualFold(s, v) })
	}
	place := -1 // of the answer in the list of sizes
	for i, s := range scoring.Sizes {
		low, high, isRange := strings.Cut(strings.TrimSuffix(s, "+"), "-")
		from, _ := strconv.Atoi(low)
		to, _ := strconv.Atoi(high)
		if !isRange {
			to = map[bool]int{true: 1 << 30, false: from}[strings.HasSuffix(s, "+")]
		}
		if n, err := strconv.Atoi(v); s == v || err == nil && n >= from && n <= to {
			place = i
		}
	}
	is := func(i int) bool {
		return i >= 0 && i < len(scoring.Sizes) && slices.Contains(d.Targets[c.Key], scoring.Sizes[i])
	}
	if l.Target == "in" {
		return is(place)
	}
	return place >= 0 && !is(place) && (is(place-1) || is(place+1))
}

// refFamilies merges combinations that share a criterion until none do.
func refFamilies(d scoring.Doc) [][]scoring.Combination {
	var families [][]scoring.Combination
	for _, b := range d.Combinations {
		if b.Points == 0 {
			continue
		}
		family := []scoring.Combination{b}
		var rest [][]scoring.Combination
		for _, other := range families {
			if refShare(family, other) {
				family = append(family, other...)
			} else {
				rest = append(rest, other)
			}
		}
		families = append(rest, family)
	}
	return families
}

func refShare(a, b []scoring.Combination) bool {
	for _, x := range a {
		for _, y := range b {
			for _, key := range slices.Concat(x.Members...) {
				if slices.Contains(slices.Concat(y.Members...), key) {
					return true
				}
			}
		}
	}
	return false
}

// refBonus tries every event as the last member.
func refBonus(b scoring.Combination, met map[string][]models.Instant, now time.Time) float64 {
	days := b.Days
	if days == 0 {
		days = 30
	}
	var members [][]models.Instant
	for _, keys := range b.Members {
		var times []models.Instant
		for _, key := range keys {
			times = append(times, met[key]...)
		}
		members = append(members, times)
	}
	best := 0.0
	for _, last := range slices.Concat(members...) {
		from := last - models.Instant(days*86400e6)
		ok := refSet(members, from, last)
		if b.Ordered {
			ok = slices.Contains(members[len(members)-1], last) && refRow(members[:len(members)-1], from, last)
		}
		if ok {
			best = max(best, b.Points*refFade(last, b.HalfLife, now))
		}
	}
	return best
}

func refSet(members [][]models.Instant, from, to models.Instant) bool {
	for _, times := range members {
		if !slices.ContainsFunc(times, func(t models.Instant) bool { return t >= from && t <= to }) {
			return false
		}
	}
	return true
}

// refRow tells whether members can be met one after the other from a time on and before another.
func refRow(members [][]models.Instant, from, before models.Instant) bool {
	if len(members) == 0 {
		return true
	}
	for _, t := range members[len(members)-1] {
		if t >= from && t < before && refRow(members[:len(members)-1], from, t) {
			return true
		}
	}
	return false
}
