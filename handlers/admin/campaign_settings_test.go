package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
)

var bases = regexp.MustCompile(`name="base" value="([^"]*)"`)

// settingsForm is the first form of a campaign's settings as it stands there, and the second.
func settingsForm(t *testing.T, a answer, c *models.Campaign) (first, second url.Values) {
	t.Helper()
	m := bases.FindAllStringSubmatch(a.text, -1)
	if len(m) != 2 {
		t.Fatalf("%d forms", len(m))
	}
	return url.Values{"base": {m[0][1]}, "name": {c.Name}, "slug": {c.Slug}}, url.Values{"base": {m[1][1]}, "card": {"b2b"}, "index": {"1"}}
}

// Settings are saved; an address that visitors knew goes on leading here.
func TestCampaignSettings(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	c := w.made("playbook")
	at := "/admin/campaigns/" + c.ID.String() + "/settings"
	page := p.get(at)
	page.says(t, 200, "goes on leading here", "Stays as it was", "Archive", "Settings ·")
	form, _ := settingsForm(t, page, c)
	form.Set("name", "The Playbook")
	form.Set("slug", "book")
	form.Set("goal", "250")
	form.Set("home", "1")
	form.Set("until_day", "1450/01/20")
	form.Set("until_clock", "۱۸:۳۰")
	form.Set("language", "fa")
	if a := p.post(at, form); a.status != http.StatusSeeOther {
		t.Fatalf("%d: %s", a.status, a.text)
	}
	p.get(at).says(t, 200, "The settings are saved.", "2071-04-09", "18:30")
	now := w.made("book")
	tehran := must(time.LoadLocation("Asia/Tehran"))(t)
	if until := now.Until.In(tehran); now.Name != "The Playbook" || now.Goal != 250 || !now.Home || now.Locale != "en" || until.Hour() != 18 || until.Minute() != 30 || until.Year() != 2071 {
		t.Errorf("%+v, until %s", now, until)
	}
	if moved := w.camps.Snapshot().Moved("playbook"); moved == nil || moved.ID != c.ID {
		t.Error("the old address leads nowhere")
	}
}

// Two people at once: the second is told what is there, and keeps what they typed.
func TestSettingsConflict(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	c := w.made("playbook")
	at := "/admin/campaigns/" + c.ID.String() + "/settings"
	first, second := settingsForm(t, p.get(at), c)
	late := url.Values{"base": first["base"], "name": {"My own name"}, "slug": {c.Slug}}
	first.Set("name", "Their name")
	p.post(at, first).says(t, http.StatusSeeOther)
	a := p.post(at, late)
	a.says(t, http.StatusConflict, "Somebody else saved this", "Their name", `value="My own name"`)
	late.Set("base", a.base(t))
	p.post(at, late).says(t, http.StatusSeeOther)

	lateToo := url.Values{"base": second["base"], "card": {"b2c"}, "over_heading": {"Mine"}}
	second.Set("over_heading", "Theirs")
	p.post(at+"/page", second).says(t, http.StatusSeeOther)
	p.post(at+"/page", lateToo).says(t, http.StatusConflict, "Theirs", `value="Mine"`)
}

// What belongs to the page goes to the draft, to be published with it.
func TestShownSettings(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	c := w.made("playbook")
	at := "/admin/campaigns/" + c.ID.String() + "/settings"
	_, form := settingsForm(t, p.get(at), c)
	for field, wrong := range map[string]string{"twin": "nowhere", "over_link": "javascript:alert(1)", "card": "none", "over_link_text": "Go on"} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		bad.Set(field, wrong)
		p.post(at+"/page", bad).says(t, 422, "-error", "Error:")
	}
	form.Set("card", "b2c")
	form.Set("twin", "rahnama")
	form.Set("over_heading", "All gone")
	form.Set("over_link", "/p/rahnama")
	form.Set("over_link_text", "The next one")
	p.post(at+"/page", form).says(t, http.StatusSeeOther)
	now, draft, err := w.store.Draft(w.ctx, c.ID)
	if err != nil || !now.Unpublished() || draft.Doc.Card != "b2c" || draft.Doc.Page.NoIndex || draft.Doc.Page.Over.Link.URL != "/p/rahnama" || draft.Doc.Page.Over.Heading != "All gone" {
		t.Errorf("%+v, %v", draft, err)
	}
	if card, _ := w.camps.Card("b2c"); card == nil {
		t.Error("its card is not in force")
	}
}

// Pause, resume, archive and take out, each with its way back.
func TestCampaignActs(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	c := w.made("playbook")
	at := "/admin/campaigns/" + c.ID.String()
	for _, step := range []struct {
		act, says, back string
		status          models.CampaignStatus
	}{
		{"pause", "is paused", "/resume", models.StatusPaused}, {"resume", "Visitors see", "/pause", models.StatusLive},
		{"archive", "is archived", "/unarchive", models.StatusArchived}, {"unarchive", "is back in the list", "/archive", models.StatusPaused},
	} {
		a := p.post(at+"/"+step.act, nil)
		if a.status != http.StatusSeeOther || a.location != at+"/settings" {
			t.Fatalf("%s: %d, %s", step.act, a.status, a.location)
		}
		p.get(a.location).says(t, 200, step.says, `action="`+at+step.back)
		if now := w.made("playbook"); now.Status(w.store.Now()) != step.status {
			t.Errorf("after %s it is %s", step.act, now.Status(w.store.Now()))
		}
	}
	draft := w.begin("Draft", "draft")
	p.post("/admin/campaigns/"+draft.ID.String()+"/pause", nil).says(t, http.StatusConflict)
	p.post(at+"/archive", nil)
	if list := p.get("/admin/campaigns"); strings.Contains(list.text, "/p/playbook") {
		t.Error("what is archived is in the list")
	}
	p.get("/admin/campaigns?status=archived").says(t, 200, "/p/playbook", "Take out of the archive")
}

// Who looks after a campaign goes on doing so when something else is saved, whatever has become of them.
func TestADisabledOwnerStays(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	kian := &models.User{Email: "kian@firm.example", Name: "Kian", Role: models.Marketer, Locale: "en", Theme: "system", DisabledAt: 1}
	if err := w.store.AddUser(w.ctx, kian); err != nil {
		t.Fatal(err)
	}
	c := w.made("playbook")
	if _, err := w.store.EditCampaign(w.ctx, c.ID, func(c *models.Campaign) error { c.OwnerID = kian.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	at := "/admin/campaigns/" + c.ID.String() + "/settings"
	page := p.get(at)
	page.says(t, 200, `<option value="`+kian.ID.String()+`" selected`)
	form, _ := settingsForm(t, page, c)
	form.Set("owner", kian.ID.String())
	form.Set("name", "The Playbook")
	if a := p.post(at, form); a.status != http.StatusSeeOther {
		t.Fatalf("%d: %s", a.status, a.text)
	}
	if now := w.made("playbook"); now.OwnerID != kian.ID || now.Name != "The Playbook" {
		t.Errorf("%+v", now)
	}
	if strings.Contains(p.get("/admin/campaigns/new?template=blank").text, kian.ID.String()) {
		t.Error("they are offered for a new campaign")
	}
}
