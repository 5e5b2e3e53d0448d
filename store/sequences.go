package store

import (
	"context"
	"errors"

	"sarnakh/models"

	"gorm.io/gorm"
)

// LiveSequences are the sequences that take leads in, paused ones too, with the version in force, oldest first.
func (s *Store) LiveSequences(ctx context.Context, known InMemory) ([]models.LiveSequence, error) {
	var sequences []models.Sequence
	if err := s.q(ctx).Omit("draft").Where("version_id <> 0 AND state <> 'draft'").Order("id").Find(&sequences).Error; err != nil {
		return nil, translate(err)
	}
	ids := make([]models.ID, len(sequences))
	for i := range sequences {
		ids[i] = sequences[i].VersionID
	}
	versions, err := unknown(s.q(ctx), ids, known.Sequence, func(v *models.SequenceVersion) models.ID { return v.ID })
	if err != nil {
		return nil, err
	}
	out := make([]models.LiveSequence, len(sequences))
	for i, q := range sequences {
		out[i] = models.LiveSequence{Sequence: q}
		if v := versions[q.VersionID]; v != nil {
			out[i].Version = *v
		}
	}
	return out, nil
}

// Sequences are all sequences, newest first, as many as a page shows.
func (s *Store) Sequences(ctx context.Context, before models.ID, limit int) ([]models.Sequence, error) {
	q := s.q(ctx).Order("id DESC").Limit(limit)
	if before != 0 {
		q = q.Where("id < ?", before)
	}
	var rows []models.Sequence
	return rows, translate(q.Find(&rows).Error)
}

// Sequence is one sequence with its draft.
func (s *Store) Sequence(ctx context.Context, id models.ID) (*models.Sequence, error) {
	var q models.Sequence
	err := s.q(ctx).Take(&q, "id = ?", id).Error
	return &q, translate(err)
}

// SequenceVersion is one version of a sequence, in force or not.
func (s *Store) SequenceVersion(ctx context.Context, id models.ID) (*models.SequenceVersion, error) {
	var v models.SequenceVersion
	err := s.q(ctx).Take(&v, "id = ?", id).Error
	return &v, translate(err)
}

// AddSequence makes a sequence with a draft, by the ID that it has, if it has one.
func (s *Store) AddSequence(ctx context.Context, q *models.Sequence) error {
	if q.ID == 0 {
		q.ID = s.NewID()
	}
	q.State, q.CreatedAt = models.SequenceDraft, s.Now()
	q.UpdatedAt = q.CreatedAt
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Create(q).Error })
}

// PublishSequence puts the draft in force that was read, from the next step of every lead on, and lets a sequence go live that
// was a draft. It returns the number of the version; models.ErrConflict where somebody changed the sequence meanwhile.
func (s *Store) PublishSequence(ctx context.Context, read *models.Sequence) (number int, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		if number, err = s.publishSequence(tx, read); err != nil {
			return err
		}
		return raiseRevision(tx)
	})
	return number, err
}

func (s *Store) publishSequence(tx *gorm.DB, read *models.Sequence) (number int, err error) {
	q, err := lockSequence(tx, read.ID, read.UpdatedAt)
	if err != nil {
		return 0, err
	}
	v := models.SequenceVersion{ID: s.NewID(), SequenceID: q.ID, Doc: q.Draft, CreatedAt: s.Now()}
	err = tx.Model(&models.SequenceVersion{}).Where("sequence_id = ?", q.ID).Select("coalesce(max(number), 0) + 1").Scan(&v.Number).Error
	if err != nil {
		return 0, err
	}
	if err := tx.Create(&v).Error; err != nil {
		return 0, err
	}
	q.VersionID = v.ID
	if q.State == models.SequenceDraft {
		q.State = models.SequenceLive
	}
	return v.Number, tx.Model(q).Select("version_id", "state").Updates(q).Error
}

// lockSequence is a sequence that nobody changed since it was read; else it is models.ErrConflict.
func lockSequence(tx *gorm.DB, id models.ID, read models.Instant) (*models.Sequence, error) {
	var q models.Sequence
	err := lockRows(tx).Take(&q, "id = ? AND updated_at = ?", id, read).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = models.ErrConflict
	}
	return &q, err
}

// never is a due time that does not come: a mail of a paused sequence waits with it.
const never = models.Instant(1 << 62)

// PauseSequence stops a sequence where it stands, its mails that have not begun included, until it is resumed.
func (s *Store) PauseSequence(ctx context.Context, id models.ID, reason string) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := s.holdMail(tx); err != nil {
			return err
		}
		if err := setSequence(tx, id, models.SequenceLive, models.SequencePaused, reason); err != nil {
			return err
		}
		return tx.Exec("UPDATE messages SET due_at = ? WHERE sequence_id = ? AND sequence_id <> 0 AND state = 'queued'", never, id).Error
	})
}

// ResumeSequence lets it go on: mails that became too late meanwhile expire and say so.
func (s *Store) ResumeSequence(ctx context.Context, id models.ID) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if err := setSequence(tx, id, models.SequencePaused, models.SequenceLive, ""); err != nil {
			return err
		}
		return tx.Exec("UPDATE messages SET due_at = ? WHERE sequence_id = ? AND sequence_id <> 0 AND state = 'queued' AND due_at = ?", s.Now(), id, never).Error
	})
}

// setSequence moves a sequence from one state to another; one that is there already stays as it is.
func setSequence(tx *gorm.DB, id models.ID, from, to models.SequenceState, reason string) error {
	q := tx.Exec("UPDATE sequences SET state = ?, reason = ? WHERE id = ? AND state = ?", to, reason, id, from)
	if q.Error != nil || q.RowsAffected == 0 {
		return q.Error
	}
	return raiseRevision(tx)
}

// DueEnrolments are leads whose next step is to be decided, in sequences that are not paused, the longest due first.
func (s *Store) DueEnrolments(ctx context.Context, limit int) ([]models.Enrolment, error) {
	var rows []models.Enrolment
	err := s.q(ctx).Where("state = 'active' AND next_at <= ?", s.Now()).
		Where("sequence_id NOT IN (SELECT id FROM sequences WHERE state = 'paused')").
		Order("next_at, id").Limit(limit).Find(&rows).Error
	return rows, translate(err)
}

// EnrolmentsOf are the sequences that a lead is or was in, newest first.
func (s *Store) EnrolmentsOf(ctx context.Context, lead models.ID) ([]models.Enrolment, error) {
	return newestOf[models.Enrolment](ctx, s, lead, 100)
}

// An EnrolmentQuery asks for those in a sequence who stand somewhere; what is empty is not asked for.
type EnrolmentQuery struct {
	Sequence models.ID
	State    models.EnrolmentState
	Step     string // that comes next
	After    models.ID
	Limit    int
}

// An EnrolledLead is a lead in a sequence.
type EnrolledLead struct {
	models.Enrolment
	Name, Email string
}

// Enrolments reads who is where in a sequence, a page at a time, and whether more follow.
func (s *Store) Enrolments(ctx context.Context, eq EnrolmentQuery) (rows []EnrolledLead, more bool, err error) {
	q := s.q(ctx).Table("enrolments e").Select("e.*, l.name, l.email").Joins("LEFT JOIN leads l ON l.id = e.lead_id").
		Where("e.sequence_id = ? AND e.id > ?", eq.Sequence, eq.After).Order("e.id").Limit(eq.Limit + 1)
	if eq.State != "" {
		q = q.Where("e.state = ?", eq.State)
	}
	if eq.Step != "" {
		q = q.Where("e.step = ?", eq.Step)
	}
	if err := q.Find(&rows).Error; err != nil {
		return nil, false, translate(err)
	}
	if more = len(rows) > eq.Limit; more {
		rows = rows[:eq.Limit]
	}
	return rows, more, nil
}

// A Standing is how many leads of a sequence stand at a step in a state, or were taken out for a reason.
type Standing struct {
	State  models.EnrolmentState
	Step   string
	Reason models.StopReason
	N      int64
}

// Standings counts who is where in a sequence.
func (s *Store) Standings(ctx context.Context, sequence models.ID) ([]Standing, error) {
	var rows []Standing
	err := s.q(ctx).Raw(`SELECT state, CASE WHEN state = 'active' THEN step ELSE '' END AS step,
		CASE WHEN state = 'stopped' THEN reason ELSE '' END AS reason, count(*) AS n FROM enrolments
		WHERE sequence_id = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`, sequence).Scan(&rows).Error
	return rows, translate(err)
}

// A StepMail is how many mails of a step are in a state.
type StepMail struct {
	Step  string
	State models.MessageState
	N     int64
}

// StepMails counts a sequence's mails by step and state, from an index that holds nothing else.
func (s *Store) StepMails(ctx context.Context, sequence models.ID) ([]StepMail, error) {
	var rows []StepMail
	err := s.q(ctx).Raw("SELECT step, state, count(*) AS n FROM messages WHERE sequence_id = ? AND sequence_id <> 0 GROUP BY step, state",
		sequence).Scan(&rows).Error
	return rows, translate(err)
}

// StepCounts is what else came of a sequence's steps.
func (s *Store) StepCounts(ctx context.Context, sequence models.ID) ([]models.StepCount, error) {
	var rows []models.StepCount
	err := s.q(ctx).Where("sequence_id = ?", sequence).Order("step, what").Find(&rows).Error
	return rows, translate(err)
}

// LastSubjects are the subjects that steps had in the newest version that still had them, by their keys. Versions are read
// one after the other, the newest first, only until every key was found.
func (s *Store) LastSubjects(ctx context.Context, sequence models.ID, keys []string) (map[string]string, error) {
	out := make(map[string]string, len(keys))
	if len(keys) == 0 {
		return out, nil
	}
	db := s.q(ctx)
	rows, err := db.Model(&models.SequenceVersion{}).Select("doc").Where("sequence_id = ?", sequence).Order("number DESC").Rows()
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	for len(out) < len(keys) && rows.Next() {
		var v models.SequenceVersion
		if err := db.ScanRows(rows, &v); err != nil {
			return nil, translate(err)
		}
		for _, key := range keys {
			if step, _ := v.Doc.Step(key); step != nil && out[key] == "" {
				out[key] = step.Subject
			}
		}
	}
	return out, translate(rows.Err())
}
