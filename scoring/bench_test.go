package scoring_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
)

// busy is a lead with many events of all sorts over 90 days, oldest first.
func busy(n int) scoring.Facts {
	r := rand.New(rand.NewPCG(5, 6))
	kinds := []models.PageKind{models.PageHome, models.PageProduct, models.PagePrice, models.PageCase, models.PageOther}
	f := scoring.Facts{Zone: tehran, FreeMail: true, Lead: answered("company_size", "120", "industry", "software",
		"need", "yes", "role", "decides", "timeline", "3m", "budget", "fits", "country", "IR")}
	for range n {
		days := r.Float64() * 90
		switch r.IntN(5) {
		case 0:
			f.Events = append(f.Events, click(days, models.Human))
		case 1:
			f.Events = append(f.Events, form(days, []models.OfferKind{models.OfferEbook, models.OfferWebinar, models.OfferDemo}[r.IntN(3)]))
		default:
			f.Events = append(f.Events, page(days, kinds[r.IntN(len(kinds))]))
		}
	}
	slices.SortFunc(f.Events, func(a, b models.Event) int { return int(a.At - b.At) })
	return f
}

func BenchmarkValue200Events(b *testing.B) {
	card, f := compile(b, preset(b, "b2b")), busy(200)
	for b.Loop() {
		card.Value(f, now)
	}
}

func BenchmarkValue200EventsInNoOrder(b *testing.B) {
	card, f := compile(b, preset(b, "b2b")), busy(200)
	rand.New(rand.NewPCG(7, 8)).Shuffle(len(f.Events), func(i, j int) { f.Events[i], f.Events[j] = f.Events[j], f.Events[i] })
	for b.Loop() {
		card.Value(f, now)
	}
}

func BenchmarkValue5Events(b *testing.B) {
	card, f := compile(b, preset(b, "b2b")), busy(5)
	for b.Loop() {
		card.Value(f, now)
	}
}

func BenchmarkScore200Events(b *testing.B) {
	card, f := compile(b, preset(b, "b2b")), busy(200)
	for b.Loop() {
		card.Score(f, now)
	}
}

func BenchmarkRaise200Events(b *testing.B) {
	card, f := compile(b, preset(b, "b2b")), busy(200)
	for b.Loop() {
		card.Raise(f, now)
	}
}

// Scoring is done while a visitor waits, and a million times a night: it must cost next to nothing (S1).
func TestValueIsCheap(t *testing.T) {
	card, f := compile(t, preset(t, "b2b")), busy(200)
	if n := testing.AllocsPerRun(100, func() { card.Value(f, now) }); n > 1 {
		t.Errorf("Value allocates %v times", n)
	}
	best := time.Hour // of many, for others use the machine too
	for range 200 {
		start := time.Now()
		card.Value(f, now)
		best = min(best, time.Since(start))
	}
	if best > 100*time.Microsecond {
		t.Errorf("Value of 200 events takes %s, over 100 µs", best)
	}
}
