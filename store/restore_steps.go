package store

import (
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
)

// passRestored moves leads past the steps of their sequences whose time has come since the backup.
func (s *Store) passRestored(tx *gorm.DB, speed float64) (passed int64, err error) {
	now, docs := s.Now(), map[models.ID]*models.SequenceDoc{}
	for after := models.ID(0); ; {
		var rows []models.Enrolment
		err := tx.Where("id > ? AND state = 'active' AND next_at <= ?", after, now).Order("id").Limit(portableBatch).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return passed, err
		}
		counts := map[stepKey]int64{}
		for i := range rows {
			e := &rows[i]
			doc, err := sequenceDoc(tx, docs, e.SequenceID)
			if err != nil {
				return passed, err
			}
			for _, step := range passSteps(e, doc, now, speed) {
				counts[stepKey{e.SequenceID, step, models.CountSkipped + restoredReply}]++
			}
		}
		if err := insert(tx, rows, conflict{key: []string{"id"}}); err != nil {
			return passed, err
		}
		if err := saveSteps(tx, counts); err != nil {
			return passed, err
		}
		passed += int64(len(rows))
		after = rows[len(rows)-1].ID
	}
}

func sequenceDoc(tx *gorm.DB, known map[models.ID]*models.SequenceDoc, sequence models.ID) (*models.SequenceDoc, error) {
	if doc := known[sequence]; doc != nil {
		return doc, nil
	}
	var versions []models.SequenceVersion
	err := tx.Where("id IN (SELECT version_id FROM sequences WHERE id = ?)", sequence).Find(&versions).Error
	doc := &models.SequenceDoc{}
	if len(versions) > 0 {
		doc = &versions[0].Doc
	}
	known[sequence] = doc
	return doc, err
}

// passSteps moves one lead on to the first step whose time is still to come, and names those it has passed.
func passSteps(e *models.Enrolment, doc *models.SequenceDoc, now models.Instant, speed float64) (steps []string) {
	wait := func(i int) time.Duration {
		return time.Duration(float64(doc.Steps[i].Delay) * float64(time.Minute) / speed)
	}
	_, place := doc.Step(e.Step)
	switch {
	case e.Step == "" && len(doc.Steps) > 0: // the first was not given its time yet
		place, e.NextAt = 0, e.NextAt.Add(wait(0))
	case place < 0:
		place = e.Place
	}
	for place < len(doc.Steps) && e.NextAt <= now {
		steps = append(steps, doc.Steps[place].Key)
		if place++; place < len(doc.Steps) {
			e.NextAt = e.NextAt.Add(wait(place))
		}
	}
	if e.Place = place; place >= len(doc.Steps) {
		e.State, e.Step, e.EndedAt = models.EnrolmentDone, "", now
		return steps
	}
	e.Step = doc.Steps[place].Key
	return steps
}
