package store_test

import (
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// What happens next in a sequence, and who is in it, is told from those on their way alone (N5).
func TestWhatIsDueNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const one, other = models.ID(5), models.ID(6)
		for i, e := range []models.Enrolment{
			{SequenceID: one, State: models.EnrolmentActive, Step: "a", NextAt: 300},
			{SequenceID: one, State: models.EnrolmentActive, Step: "b", NextAt: 200},
			{SequenceID: one, State: models.EnrolmentActive, Step: "a", NextAt: 100},
			{SequenceID: one, State: models.EnrolmentWaiting},
			{SequenceID: one, State: models.EnrolmentDone, NextAt: 1},
			{SequenceID: other, State: models.EnrolmentStopped, NextAt: 1},
		} {
			err := s.Apply(ctx, store.Change{Decide: func(f *store.Facts) (store.Rows, error) {
				e.ID, e.LeadID = f.NewID(), models.ID(100+i)
				return store.Rows{Enrolments: []models.Enrolment{e}}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		sums, err := s.SequenceTallies(ctx, []models.ID{one, other})
		if want := (store.SequenceTally{SequenceID: one, Waiting: 1, Active: 3, NextAt: 100}); err != nil || sums[one] != want || len(sums) != 1 {
			t.Errorf("%+v %v", sums, err)
		}
		if none, err := s.SequenceTallies(ctx, nil); err != nil || len(none) != 0 {
			t.Errorf("of none: %v %v", none, err)
		}
		due, err := s.StepsDue(ctx, one)
		if err != nil || len(due) != 2 || due[0] != (store.StepDue{Step: "a", At: 100}) || due[1] != (store.StepDue{Step: "b", At: 200}) {
			t.Errorf("%+v %v", due, err)
		}
		next, err := s.NextEnrolled(ctx, one, 2)
		if err != nil || len(next) != 2 || next[0].NextAt != 100 || next[1].NextAt != 200 {
			t.Errorf("%+v %v", next, err)
		}
	})
}
