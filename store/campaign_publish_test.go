package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

func publish(s *store.Store, c *models.Campaign, at models.Instant) error {
	now, _, err := s.Draft(ctx, c.ID)
	if err != nil {
		return err
	}
	_, err = s.PublishDraft(ctx, store.Publication{Campaign: c.ID, User: 1, Rev: now.DraftRev, After: now.LastVersion(), At: at})
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
		if _, err := s.PublishDraft(ctx, store.Publication{Campaign: c.ID, Rev: now.DraftRev, After: now.LastVersion()}); !errors.Is(err, models.ErrConflict) {
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
		must(t, s.UndoDraft(ctx, c.ID, 0))
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

// What was looked at is published once, however often and from wherever its button is pressed.
func TestADraftIsPublishedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		p := store.Publication{Campaign: c.ID, User: 1, Rev: read(t, s, c.ID).DraftRev}
		results := make(chan error, 5)
		for range cap(results) {
			go func() {
				_, err := s.PublishDraft(ctx, p)
				results <- err
			}()
		}
		done := 0
		for range cap(results) {
			switch err := <-results; {
			case err == nil:
				done++
			case !errors.Is(err, models.ErrConflict):
				t.Error(err)
			}
		}
		versions, err := s.Versions(ctx, c.ID, 0, 10)
		must(t, err)
		if done != 1 || len(versions) != 1 {
			t.Errorf("published %d times, %d versions", done, len(versions))
		}
	})
}

// Whichever way a draft comes to say what was last published, nothing of it waits; and what does not is never forgotten.
func TestWhatIsUnpublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		must(t, publish(s, c, 0))
		waits := func(what string, want bool) {
			t.Helper()
			if got := read(t, s, c.ID).Unpublished(); got != want {
				t.Errorf("%s: unpublished %t", what, got)
			}
		}
		retitle(t, s, c.ID, "second")
		waits("changed", true)
		_, err := s.EditDraft(ctx, c.ID, 1, "title:second", func(doc *models.CampaignDoc) error {
			doc.Page.Title = "first"
			return nil
		})
		must(t, err)
		waits("written back", false)
		must(t, s.UndoDraft(ctx, c.ID, 0))
		waits("taken back", false)
		retitle(t, s, c.ID, "third")
		must(t, publish(s, c, s.Now().Add(time.Hour)))
		waits("planned", false)
		must(t, s.Unschedule(ctx, c.ID))
		waits("with its plan taken back", true)
		must(t, publish(s, c, s.Now().Add(time.Hour)))
		must(t, s.ArchiveCampaign(ctx, c.ID))
		must(t, s.UnarchiveCampaign(ctx, c.ID))
		must(t, s.ResumeCampaign(ctx, c.ID))
		waits("archived with its plan", true)
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
