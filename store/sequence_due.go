package store

import (
	"context"

	"sarnakh/models"
)

// A SequenceTally sums up who is in a sequence.
type SequenceTally struct {
	SequenceID models.ID
	Waiting    int64          // for the confirmation
	Active     int64          // on their way
	NextAt     models.Instant // when the soonest of them is decided on; 0 where none is
}

// SequenceTallies sum up sequences; one that nobody is in has none.
func (s *Store) SequenceTallies(ctx context.Context, sequences []models.ID) (map[models.ID]SequenceTally, error) {
	out := make(map[models.ID]SequenceTally, len(sequences))
	if len(sequences) == 0 {
		return out, nil
	}
	var rows []SequenceTally
	err := s.q(ctx).Raw(`SELECT sequence_id, sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting,
		sum(CASE WHEN state = 'active' THEN 1 ELSE 0 END) AS active,
		coalesce(min(CASE WHEN state = 'active' THEN next_at END), 0) AS next_at
		FROM enrolments WHERE sequence_id IN ? AND state IN ('waiting', 'active') GROUP BY sequence_id`, sequences).Scan(&rows).Error
	for _, r := range rows {
		out[r.SequenceID] = r
	}
	return out, translate(err)
}

// A StepDue is when the soonest of the leads is decided on that stand at a step.
type StepDue struct {
	Step string
	At   models.Instant
}

// StepsDue are the steps of a sequence that anybody stands at.
func (s *Store) StepsDue(ctx context.Context, sequence models.ID) ([]StepDue, error) {
	var rows []StepDue
	err := s.q(ctx).Raw("SELECT step, min(next_at) AS at FROM enrolments WHERE sequence_id = ? AND state = 'active' GROUP BY step ORDER BY step",
		sequence).Scan(&rows).Error
	return rows, translate(err)
}

// NextEnrolled are the leads of a sequence that are decided on soonest.
func (s *Store) NextEnrolled(ctx context.Context, sequence models.ID, limit int) ([]EnrolledLead, error) {
	var rows []EnrolledLead
	err := s.q(ctx).Table("enrolments e").Select("e.*, l.name, l.email").Joins("LEFT JOIN leads l ON l.id = e.lead_id").
		Where("e.sequence_id = ? AND e.state = 'active'", sequence).Order("e.next_at, e.id").Limit(limit).Find(&rows).Error
	return rows, translate(err)
}
