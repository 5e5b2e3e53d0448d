package scoring_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sarnakh/models"
	"sarnakh/scoring"
)

var tehran = time.FixedZone("+03:30", 3*3600+1800)

// someEvent draws from every kind of event that cards tell apart; times fall together now and then, lie
// a little or far ahead of now, and reach back further than any combination.
func someEvent() *rapid.Generator[models.Event] {
	return rapid.Custom(func(t *rapid.T) models.Event {
		kinds := []models.EventKind{models.FormSubmitted, models.FormSubmitted, models.PageViewed, models.PageViewed,
			models.PageViewed, models.PageViewed, models.MailClicked, models.MailReplied, models.Activated, models.ChatStarted,
			models.SMSClicked, models.SocialLiked, models.Unsubscribed, models.CallRefused, models.MeetingMissed,
			models.MeetingHeld, models.ContentDownloaded, "mail_opened"}
		minutes := rapid.OneOf(rapid.IntRange(-20, 100), rapid.Map(rapid.IntRange(0, 100), func(d int) int { return d * 1440 / 2 }),
			rapid.IntRange(0, 90*1440)).Draw(t, "minutes ago")
		return models.Event{
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
			Verdict: rapid.SampledFrom([]models.Verdict{"", models.Human, models.Human, models.Machine,
				models.Unsure}).Draw(t, "verdict"),
			At: models.At(now.Add(-time.Duration(minutes) * time.Minute)),
			Data: models.EventData{
				OfferKind: rapid.SampledFrom([]models.OfferKind{models.OfferEbook, models.OfferFile, models.OfferWebinar,
					models.OfferDemo, models.OfferPrice, models.OfferTrial, models.OfferNewsletter, models.OfferCoupon}).Draw(t, "offer"),
				Funnel: rapid.SampledFrom([]models.Funnel{"", models.FunnelAwareness, models.FunnelConsideration,
					models.FunnelDecision}).Draw(t, "funnel"),
				PageKind: rapid.SampledFrom([]models.PageKind{models.PageHome, models.PageProduct, models.PagePrice,
					models.PagePrice, models.PageCase, models.PageCareers, models.PageOther}).Draw(t, "page"),
				Seconds: float64(rapid.IntRange(0, 30).Draw(t, "seconds")),
				Name: rapid.SampledFrom([]string{"", "sales", "webinar_attended", "video_watched",
					"sample_ordered"}).Draw(t, "name"),
				CallMe: rapid.IntRange(0, 5).Draw(t, "call me") == 0,
				People: rapid.IntRange(0, 4).Draw(t, "people"),
			},
		}
	})
}

func someFacts() *rapid.Generator[scoring.Facts] {
	return rapid.Custom(func(t *rapid.T) scoring.Facts {
		f := scoring.Facts{
			Events:   rapid.SliceOfN(someEvent(), 0, 60).Draw(t, "events"),
			FreeMail: rapid.Bool().Draw(t, "free mail"),
			Zone:     rapid.SampledFrom([]*time.Location{time.UTC, tehran}).Draw(t, "zone"),
			Lead:     &models.Lead{},
		}
		for field, values := range map[string][]string{
			"company_size": {"", "1", "2-10", "11-50", "501-1000", "1001+", "120", "700", "lots"},
			"industry":     {"", "software", "mining"}, "role": {"", "decides", "uses", "none"},
			"authority": {"", "yes", "no"}, "need": {"", "yes", "no"}, "budget": {"", "fits", "below", "unknown"},
			"timeline": {"", "1m", "3m", "6m", "later"}, "wanted": {"", "sold", "not_sold"},
			"referred": {"", "yes"}, "country": {"", "IR", "DE"}, "province": {"", "IR-23"},
		} {
			f.Lead.Set(field, rapid.SampledFrom(values).Draw(t, field),
				ago(float64(rapid.IntRange(-1, 200).Draw(t, field+" days ago"))))
		}
		return f
	})
}

// someDoc is a built-in card, or one with other repeats, limits, fading and combinations.
func someDoc() *rapid.Generator[scoring.Doc] {
	return rapid.Custom(func(t *rapid.T) scoring.Doc {
		d, _ := scoring.Preset(rapid.SampledFrom([]string{"b2b", "b2b-fa", "b2c"}).Draw(t, "preset"))
		if d.Targets == nil {
			d.Targets = map[string][]string{}
		}
		d.Targets["industry"], d.Targets["region"] = []string{"Software"}, []string{"ir-23", "DE"}
		if rapid.Bool().Draw(t, "as it is") {
			return d
		}
		d.Repeat = rapid.SampledFrom([]float64{0, 0.3, 1}).Draw(t, "repeat")
		for i := range d.Criteria {
			d.Criteria[i].HalfLife = rapid.SampledFrom([]float64{0, 1, 30}).Draw(t, "half-life")
			d.Criteria[i].Cap = rapid.SampledFrom([]float64{0, 7, 500}).Draw(t, "cap")
		}
		for i := range d.Groups {
			d.Groups[i].Cap = rapid.SampledFrom([]float64{0, 25, 60}).Draw(t, "group cap")
		}
		acts := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"home_page", "product_page", "price_page", "case_page",
			"content_consideration", "webinar_attended", "contact_asked", "came_back", "mail_clicked", "chat_started"}), 1, 3, rapid.ID)
		d.Combinations = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) scoring.Combination {
			return scoring.Combination{Key: rapid.StringMatching(`c_[a-z]{1,3}`).Draw(t, "key"),
				Points:   float64(rapid.IntRange(0, 20).Draw(t, "bonus")),
				HalfLife: rapid.SampledFrom([]float64{0, 3, 30}).Draw(t, "half-life"),
				Days:     rapid.SampledFrom([]float64{0, 0.5, 5, 60}).Draw(t, "days"),
				Ordered:  rapid.Bool().Draw(t, "ordered"),
				Members:  rapid.SliceOfN(acts, 2, 3).Draw(t, "members")}
		}), 0, 4, func(b scoring.Combination) string { return b.Key }).Draw(t, "combinations")
		return d
	})
}

func check(t *testing.T, law func(t *rapid.T, d scoring.Doc, c *scoring.Card, f scoring.Facts)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		d := someDoc().Draw(t, "card")
		c, err := scoring.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		law(t, d, c, someFacts().Draw(t, "facts"))
	})
}

func TestLawEqualsTheReference(t *testing.T) {
	check(t, func(t *rapid.T, d scoring.Doc, c *scoring.Card, f scoring.Facts) {
		fit, engagement, _ := reference(d, f, now)
		got := c.Value(f, now)
		if math.Abs(got.Fit-fit) > 1e-9 || math.Abs(got.Engagement-engagement) > 1e-9 {
			t.Fatalf("fit %v, engagement %v; the reference has %v, %v", got.Fit, got.Engagement, fit, engagement)
		}
	})
}

func TestLawOrderDoesNotMatter(t *testing.T) {
	check(t, func(t *rapid.T, d scoring.Doc, c *scoring.Card, f scoring.Facts) {
		want := c.Value(f, now)
		f.Events = rapid.Permutation(f.Events).Draw(t, "other order")
		if got := c.Value(f, now); got != want {
			t.Fatalf("%+v, in another order %+v", want, got)
		}
	})
}

// Whatever else happened, and however late it is reported.
func TestLawAGoodEventNeverLowersTheScore(t *testing.T) {
	check(t, func(t *rapid.T, d scoring.Doc, c *scoring.Card, f scoring.Facts) {
		e := someEvent().Filter(func(e models.Event) bool {
			alone, err := scoring.Compile(withoutLimits(d))
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range reasons(alone.Score(scoring.Facts{Events: []models.Event{e}, Zone: f.Zone}, now)) {
				if x < 0 {
					return false
				}
			}
			return true
		}).Draw(t, "good event")
		before := c.Value(f, now).S
		f.Events = append(f.Events, e)
		if after := c.Value(f, now).S; after < before-1e-9 {
			t.Fatalf("%+v lowered %v to %v", e, before, after)
		}
	})
}

func withoutLimits(d scoring.Doc) scoring.Doc {
	d.Groups = slices.Clone(d.Groups)
	for i := range d.Groups {
		d.Groups[i].Cap = 0
	}
	d.Caps = scoring.Caps{}
	return d
}

func TestLawLinesAddUp(t *testing.T) {
	check(t, func(t *rapid.T, d scoring.Doc, c *scoring.Card, f scoring.Facts) {
		s := c.Score(f, now)
		if s.Sum != c.Value(f, now) {
			t.Fatalf("Score has %+v, Value %+v", s.Sum, c.Value(f, now))
		}
		points, exact := 0, 0.0
		axes := map[scoring.Axis]float64{}
		for _, l := range s.Lines {
			points += l.Points
			exact += l.Exact
			axes[l.Axis] += l.Exact
			if math.Abs(float64(l.Points)-l.Exact) >= 1 && l.Criterion != scoring.Over && l.Criterion != scoring.Under {
				t.Fatalf("%+v is rounded by more than one point", l)
			}
		}
		if points != s.Shown || s.Shown < 0 || s.Shown > 100 {
			t.Fatalf("lines add up to %d, shown is %d", points, s.Shown)
		}
		if math.Abs(exact-s.S) > 1e-9 || math.Abs(axes[scoring.Fit]-s.Fit) > 1e-9 {
			t.Fatalf("lines add up to %v (fit %v), S is %v (fit %v)", exact, axes[scoring.Fit], s.S, s.Fit)
		}
	})
}

func TestLawMachinesAndOpensAreWorthNothing(t *testing.T) {
	check(t, func(t *rapid.T, d scoring.Doc, c *scoring.Card, f scoring.Facts) {
		want := c.Value(f, now)
		for _, e := range rapid.SliceOf(someEvent()).Draw(t, "machine events") {
			switch rapid.IntRange(0, 2).Draw(t, "of which kind") {
			case 0:
				e.Kind = "mail_opened"
			case 1:
				e.Verdict = models.Machine
			default:
				e.Kind, e.Verdict = models.MailClicked, models.Unsure
			}
			f.Events = append(f.Events, e)
		}
		if got := c.Value(f, now); got != want {
			t.Fatalf("%+v became %+v", want, got)
		}
	})
}

// After one half-life an event is worth half, to 1e-9.
func TestLawValueHalvesAtItsHalfLife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := scoring.Doc{Name: "one", Hot: 60, Prior: 0.1, Repeat: 0.5,
			Groups: []scoring.Group{{Key: "website", Axis: scoring.Engagement}},
			Criteria: []scoring.Criterion{{Key: "chat", Group: "website",
				Points:   rapid.Float64Range(-100, 100).Draw(t, "points"),
				HalfLife: float64(rapid.IntRange(1, 365).Draw(t, "half-life")),
				When:     []scoring.When{{Kind: models.ChatStarted}}}}}
		c, err := scoring.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		f := scoring.Facts{Events: []models.Event{at(rapid.Float64Range(0, 100).Draw(t, "age"), models.ChatStarted, models.EventData{})}}
		then := now.Add(time.Duration(d.Criteria[0].HalfLife) * dayLong)
		if a, b := c.Value(f, now).S, c.Value(f, then).S; math.Abs(b-a/2) > 1e-9 {
			t.Fatalf("%v became %v", a, b)
		}
	})
}

// Ten thousand page views stay within every limit.
func TestLimitsHoldUnderTenThousandViews(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	f := scoring.Facts{Zone: tehran}
	for range 10_000 {
		kind := []models.PageKind{models.PageHome, models.PageProduct, models.PagePrice, models.PageCase, models.PageOther}[r.IntN(5)]
		f.Events = append(f.Events, page(r.Float64()*30, kind))
	}
	d := preset(t, "b2b")
	s := compile(t, d).Score(f, now)
	limits := map[string]float64{}
	for _, c := range d.Criteria {
		limits[c.Key] = max(c.Cap, 2*c.Points)
	}
	website := 0.0
	for _, l := range s.Lines {
		if l.Group == "website" {
			website += l.Exact
		}
		if limit, ok := limits[l.Criterion]; ok && l.Exact > limit {
			t.Errorf("%s pays %v, its limit is %v", l.Criterion, l.Exact, limit)
		}
	}
	near(t, "website", website, 40, 1e-9)
	if s.Engagement > 60 { // website and one combination
		t.Errorf("engagement is %v", s.Engagement)
	}
}
