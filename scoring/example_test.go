package scoring_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
)

// example is the worked example that marketing and sales were shown to agree on the scale (S9, S10).
func example(t testing.TB) (*scoring.Card, scoring.Facts) {
	d := preset(t, "b2b")
	d.Targets["industry"] = []string{"software"}
	return compile(t, d), scoring.Facts{
		FreeMail: true,
		Lead:     answered("company_size", "120", "industry", "software", "need", "yes"),
		Events: []models.Event{
			page(9, models.PageProduct), page(2, models.PageProduct), page(0, models.PageProduct),
			page(1, models.PagePrice), form(10, models.OfferEbook), form(10, models.OfferNewsletter),
			at(6, models.Activated, models.EventData{Name: "webinar_attended"}),
			click(3, models.Human),
			click(4, models.Machine), click(5, models.Machine), click(5, models.Unsure),
			at(4, "mail_opened", models.EventData{}), at(5, "mail_opened", models.EventData{}),
		},
	}
}

func TestWorkedExampleLineByLine(t *testing.T) {
	card, facts := example(t)
	s := card.Score(facts, now)
	want := []struct {
		criterion, group string
		points           int
		exact            float64
		days             float64
		count            int
	}{
		{"company_size_in", "company", 15, 15, 0, 1},
		{"industry", "company", 10, 10, 0, 1},
		{"need", "product_fit", 10, 10, 0, 1},
		{"free_mail", "demographic", -5, -5, -1, 1},
		{"product_page", "website", 16, 16.13, 0, 3},
		{"price_page", "website", 14, 14.28, 1, 1},
		{"newsletter", "email", 5, 4.63, 10, 1},
		{"mail_clicked", "email", 4, 4.31, 3, 1},
		{"content_consideration", "content", 8, 7.94, 10, 1},
		{"webinar_attended", "content", 13, 13.06, 6, 1},
		{"price_ebook_webinar", "combination", 15, 14.66, 1, 1},
		{scoring.Over, "", -5, 0, -1, 0},
	}
	if len(s.Lines) != len(want) {
		t.Fatalf("%d lines, want %d: %+v", len(s.Lines), len(want), s.Lines)
	}
	for i, w := range want {
		l := s.Lines[i]
		at := models.Instant(0)
		if w.days >= 0 {
			at = ago(w.days)
		}
		if l.Criterion != w.criterion || l.Group != w.group || l.Points != w.points || l.At != at || l.Count != w.count {
			t.Errorf("line %d is %+v, want %+v", i, l, w)
		}
		near(t, w.criterion, l.Exact, w.exact, 0.005)
	}
	near(t, "fit", s.Fit, 30, 0)
	near(t, "engagement", s.Engagement, 75.00, 0.005)
	near(t, "S", s.S, 105.0, 0.05)
	if s.Grade != "A1" || s.Shown != 100 {
		t.Errorf("grade %s, shown %d; want A1, 100", s.Grade, s.Shown)
	}
	near(t, "probability", scoring.Probability(105, 0.04, 25), 0.40, 1e-12)
}

// Nothing new happens: the lead stays hot a little under the threshold, then is warm.
func TestWorkedExampleCools(t *testing.T) {
	card, facts := example(t)
	facts.Lead.Temperature, facts.Lead.Stage = models.Hot, models.StageMQL
	for _, c := range []struct {
		days        int
		engagement  float64
		s           float64
		temperature models.Temperature
	}{
		{30, 29.4, 59.4, models.Hot},
		{33, 27.0, 57.0, models.Hot},
		{36, 24.9, 54.9, models.Warm},
	} {
		then := now.Add(time.Duration(c.days) * dayLong)
		sum := card.Value(facts, then)
		near(t, "engagement", sum.Engagement, c.engagement, 0.05)
		near(t, "S", sum.S, c.s, 0.05)
		if o := card.Qualify(facts, sum, scoring.Act{}, then); o.Temperature != c.temperature || o.BecameHot {
			t.Errorf("day %d: %+v, want %s", c.days, o, c.temperature)
		}
	}
}

// Value, Score and every order of the events agree to the last bit.
func TestWorkedExampleInAnyOrder(t *testing.T) {
	card, facts := example(t)
	want := card.Score(facts, now)
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		facts.Events = slices.Clone(facts.Events)
		r.Shuffle(len(facts.Events), func(i, j int) {
			facts.Events[i], facts.Events[j] = facts.Events[j], facts.Events[i]
		})
		if got := card.Value(facts, now); got != want.Sum {
			t.Fatalf("%+v, want %+v", got, want.Sum)
		}
	}
}

// "What would raise it most" is exact: doing it gives just these points.
func TestRaiseTellsTheTruth(t *testing.T) {
	card, facts := example(t)
	hints := card.Raise(facts, now)
	if len(hints) != 3 {
		t.Fatalf("%d hints, want 3: %+v", len(hints), hints)
	}
	before := card.Value(facts, now).S
	// Fit is 30 of 50 and sales interaction empty, so these are the largest steps still open.
	for i, w := range []struct {
		criterion string
		act       models.Event
	}{
		{"contact_asked", form(0, models.OfferDemo)},
		{"trial_ordered", form(0, models.OfferTrial)},
		{"price_asked", form(0, models.OfferPrice)},
	} {
		after := facts
		after.Events = append(slices.Clone(facts.Events), w.act)
		gain := card.Value(after, now).S - before
		if hints[i].Criterion != w.criterion {
			t.Errorf("hint %d is %+v, want %s", i, hints[i], w.criterion)
		}
		near(t, w.criterion, hints[i].Exact, gain, 1e-9)
	}
}
