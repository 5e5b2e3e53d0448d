package admin_test

import (
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// publish changes a starter's draft and puts it before visitors.
func (w *world) publish(slug string, edit func(*models.CampaignDoc)) *models.Published {
	w.t.Helper()
	p := must(w.camps.Snapshot().Page(slug))(w.t)
	draft := must(w.store.EditDraft(w.ctx, p.ID, 0, "page", func(doc *models.CampaignDoc) error { edit(doc); return nil }))(w.t)
	must(w.store.PublishDraft(w.ctx, store.Publication{Campaign: p.ID, Rev: draft.Rev, After: p.LastVersion()}))(w.t)
	w.reload()
	return must(w.camps.Snapshot().Page(slug))(w.t)
}

// reload reads what is published, as every process does once a second.
func (w *world) reload() {
	w.t.Helper()
	if err := w.camps.Reload(w.ctx); err != nil {
		w.t.Fatal(err)
	}
}

func countdown(until time.Time, after string) models.Block {
	return models.Block{ID: "count", Type: models.BlockCountdown, Countdown: &models.Countdown{Heading: "Not for long", Until: models.At(until), After: after}}
}

func film(address string) models.Block {
	return models.Block{ID: "film", Type: models.BlockVideo, Video: &models.Video{Heading: "See it", URL: address}}
}

func add(blocks ...models.Block) func(*models.CampaignDoc) {
	return func(doc *models.CampaignDoc) { doc.Page.Blocks = append(doc.Page.Blocks, blocks...) }
}

// A page in a theme of its own loads a small stylesheet, made from its address alone, and so do the pages after its form;
// the program's own theme loads none.
func TestThemeOfAPage(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	if page := anybody.get("/p/playbook"); strings.Contains(page.text, "/theme/") {
		t.Error("the default theme loads a stylesheet")
	}
	w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Page.Theme = models.Theme{Base: "forest", Accent: "#ff9900", Fonts: "system"}
		doc.Page.Blocks = append(doc.Page.Blocks, models.Block{ID: "foot", Type: models.BlockFooter, Footer: &models.Footer{Text: "Avand Ltd.\nTehran"}})
	})
	page := anybody.get("/p/playbook")
	page.says(t, http.StatusOK, "<p>Avand Ltd.</p><p>Tehran</p>")
	sheet := regexp.MustCompile(`href="(/theme/[^"]+)"`).FindStringSubmatch(page.text)
	if sheet == nil || strings.Contains(page.text, `rel="preload"`) {
		t.Fatal("no stylesheet of its own, or a font that it does not use")
	}
	css := anybody.get(sheet[1])
	css.says(t, http.StatusOK, "--accent:#ff9900", "--lp-hero:#10271a")
	if got := css.header.Get("Content-Type") + " " + css.header.Get("Cache-Control"); got != "text/css; charset=utf-8 public, max-age=31536000, immutable" {
		t.Error(got)
	}
	anybody.get("/theme/"+strings.Repeat("x", 40)+".css").says(t, http.StatusNotFound)
}

// A page whose codes have all been given says so before anybody types, and again when there are new ones it does not (C3);
// so does one whose shared code was given as often as it may be.
func TestAPageWithoutCodes(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	const gone = "All codes have been given away"
	p := w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Offer = models.Offer{Kind: models.OfferCoupon, Title: "20% off", Pool: &models.CouponPool{}}
	})
	says := func(page answer, want bool) {
		t.Helper()
		if page.status != http.StatusOK || strings.Contains(page.text, gone) != want {
			t.Errorf("%d, says that all are given: %t", page.status, !want)
		}
	}
	says(anybody.get("/p/playbook"), true)
	must(w.store.AddCodes(w.ctx, p.ID, []string{"ONE"}))(t)
	w.reload()
	says(anybody.get("/p/playbook"), false)
	says(anybody.get("/p/playbook/embed"), false)

	w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Offer.Pool, doc.Offer.Coupon = nil, &models.SharedCoupon{Code: "ALL", Stock: 1}
	})
	says(anybody.get("/p/playbook"), false)
	w.capture("playbook", "first@example.com")
	w.reload()
	says(anybody.get("/p/playbook"), true)
}

// A page with films may show their sites' frames, and no other page may.
func TestPolicyOfFilms(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	w.publish("playbook", add(film("https://youtu.be/dQw4w9WgXcQ"), film("https://www.aparat.com/v/aB3xYz9"), film("https://vimeo.com/1")))
	page := anybody.get("/p/playbook")
	page.says(t, http.StatusOK, `href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"`, `href="https://www.aparat.com/v/aB3xYz9"`)
	if strings.Contains(page.text, "<iframe") || strings.Contains(page.text, "vimeo") {
		t.Error("somebody else is asked before the click")
	}
	const more = "; frame-src https://www.youtube-nocookie.com https://www.aparat.com"
	if got := page.header.Get("Content-Security-Policy"); !strings.HasSuffix(got, more) || !strings.HasPrefix(got, "default-src 'none'") {
		t.Error(got)
	}
	failed := anybody.post("/p/playbook", url.Values{"email": {"no"}})
	if got := failed.header.Get("Content-Security-Policy"); !strings.HasSuffix(got, more) || failed.status != http.StatusUnprocessableEntity {
		t.Errorf("after a failed form: %d, %s", failed.status, got)
	}
	if got := anybody.get("/p/rahnama").header.Get("Content-Security-Policy"); strings.Contains(got, "frame-src") {
		t.Error(got)
	}
}

// A countdown is right although pages are kept in memory: what comes after it is said from its end on.
func TestCountdownEnds(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	end := time.Now().Add(2 * time.Second)
	w.publish("playbook", add(countdown(end, "Too late for this one"), countdown(end.AddDate(1, 0, 0), "")))
	page := anybody.get("/p/playbook")
	page.says(t, http.StatusOK, "Not for long", `<p class="lp-count__after" hidden>Too late`, "time of Tehran")
	time.Sleep(time.Until(end) + 10*time.Millisecond)
	page = anybody.get("/p/playbook")
	page.says(t, http.StatusOK, `<p class="lp-count__after">Too late`)
	if n := strings.Count(page.text, "Not for long"); n != 1 {
		t.Errorf("%d countdowns still run", n)
	}
}

// Where a campaign was, its owner's words are said in its own colours, whether it is paused or put away, and to who sends
// its form too late.
func TestOver(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	p := w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Page.Theme.Base = "dusk"
		doc.Page.Over = models.Over{Heading: "The course is full", Text: "Thank you all.\nNext one in spring.", Link: models.Onward{Text: "See all courses", URL: "https://avand.example/courses"}}
	})
	said := []string{"<h1>The course is full</h1>", "Thank you all.</p>", "Next one in spring.</p>", `href="https://avand.example/courses"`, "/theme/dusk-"}
	end := func(change func() error) {
		t.Helper()
		if err := change(); err != nil {
			t.Fatal(err)
		}
		w.reload()
		anybody.get("/p/playbook").says(t, http.StatusGone, said...)
		anybody.post("/p/playbook", url.Values{"email": {"late@example.com"}}).says(t, http.StatusGone, said...)
	}
	end(func() error { return w.store.PauseCampaign(w.ctx, p.ID) })
	end(func() error { return w.store.ArchiveCampaign(w.ctx, p.ID) })
	rahnama := must(w.camps.Snapshot().Page("rahnama"))(t)
	if err := w.store.PauseCampaign(w.ctx, rahnama.ID); err != nil {
		t.Fatal(err)
	}
	w.reload()
	ours := anybody.get("/p/rahnama")
	ours.says(t, http.StatusGone, `lang="fa"`, "noindex")
}

// An address that a campaign had before leads to the present one, with everything asked of it; and a form that is sent
// there is taken, not lost.
func TestOldAddress(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	p := must(w.camps.Snapshot().Page("playbook"))(t)
	must(w.store.EditCampaign(w.ctx, p.ID, func(c *models.Campaign) error { c.Slug = "follow-ups"; return nil }))(t)
	w.reload()
	moved := anybody.get("/p/playbook?utm_source=letter")
	if moved.status != http.StatusMovedPermanently || moved.location != "/p/follow-ups?utm_source=letter" {
		t.Fatalf("%d to %s", moved.status, moved.location)
	}
	token := string(w.leads.AppendView(nil, p, models.Attribution{}))
	sent := anybody.post("/p/playbook", url.Values{"name": {"Nora"}, "email": {"nora@example.com"}, "_token": {token}})
	if sent.status == http.StatusPermanentRedirect || sent.status == http.StatusTemporaryRedirect { // which repeat the form
		sent = anybody.post(sent.location, url.Values{"name": {"Nora"}, "email": {"nora@example.com"}, "_token": {token}})
	}
	if sent.status != http.StatusSeeOther || !strings.HasPrefix(sent.location, "/p/follow-ups/thanks/") {
		t.Fatalf("the form answered %d to %s", sent.status, sent.location)
	}
	must(w.store.LeadByIdentity(w.ctx, "nora@example.com"))(t)
}

// fillsIn sends a campaign's form, and gives the address of its thanks.
func (p *person) fillsIn(slug, email string) string {
	p.w.t.Helper()
	page := must(p.w.camps.Snapshot().Page(slug))(p.w.t)
	sent := p.post("/p/"+slug, url.Values{"name": {"Nora"}, "email": {email}, "_token": {string(p.w.leads.AppendView(nil, page, models.Attribution{}))}})
	if sent.status != http.StatusSeeOther {
		p.w.t.Fatalf("the form answered %d", sent.status)
	}
	return sent.location
}

// What follows a form is found under the old address too, and the thanks of an earlier version under the new one: the gift,
// the event's file and the code that other sites show (C2). On another site the form stays in its frame, mistakes and all (C4).
func TestOldAddressOfWhatFollows(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	thanks := anybody.fillsIn("playbook", "nora@example.com")
	p := w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Offer.Event = &models.Gathering{From: models.At(time.Now().Add(time.Hour)), Zone: "Asia/Tehran"}
		doc.Form.Origins = []string{"https://shop.example"}
	})
	anybody.get(thanks).says(t, http.StatusOK) // its version is kept in memory, with the address of now
	must(w.store.EditCampaign(w.ctx, p.ID, func(c *models.Campaign) error { c.Slug = "follow-ups"; return nil }))(t)
	w.reload()

	for _, old := range []string{thanks, "/p/playbook/event.ics"} {
		now := strings.Replace(old, "playbook", "follow-ups", 1)
		if a := anybody.get(old); a.status != http.StatusMovedPermanently || a.location != now {
			t.Errorf("%s answered %d to %s", old, a.status, a.location)
		}
		anybody.get(now).says(t, http.StatusOK)
	}
	anybody.get("/p/playbook/qr.svg").says(t, http.StatusOK)
	for _, elsewhere := range []string{"rahnama", "nothing"} {
		anybody.get(strings.Replace(thanks, "playbook", elsewhere, 1)).says(t, http.StatusNotFound)
	}
	wrong := anybody.post("/p/playbook/embed", url.Values{"email": {"no"}})
	wrong.says(t, http.StatusUnprocessableEntity, `action="/p/follow-ups/embed"`)
	if policy := wrong.header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'self' https://shop.example") {
		t.Errorf("the policy is %s", policy)
	}
}

// A file may be called as people call theirs: its address is written as addresses are, and it is saved under its name.
func TestAFileKeepsItsName(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	const name = "راهنمای ۱۴۰۵ (new).pdf"
	file := *must(w.store.File(w.ctx, must(w.camps.Snapshot().Page("playbook"))(t).Version.Doc.Offer.Files[0].FileID))(t)
	file.ID, file.Name = 0, name
	if err := w.store.AddFile(w.ctx, &file); err != nil {
		t.Fatal(err)
	}
	w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Offer.Files = doc.Offer.Files[:1]
		doc.Offer.Files[0].FileID, doc.Offer.Files[0].Name = file.ID, name
	})
	page := anybody.get(anybody.fillsIn("playbook", "nora@example.com"))
	button := regexp.MustCompile(`action="(/d/[^"]+)"`).FindStringSubmatch(page.text)
	if button == nil {
		t.Fatal("nothing to download")
	}
	taken := anybody.post(button[1], nil)
	if taken.status != http.StatusSeeOther || strings.ContainsFunc(taken.location, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		t.Errorf("the button answered %d to %q", taken.status, taken.location)
	}
	brought := anybody.get(taken.location)
	brought.says(t, http.StatusOK, "%PDF")
	_, saved, err := mime.ParseMediaType(brought.header.Get("Content-Disposition"))
	if err != nil || saved["filename"] != name {
		t.Errorf("it is saved as %q: %v", saved["filename"], err)
	}
}
