package models_test

import (
	"testing"

	"sarnakh/models"
)

// A trial completes the mail that has promised it, and no other.
func TestCompletes(t *testing.T) {
	for _, c := range []struct {
		ident, delivery string
		want            bool
	}{
		{models.TrialIdent(7), models.DeliveryIdent(7), true},
		{models.TrialIdent(7), models.DeliveryIdent(8), false},
		{models.DeliveryIdent(7), models.DeliveryIdent(7), false},
		{models.TrialIdent(7), models.TrialIdent(7), false},
		{models.TrialIdent(7), models.DeliveryIdent(7) + ":abc", false},
	} {
		if got := models.Completes(c.ident, c.delivery); got != c.want {
			t.Errorf("%s after %s: %t", c.ident, c.delivery, got)
		}
	}
}
