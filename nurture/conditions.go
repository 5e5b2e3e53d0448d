package nurture

import (
	"sarnakh/models"
	"sarnakh/store"
)

// failing is the first condition that does not hold, nil where all do.
func (t *turn) failing(f *store.Facts, all []models.Condition) *models.Condition {
	for i := range all {
		if !holds(f, t.sequence.ID, &all[i]) {
			return &all[i]
		}
	}
	return nil
}

// holds tells whether a condition of a sequence holds for a lead now.
func holds(f *store.Facts, sequence models.ID, c *models.Condition) bool {
	return c.Holds(f.Lead, f.Events, sequence)
}
