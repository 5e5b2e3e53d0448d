package store_test

import (
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// C2: whoever works on a draft sees who else did so lately, each once and the latest first.
func TestDraftPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		var ids []models.ID
		for _, name := range []string{"Mina", "Reza", "Sara"} {
			u := &models.User{Email: name + "@example.com", Name: name, Role: models.Marketer, Locale: "en", Theme: "system"}
			if err := s.AddUser(ctx, u); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, u.ID)
		}
		c := &models.Campaign{Slug: "people", Name: "People", Locale: "en"}
		if err := s.AddCampaign(ctx, c, models.CampaignDoc{}, ids[0]); err != nil {
			t.Fatal(err)
		}
		for i, who := range []models.ID{ids[1], ids[2], ids[1]} {
			if _, err := s.EditDraft(ctx, c.ID, who, "theme", func(doc *models.CampaignDoc) error {
				doc.Page.Title = string(rune('a' + i))
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(2 * time.Millisecond)
		}
		got, err := s.DraftPeople(ctx, c.ID, s.Now().Add(-time.Minute), ids[0])
		if err != nil || len(got) != 2 || got[0].Name != "Reza" || got[1].Name != "Sara" || got[0].At < got[1].At {
			t.Errorf("%+v, %v", got, err)
		}
		if late, err := s.DraftPeople(ctx, c.ID, s.Now().Add(time.Minute), 0); err != nil || len(late) != 0 {
			t.Errorf("later: %+v, %v", late, err)
		}
	})
}
