package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/models"
)

// count adds to a campaign's counters of so many days ago.
func (w *world) count(c models.ID, ago int, d models.CampaignDay) {
	w.t.Helper()
	zone := must(time.LoadLocation("Asia/Tehran"))(w.t)
	d.CampaignID, d.Day, d.Source = c, leads.Day(time.Now(), zone)-ago, "direct"
	if err := w.store.AddCounts(w.ctx, []*models.CampaignDay{&d}); err != nil {
		w.t.Fatal(err)
	}
}

// begin makes a draft campaign from nothing.
func (w *world) begin(name, slug string) *models.Campaign {
	w.t.Helper()
	c := &models.Campaign{Name: name, Slug: slug, Locale: "en"}
	if err := w.store.AddCampaign(w.ctx, c, models.CampaignDoc{Page: models.Page{Title: "[name of the course] for [somebody]"}}, 0); err != nil {
		w.t.Fatal(err)
	}
	if err := w.camps.Reload(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	return c
}

// A1: the list tells what each campaign achieves and what is to be done; figures are of the days that were asked for.
func TestCampaignList(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	playbook := must(w.camps.Snapshot().Page("playbook"))(t)
	w.begin("Photo course", "course")
	w.count(playbook.ID, 0, models.CampaignDay{Views: 1200, Leads: 120, Hot: 7})
	w.count(playbook.ID, 40, models.CampaignDay{Views: 600, Leads: 30})
	w.count(playbook.ID, 100, models.CampaignDay{Views: 5000, Leads: 30})
	list := p.get("/admin/campaigns")
	list.says(t, 200, "Photo course", "/p/course", ">1,200<", "10.0%", ">120<", "Write 2 texts in brackets", `/words"`, "No visitors yet: share its link", "up 100%", `<a href="/admin/campaigns?status=draft">Draft <span class="count">1</span></a>`)
	p.get("/admin/campaigns?period=90").says(t, 200, "1,800", "Last 90 days")
	p.get("/admin/campaigns?period=all").says(t, 200, "6,800")
	if a := p.get("/admin/campaigns?status=draft"); strings.Contains(a.text, "/p/playbook") || !strings.Contains(a.text, "/p/course") {
		t.Error("drafts alone")
	}
	for _, nonsense := range []string{"?status=x&sort=y&period=z&owner=w&language=v&after=u", "?after=zz_zz&before=1_1", "?sort=name&after=1_1"} {
		p.get("/admin/campaigns"+nonsense).says(t, 200)
	}
}

// The list is searched as people write: in any letters and digits, by name and by address.
func TestCampaignSearch(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.begin("دورهٔ عکاسی ۱۴۰۵", "photo")
	w.begin("Café des Arts", "arts")
	for typed, want := range map[string]string{"دوره عكاسي": "photo", "1405": "photo", "CAFE": "arts", "/p/art": "arts", "photo": "photo"} {
		a := p.get("/admin/campaigns?q=" + url.QueryEscape(typed))
		a.says(t, 200, "/p/"+want)
		if strings.Contains(a.text, "/p/playbook") {
			t.Errorf("%s finds everything", typed)
		}
	}
	p.get("/admin/campaigns?q=nobody").says(t, 200, "No campaign fits")
	p.get("/admin/campaigns?status=archived").says(t, 200, "are kept here")
}

// In every order each campaign is on one page, and the pages lead to each other.
func TestCampaignPages(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	for i := range 120 {
		c := &models.Campaign{Name: fmt.Sprintf("%c no. %d", 'Z'-rune(i%26), i), Slug: fmt.Sprintf("many-%d", i), Locale: "en"}
		if err := w.store.AddCampaign(w.ctx, c, models.CampaignDoc{}, 0); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.camps.Reload(w.ctx); err != nil {
		t.Fatal(err)
	}
	for _, sort := range []string{"", "name", "newest"} {
		seen, at, back := map[string]int{}, "/admin/campaigns?sort="+sort, ""
		for pages := 1; at != ""; pages++ {
			a := p.get(at)
			for _, m := range listedSlugs.FindAllStringSubmatch(a.text, -1) {
				seen[m[1]]++
			}
			if back = link(a.text, "prev"); (back == "") != (pages == 1) {
				t.Errorf("%s, page %d: leads back to %q", sort, pages, back)
			}
			if at = link(a.text, "next"); pages > 3 {
				t.Fatal("no end")
			}
		}
		if len(seen) != 122 || seen["many-0"] != 1 {
			t.Errorf("%s: %d campaigns", sort, len(seen))
		}
		if a := p.get(back); link(a.text, "next") == "" {
			t.Errorf("%s: the way back leads nowhere", sort)
		}
	}
	names := p.get("/admin/campaigns?sort=name").text
	if strings.Index(names, ">A no. 25<") > strings.Index(names, ">B no. 24<") {
		t.Error("names are not in the order of the alphabet")
	}
}

// An analyst sees figures and nothing to press; sales has no business here.
func TestWhoSeesCampaigns(t *testing.T) {
	w := newWorld(t, 1)
	analyst, sales := w.person(models.Analyst), w.person(models.Sales)
	list := analyst.get("/admin/campaigns")
	list.says(t, 200, "/p/playbook", "Visits")
	for _, not := range []string{"/duplicate", "/archive", "/admin/campaigns/new", `class="next"`} {
		if strings.Contains(list.text, not) {
			t.Errorf("an analyst is offered %s", not)
		}
	}
	analyst.get("/admin/campaigns/new").says(t, http.StatusForbidden)
	sales.get("/admin/campaigns").says(t, http.StatusForbidden)
	for p, room := range map[*person]string{analyst: "/admin/campaigns", sales: "/admin/leads", w.person(models.Owner): "/admin/campaigns", w.person(models.Marketer): "/admin/campaigns"} {
		if a := p.get("/admin"); a.location != room {
			t.Errorf("%s is led to %s", p.email, a.location)
		}
	}
}
