package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

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
		if err := s.UndoDraft(ctx, c.ID); !errors.Is(err, models.ErrNotFound) {
			t.Error("something to take back in a new draft:", err)
		}
		retitle(t, s, c.ID, "second")
		retitle(t, s, c.ID, "third")
		for _, want := range []string{"second", "first"} {
			must(t, s.UndoDraft(ctx, c.ID))
			if got := draftTitle(t, s, c.ID); got != want {
				t.Errorf("taken back to %q, want %q", got, want)
			}
		}
		must(t, s.RedoDraft(ctx, c.ID))
		if got := draftTitle(t, s, c.ID); got != "second" {
			t.Error("done again:", got)
		}
		retitle(t, s, c.ID, "another")
		if err := s.RedoDraft(ctx, c.ID); !errors.Is(err, models.ErrNotFound) {
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
			must(t, s.UndoDraft(ctx, c.ID))
			if got := draftTitle(t, s, c.ID); got != want {
				t.Errorf("taken back to %q, want %q", got, want)
			}
		}
		for i := range 120 {
			typed(1, fmt.Sprint("part", i), fmt.Sprint(i))
		}
		back := 0
		for s.UndoDraft(ctx, c.ID) == nil {
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

func publish(s *store.Store, c *models.Campaign, at models.Instant) error {
	now, _, err := s.Draft(ctx, c.ID)
	if err != nil {
		return err
	}
	_, err = s.PublishDraft(ctx, store.Publication{Campaign: c.ID, User: 1, Rev: now.DraftRev, At: at})
	return err
}

func read(t *testing.T, s *store.Store, id models.ID) *models.Campaign {
	t.Helper()
	c, err := s.Campaign(ctx, id)
	must(t, err)
	return c
}

// C2: a draft is nobody's until it is published; what was published stays what it was, whatever becomes of the draft; and
// going back to it leaves nothing unpublished.
func TestADraftIsPublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusDraft || !now.Unpublished() {
			t.Errorf("%+v", now)
		}
		must(t, publish(s, c, 0))
		now := read(t, s, c.ID)
		if now.Status(s.Now()) != models.StatusLive || now.Unpublished() {
			t.Errorf("%+v", now)
		}
		retitle(t, s, c.ID, "second")
		if _, err := s.PublishDraft(ctx, store.Publication{Campaign: c.ID, Rev: now.DraftRev}); !errors.Is(err, models.ErrConflict) {
			t.Error("a draft was published that nobody had looked at:", err)
		}
		shown, err := s.Version(ctx, now.VersionID)
		must(t, err)
		if shown.Version.Doc.Page.Title != "first" || shown.Version.UserID != 1 || shown.Version.Doc.Form.Purposes[0].TextID == 0 {
			t.Errorf("%+v", shown.Version)
		}
		if !read(t, s, c.ID).Unpublished() {
			t.Error("a change counts as published")
		}
		must(t, s.UndoDraft(ctx, c.ID))
		if read(t, s, c.ID).Unpublished() {
			t.Error("taken back, it is still a change")
		}
		retitle(t, s, c.ID, "third")
		if !read(t, s, c.ID).Unpublished() {
			t.Error("a change after one that was taken back counts as published")
		}
		must(t, publish(s, c, 0))
		versions, err := s.Versions(ctx, c.ID, 0, 10)
		must(t, err)
		if len(versions) != 2 || versions[0].Number != 2 || versions[0].Doc.Page.Title != "third" {
			t.Errorf("%+v", versions)
		}
	})
}

// C2: a version is seen from its time on, and the campaign ends at its end; each once, with the program told.
func TestCampaignsTurnWithTheirTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		must(t, publish(s, c, s.Now().Add(time.Hour)))
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusScheduled || now.Unpublished() {
			t.Errorf("%+v", now)
		}
		must(t, s.TurnCampaigns(ctx))
		if read(t, s, c.ID).VersionID != 0 {
			t.Error("shown before its time")
		}
		must(t, s.Unschedule(ctx, c.ID))
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusDraft || !now.Unpublished() {
			t.Errorf("%+v", now)
		}
		must(t, publish(s, c, s.Now().Add(-time.Second)))
		_, err := s.EditCampaign(ctx, c.ID, func(c *models.Campaign) error {
			c.Until = s.Now().Add(time.Hour)
			return nil
		})
		must(t, err)
		revision := func() int64 {
			n, err := s.Revision(ctx)
			must(t, err)
			return n
		}
		before := revision()
		must(t, s.TurnCampaigns(ctx))
		must(t, s.TurnCampaigns(ctx))
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusLive || revision() != before+1 {
			t.Errorf("%+v, told %d times", now, revision()-before)
		}
		_, err = s.EditCampaign(ctx, c.ID, func(c *models.Campaign) error {
			c.Until = s.Now().Add(-time.Second)
			return nil
		})
		must(t, err)
		must(t, s.TurnCampaigns(ctx))
		if now := read(t, s, c.ID); now.State != models.CampaignOver || now.Status(s.Now()) != models.StatusEnded {
			t.Errorf("%+v", now)
		}
		must(t, s.ResumeCampaign(ctx, c.ID))
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusLive || now.Until != 0 {
			t.Errorf("%+v", now)
		}
	})
}

// Pausing, putting away and taking out again.
func TestACampaignIsPausedAndPutAway(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		if err := s.PauseCampaign(ctx, c.ID); !errors.Is(err, models.ErrConflict) {
			t.Error("a draft was paused:", err)
		}
		must(t, publish(s, c, 0))
		for _, step := range []struct {
			act  func(ctx context.Context, id models.ID) error
			want models.CampaignStatus
		}{
			{s.PauseCampaign, models.StatusPaused}, {s.ResumeCampaign, models.StatusLive},
			{s.ArchiveCampaign, models.StatusArchived}, {s.UnarchiveCampaign, models.StatusPaused},
		} {
			must(t, step.act(ctx, c.ID))
			if got := read(t, s, c.ID).Status(s.Now()); got != step.want {
				t.Errorf("%s, want %s", got, step.want)
			}
		}
	})
}

// An address that visitors knew goes on leading to its campaign, and is nobody else's; one home at most.
func TestAddressesOfCampaigns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		one, two := campaign(t, s, "one"), campaign(t, s, "two")
		must(t, publish(s, one, 0))
		move := func(id models.ID, slug string) error {
			_, err := s.EditCampaign(ctx, id, func(c *models.Campaign) error {
				c.Slug, c.Home = slug, true
				return nil
			})
			return err
		}
		must(t, move(one.ID, "first"))
		for _, taken := range []string{"first", "one"} {
			if _, ok := errors.AsType[*models.Invalid](move(two.ID, taken)); !ok {
				t.Error(taken, "went to another campaign")
			}
			if err := s.AddCampaign(ctx, &models.Campaign{Slug: taken, Name: "x", Locale: "en"}, titled("x"), 1); err == nil {
				t.Error(taken, "was given to a new campaign")
			}
		}
		must(t, move(two.ID, "second"))
		if read(t, s, one.ID).Home || !read(t, s, two.ID).Home {
			t.Error("two homes, or none")
		}
		must(t, move(one.ID, "one"))
		addresses, err := s.Addresses(ctx)
		must(t, err)
		if len(addresses) != 1 || addresses[0].Slug != "first" || addresses[0].CampaignID != one.ID {
			t.Errorf("%+v", addresses)
		}
	})
}
