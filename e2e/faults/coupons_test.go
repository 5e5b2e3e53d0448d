package faults

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sarnakh/campaigns"
	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/store"
)

const (
	couponStock  = 100
	couponRacers = 500
)

// I5: 500 people race for 100 coupons, of a pool and of a shared code's stock, and the program is killed in the middle
// of it: exactly 100 are given, nobody has two, and no code of the pool has two owners.
func TestRacingForCoupons(t *testing.T) {
	for _, kind := range []string{"pool", "shared"} {
		t.Run(kind, func(t *testing.T) {
			each(t, func(s *server) {
				if kind == "pool" {
					s.seed("--coupons", fmt.Sprintf("gift=%d", couponStock))
				} else {
					s.publishShared()
				}
				s.start()
				posts := s.fill("gift")
				racers := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64},
					CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
				answered := make([]bool, len(posts))
				race := func() {
					var wg sync.WaitGroup
					slots := make(chan struct{}, 64)
					for i := range posts {
						if answered[i] {
							continue
						}
						wg.Go(func() {
							slots <- struct{}{}
							defer func() { <-slots }()
							r, err := racers.PostForm(s.base+"/p/gift", posts[i])
							if err != nil {
								return // the program is dead
							}
							_ = r.Body.Close()
							answered[i] = r.StatusCode == http.StatusSeeOther
						})
					}
					wg.Wait()
				}
				for _, after := range []time.Duration{30 * time.Millisecond, 60 * time.Millisecond} {
					killed := make(chan struct{})
					go func() { time.Sleep(after); s.kill(); close(killed) }()
					race()
					<-killed
					s.leasesRunOut()
					s.start()
				}
				race()
				s.stop()
				for i := range answered {
					if !answered[i] {
						t.Fatalf("%s got no answer", posts[i].Get("email"))
					}
				}
				s.couponsAreSound(kind)
				s.verify()
			})
		})
	}
}

// fill opens the page once for each racer.
func (s *server) fill(slug string) []url.Values {
	s.Helper()
	v := visitor{server: s, client: http.DefaultClient}
	posts := make([]url.Values, couponRacers)
	for i := range posts {
		_, body, err := v.get("/p/" + slug)
		token := tokenInPage.FindStringSubmatch(body)
		if err != nil || token == nil {
			s.Fatal("no form on the page", err)
		}
		posts[i] = url.Values{"name": {"Racer"}, "email": {fmt.Sprintf("racer%d@mail%d.example", i, i%20)}, "_token": {token[1]}}
	}
	return posts
}

func (s *server) couponsAreSound(kind string) {
	s.Helper()
	rows := export[struct {
		Code   string
		LeadID string `json:"lead_id"`
	}](s, "coupons")
	if len(rows) != couponStock {
		s.Errorf("I5: %d coupons were given of %d", len(rows), couponStock)
	}
	owners, codes := map[string]int{}, map[string]int{}
	for _, r := range rows {
		owners[r.LeadID]++
		codes[r.Code]++
	}
	if len(owners) != len(rows) {
		s.Errorf("I5: %d coupons have %d owners", len(rows), len(owners))
	}
	if kind == "pool" && len(codes) != len(rows) {
		s.Errorf("I5: %d coupons are of %d codes", len(rows), len(codes))
	}
}

// publishShared publishes a campaign whose one code may be given so often.
func (s *server) publishShared() {
	s.Helper()
	ctx, address := context.Background(), s.postgres
	if address == "" {
		address = filepath.Join(s.data, "sarnakh.db")
	}
	st, err := store.Open(ctx, store.Config{URL: address, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	publish := func() error {
		if err := st.Migrate(ctx); err != nil {
			return err
		}
		c, err := campaigns.New(ctx, st, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		card, _ := scoring.Preset("b2c")
		if err := c.PublishCard(ctx, card); err != nil {
			return err
		}
		return c.Publish(ctx, &models.Campaign{Slug: "gift", Name: "Gift", Locale: "en"}, models.CampaignDoc{
			Card: "b2c",
			Page: models.Page{Title: "Gift", Blocks: []models.Block{{ID: "form", Type: "form"}}},
			Form: models.Form{Title: "Yours", Button: "Send", Fields: []models.Field{
				{Name: "name", Type: models.TypeName, Label: "Name"}, {Name: "email", Type: models.TypeEmail, Label: "E-mail", Required: true}}},
			Offer: models.Offer{Kind: models.OfferCoupon, Title: "20 % off", Coupon: &models.SharedCoupon{Code: "GIFT20", Stock: couponStock}},
		})
	}
	if err := publish(); err != nil {
		s.Fatal(err)
	}
}
