package leads_test

import (
	"fmt"
	"slices"
	"testing"

	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
)

func (w *world) found(q store.LeadQuery) (names []string) {
	w.t.Helper()
	if q.Limit == 0 {
		q.Limit = 100
	}
	page, _, err := w.store.Leads(w.ctx, q)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, l := range page {
		names = append(names, l.Name)
	}
	return names
}

// The list's search finds people by any part that a salesperson remembers of them.
func TestSearch(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").with("name", "علی‌رضا مهرآیین", "email", "Ali.Reza@firm.example", "phone", "09123456789", "company", "نرم‌افزار بركه").mustSend()
		w.open("playbook").with("name", "Zoë Brandt", "email", "zoe@other.example", "phone", "+491701234567", "company", "Müller & Söhne").mustSend()
		ali, zoe := []string{"علی‌رضا مهرآیین"}, []string{"Zoë Brandt"}
		for typed, want := range map[string][]string{
			"علی": ali, "علیرضا": ali, "علی رضا": ali, "مهر": ali, "مهرایین": ali, "برکه": ali, "نرم": ali,
			"ali.reza": ali, "reza": ali, "FIRM": ali, "ali firm": ali,
			"۰۹۱۲": ali, "9123456": ali, "6789": ali, "۳۴۵۶۷۸۹": ali, "98912": ali,
			"zoe": zoe, "Zoë": zoe, "muller": zoe, "sohne": zoe, "4567": zoe, "0170": zoe,
			"nobody": nil, "ali zoe": nil, "'": {"Zoë Brandt", "علی‌رضا مهرآیین"}, `"*`: {"Zoë Brandt", "علی‌رضا مهرآیین"}, "OR": nil,
		} {
			if got := w.found(store.LeadQuery{Words: leads.SearchTerms(typed)}); !slices.Equal(got, want) {
				t.Errorf("%q found %q, want %q", typed, got, want)
			}
		}
	})
}

// Every sort, in pages, shows each lead once, forwards and backwards.
func TestPagesOfTheList(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		for i := range 23 {
			f := w.open("rahnama").with("email", fmt.Sprintf("p%d@example.com", i), "name", fmt.Sprintf("P%02d", i))
			if i%3 == 0 {
				f.with("company_size", "51-200")
			}
			if i == 7 {
				f.with("call_me", "1")
			}
			f.mustSend()
		}
		for _, sort := range []store.LeadSort{store.SortNewest, store.SortScore, store.SortAct} {
			whole := w.found(store.LeadQuery{Sort: sort})
			if len(whole) != 23 {
				t.Fatalf("%s: %d leads", sort, len(whole))
			}
			var forward []string
			var last []models.Lead
			q := store.LeadQuery{Sort: sort, Limit: 5}
			for {
				page, more, err := w.store.Leads(w.ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range page {
					forward = append(forward, l.Name)
				}
				last = page
				if !more {
					break
				}
				q.After = store.CursorOf(&page[len(page)-1])
			}
			if !slices.Equal(forward, whole) {
				t.Errorf("%s forwards: %v, want %v", sort, forward, whole)
			}
			back, more, err := w.store.Leads(w.ctx, store.LeadQuery{Sort: sort, Limit: 5, Before: store.CursorOf(&last[0])})
			if err != nil || len(back) != 5 || !more || back[4].Name != whole[len(whole)-len(last)-1] {
				t.Errorf("%s backwards: %d more %v %v", sort, len(back), more, err)
			}
		}
		if got := w.found(store.LeadQuery{Temperature: models.Hot}); !slices.Equal(got, []string{"P07"}) {
			t.Errorf("hot: %v", got)
		}
		if got := w.found(store.LeadQuery{Stage: models.StageMQL, HandedOver: true, Sort: store.SortScore}); !slices.Equal(got, []string{"P07"}) {
			t.Errorf("mql: %v", got)
		}
		cold, warm := w.found(store.LeadQuery{Temperature: models.Cold}), w.found(store.LeadQuery{Temperature: models.Warm, Sort: store.SortAct})
		if len(cold) == 0 || len(warm) == 0 || len(cold)+len(warm) != 22 {
			t.Errorf("%d cold, %d warm", len(cold), len(warm))
		}
	})
}
