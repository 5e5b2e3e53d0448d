package admin_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// rewrite changes the draft of the starter's sequence as its editor would.
func (w *world) rewrite(edit func(*models.SequenceDoc)) {
	w.t.Helper()
	q := w.draft()
	edit(&q.Draft)
	if err := w.store.SaveSequence(w.ctx, q, store.DraftChange{}); err != nil {
		w.t.Fatal(err)
	}
}

// N1: a campaign's mails stand in their order, the gift first, with what came of each and how far the draft is from what runs.
func TestEmailsOfACampaign(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at, steps := w.campaignAt("/emails"), w.sequence.Draft.Steps
	page := p.get(at)
	page.says(t, 200, "At once: the gift", w.campaignAt("/offer"), steps[0].Subject, w.stepAt(0, "/preview"), w.stepAt(3, ""), `action="`+w.at("/steps")+`"`, "after the consent counts")
	if strings.Contains(page.text, "differs from") || strings.Index(page.text, "At once") > strings.Index(page.text, steps[0].Subject) {
		t.Error("the gift is not first, or what is in force is said to differ")
	}
	w.rewrite(func(d *models.SequenceDoc) {
		d.Steps[1].Subject = "FREE MONEY FOR YOU!!!"
		d.Steps = append(d.Steps, models.Step{Key: "late", Subject: "One more"})
	})
	p.get(at).says(t, 200, "2 things differ", ">Changed<", ">New<", w.campaignAt("/publish"), w.at("/publish"),
		"It says “free money”.", "many exclamation marks", "in capital letters", "Write the email’s text.")
	for role, want := range map[models.Role]int{models.Owner: 200, models.Sales: 403, models.Analyst: 403} {
		if a := w.person(role).get(at); a.status != want {
			t.Errorf("a %s is answered %d", role, a.status)
		}
	}
}

// A campaign without mails gets its first sequence by one button, and by two presses no second one.
func TestEmailsBegin(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	made := p.post("/admin/campaigns/new", url.Values{"template": {"blank"}, "name": {"Spring"}, "slug": {"spring"}, "language": {"en"}})
	if made.status != http.StatusSeeOther {
		t.Fatal(made.status)
	}
	at := "/admin/campaigns/" + strings.Split(made.location, "/")[3]
	p.get(at+"/emails").says(t, 200, "No emails follow yet", "Nothing has been chosen")
	first, second := p.post(at+"/emails", nil), p.post(at+"/emails", nil)
	if first.status != http.StatusSeeOther || !strings.HasSuffix(first.location, "/edit") || second.location != first.location {
		t.Fatalf("%d %s, then %s", first.status, first.location, second.location)
	}
	p.get(first.location).says(t, 200, "Emails after “Spring”", `href="`+at+`/emails"`)
	p.get(at+"/emails").says(t, 200, "Emails after “Spring”", "There is no email in it yet")
}

// Two presses at once make one sequence too, whatever the database.
func TestEmailsBeginAtOnce(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, database string) {
		w := newWorldAt(t, database, 1)
		p := w.person(models.Marketer)
		p.post("/admin/campaigns/new", url.Values{"template": {"blank"}, "name": {"Spring"}, "slug": {"spring"}, "language": {"en"}})
		spring := w.made("spring").ID
		a := p.pressTwice("/admin/campaigns/"+spring.String()+"/emails", nil)
		if made := must(w.store.SequencesOf(w.ctx, spring))(t); len(made) != 1 || a[0].location != a[1].location {
			t.Errorf("%d sequences, at %s and %s", len(made), a[0].location, a[1].location)
		}
		p.post("/admin/campaigns/7/emails", nil).says(t, http.StatusNotFound)
	})
}

// Links are asked for once each, wherever they stand; ours are known without asking, and fields become addresses only in the mail.
func TestLinksAreChecked(t *testing.T) {
	w := newWorld(t, 1)
	var asked atomic.Int64
	server := httptest.NewTLSServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path == "/gone" {
			rw.WriteHeader(http.StatusNotFound)
		}
	}))
	defer server.Close()
	w.roots.AddCert(server.Certificate())
	links := "Hello {{first_name|there}}, [one](%[1]s/fine), [two](%[1]s/gone#part), [again](%[1]s/gone), [ours](https://leads.example.org/p/playbook), " +
		"[not ours](https://leads.example.org/p/nowhere), [plain](http://plain.example/), [page]({{page_url}})"
	w.rewrite(func(d *models.SequenceDoc) {
		d.Steps[0].Blocks = models.TextBlocks(fmt.Sprintf(links, server.URL))
		for i := range d.Steps[1:] {
			d.Steps[i+1].Blocks = models.TextBlocks("Nothing to click.")
		}
	})
	w.change("block", func(doc *models.CampaignDoc) {
		doc.Page.Blocks = append(doc.Page.Blocks, models.Block{ID: "more", Type: models.BlockText, Text: &models.RichText{Body: "See [this](" + server.URL + "/gone) and (" + server.URL + "/fine)."}})
	})
	p := w.person(models.Marketer)
	a := p.post(w.campaignAt("/emails/links"), nil)
	a.says(t, 200, "Of 5 links, 3 need a look", server.URL+"/gone", "There is no such page any more (404)", "There is no such campaign of yours", "does not begin with https", w.campaignAt("/page?block=more"))
	if strings.Contains(a.text, "/fine") || asked.Load() != 3 { // a head; a head and a page
		t.Errorf("asked %d times", asked.Load())
	}
	if got := strings.Count(a.text, "(404)"); got != 2 { // beside the step, and in the list
		t.Errorf("it is said %d times", got)
	}
}

// No more links are asked for at once than somebody waits for.
func TestTooManyLinks(t *testing.T) {
	w := newWorld(t, 1)
	var asked atomic.Int64
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	w.roots.AddCert(server.Certificate())
	w.rewrite(func(d *models.SequenceDoc) {
		d.Steps = d.Steps[:1]
		d.Steps[0].Blocks = models.TextBlocks("Hello")
		for i := range 33 {
			d.Steps[0].Blocks[0].Text.Body += fmt.Sprintf(" [%d](%s/%d)", i, server.URL, i)
		}
	})
	w.person(models.Owner).post(w.campaignAt("/emails/links"), nil).says(t, 200, "30 links were checked. Nothing is wrong", "3 more were not asked")
	if asked.Load() != 30 {
		t.Errorf("asked %d times", asked.Load())
	}
}

// Whose links they are is not asked again and again: after a few times in a row whoever presses has to wait, and is told.
func TestLinksAreNotCheckedWithoutEnd(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	for range 5 {
		p.post(w.campaignAt("/emails/links"), nil).says(t, 200)
	}
	late := p.post(w.campaignAt("/emails/links"), nil)
	late.says(t, http.StatusTooManyRequests, "Look again in")
	if late.header.Get("Retry-After") == "" {
		t.Error("a program is not told when")
	}
	other := w.person(models.Owner)
	other.post(w.campaignAt("/emails/links"), nil).says(t, 200)
}

// A mail is looked at in its light and its dark colours, whatever the browser prefers, in every way of looking that has colours.
func TestPreviewInTheDark(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	p.get(w.stepAt(0, "/preview?as=phone&colours=dark")).says(t, 200, w.stepAt(0, "/preview/html?colours=dark"), "as=phone&amp;colours=dark\" aria-current", `name="colours" value="dark"`)
	if text := p.get(w.stepAt(0, "/preview?as=text")); strings.Contains(text.text, "colours=dark") {
		t.Error("the text has colours")
	}
	for path, want := range map[string]string{"": "@media not all{", "?colours=dark": "@media all{"} {
		if a := p.get(w.stepAt(0, "/preview/html"+path)); !strings.Contains(a.text, want) || strings.Contains(a.text, "prefers-color-scheme") {
			t.Errorf("%s does not say %s", path, want)
		}
	}
}

// The mails of a campaign that nobody sees yet are written and looked at like any other: by its own questions, in its name.
func TestMailsOfADraft(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	a := p.post("/admin/campaigns/new", url.Values{"template": {"coupon"}, "language": {"en"}, "name": {"Spring"}, "slug": {"spring"}})
	if a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, a.text)
	}
	c := w.made("spring")
	_, err := w.store.EditDraft(w.ctx, c.ID, 0, "fields", func(doc *models.CampaignDoc) error {
		doc.Page.Brand.Name = "The Tea House"
		doc.Form.Fields = append(doc.Form.Fields, models.Field{Name: "kettle", Type: models.TypeRadio, Label: "Which kettle do you have?", Choices: []models.Choice{{Value: "blue", Label: "The blue one"}}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	q := must(w.store.SequencesOf(w.ctx, c.ID))(t)[0]
	at := "/admin/sequences/" + q.ID.String() + "/steps/" + q.Draft.Steps[0].Key
	p.get(at+"?part=time").says(t, 200, `value="answer:kettle"`, "Which kettle do you have?", "The blue one")
	p.get(at+"/preview").says(t, 200)
	p.get(at+"/preview/html").says(t, 200, "The Tea House")
}
