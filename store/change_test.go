package store_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

var ctx = context.Background()

func lead(f *store.Facts, identity string) *models.Lead {
	return &models.Lead{ID: f.NewID(), Identity: identity, Email: identity, Locale: "fa", Stage: models.StageLead, Status: models.Open,
		Temperature: models.Cold, CreatedAt: f.Now, UpdatedAt: f.Now, LastActAt: f.Now}
}

// visit makes or finds a lead and adds an event, as a page view would.
func visit(identity string) store.Change {
	return store.Change{Want: store.Want{Identity: identity}, Decide: func(f *store.Facts) (store.Rows, error) {
		l := f.Lead
		if l == nil {
			l = lead(f, identity)
		}
		l.Score = float64(len(f.Events) + 1)
		return store.Rows{Lead: l, Events: []models.Event{{ID: f.NewID(), LeadID: l.ID, Kind: models.PageViewed, At: f.Now}}}, nil
	}}
}

// Each change sees what those before it decided, also within one group: however many arrive at once, none
// of a lead's events is lost and its score counts them all (S1, I8).
func TestChangesOfOneLeadSeeOneAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const visits, people = 40, 5
		var wg sync.WaitGroup
		for i := range visits * people {
			wg.Go(func() {
				if err := s.Apply(ctx, visit(fmt.Sprintf("p%d@example.com", i%people))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for i := range people {
			l, err := s.LeadByIdentity(ctx, fmt.Sprintf("p%d@example.com", i))
			if err != nil {
				t.Fatal(err)
			}
			events, err := s.EventsOf(ctx, l.ID)
			if err != nil || len(events) != visits || l.Score != visits {
				t.Errorf("%s: %d events, score %v, want %d (%v)", l.Email, len(events), l.Score, visits, err)
			}
		}
	})
}

// Two programs on one PostgreSQL race for one new lead: one of them makes it, the other finds it.
func TestTwoProgramsMakeOneLead(t *testing.T) {
	url := storetest.Postgres(t)
	a, b := storetest.Open(t, url, time.Now), storetest.Open(t, url, time.Now)
	var wg sync.WaitGroup
	for i := range 100 {
		for _, s := range []*store.Store{a, b} {
			wg.Go(func() {
				if err := s.Apply(ctx, visit(fmt.Sprintf("p%d@example.com", i%10))); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	n := 0
	err := a.EachLead(ctx, func(leads []models.Lead) error {
		for _, l := range leads {
			n++
			if l.Score != 20 {
				t.Errorf("%s: score %v, want 20", l.Email, l.Score)
			}
		}
		return nil
	})
	if err != nil || n != 10 {
		t.Errorf("%d leads, want 10 (%v)", n, err)
	}
}

// A change that refuses, panics or breaks a rule of the database costs nobody else of its group the answer.
func TestOneBadChangeSpoilsNoOther(t *testing.T) {
	refusal := errors.New("refused")
	bad := map[string]func(*store.Facts) (store.Rows, error){
		"refuses": func(*store.Facts) (store.Rows, error) { return store.Rows{}, refusal },
		"panics":  func(*store.Facts) (store.Rows, error) { panic("a fault of ours") },
		"breaks a rule": func(f *store.Facts) (store.Rows, error) {
			return store.Rows{Messages: []models.Message{{ID: f.NewID(), Ident: "same", State: "no state"}}}, nil
		},
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for name, decide := range bad {
			var wg sync.WaitGroup
			for i := range 30 {
				wg.Go(func() {
					c := visit(fmt.Sprintf("%s%d@example.com", name[:5], i))
					if i == 15 {
						c.Decide = decide
					}
					err := s.Apply(ctx, c)
					if (err != nil) != (i == 15) {
						t.Errorf("%s: change %d: %v", name, i, err)
					}
				})
			}
			wg.Wait()
		}
		if n, err := s.CountLeads(ctx); err != nil || n != 29*int64(len(bad)) {
			t.Errorf("%d leads, want %d (%v)", n, 29*len(bad), err)
		}
	})
}

// Overload is said at once, and nothing is taken that can't be stored soon.
func TestOverload(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s, err := store.Open(ctx, store.Config{URL: url, MaxQueue: 4, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if err := s.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		hold := make(chan struct{})
		var wg sync.WaitGroup
		var taken, refused int
		var mu sync.Mutex
		for i := range 200 {
			wg.Go(func() {
				c := visit(fmt.Sprintf("p%d@example.com", i))
				decide := c.Decide
				c.Decide = func(f *store.Facts) (store.Rows, error) { <-hold; return decide(f) }
				err := s.Apply(ctx, c)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					taken++
				case errors.Is(err, models.ErrOverloaded):
					refused++
				default:
					t.Error(err)
				}
			})
		}
		time.Sleep(200 * time.Millisecond)
		close(hold)
		wg.Wait()
		n, err := s.CountLeads(ctx)
		if err != nil || int(n) != taken || refused == 0 || taken == 0 {
			t.Errorf("%d taken, %d refused, %d on disk (%v)", taken, refused, n, err)
		}
	})
}

// What a database says becomes one of four kinds at its border.
func TestErrorsAreTranslated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := func() *models.User {
			return &models.User{Email: "a@example.org", Name: "A", Role: models.Owner, Locale: "fa"}
		}
		if err := s.AddUser(ctx, u()); err != nil {
			t.Fatal(err)
		}
		if err := s.AddUser(ctx, u()); !errors.Is(err, models.ErrConflict) {
			t.Error("the same address twice:", err)
		}
		if _, err := s.User(ctx, 1); !errors.Is(err, models.ErrNotFound) {
			t.Error("nobody:", err)
		}
	})
}

// Published versions and consent texts never change, whoever asks.
func TestWhatWasShownStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := &models.Campaign{Slug: "a", Name: "A", Locale: "fa"}
		doc := models.CampaignDoc{Form: models.Form{Purposes: []models.ConsentRequest{{Purpose: models.Newsletter, Text: "one"}}}}
		if err := s.Publish(ctx, c, doc); err != nil {
			t.Fatal(err)
		}
		first, err := s.Version(ctx, c.VersionID)
		if err != nil {
			t.Fatal(err)
		}
		text := first.Version.Doc.Form.Purposes[0].TextID
		doc.Form.Purposes[0] = models.ConsentRequest{Purpose: models.Newsletter, Text: "one"}
		if err := s.Publish(ctx, c, doc); err != nil {
			t.Fatal(err)
		}
		second, err := s.Version(ctx, c.VersionID)
		if err != nil || second.Version.Number != 2 || second.Version.Doc.Form.Purposes[0].TextID != text {
			t.Errorf("the same text got another version: %+v %v", second, err)
		}
		for _, table := range []string{"campaign_versions", "consent_texts"} {
			if err := s.Touch(ctx, table); err == nil {
				t.Error(table, "can be changed")
			}
		}
	})
}
