package store_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// Known leads are changed as a group too: 1 to 15 of them, which makes every mix of chunks, and none of
// these groups has to be replayed one by one.
func TestKnownLeadsAreChangedAsAGroup(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		storetest.Open(t, url, time.Now)
		var mu sync.Mutex
		var log bytes.Buffer
		s, err := store.Open(ctx, store.Config{URL: url, Log: slog.New(slog.NewTextHandler(locked{&mu, &log}, nil))})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for people := 1; people < 16; people++ {
			for range 2 {
				visitTogether(t, s, people)
			}
		}
		if log.Len() > 0 {
			t.Error(log.String())
		}
	})
}

// visitTogether has leads act while the committers are held, so that they wait together.
func visitTogether(t *testing.T, s *store.Store, people int) {
	hold := make(chan struct{})
	var wg sync.WaitGroup
	for i := range people {
		wg.Go(func() {
			c := visit(fmt.Sprintf("p%d@example.com", i))
			decide := c.Decide
			c.Decide = func(f *store.Facts) (store.Rows, error) { <-hold; return decide(f) }
			if err := s.Apply(ctx, c); err != nil {
				t.Error(err)
			}
		})
	}
	time.Sleep(5 * time.Millisecond)
	close(hold)
	wg.Wait()
}

type locked struct {
	mu *sync.Mutex
	b  *bytes.Buffer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// I8 can be checked beside a server at work: a batch of leads and their events are of one moment.
func TestLeadsAreReadWithTheirEvents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if err := s.Apply(ctx, visit(fmt.Sprintf("p%d@example.com", i))); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); {
			err := s.LeadsToVerify(ctx, func(leads []*models.Lead, events map[models.ID][]models.Event) error {
				for _, l := range leads {
					if n := len(events[l.ID]); l.Score != float64(n) {
						t.Errorf("score %v with %d events", l.Score, n)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		close(stop)
		wg.Wait()
	})
}
