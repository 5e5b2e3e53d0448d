package nurture_test

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// I6: whoever has not confirmed gets nothing, however long it takes.
func TestAWaitingLeadGetsNothing(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		lead := w.joins(nil)
		for range 30 {
			w.pass(day)
			w.drain()
		}
		w.got(lead)
		if e := w.enrolment(lead); e.State != models.EnrolmentWaiting {
			t.Errorf("stands %s", e.State)
		}
	})
}

// N1: the first delay counts from the confirmation, each further one from the mail before.
func TestMailsComeInOrderAfterTheirDelays(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		lead := w.joins(nil)
		w.pass(7 * day) // until the confirmation nothing counts
		w.confirms(lead)
		confirmed := w.clock()
		for range 15 * 24 {
			w.drain()
			w.pass(hour)
		}
		w.got(lead, "a", "b", "c", "d")
		due := []time.Duration{1 * day, 4 * day, 8 * day, 14 * day, 21 * day}
		for i, m := range w.mails(lead) {
			if at, want := m.CreatedAt.Time(), confirmed.Add(due[i]); !at.Equal(want) {
				t.Errorf("%s was owed %v after the confirmation, want %v", m.Step, at.Sub(confirmed), due[i])
			}
			if until := confirmed.Add(due[i+1]); !m.NotAfter.Time().Equal(until) {
				t.Errorf("%s may be sent until %v, want %v", m.Step, m.NotAfter, until)
			}
			if m.Class != models.ClassMarketing || m.Purpose != models.Newsletter || m.Kind != models.MailStep || m.Locale != "fa" ||
				m.SequenceID != w.sequence.ID || m.To != "lead1@example.com" || m.State != models.MessageQueued {
				t.Errorf("%+v", m)
			}
		}
		w.stands(lead, models.EnrolmentDone, "")
		if w.owed.Load() != 4 {
			t.Errorf("the mailer was told %d times", w.owed.Load())
		}
	})
}

// A first step without delay is there at once: one look schedules it and decides on it.
func TestNoDelayIsNow(t *testing.T) {
	each(t, models.SequenceDoc{Steps: []models.Step{step("a", 0), step("b", 0)}}, func(t *testing.T, w *world) {
		lead := w.starts()
		w.drain()
		w.got(lead, "a", "b")
		if m := w.mails(lead)[0]; m.NotAfter.Sub(m.CreatedAt) != 10*time.Minute {
			t.Errorf("has %v to be sent", m.NotAfter.Sub(m.CreatedAt))
		}
	})
}

// N1: who became hot belongs to a salesperson; who was disqualified, took the consent back, has no address any more or
// has reached the goal gets no more.
func TestExits(t *testing.T) {
	goal := four()
	goal.Goal = []models.Condition{{On: models.OnStage, Op: models.OpAtLeast, Value: "customer"}}
	keeps := four()
	keeps.KeepHot = true
	hot := func(l *models.Lead) { l.Temperature = models.Hot }
	for _, c := range []struct {
		name   string
		doc    models.SequenceDoc
		act    func(w *world, lead models.ID)
		reason models.StopReason
	}{
		{"hot", four(), func(w *world, l models.ID) { w.becomes(l, hot) }, models.StopHot},
		{"hot where that goes on", keeps, func(w *world, l models.ID) { w.becomes(l, hot) }, ""},
		{"disqualified", keeps, func(w *world, l models.ID) {
			w.becomes(l, func(l *models.Lead) { l.Status = models.Disqualified })
		}, models.StopDisqualified},
		{"withdrawn", four(), func(w *world, l models.ID) { w.says(l, models.Newsletter, models.Withdrawn) }, models.StopUnsubscribed},
		{"refused on a further form", four(), func(w *world, l models.ID) { w.says(l, models.Newsletter, models.Refused) }, ""},
		{"goal reached", goal, func(w *world, l models.ID) {
			w.becomes(l, func(l *models.Lead) { l.Stage = models.StageCustomer })
		}, models.StopGoal},
		{"goal not reached", goal, func(w *world, l models.ID) {
			w.becomes(l, func(l *models.Lead) { l.Stage = models.StageMQL })
		}, ""},
		{"without an address", four(), func(w *world, l models.ID) {
			w.becomes(l, func(l *models.Lead) { l.Email = "" })
		}, models.StopUnsubscribed},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, c.doc, func(t *testing.T, w *world) {
				lead := w.starts()
				w.drain()
				w.pass(day)
				w.drain()
				c.act(w, lead)
				w.pass(3 * day)
				w.drain()
				if c.reason == "" {
					w.got(lead, "a", "b")
					w.stands(lead, models.EnrolmentActive, "")
					return
				}
				w.got(lead, "a")
				w.stands(lead, models.EnrolmentStopped, c.reason)
			})
		})
	}
}

// N1, N5: a step whose condition fails is skipped and counted with the reason, and the next one comes in its time.
func TestAStepThatIsNotWantedIsSkipped(t *testing.T) {
	doc := four()
	doc.Steps[1].Conditions = []models.Condition{{On: models.OnScore, Op: models.OpAtLeast, Value: "10"}, {On: models.OnClicked, Name: "a", Op: models.OpKnown}}
	each(t, doc, func(t *testing.T, w *world) {
		lead := w.starts()
		eager := w.confirms(w.joins(func(l *models.Lead) { l.Score = 20 }))
		w.change(eager, func(f *store.Facts) store.Rows {
			return store.Rows{Events: []models.Event{{ID: f.NewID(), LeadID: eager, Kind: models.MailClicked, Verdict: models.Human, At: f.Now,
				Data: models.EventData{Sequence: w.sequence.ID, Step: "a"}}}}
		})
		for range 9 {
			w.drain()
			w.pass(day)
		}
		w.got(lead, "a", "c")
		w.got(eager, "a", "b", "c")
		if got := w.counts(); len(got) != 1 || got["b skipped:score"] != 1 {
			t.Errorf("counted %v", got)
		}
	})
}

// A lead is in a sequence once, so no step is written to them twice, whatever is tried.
func TestALeadIsInASequenceOnce(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		lead := w.starts()
		err := w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: lead}, Decide: func(f *store.Facts) (store.Rows, error) {
			return store.Rows{Enrolments: []models.Enrolment{{ID: f.NewID(), SequenceID: w.sequence.ID, LeadID: lead, State: models.EnrolmentActive}}}, nil
		}})
		if err == nil {
			t.Error("was taken in twice")
		}
		w.enrolment(lead)
	})
}

// An editor changes a sequence while leads are in it: they go on from the step they stand at, by its key, or by its place
// where it is gone; nobody gets a step twice that now stands elsewhere.
func TestAnEditedSequenceGoesOnWhereLeadsStand(t *testing.T) {
	for _, c := range []struct {
		name  string
		steps []models.Step
		want  []string
	}{
		{"words changed", four().Steps, []string{"a", "b", "c", "d"}},
		{"the next was taken out", []models.Step{step("a", 1), step("c", 4), step("d", 6)}, []string{"a", "c", "d"}},
		{"one was put before it", []models.Step{step("x", 1), step("a", 1), step("b", 3), step("d", 6)}, []string{"a", "b", "d"}},
		{"one was put behind it", []models.Step{step("a", 1), step("b", 3), step("x", 1), step("d", 6)}, []string{"a", "b", "x", "d"}},
		{"one they had stands behind it", []models.Step{step("b", 1), step("a", 3), step("d", 6)}, []string{"a", "b", "d"}},
		{"the next was taken out, one they had is in its place", []models.Step{step("x", 1), step("a", 1), step("d", 6)}, []string{"a", "d"}},
		{"the rest was taken out", []models.Step{step("a", 1)}, []string{"a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, four(), func(t *testing.T, w *world) {
				lead := w.starts()
				other := w.starts()
				w.drain()
				w.pass(day)
				w.drain()
				w.edit(models.SequenceDoc{Steps: c.steps})
				for range 30 {
					w.pass(day)
					w.drain()
				}
				w.got(lead, c.want...)
				w.got(other, c.want...)
				w.stands(lead, models.EnrolmentDone, "")
			})
		})
	}
}

// A mail says what the version said that owed it.
func TestAMailKeepsItsVersion(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		lead := w.starts()
		w.drain()
		w.pass(day)
		w.drain()
		m := w.mails(lead)[0]
		before, err := w.nurture.ComposeStep(w.ctx, &m)
		w.must(err)
		doc := four()
		doc.Steps[0].Blocks = models.TextBlocks("سراسر نو")
		w.edit(doc)
		after, err := w.nurture.ComposeStep(w.ctx, &m)
		w.must(err)
		if before.HTML != after.HTML || before.Text != after.Text {
			t.Error("the mail has changed after it was owed")
		}
	})
}

// A paused sequence waits, and goes on where it stood.
func TestAPausedSequenceWaits(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		lead := w.starts()
		w.drain()
		w.must(w.store.PauseSequence(w.ctx, w.sequence.ID, "checking the words"))
		w.pass(2 * day)
		w.drain() // before this program has heard of it
		w.must(w.camps.Reload(w.ctx))
		w.drain()
		w.got(lead)
		w.must(w.store.ResumeSequence(w.ctx, w.sequence.ID))
		w.must(w.camps.Reload(w.ctx))
		w.drain()
		w.got(lead, "a")
	})
}

// Several programs decide at the same time: each step is owed once.
func TestTwoWorkersDoNotDouble(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		leads := make([]models.ID, 40)
		for i := range leads {
			leads[i] = w.starts()
		}
		other := w.worker(1)
		for range 16 {
			var both sync.WaitGroup
			both.Go(w.drain)
			both.Go(func() { other.Drain(w.ctx) })
			both.Wait()
			w.pass(day)
		}
		for _, lead := range leads {
			w.got(lead, "a", "b", "c", "d")
		}
	})
}

// One lead of whom nothing can be decided holds nobody up: here a mail of the step is in the way that is not this sequence's.
func TestOneBadLeadBlocksNobody(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		bad := w.starts()
		w.change(bad, func(f *store.Facts) store.Rows {
			ident := "step:" + w.sequence.ID.String() + ":" + bad.String() + ":a:1"
			return store.Rows{Messages: []models.Message{{ID: f.NewID(), LeadID: bad, Ident: ident, Kind: models.MailStep, Class: models.ClassMarketing,
				State: models.MessageFailed, Attempts: 1, MessageID: "x@example.org", To: "x@example.com", Purpose: models.Newsletter}}}
		})
		var good []models.ID
		for range 70 {
			good = append(good, w.starts())
		}
		w.drain()
		w.pass(day)
		w.drain()
		for _, lead := range good {
			w.got(lead, "a")
		}
		if e := w.enrolment(bad); e.Step != "b" || e.State != models.EnrolmentActive {
			t.Errorf("stands at %q, %s", e.Step, e.State)
		}
	})
}

// nurture.speed turns a day into a minute, and nobody waits for the morning to see what comes; a mail still has time to
// be sent.
func TestSpeedShortensDelays(t *testing.T) {
	doc := four()
	doc.Quiet = models.Hours{From: 21 * 60, To: 8 * 60}
	doc.Steps[0].Window = models.Window{Hours: models.Hours{From: 9 * 60, To: 10 * 60}}
	eachAt(t, 1440, doc, func(t *testing.T, w *world) {
		w.set(time.Date(2026, 11, 21, 23, 0, 0, 0, tehran))
		lead := w.starts()
		began := w.clock()
		for range 15 {
			w.drain()
			w.pass(time.Minute)
		}
		w.got(lead, "a", "b", "c", "d")
		for i, m := range w.mails(lead) {
			if after := m.CreatedAt.Time().Sub(began); after != []time.Duration{1, 4, 8, 14}[i]*time.Minute {
				t.Errorf("%s came after %v", m.Step, after)
			}
			if m.NotAfter.Sub(m.CreatedAt) < 10*time.Minute || m.Hours != "" {
				t.Errorf("%s has %v, hours %q", m.Step, m.NotAfter.Sub(m.CreatedAt), m.Hours)
			}
		}
	})
}

// What a mail keeps to be written from stays small, whatever people typed.
func TestKeptValuesAreSmall(t *testing.T) {
	doc := models.SequenceDoc{Steps: []models.Step{step("a", 0)}}
	doc.Steps[0].Blocks = models.TextBlocks("{{first_name}} {{last_name}} {{name}} {{company}} {{job_title}} {{campaign}} {{offer}} {{code}} {{page_url}}")
	each(t, doc, func(t *testing.T, w *world) {
		long := ""
		for range 100 {
			long += "ناصرالدین "
		}
		lead := w.confirms(w.joins(func(l *models.Lead) {
			l.Name, l.FirstName, l.LastName, l.Company = long, long, long, long
			l.Fields = models.LeadFields{models.FieldJobTitle: {Value: long}}
		}))
		w.says(lead, models.Tracking, models.Given)
		w.drain()
		size := 0
		merge := w.mails(lead)[0].Merge
		for k, v := range merge {
			size += len(strconv.Quote(k)) + len(v) + 4
		}
		if size > 1024 || merge["company"] == "" || merge["t"] != "1" {
			t.Errorf("%d bytes: %v", size, merge)
		}
	})
}

// Run looks by itself, and stops when it is told to.
func TestRunLooksAtOnceAndWhenWoken(t *testing.T) {
	each(t, models.SequenceDoc{Steps: []models.Step{step("a", 0)}}, func(t *testing.T, w *world) {
		lead := w.starts()
		done := make(chan error, 1)
		ctx, stop := context.WithCancel(w.ctx)
		go func() { done <- w.nurture.Run(ctx) }()
		for deadline := time.Now().Add(10 * time.Second); len(w.steps(lead)) == 0; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("nothing was decided")
			}
		}
		second := w.starts()
		w.nurture.Wake()
		for deadline := time.Now().Add(10 * time.Second); len(w.steps(second)) == 0; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("was not woken")
			}
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
