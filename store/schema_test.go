package store_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// tables are all nouns that have a table of their own.
var tables = []any{
	models.Setting{}, models.User{}, models.Session{}, models.SetupLink{}, models.AuditEntry{}, models.File{}, models.Card{},
	models.Campaign{}, models.CampaignVersion{}, models.CampaignDay{}, models.ConsentText{}, models.Lead{}, models.Submission{},
	models.Consent{}, models.Event{}, models.Handoff{}, models.Coupon{}, models.Message{}, models.MailBytes{}, models.Suppression{}, models.Job{},
	models.Sequence{}, models.SequenceVersion{}, models.Enrolment{}, models.StepCount{}, models.CouponCode{}, models.Erasure{},
	models.Draft{}, models.SequenceRevision{}, models.CampaignAddress{}, models.Upload{},
}

// The models' columns are the migrated schema's, on both databases: a column that one of them forgot would
// be found out by a visitor.
func TestModelsMatchTheSchema(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, table := range tables {
			name, columns, err := s.ModelColumns(table)
			if err != nil {
				t.Fatal(err)
			}
			there, err := s.TableColumns(context.Background(), name)
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(columns)
			slices.Sort(there)
			if !slices.Equal(columns, there) {
				t.Errorf("%s (%s):\nmodel  %v\nschema %v", reflect.TypeOf(table), name, columns, there)
			}
		}
	})
}
