package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
)

// counted adds to the counters of the English starter, so many days ago.
func (w *world) counted(ago int, source string, c models.CampaignDay) *models.Campaign {
	w.t.Helper()
	p := must(w.camps.Snapshot().Page("playbook"))(w.t)
	zone := must(time.LoadLocation("Asia/Tehran"))(w.t)
	c.CampaignID, c.Day, c.Source = p.ID, leads.Day(time.Now(), zone)-ago, source
	if err := w.store.AddCounts(w.ctx, []*models.CampaignDay{&c}); err != nil {
		w.t.Fatal(err)
	}
	return &p.Campaign
}

// results opens the page of the English starter.
func (p *person) results(query string) answer {
	p.w.t.Helper()
	return p.get("/admin/campaigns/" + must(p.w.camps.Snapshot().Page("playbook"))(p.w.t).ID.String() + query)
}

// A1: the page tells what was counted, in the period asked for, against the one before, by source.
func TestResults(t *testing.T) {
	w := newWorld(t, 1)
	w.counted(0, "instagram.com", models.CampaignDay{Views: 400, Starts: 120, Submissions: 50, Leads: 40, Confirmed: 30, Hot: 3})
	w.counted(3, "direct", models.CampaignDay{Views: 100, Starts: 30, Submissions: 10, Leads: 10, Confirmed: 8, Hot: 1})
	w.counted(8, "zine.example", models.CampaignDay{Views: 60, Submissions: 7, Leads: 7})
	owner := w.person(models.Owner)
	owner.results("?days=7").says(t, http.StatusOK, "Biggest loss: starting the form", ">500<", "30.0% of visits", "lost 70%", "lost 60%", "7.6% of visits",
		"6.7% of submissions", "50 leads in 7 days", "; 7 in as many days before", "Instagram", "10.0%", "Direct", `href="/admin/campaigns`)
	if text := owner.results("?days=7").text; strings.Contains(text, "zine.example") {
		t.Error("a source of the period before is told")
	}
	a := owner.results("")
	a.says(t, http.StatusOK, `aria-current="page">30 days`, "57 leads in 30 days", "zine.example")
	if strings.Contains(a.text, "in as many days before") {
		t.Error("30 days are compared with a time when there was nothing")
	}
	today := time.Now()
	owner.results("?from="+today.AddDate(0, 0, -4).Format(time.DateOnly)+"&to="+today.AddDate(0, 0, -2).Format(time.DateOnly)).
		says(t, http.StatusOK, "10 leads in 3 days", "Direct")
	if strings.Contains(a.text, "Publish the changes") {
		t.Error("nothing is to be done, and yet it is told")
	}
	if _, err := w.store.EditDraft(w.ctx, w.playbook().ID, 0, "about", func(doc *models.CampaignDoc) error { doc.Page.Title = "Anew"; return nil }); err != nil {
		t.Fatal(err)
	}
	owner.results("").says(t, http.StatusOK, "Publish the changes", w.campaignAt("/publish"))
	if analyst := w.person(models.Analyst).results(""); strings.Contains(analyst.text, "Publish the changes") {
		t.Error("who can’t do it is told what to do")
	}
	owner.results("?from=2001-01-01&to=2001-01-03").says(t, http.StatusOK, "Nobody came in these days", "No leads in 3 days")
	owner.results("?from="+i18n.For(i18n.FA).FormDay(today)+"&to="+i18n.For(i18n.FA).FormDay(today)).says(t, http.StatusOK, "40 leads in 1 day")
}

// What can't be shown is told beside its field, and what was typed stays.
func TestResultsOfOtherDays(t *testing.T) {
	w := newWorld(t, 1)
	w.counted(0, "direct", models.CampaignDay{Views: 1})
	owner := w.person(models.Owner)
	for query, says := range map[string]string{
		"?from=soon&to=2026-01-01":       "“From” is not a day",
		"?from=2026-01-01":               "“Until” is not a day",
		"?from=2020-01-01&to=2026-01-01": "At most 366 days",
		"?from=2990-01-01&to=2990-02-01": "have not come yet",
	} {
		owner.results(query).says(t, http.StatusUnprocessableEntity, says, `aria-invalid="true"`)
	}
	owner.results("?from=soon&to=x").says(t, http.StatusUnprocessableEntity, `value="soon"`, `value="x"`)
	owner.results("?days=9999").says(t, http.StatusOK, `aria-current="page">30 days`)
	owner.get("/admin/campaigns/nothing").says(t, http.StatusNotFound)
	owner.get("/admin/campaigns/1").says(t, http.StatusNotFound)
}

// Marketers see who came last; the analyst sees no person, and salespeople not the page.
func TestResultsAndPeople(t *testing.T) {
	w := newWorld(t, 1)
	lead := w.capture("Nora Hale", "nora@example.com")
	for _, role := range []models.Role{models.Owner, models.Marketer} {
		w.person(role).results("").says(t, http.StatusOK, "Last leads", "Nora Hale", "/admin/leads/"+lead.ID.String(), "Score spread of 1 lead. It has")
	}
	a := w.person(models.Analyst).results("")
	a.says(t, http.StatusOK, "Score spread", "Funnel")
	for _, personal := range []string{"Nora", "nora@", lead.ID.String(), "/share", "/publish"} {
		if strings.Contains(a.text, personal) {
			t.Errorf("the analyst reads %q", personal)
		}
	}
	w.person(models.Sales).results("").says(t, http.StatusForbidden)
}

// Nobody has come: here is how to bring them. With a goal and an end, how far it is.
func TestResultsOfNobody(t *testing.T) {
	w := newWorld(t, 1)
	p := must(w.camps.Snapshot().Page("playbook"))(t)
	owner := w.person(models.Owner)
	owner.results("").says(t, http.StatusOK, "Nobody has come yet", "https://leads.example.org/p/playbook", "/p/playbook/qr.svg", "/preview", "/share")
	_, err := w.store.EditCampaign(w.ctx, p.ID, func(c *models.Campaign) error {
		c.Goal, c.Until = 200, models.At(time.Now().Add(72*time.Hour))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.counted(400, "direct", models.CampaignDay{Views: 90, Submissions: 50, Leads: 50})
	owner.results("").says(t, http.StatusOK, "50 of 200 leads", "25% of the goal", "3 days left", "Nobody came in these days")
}

// A draft says what is missing, each with the way there, and not to those who can do nothing about it.
func TestResultsOfADraft(t *testing.T) {
	w := newWorld(t, 1)
	c := &models.Campaign{Slug: "new", Name: "New one", Locale: "en"}
	if err := w.store.AddCampaign(w.ctx, c, models.CampaignDoc{}, 0); err != nil {
		t.Fatal(err)
	}
	at := "/admin/campaigns/" + c.ID.String()
	w.person(models.Marketer).get(at).says(t, http.StatusOK, "Not published yet", "missing before it can be published", at+"/page", at+"/publish")
	a := w.person(models.Analyst).get(at)
	a.says(t, http.StatusOK, "Not published yet", "as soon as visitors can see it")
	if strings.Contains(a.text, at+"/page") {
		t.Error("the analyst is sent to the editor")
	}
}

// Whoever makes the campaign looks at its page often, and is no visitor: nothing is counted in a browser in which somebody is
// signed in, but at a booth, where other people stand before it. That look keeps nobody signed in.
func TestOwnLooksAreNotCounted(t *testing.T) {
	w := newWorld(t, 1)
	campaign := must(w.camps.Snapshot().Page("playbook"))(t)
	p := w.person(models.Marketer)
	report := func(path string) {
		p.post("/t", url.Values{"p": {path}, "v": {"1"}, "s": {"7"}}).says(t, http.StatusNoContent)
	}
	views := func() (n int64) {
		w.visits.Flush(w.ctx)
		for _, d := range must(w.store.CampaignTally(w.ctx, campaign.ID, 0, 0, 99_999))(t).Days {
			n += d.Views
		}
		return n
	}
	report("/p/playbook")
	report("/p/playbook/embed")
	if n := views(); n != 0 {
		t.Errorf("%d own looks were counted", n)
	}
	if report("/p/playbook/kiosk"); views() != 1 {
		t.Error("a visitor at the booth was not counted")
	}
	p.post("/admin/logout", nil)
	if report("/p/playbook"); views() != 2 {
		t.Error("signed out, they were not counted")
	}
}

// A visit is counted where the campaign is shown, whatever the address of the page, and nowhere else; and a page that comes
// back with a mistake in it is no further visit.
func TestWhatPagesReport(t *testing.T) {
	w := newWorld(t, 1)
	p := must(w.camps.Snapshot().Page("playbook"))(t)
	visitor := &person{w: w, http: http.DefaultClient}
	report := func(path string) {
		visitor.post("/t", url.Values{"p": {path}, "v": {"1"}, "f": {"1"}, "s": {"7"}}).says(t, http.StatusNoContent)
	}
	for _, path := range []string{"/", "/p/nothing", "/p/playbook/thanks/x", "/admin/campaigns/" + p.ID.String() + "/preview", "playbook", ""} {
		report(path)
	}
	for _, path := range []string{"/p/playbook", "/p/playbook/embed", "/p/playbook/kiosk"} {
		report(path)
	}
	if _, err := w.store.EditCampaign(w.ctx, p.ID, func(c *models.Campaign) error { c.Home = true; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := w.camps.Reload(w.ctx); err != nil {
		t.Fatal(err)
	}
	report("/")
	w.visits.Flush(w.ctx)
	tally := must(w.store.CampaignTally(w.ctx, p.ID, 0, 0, 99_999))(t)
	if c := tally.Days; len(c) != 1 || c[0].Views != 4 || c[0].Starts != 4 || c[0].Seconds != 28 {
		t.Errorf("counted %+v", c)
	}
	script := `src="/s.js"`
	visitor.get("/p/playbook").says(t, http.StatusOK, script)
	if a := visitor.post("/p/playbook", url.Values{"name": {"Nora"}, "email": {"nora"}}); a.status == http.StatusOK || strings.Contains(a.text, script) {
		t.Errorf("a form with a mistake answered %d, and counts again", a.status)
	}
}
