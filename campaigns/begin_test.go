package campaigns_test

import (
	"errors"
	"testing"
	"time"

	"sarnakh/campaigns"
	"sarnakh/campaigns/template"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// C2-C5, S5: whatever template a campaign is begun from, it has its page, its form, an offer, its card in force, and its
// mails as drafts; nobody sees any of it.
func TestBegin(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := open(t, s)
		for _, key := range template.Keys {
			for _, locale := range []string{"fa", "en"} {
				tmpl, err := template.Of(key, locale)
				b := campaigns.Beginning{Template: key, User: 7, Campaign: models.Campaign{Name: key, Slug: key + "-" + locale, Locale: locale, OwnerID: 7}}
				made, beginErr := c.Begin(ctx, b)
				if errors.Is(err, models.ErrNotFound) { // nobody has written it yet
					if invalid, ok := errors.AsType[*models.Invalid](beginErr); !ok || invalid.Fields[0].Field != "locale" {
						t.Errorf("%s.%s is not there: %v", key, locale, beginErr)
					}
					continue
				}
				if err != nil || beginErr != nil {
					t.Fatal(key, locale, err, beginErr)
				}
				now, draft, err := s.Draft(ctx, made.ID)
				if err != nil || now.Status(s.Now()) != models.StatusDraft || now.OwnerID != 7 || draft.UserID != 7 || len(draft.Doc.Page.Blocks) != len(tmpl.Doc.Page.Blocks) {
					t.Errorf("%s.%s: %+v, %v", key, locale, now, err)
				}
				if card, _ := c.Card(draft.Doc.Card); card == nil {
					t.Errorf("%s.%s: no card %q in force", key, locale, draft.Doc.Card)
				}
				mails, err := s.SequencesOf(ctx, made.ID)
				if err != nil || len(mails) != min(len(tmpl.Sequence.Doc.Steps), 1) {
					t.Errorf("%s.%s: %d sequences, %v", key, locale, len(mails), err)
				}
			}
		}
	})
}

// What is refused leaves nothing behind.
func TestBeginRefuses(t *testing.T) {
	c := open(t, storetest.Open(t, storetest.SQLite(t), time.Now))
	for field, b := range map[string]campaigns.Beginning{
		"slug": {Campaign: models.Campaign{Name: "a", Slug: "Not good", Locale: "en"}},
		"card": {Campaign: models.Campaign{Name: "a", Slug: "good", Locale: "en"}, Card: "no such card"},
	} {
		_, err := c.Begin(ctx, b)
		if invalid, ok := errors.AsType[*models.Invalid](err); !ok || invalid.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := c.Begin(ctx, campaigns.Beginning{From: 5, Campaign: models.Campaign{Name: "a", Slug: "good"}}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("a copy of nothing: %v", err)
	}
	if n := len(c.Snapshot().All); n > 0 {
		t.Errorf("%d campaigns", n)
	}
}

// The least that a campaign has can be answered once it has an offer.
func TestBlank(t *testing.T) {
	for _, locale := range []string{"fa", "en"} {
		doc := campaigns.Blank(locale, "Course")
		doc.Form.Purposes[0].TextID = 1 // numbered at publication
		if err := doc.Form.Check(); err != nil {
			t.Errorf("%s: %v", locale, err)
		}
		doc.Form.Purposes[0].TextID = 0
		for _, p := range campaigns.Check(&doc, campaigns.Facts{}) {
			if p.Stops && p.Key != "campaign_check.no_offer" {
				t.Errorf("%s: %s", locale, p.Key)
			}
		}
	}
}

// Names are found as they are read, and sorted as people of here do.
func TestFindAndSort(t *testing.T) {
	c := open(t, storetest.Open(t, storetest.SQLite(t), time.Now))
	made := map[string]models.ID{}
	for slug, name := range map[string]string{"b": "کتاب رایگان", "a": "پاییز", "c": "گل", "d": "لاله", "e": "Zebra", "f": "apple"} {
		m, err := c.Begin(ctx, campaigns.Beginning{Campaign: models.Campaign{Name: name, Slug: "x-" + slug, Locale: "fa"}})
		if err != nil {
			t.Fatal(err)
		}
		made[slug] = m.ID
	}
	s := c.Snapshot()
	for typed, want := range map[string]string{"كتاب": "b", "رايگان كتاب": "b", "x-e": "e", "ZEB": "e", "/p/x-c": "c"} {
		if got := s.Find(typed); len(got) != 1 || got[0] != made[want] {
			t.Errorf("%s finds %v", typed, got)
		}
	}
	if len(s.Find("")) != 6 || len(s.Find("nothing")) != 0 || s.Find("nothing") == nil {
		t.Error("all and nothing")
	}
	for i, id := range s.ByName() {
		if want := made[string("feabcd"[i])]; id != want {
			t.Errorf("place %d: %s", i+1, s.Campaign(id).Name)
		}
	}
}

// The one thing to do: what stops the campaign first, then what would help it most.
func TestNextThing(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.FixedZone("+0330", 12600))
	in := func(d time.Duration) models.Instant { return models.At(now.Add(d)) }
	live := models.Campaign{State: models.CampaignPublished, VersionID: 1, DraftRev: 2, PublishedRev: 2}
	pool := models.CampaignDoc{Offer: models.Offer{Pool: &models.CouponPool{}}}
	gaps := models.CampaignDoc{Page: models.Page{Title: "[name] and [name]", Description: "[what]"}}
	for _, c := range []struct {
		what   string
		change func(*models.Campaign)
		doc    *models.CampaignDoc
		signs  campaigns.Signs
		want   string
		n      any
	}{
		{"a draft with gaps", func(c *models.Campaign) { *c = models.Campaign{State: models.CampaignDraft, DraftRev: 1} }, &gaps, campaigns.Signs{}, "write", 2},
		{"a draft that is ready", func(c *models.Campaign) { *c = models.Campaign{State: models.CampaignDraft, DraftRev: 1} }, &pool, campaigns.Signs{}, "publish", nil},
		{"a planned one", func(c *models.Campaign) {
			*c = models.Campaign{State: models.CampaignDraft, NextID: 3, DraftRev: 1, PublishedRev: 1}
		}, &gaps, campaigns.Signs{}, "", nil},
		{"changes with gaps", func(c *models.Campaign) { c.DraftRev = 3 }, &gaps, campaigns.Signs{Seen: true}, "write", 2},
		{"changes", func(c *models.Campaign) { c.DraftRev = 3 }, &models.CampaignDoc{}, campaigns.Signs{Seen: true}, "publish_changes", nil},
		{"no codes", nil, &pool, campaigns.Signs{Seen: true}, "no_codes", nil},
		{"few codes", nil, &pool, campaigns.Signs{Seen: true, Codes: 4}, "codes", 4},
		{"enough codes", nil, &pool, campaigns.Signs{Seen: true, Codes: campaigns.FewCodes}, "", nil},
		{"ends today", func(c *models.Campaign) { c.Until = in(time.Hour) }, &models.CampaignDoc{}, campaigns.Signs{}, "ends_today", nil},
		{"ends tomorrow", func(c *models.Campaign) { c.Until = in(14 * time.Hour) }, &models.CampaignDoc{}, campaigns.Signs{}, "ends_tomorrow", nil},
		{"ends later", func(c *models.Campaign) { c.Until = in(50 * time.Hour) }, &models.CampaignDoc{}, campaigns.Signs{Seen: true}, "", nil},
		{"unseen", nil, &models.CampaignDoc{}, campaigns.Signs{}, "share", nil},
		{"paused", func(c *models.Campaign) { c.State = models.CampaignOver }, &gaps, campaigns.Signs{}, "resume", nil},
		{"ended", func(c *models.Campaign) { c.Until = in(-time.Hour) }, &gaps, campaigns.Signs{}, "ended", nil},
		{"archived", func(c *models.Campaign) { c.ArchivedAt = 1 }, &gaps, campaigns.Signs{}, "", nil},
	} {
		campaign := live
		if c.change != nil {
			c.change(&campaign)
		}
		c.signs.Now = now
		got := campaigns.NextThing(&campaign, c.doc, c.signs)
		switch {
		case got == nil && c.want != "", got != nil && got.Key != c.want, got != nil && c.n != nil && got.Args[1] != c.n:
			t.Errorf("%s: %+v, want %s", c.what, got, c.want)
		}
	}
}
