package campaigns_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"sarnakh/campaigns"
	"sarnakh/files"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

var ctx = context.Background()

func open(t *testing.T, s *store.Store) *campaigns.Campaigns {
	t.Helper()
	c, err := campaigns.New(ctx, s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// C2, C3: a new server begins with two campaigns that can be answered, each with its ebook and its card.
func TestStarters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := open(t, s)
		kept := files.Folder(t.TempDir())
		if err := c.PublishStarters(ctx, kept); err != nil {
			t.Fatal(err)
		}
		for slug, locale := range map[string]string{"rahnama": "fa", "playbook": "en"} {
			p, err := c.Snapshot().Page(slug)
			if err != nil {
				t.Fatal(slug, err)
			}
			doc := &p.Version.Doc
			if p.Locale != locale || !doc.Page.NoIndex || len(doc.Offer.Files) != 2 || doc.Form.Check() != nil {
				t.Errorf("%s: %s, indexed %v, %d files, %v", slug, p.Locale, !doc.Page.NoIndex, len(doc.Offer.Files), doc.Form.Check())
			}
			for _, f := range doc.Offer.Files {
				row, err := s.File(ctx, f.FileID)
				if err != nil || row.Size != f.Size || f.Size == 0 {
					t.Fatalf("%s: %+v %v", f.Name, row, err)
				}
				content, err := kept.Open(row.SHA256)
				if err != nil {
					t.Fatal(err)
				}
				_ = content.Close()
			}
			if card, version := c.Card(doc.Card); card == nil || version != 1 {
				t.Errorf("%s: no card %q", slug, doc.Card)
			}
			for _, b := range doc.Page.Blocks {
				if b.Type == models.BlockProof && !b.Hidden {
					t.Errorf("%s: the proof block of a starter is shown", slug)
				}
			}
		}
	})
}

// What one process publishes, every other serves soon, without being told.
func TestPublicationsAreSeenByOtherProcesses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		here, there := open(t, s), open(t, s)
		watching, stop := context.WithCancel(ctx)
		defer stop()
		go there.Watch(watching)
		doc := models.CampaignDoc{Form: models.Form{Fields: []models.Field{{Name: "email", Type: models.TypeEmail, Label: "E-mail"}}}}
		if err := here.Publish(ctx, &models.Campaign{Slug: "new", Name: "New", Locale: "en"}, doc); err != nil {
			t.Fatal(err)
		}
		deadline := time.Now().Add(10 * time.Second)
		for {
			if _, err := there.Snapshot().Page("new"); err == nil {
				return
			}
			if time.Now().After(deadline) {
				t.Fatal("not seen")
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
}

// A page that is over says so; a form that can't be answered is not published.
func TestOverAndUnanswerable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := open(t, s)
		err := c.Publish(ctx, &models.Campaign{Slug: "x", Name: "X", Locale: "en"}, models.CampaignDoc{})
		if _, ok := errors.AsType[*models.Invalid](err); !ok {
			t.Error("a form without fields was published:", err)
		}
		if _, err := c.Snapshot().Page("x"); !errors.Is(err, models.ErrNotFound) {
			t.Error(err)
		}
	})
}

// A version of before is served with its campaign as it is now, however often it was asked for: its address may have changed.
func TestAVersionOfBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := open(t, s)
		doc := models.CampaignDoc{Page: models.Page{Title: "first"}, Form: models.Form{Fields: []models.Field{{Name: "email", Type: models.TypeEmail, Label: "E-mail"}}}}
		campaign := models.Campaign{Slug: "old", Name: "X", Locale: "en"}
		publish := func(title string) *models.Published {
			t.Helper()
			doc.Page.Title = title
			if err := c.Publish(ctx, &campaign, doc); err != nil {
				t.Fatal(err)
			}
			return c.Snapshot().Campaign(campaign.ID)
		}
		first, now := publish("first"), publish("second")
		asked := func(slug string) {
			t.Helper()
			p, err := c.Version(ctx, first.VersionID)
			if err != nil || p.Slug != slug || p.VersionID != first.VersionID || p.Version.Doc.Page.Title != "first" || now.Version.Doc.Page.Title != "second" {
				t.Errorf("%+v, %v", p, err)
			}
		}
		asked("old")
		if _, err := s.EditCampaign(ctx, campaign.ID, func(c *models.Campaign) error { c.Slug = "new"; return nil }); err != nil {
			t.Fatal(err)
		}
		if err := c.Reload(ctx); err != nil {
			t.Fatal(err)
		}
		asked("new")
	})
}
