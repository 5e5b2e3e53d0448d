package store_test

import (
	"errors"
	"strconv"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// Each change of a sequence's draft can be undone and done again, and what one person types into one part within a short
// time is one change; another's, or into another part, is one of its own. A second press undoes nothing more (N1).
func TestSequencesAreUndone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		q := &models.Sequence{CampaignID: 1, Name: "After it", Locale: "en", Draft: models.SequenceDoc{Steps: []models.Step{{Key: "a", Subject: "0"}}}}
		must(t, s.AddSequence(ctx, q))
		say := func(subject, what string, by models.ID) {
			t.Helper()
			read, err := s.Sequence(ctx, q.ID)
			must(t, err)
			read.Draft.Steps[0].Subject = subject
			must(t, s.SaveSequence(ctx, read, store.DraftChange{What: what, UserID: by}))
		}
		says := func(want, undo, redo string) {
			t.Helper()
			read, err := s.Sequence(ctx, q.ID)
			must(t, err)
			was, next, err := s.SequenceSteps(ctx, read)
			must(t, err)
			of := func(r *models.SequenceRevision) string {
				if r == nil {
					return ""
				}
				return r.What
			}
			if got := read.Draft.Steps[0].Subject; got != want || of(was) != undo || of(next) != redo {
				t.Errorf("says %q, undoes %q, redoes %q; want %q, %q, %q", got, of(was), of(next), want, undo, redo)
			}
		}
		says("0", "", "")
		if err := s.UndoSequence(ctx, q.ID, 0); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("undoing nothing: %v", err)
		}
		say("1", "head", 5)
		say("12", "head", 5)
		say("12", "time", 5) // changes nothing
		say("123", "head", 6)
		say("1234", "time", 6)
		says("1234", "time", "")
		read, err := s.Sequence(ctx, q.ID)
		must(t, err)
		must(t, s.UndoSequence(ctx, q.ID, read.DraftRev))
		if err := s.UndoSequence(ctx, q.ID, read.DraftRev); !errors.Is(err, models.ErrConflict) {
			t.Errorf("the second press: %v", err)
		}
		says("123", "head", "time")
		must(t, s.UndoSequence(ctx, q.ID, 0))
		says("12", "head", "head")
		must(t, s.UndoSequence(ctx, q.ID, 0))
		says("0", "", "head")
		start, err := s.Sequence(ctx, q.ID)
		must(t, err)
		must(t, s.RedoSequence(ctx, q.ID, start.DraftRev))
		if err := s.RedoSequence(ctx, q.ID, start.DraftRev); !errors.Is(err, models.ErrConflict) {
			t.Errorf("the second press from the first state: %v", err)
		}
		says("12", "head", "head")
		say("another way", "words", 5) // what was undone is gone then
		says("another way", "words", "")
		if err := s.SaveSequence(ctx, read, store.DraftChange{What: "head"}); !errors.Is(err, models.ErrConflict) {
			t.Errorf("saving what was read before: %v", err)
		}
		read, err = s.Sequence(ctx, q.ID)
		must(t, err)
		must(t, s.UndoSequence(ctx, q.ID, 0))
		say("elsewhere", "words", 6)
		if err := s.UndoSequence(ctx, q.ID, read.DraftRev); !errors.Is(err, models.ErrConflict) {
			t.Errorf("a button of before undoes what came after it was pressed elsewhere: %v", err)
		}
		for _, what := range []string{"mail_add:mail:", "copy:mail:One", "delete:mail:One"} { // pressed twice is done twice
			say(what+"1", what, 5)
			say(what+"2", what, 5)
			must(t, s.UndoSequence(ctx, q.ID, 0))
			says(what+"1", what, what)
		}
		for i := range 70 { // the newest fifty are kept
			say(strconv.Itoa(i), "part"+strconv.Itoa(i), 5)
		}
		undone := 0
		for s.UndoSequence(ctx, q.ID, 0) == nil {
			undone++
		}
		if undone != 50 {
			t.Errorf("%d changes can be undone", undone)
		}
	})
}
