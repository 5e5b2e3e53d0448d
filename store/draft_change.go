package store

import (
	"slices"
	"strings"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
)

const (
	// draftsKept is how many states of a draft can be gone back to.
	draftsKept = 50
	// oneChange is how long what one person types into one part is one change, taken back as a whole.
	oneChange = 30 * time.Second
)

// A DraftChange is what somebody did to the draft of a campaign or of a sequence.
type DraftChange struct {
	What   string // as models.Draft and models.SequenceRevision say it
	UserID models.ID
}

// pressed begin what a button does: done twice it is two changes, also where both are called the same.
var pressed = [...]string{"add", "copy", "delete", "mail_add"}

// goesOn tells whether a change only goes on with the one before it.
func (d DraftChange) goesOn(before DraftChange, after time.Duration) bool {
	verb, _, _ := strings.Cut(d.What, ":")
	return d == before && after.Abs() < oneChange && !slices.Contains(pressed[:], verb)
}

// dropStates forgets states of a draft: those after the present one, which were taken back, and those beyond what is kept.
func dropStates(tx *gorm.DB, table, of string, id models.ID, present int) error {
	return tx.Exec("DELETE FROM "+table+" WHERE "+of+" = ? AND (rev > ? OR rev <= (SELECT rev FROM "+table+
		" WHERE "+of+" = ? AND rev <= ? ORDER BY rev DESC LIMIT 1 OFFSET ?))", id, present, id, present, draftsKept).Error
}
