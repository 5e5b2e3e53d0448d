package store_test

import (
	"errors"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// ends gives a campaign its end.
func ends(t *testing.T, s *store.Store, id models.ID, at models.Instant) {
	t.Helper()
	_, err := s.EditCampaign(ctx, id, func(c *models.Campaign) error { c.Until = at; return nil })
	must(t, err)
}

// plan publishes a campaign's draft from a time on.
func plan(s *store.Store, id models.ID, at models.Instant) error {
	now, err := s.Campaign(ctx, id)
	if err != nil {
		return err
	}
	_, err = s.PublishDraft(ctx, store.Publication{Campaign: id, Rev: now.DraftRev, After: now.LastVersion(), At: at})
	return err
}

// C2: a campaign that has ended goes on when it is given a new end, or none, and when a version is planned for later; one
// that was paused by hand does not, until it is resumed.
func TestACampaignThatHasEndedGoesOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		turned := func(slug string, change func(c *models.Campaign), want models.CampaignStatus) {
			t.Helper()
			c := campaign(t, s, slug)
			must(t, publish(s, c, 0))
			ends(t, s, c.ID, s.Now().Add(-time.Minute))
			must(t, s.TurnCampaigns(ctx))
			if now := read(t, s, c.ID); now.State != models.CampaignOver {
				t.Fatalf("%s has not ended: %+v", slug, now)
			}
			change(c)
			must(t, s.TurnCampaigns(ctx))
			if now := read(t, s, c.ID); now.Status(s.Now()) != want || (now.State == models.CampaignPublished) != (want == models.StatusLive) {
				t.Errorf("%s is %s: %+v", slug, now.Status(s.Now()), now)
			}
		}
		turned("later", func(c *models.Campaign) { ends(t, s, c.ID, s.Now().Add(time.Hour)) }, models.StatusLive)
		turned("never", func(c *models.Campaign) { ends(t, s, c.ID, 0) }, models.StatusLive)
		turned("earlier", func(c *models.Campaign) { ends(t, s, c.ID, s.Now().Add(-time.Hour)) }, models.StatusEnded)
		planned := func(at models.Instant) func(c *models.Campaign) {
			return func(c *models.Campaign) { must(t, plan(s, c.ID, at)) }
		}
		turned("planned", planned(s.Now().Add(-time.Second)), models.StatusLive)
		turned("before-its-end", planned(s.Now().Add(-time.Hour)), models.StatusEnded)

		c := campaign(t, s, "paused")
		must(t, publish(s, c, 0))
		must(t, s.PauseCampaign(ctx, c.ID))
		ends(t, s, c.ID, s.Now().Add(time.Hour))
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusPaused {
			t.Errorf("a new end let visitors in again: %+v", now)
		}
		ends(t, s, c.ID, 0)
		must(t, plan(s, c.ID, s.Now().Add(-time.Second)))
		v := read(t, s, c.ID).NextID
		must(t, s.TurnCampaigns(ctx))
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusPaused || now.VersionID != v || now.NextID != 0 {
			t.Errorf("a plan let visitors in again, or is not in force: %+v", now)
		}
		must(t, s.ResumeCampaign(ctx, c.ID))
		if now := read(t, s, c.ID); now.Status(s.Now()) != models.StatusLive || now.VersionID != v {
			t.Errorf("resumed, it is %+v", now)
		}
	})
}

// A draft that somebody goes on typing into is another state than the one that was looked at, though it is one change.
func TestADraftThatIsTypedIntoIsNotWhatWasLookedAt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := campaign(t, s, "spring")
		typed := func(title string) *models.Draft {
			t.Helper()
			d, err := s.EditDraft(ctx, c.ID, 1, "about", func(doc *models.CampaignDoc) error { doc.Page.Title = title; return nil })
			must(t, err)
			return d
		}
		looked := typed("On offer")
		now := typed("On offer: [name of the course]")
		if _, err := s.PublishDraft(ctx, store.Publication{Campaign: c.ID, Rev: looked.Rev}); !errors.Is(err, models.ErrConflict) {
			t.Errorf("published what nobody had looked at: %v", err)
		}
		if _, d, err := s.Draft(ctx, c.ID); err != nil || d.Rev != now.Rev || d.Doc.Page.Title != "On offer: [name of the course]" {
			t.Errorf("%+v, %v", d, err)
		}
		must(t, s.UndoDraft(ctx, c.ID, 0))
		if got := draftTitle(t, s, c.ID); got != "first" {
			t.Errorf("taken back to %q", got)
		}
		must(t, s.RedoDraft(ctx, c.ID, 0))
		if _, err := s.PublishDraft(ctx, store.Publication{Campaign: c.ID, Rev: now.Rev}); err != nil {
			t.Error(err)
		}
	})
}
