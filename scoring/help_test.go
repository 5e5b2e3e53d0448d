package scoring_test

import (
	"math"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
)

// now is a moment at noon in no particular zone.
var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const dayLong = 24 * time.Hour

func preset(t testing.TB, name string) scoring.Doc {
	t.Helper()
	d, ok := scoring.Preset(name)
	if !ok {
		t.Fatalf("no preset %q", name)
	}
	return d
}

func compile(t testing.TB, d scoring.Doc) *scoring.Card {
	t.Helper()
	c, err := scoring.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at makes an event so many days before now.
func at(days float64, kind models.EventKind, data models.EventData) models.Event {
	return models.Event{Kind: kind, Data: data, At: ago(days)}
}

func ago(days float64) models.Instant {
	return models.At(now.Add(-time.Duration(days * float64(dayLong))))
}

func page(days float64, kind models.PageKind) models.Event {
	return at(days, models.PageViewed, models.EventData{PageKind: kind, Seconds: 30})
}

func form(days float64, offer models.OfferKind) models.Event {
	return at(days, models.FormSubmitted, models.EventData{OfferKind: offer})
}

func click(days float64, v models.Verdict) models.Event {
	return models.Event{Kind: models.MailClicked, Verdict: v, At: ago(days)}
}

// answered is a lead with answers, given as pairs of field and value.
func answered(pairs ...string) *models.Lead {
	l := &models.Lead{}
	for i := 0; i < len(pairs); i += 2 {
		l.Set(pairs[i], pairs[i+1], ago(0))
	}
	return l
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// reasons are the exact points by criterion, limits among them as "limit.website", "over", "under".
func reasons(s scoring.Score) map[string]float64 {
	m := map[string]float64{}
	for _, l := range s.Lines {
		key := l.Criterion
		if key == scoring.Limit {
			key += "." + l.Group
		}
		m[key] += l.Exact
	}
	return m
}
