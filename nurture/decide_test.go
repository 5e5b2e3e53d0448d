package nurture

import (
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"

	"pgregory.net/rapid"
)

func zoneOf(t interface{ Fatal(...any) }, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// confirmed are facts of a lead who agreed, at a moment.
func confirmed(now time.Time, e models.Enrolment, zone string) *store.Facts {
	id := models.ID(100)
	return &store.Facts{
		Now: models.At(now), NewID: func() models.ID { id++; return id },
		Lead:       &models.Lead{ID: 1, Email: "n@example.com", Status: models.Open, Stage: models.StageLead, Zone: zone},
		Consents:   []models.Consent{{Purpose: models.Newsletter, Decision: models.Confirmed}},
		Enrolments: []models.Enrolment{e},
	}
}

func turnOf(n *Nurture, doc models.SequenceDoc) *turn {
	q := &models.LiveSequence{Sequence: models.Sequence{ID: 7, State: models.SequenceLive, VersionID: 8, Locale: "fa"}}
	q.Version.Doc = doc
	return &turn{n: n, enrolment: 3, lead: 1, sequence: q, campaign: &models.Published{}}
}

// allowed reads a wall clock by itself: what the product promises, in other words than the product's.
func allowed(at time.Time, w models.Window, quiet models.Hours) bool {
	minute := at.Hour()*60 + at.Minute()
	in := func(h models.Hours) bool {
		return h.From < h.To && minute >= h.From && minute < h.To || h.From > h.To && (minute >= h.From || minute < h.To)
	}
	day := len(w.Days) == 0
	for _, d := range w.Days {
		day = day || d == at.Weekday()
	}
	return day && !in(quiet) && (w.Hours.Empty() || in(w.Hours))
}

// I9: no step is decided into quiet hours or outside its window, by the clocks of the lead's zone, over both changes of
// Europe/Berlin's clocks and in Tehran's half-hour zone; and none waits longer than it has to.
func TestNoStepIsDecidedAtNight(t *testing.T) {
	around := map[string][]time.Time{
		"Europe/Berlin": {time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC)},
		"Asia/Tehran":   {time.Date(2026, 3, 21, 20, 30, 0, 0, time.UTC), time.Date(2021, 9, 21, 19, 30, 0, 0, time.UTC)},
	}
	minute := rapid.IntRange(0, 24*60-1)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"Europe/Berlin", "Asia/Tehran"}).Draw(t, "zone")
		zone := zoneOf(t, name)
		quiet := models.Hours{From: minute.Draw(t, "quiet from"), To: minute.Draw(t, "quiet to")}
		var window models.Window
		if rapid.Bool().Draw(t, "has days") {
			window.Days = []time.Weekday{time.Saturday, time.Sunday, time.Wednesday}
		}
		if from := rapid.IntRange(0, 22).Draw(t, "opens"); from > 0 {
			window.Hours = models.Hours{From: from * 60, To: from*60 + 120}
		}
		doc := models.SequenceDoc{Quiet: quiet, Steps: []models.Step{{Key: "a", Delay: rapid.IntRange(0, 5000).Draw(t, "delay"), Window: window}, {Key: "b", Delay: 60, Window: window}}}
		if bad, ok := Check(&doc).(*models.Invalid); ok {
			if _, never := bad.Of("steps.0.window"); never {
				return // refused by the editor
			}
		}
		n := New(Config{Zone: time.UTC}, Deps{})
		now := rapid.SampledFrom(around[name]).Draw(t, "change").Add(time.Duration(rapid.IntRange(-3*24*3600, 3*24*3600).Draw(t, "seconds")) * time.Second)
		e := models.Enrolment{ID: 3, State: models.EnrolmentActive, StartedAt: models.At(now), NextAt: models.At(now)}
		for range 12 {
			rows := turnOf(n, doc).decide(confirmed(now, e, name))
			for _, m := range rows.Messages {
				if !allowed(m.CreatedAt.In(zone), window, quiet) {
					t.Fatalf("%s was decided at %v", m.Step, m.CreatedAt.In(zone))
				}
			}
			if len(rows.Enrolments) == 0 {
				t.Fatal("nothing was decided")
			}
			before := e
			if e = rows.Enrolments[0]; e.State == models.EnrolmentDone {
				return
			}
			if before.Step == "" {
				soonest := before.StartedAt.Add(time.Duration(doc.Steps[0].Delay) * time.Minute).In(zone)
				for soonest = soonest.Truncate(time.Second); !allowed(soonest, window, quiet); {
					soonest = soonest.Truncate(time.Minute).Add(time.Minute)
				}
				if late := e.NextAt.Time().Sub(soonest); late < 0 || late > time.Minute {
					t.Fatalf("waits until %v, might come at %v", e.NextAt.In(zone), soonest)
				}
			}
			// The program may also come late.
			now = e.NextAt.Time().Add(time.Duration(rapid.IntRange(0, 40_000).Draw(t, "late")) * time.Second)
			if !rapid.Bool().Draw(t, "is late") {
				now = e.NextAt.Time()
			}
		}
	})
}

// The hours stand on the mail itself too, so that the moment of sending needs nothing else to judge by.
func TestAMailCarriesItsHours(t *testing.T) {
	doc := models.SequenceDoc{Quiet: models.Hours{From: 21 * 60, To: 8 * 60}, Steps: []models.Step{{Key: "a", Window: models.Window{Days: []time.Weekday{1, 2}}}}}
	now := time.Date(2026, 3, 30, 9, 0, 0, 0, time.UTC) // a Monday
	e := models.Enrolment{ID: 3, State: models.EnrolmentActive, Step: "a", NextAt: models.At(now)}
	rows := turnOf(New(Config{}, Deps{}), doc).decide(confirmed(now, e, "Europe/Berlin"))
	if got := rows.Messages[0].Hours; got != "0000-0000/2100-0800/12/Europe/Berlin" {
		t.Errorf("got %q", got)
	}
}

// Where another program was first, or nothing is in force, nothing is decided.
func TestNothingIsDecidedTwice(t *testing.T) {
	now := time.Date(2026, 3, 30, 9, 0, 0, 0, time.UTC)
	doc := models.SequenceDoc{Steps: []models.Step{{Key: "a"}}}
	due := models.Enrolment{ID: 3, State: models.EnrolmentActive, Step: "a", NextAt: models.At(now)}
	for what, c := range map[string]func(e *models.Enrolment, tn *turn){
		"its time has moved on":       func(e *models.Enrolment, _ *turn) { e.NextAt++ },
		"it was stopped":              func(e *models.Enrolment, _ *turn) { e.State = models.EnrolmentStopped },
		"it is at the end":            func(e *models.Enrolment, _ *turn) { e.State = models.EnrolmentDone },
		"it is gone":                  func(e *models.Enrolment, _ *turn) { e.ID = 4 },
		"the sequence is gone":        func(_ *models.Enrolment, tn *turn) { tn.sequence = nil },
		"the sequence is paused":      func(_ *models.Enrolment, tn *turn) { tn.sequence.State = models.SequencePaused },
		"the campaign is not there":   func(_ *models.Enrolment, tn *turn) { tn.campaign = nil },
		"the lead has been forgotten": nil,
	} {
		e, tn := due, turnOf(New(Config{}, Deps{}), doc)
		f := confirmed(now, e, "")
		if c != nil {
			c(&f.Enrolments[0], tn)
		} else {
			f.Lead, f.Enrolments = nil, nil
		}
		if rows := tn.decide(f); len(rows.Enrolments)+len(rows.Messages)+len(rows.Steps) != 0 {
			t.Errorf("%s: %+v", what, rows)
		}
	}
	tn := turnOf(New(Config{}, Deps{}), doc)
	tn.later = true
	if rows := tn.decide(confirmed(now, due, "")); len(rows.Messages) != 0 || rows.Enrolments[0].NextAt.Time().Sub(now) != putOff {
		t.Errorf("put off: %+v", rows)
	}
}
