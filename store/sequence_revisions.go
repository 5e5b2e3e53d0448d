package store

import (
	"bytes"
	"context"
	"encoding/json"

	"sarnakh/models"

	"gorm.io/gorm"
)

// SaveSequence writes the name and the draft of a sequence that nobody changed since it was read: else it is
// models.ErrConflict. The state before can be gone back to.
func (s *Store) SaveSequence(ctx context.Context, q *models.Sequence, by DraftChange) error {
	read := q.UpdatedAt
	q.UpdatedAt = max(s.Now(), read+1)
	return s.do(ctx, func(tx *gorm.DB) error {
		was, err := lockSequence(tx, q.ID, read)
		if err != nil {
			return err
		}
		if q.DraftRev = was.DraftRev; !sameDraft(&was.Draft, &q.Draft) {
			if err := s.keepDraft(tx, was, q, by); err != nil {
				return err
			}
		}
		return tx.Model(q).Select("name", "draft", "draft_rev", "updated_at").Updates(q).Error
	})
}

func sameDraft(a, b *models.SequenceDoc) bool {
	one, err := json.Marshal(a)
	other, err2 := json.Marshal(b)
	if err != nil || err2 != nil {
		panic("a sequence that can't be written") // it is kept so
	}
	return bytes.Equal(one, other)
}

// keepDraft puts the new state after the present one, as addDraft does for a campaign's.
func (s *Store) keepDraft(tx *gorm.DB, was, now *models.Sequence, by DraftChange) error {
	var kept []models.SequenceRevision
	if err := tx.Omit("doc").Where("sequence_id = ?", was.ID).Order("rev").Find(&kept).Error; err != nil {
		return err
	}
	if len(kept) == 0 {
		was.DraftRev = max(was.DraftRev, 1) // a button that was shown with 0 would mean any state
		first := models.SequenceRevision{SequenceID: was.ID, Rev: was.DraftRev, Doc: was.Draft, What: "new", At: was.UpdatedAt}
		if err := tx.Create(&first).Error; err != nil {
			return err
		}
		kept = append(kept, first)
	}
	last := kept[len(kept)-1]
	if last.Rev == was.DraftRev && by.goesOn(DraftChange{last.What, last.UserID}, now.UpdatedAt.Sub(last.At)) {
		last.Doc = now.Draft
		return tx.Select("doc").Updates(&last).Error
	}
	if err := dropStates(tx, "sequence_revisions", "sequence_id", was.ID, was.DraftRev); err != nil {
		return err
	}
	now.DraftRev = last.Rev + 1
	return tx.Create(&models.SequenceRevision{SequenceID: was.ID, Rev: now.DraftRev, Doc: now.Draft, What: by.What, UserID: by.UserID, At: now.UpdatedAt}).Error
}

// UndoSequence goes back from a state of the draft to the one before, as UndoDraft does.
func (s *Store) UndoSequence(ctx context.Context, id models.ID, rev int) error {
	return s.stepSequence(ctx, id, rev, "rev < ?", "rev DESC")
}

// RedoSequence goes forward to the state that was taken back.
func (s *Store) RedoSequence(ctx context.Context, id models.ID, rev int) error {
	return s.stepSequence(ctx, id, rev, "rev > ?", "rev")
}

func (s *Store) stepSequence(ctx context.Context, id models.ID, rev int, where, order string) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		var q models.Sequence
		if err := lockRows(tx).Take(&q, "id = ?", id).Error; err != nil {
			return err
		}
		if rev != 0 && rev != q.DraftRev {
			return models.ErrConflict
		}
		var to models.SequenceRevision
		if err := tx.Where("sequence_id = ?", id).Where(where, q.DraftRev).Order(order).Take(&to).Error; err != nil {
			return err
		}
		q.Draft, q.DraftRev, q.UpdatedAt = to.Doc, to.Rev, max(s.Now(), q.UpdatedAt+1)
		return tx.Select("draft", "draft_rev", "updated_at").Updates(&q).Error
	})
}

// SequenceSteps are what would be taken back, and what would be done again, without their documents; nil for nothing.
func (s *Store) SequenceSteps(ctx context.Context, q *models.Sequence) (undo, redo *models.SequenceRevision, err error) {
	var rows []models.SequenceRevision
	err = s.q(ctx).Omit("doc").Where("sequence_id = ?", q.ID).Order("rev").Find(&rows).Error
	for i := range rows {
		switch {
		case rows[i].Rev == q.DraftRev && i > 0:
			undo = &rows[i]
		case rows[i].Rev > q.DraftRev && redo == nil:
			redo = &rows[i]
		}
	}
	return undo, redo, translate(err)
}
