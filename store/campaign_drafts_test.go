package store_test

import (
	"errors"
	"fmt"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

func titled(title string) models.CampaignDoc {
	return models.CampaignDoc{Card: "b2c", Page: models.Page{Title: title}, Form: models.Form{
		Fields:   []models.Field{{Name: "email", Type: models.TypeEmail, Label: "E-mail"}},
		Purposes: []models.ConsentRequest{{Purpose: models.Newsletter, Text: "News, please"}}}}
}

func campaign(t *testing.T, s *store.Store, slug string) *models.Campaign {
	t.Helper()
	c := &models.Campaign{Slug: slug, Name: slug, Locale: "en"}
	must(t, s.AddCampaign(ctx, c, titled("first"), 1))
	return c
}

func retitle(t *testing.T, s *store.Store, id models.ID, title string) *models.Draft {
	t.Helper()
	// Each change in a part of its own, so that none is taken for the going on of another.
	d, err := s.EditDraft(ctx, id, 1, "title:"+title, func(doc *models.CampaignDoc) error {
		doc.Page.Title = title
		return nil
	})
	must(t, err)
	return d
}

func draftTitle(t *testing.T, s *store.Store, id models.ID) string {
	t.Helper()
	_, d, err := s.Draft(ctx, id)
	must(t, err)
	return d.Doc.Page.Title
}

// C2: whatever was changed in a draft can be taken back, and done again, a step at a time.
func TestADraftCanBeUndone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		if err := s.UndoDraft(ctx, c.ID, 0); !errors.Is(err, models.ErrNotFound) {
			t.Error("something to take back in a new draft:", err)
		}
		retitle(t, s, c.ID, "second")
		retitle(t, s, c.ID, "third")
		for _, want := range []string{"second", "first"} {
			must(t, s.UndoDraft(ctx, c.ID, 0))
			if got := draftTitle(t, s, c.ID); got != want {
				t.Errorf("taken back to %q, want %q", got, want)
			}
		}
		must(t, s.RedoDraft(ctx, c.ID, 0))
		if got := draftTitle(t, s, c.ID); got != "second" {
			t.Error("done again:", got)
		}
		retitle(t, s, c.ID, "another")
		if err := s.RedoDraft(ctx, c.ID, 0); !errors.Is(err, models.ErrNotFound) {
			t.Error("what was taken back can be done again over a later change:", err)
		}
		now, _, err := s.Draft(ctx, c.ID)
		must(t, err)
		undo, redo, err := s.DraftSteps(ctx, now)
		must(t, err)
		if undo == nil || undo.What != "title:another" || redo != nil {
			t.Errorf("%+v %+v", undo, redo)
		}
	})
}

// What one person types into one part within a short time is one change; the number of states is bounded.
func TestDraftsAreKeptInSteps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		typed := func(user models.ID, what, title string) {
			t.Helper()
			_, err := s.EditDraft(ctx, c.ID, user, what, func(doc *models.CampaignDoc) error {
				doc.Page.Title = title
				return nil
			})
			must(t, err)
		}
		typed(1, "about", "H")
		typed(1, "about", "He")
		typed(1, "about", "Hello")
		typed(2, "about", "Hello!")
		for _, want := range []string{"Hello", "first"} {
			must(t, s.UndoDraft(ctx, c.ID, 0))
			if got := draftTitle(t, s, c.ID); got != want {
				t.Errorf("taken back to %q, want %q", got, want)
			}
		}
		typed(1, "copy:faq:q1", "one copy")
		typed(1, "copy:faq:q1", "two copies")
		must(t, s.UndoDraft(ctx, c.ID, 0))
		if got := draftTitle(t, s, c.ID); got != "one copy" {
			t.Errorf("a button pressed twice is one change: taken back to %q", got)
		}
		for i := range 120 {
			typed(1, fmt.Sprint("part", i), fmt.Sprint(i))
		}
		back := 0
		for s.UndoDraft(ctx, c.ID, 0) == nil {
			back++
		}
		if back < 50 || back > 60 {
			t.Errorf("%d states are kept", back)
		}
	})
}

// What edit refuses changes nothing, and its error comes back as it is.
func TestARefusedEdit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		_, err := s.EditDraft(ctx, c.ID, 1, "about", func(doc *models.CampaignDoc) error {
			doc.Page.Title = "no"
			return models.ErrConflict
		})
		if !errors.Is(err, models.ErrConflict) || draftTitle(t, s, c.ID) != "first" {
			t.Error(err, draftTitle(t, s, c.ID))
		}
	})
}
