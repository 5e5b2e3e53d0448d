package admin_test

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store/storetest"
)

var (
	listedSlugs = regexp.MustCompile(`<bdi class="ltr">/p/([a-z0-9-]+)</bdi>`)
	pagerLinks  = regexp.MustCompile(`href="([^"]+)" rel="(prev|next)"`)
)

// link is where a list leads on to, or back.
func link(page, rel string) string {
	for _, m := range pagerLinks.FindAllStringSubmatch(page, -1) {
		if m[2] == rel {
			return strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	return ""
}

// made is the campaign at an address.
func (w *world) made(slug string) *models.Campaign {
	w.t.Helper()
	for _, id := range w.camps.Snapshot().Find("/p/" + slug) {
		if c := w.camps.Snapshot().Campaign(id); c.Slug == slug {
			return must(w.store.Campaign(w.ctx, id))(w.t)
		}
	}
	w.t.Fatalf("no campaign at %s", slug)
	return nil
}

// C2-C4: from a template a campaign comes with page, form, offer, mails and card; nobody sees it, and its maker is led on.
func TestBeginFromTemplate(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	p.get("/admin/campaigns/new").says(t, 200, "template=ebook", "template=blank", "Copy it")
	p.get("/admin/campaigns/new?template=nothing").says(t, http.StatusNotFound)
	p.get("/admin/campaigns/new?template=ebook").says(t, 200, `name="template" value="ebook"`, "slug.")
	form := url.Values{"template": {"ebook"}, "language": {"en"}, "card": {"b2c"}, "goal": {"1,000"}}
	p.post("/admin/campaigns/new", form).says(t, 422, `id="f-name-error"`)
	form.Set("name", " کتاب  فروش ")
	a := p.post("/admin/campaigns/new", form)
	c := w.made("ketab-foroosh")
	if a.status != http.StatusSeeOther || a.location != "/admin/campaigns/"+c.ID.String()+"/words" {
		t.Fatalf("%d, %s", a.status, a.location)
	}
	_, draft, err := w.store.Draft(w.ctx, c.ID)
	if err != nil || draft.Doc.Card != "b2c" || len(draft.Doc.Page.Blocks) < 3 || len(draft.Doc.Form.Fields) == 0 || c.Goal != 1000 || c.Name != "کتاب فروش" {
		t.Errorf("%+v, %+v, %v", c, draft, err)
	}
	if mails := must(w.store.SequencesOf(w.ctx, c.ID))(t); len(mails) == 0 || mails[0].State != models.SequenceDraft {
		t.Errorf("%d sequences", len(mails))
	}
	if card, _ := w.camps.Card("b2c"); card == nil {
		t.Error("its card is not in force")
	}
	if _, err := w.camps.Snapshot().Page("ketab-foroosh"); err == nil {
		t.Error("visitors see it")
	}
	if p.post("/admin/campaigns/new", form).status != http.StatusSeeOther || w.made("ketab-foroosh-2").ID == c.ID {
		t.Error("the same name again gets an address of its own")
	}
	p.get("/admin/campaigns").says(t, 200, "is made. Nobody sees it until you publish it.")
}

// C2: of two presses of the button one makes the campaign, and both lead to it, with an address typed or found; whoever goes
// back to the form and gives another name makes another one.
func TestBeginOnce(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, database string) {
		w := newWorldAt(t, database, 1)
		p := w.person(models.Marketer)
		for _, slug := range []string{"", "typed"} {
			before := len(w.camps.Snapshot().All)
			form := p.get("/admin/campaigns/new?template=coupon").drawn(t)
			form.Set("template", "coupon")
			form.Set("language", "en")
			form.Set("slug", slug)
			p.post("/admin/campaigns/new", form).says(t, 422, `id="f-name-error"`)
			form.Set("name", "Autumn"+slug)
			a := p.pressTwice("/admin/campaigns/new", form)
			third := p.post("/admin/campaigns/new", form)
			if made := len(w.camps.Snapshot().All) - before; made != 1 || a[0].status != http.StatusSeeOther || a[0].location != a[1].location || a[0].location != third.location {
				t.Fatalf("%q: %d made, %d at %s, %d at %s, %s", slug, made, a[0].status, a[0].location, a[1].status, a[1].location, third.location)
			}
			if mails := must(w.store.SequencesOf(w.ctx, w.made(cmp.Or(slug, "autumn")).ID))(t); len(mails) != 1 {
				t.Errorf("%d sequences", len(mails))
			}
			form.Set("name", "Winter")
			if slug != "" {
				p.post("/admin/campaigns/new", form).says(t, 422, "The address typed belongs to")
			} else if other := p.post("/admin/campaigns/new", form); other.status != http.StatusSeeOther || w.made("winter").Name != "Winter" {
				t.Errorf("another one: %d", other.status)
			}
		}
	})
}

// What is wrong is said beside its field, and nothing typed is lost.
func TestBeginRefuses(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	for _, wrong := range []struct{ name, value, says string }{
		{"slug", "playbook", "belongs to another campaign"}, {"slug", "a", "2 to 60"}, {"slug", "a--b", "single hyphens"}, {"slug", "admin", "used by the program"},
		{"name", strings.Repeat("a", 101), "f-name-error"}, {"goal", "many", "f-goal-error"}, {"owner", "zz", "f-owner-error"}, {"until_day", "yesterday", "f-until_day-error"},
		{"until_day", "2020-01-01", "lies in the past"}, {"language", "de", "f-locale-error"}, {"card", "none", "f-card-error"},
	} {
		form := url.Values{"template": {"blank"}, "language": {"en"}, "name": {"My course"}, "slug": {"my-course"}}
		form.Set(wrong.name, wrong.value)
		p.post("/admin/campaigns/new", form).says(t, 422, wrong.says, `value="`+form.Get("name"), `value="`+form.Get("slug"))
	}
	if found := w.camps.Snapshot().Find("my-course"); len(found) > 0 {
		t.Error("something was made")
	}
}

// The script beside the field is told what an address would be, and whether it is free.
func TestSlugIsChecked(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	playbook := must(w.camps.Snapshot().Page("playbook"))(t)
	for query, want := range map[string]string{
		"name=" + url.QueryEscape("Playbook"):      `{"slug":"playbook-2","ok":true,"text":""}`,
		"name=" + url.QueryEscape("🎁"):             `{"slug":"","ok":false,"text":""}`,
		"slug=Spring-1":                            `{"slug":"spring-1","ok":true,"text":""}`,
		"slug=playbook&of=" + playbook.ID.String(): `{"slug":"playbook","ok":true,"text":""}`,
		"slug=playbook":                            `"ok":false,"text":"The address playbook belongs`,
		"slug=" + url.QueryEscape("a b"):           `"ok":false,"text":"Use small`,
	} {
		if a := p.get("/admin/campaigns/slug?" + query); a.status != 200 || !strings.Contains(a.text, want) {
			t.Errorf("%s: %d %s", query, a.status, a.text)
		}
	}
}

// A copy has everything of the draft but codes, twin and readers: its mails are drafts, and its address is its own.
func TestDuplicate(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	playbook := must(w.camps.Snapshot().Page("playbook"))(t)
	at := "/admin/campaigns/" + playbook.ID.String() + "/duplicate"
	if _, err := w.store.AddCodes(w.ctx, playbook.ID, []string{"A", "B"}); err != nil {
		t.Fatal(err)
	}
	a := p.post(at, nil)
	c := w.made("playbook-copy")
	if a.status != http.StatusSeeOther || a.location != "/admin/campaigns/"+c.ID.String()+"/settings" {
		t.Fatalf("%d, %s", a.status, a.location)
	}
	_, draft, err := w.store.Draft(w.ctx, c.ID)
	if err != nil || c.Name != "Copy of "+playbook.Name || c.Status(w.store.Now()) != models.StatusDraft || c.Locale != "en" || draft.Doc.Page.Twin != "" ||
		len(draft.Doc.Offer.Files) != 2 || draft.Doc.Form.Title != playbook.Version.Doc.Form.Title {
		t.Errorf("%+v, %v", c, err)
	}
	if n := must(w.store.CodesLeft(w.ctx, c.ID))(t); n != 0 {
		t.Errorf("%d codes were copied", n)
	}
	if mails := must(w.store.SequencesOf(w.ctx, c.ID))(t); len(mails) != 1 || mails[0].State != models.SequenceDraft || len(mails[0].Draft.Steps) != 4 {
		t.Errorf("%+v", mails)
	}
	if p.post(at, nil).status != http.StatusSeeOther || w.made("playbook-copy-2") == nil {
		t.Error("a second copy")
	}
	p.get("/admin/campaigns/new?from="+c.ID.String()).says(t, 200, `name="from" value="`+c.ID.String())
	p.post("/admin/campaigns/new", url.Values{"from": {c.ID.String()}, "name": {"Third"}, "language": {"fa"}})
	if third := w.made("third"); third.Locale != "en" {
		t.Error("a copy speaks the language of what it was copied from")
	}
	p.post("/admin/campaigns/zz/duplicate", nil).says(t, http.StatusNotFound)
}

// What a form makes it makes once, however often and however fast its button is pressed, whatever the database; shown anew
// it makes another.
func TestDuplicateOnce(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, database string) {
		w := newWorldAt(t, database, 1)
		p := w.person(models.Marketer)
		playbook := must(w.camps.Snapshot().Page("playbook"))(t)
		at, before := "/admin/campaigns/"+playbook.ID.String(), len(w.camps.Snapshot().All)
		copies := func() int { return len(w.camps.Snapshot().All) - before }
		form := p.get(at + "/settings").drawn(t)
		a := p.pressTwice(at+"/duplicate", form)
		if a[0].status != http.StatusSeeOther || a[0].location != a[1].location || copies() != 1 {
			t.Fatalf("%d copies, %d at %s and %d at %s", copies(), a[0].status, a[0].location, a[1].status, a[1].location)
		}
		if again := p.post(at+"/duplicate", form); again.location != a[0].location || copies() != 1 {
			t.Errorf("%d copies, the last at %s", copies(), again.location)
		}
		if noted := slices.DeleteFunc(w.audited(), func(e models.AuditEntry) bool { return e.Action != "campaign.duplicate" }); len(noted) != 1 {
			t.Errorf("noted %d times", len(noted))
		}
		p.get(a[0].location).says(t, 200, "Copy of "+playbook.Name)
		if other := p.post(at+"/duplicate", p.get("/admin/campaigns?q=playbook").drawn(t)); other.location == a[0].location || copies() != 2 {
			t.Errorf("%d copies, the last at %s", copies(), other.location)
		}
		for _, id := range []string{"", "?", "7", models.NewIDSource().Next(time.Now().Add(time.Hour)).String()} { // nobody has drawn these
			was := copies()
			if a := p.post(at+"/duplicate", url.Values{"drawn": {id}}); a.status != http.StatusSeeOther || copies() != was+1 || id != "" && strings.Contains(a.location, "/"+id+"/") {
				t.Errorf("%q: %d at %s", id, a.status, a.location)
			}
		}
	})
}
