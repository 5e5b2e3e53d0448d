package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sarnakh/models"
)

// playbook is the English starter's campaign.
func (w *world) playbook() *models.Published {
	w.t.Helper()
	return must(w.camps.Snapshot().Page("playbook"))(w.t)
}

func (w *world) campaignAt(more string) string {
	return "/admin/campaigns/" + w.playbook().ID.String() + more
}

// change edits the campaign's draft as an editor would.
func (w *world) change(what string, edit func(*models.CampaignDoc)) {
	w.t.Helper()
	_, err := w.store.EditDraft(w.ctx, w.playbook().ID, 0, what, func(doc *models.CampaignDoc) error {
		edit(doc)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func retitled(title string) func(*models.CampaignDoc) {
	return func(doc *models.CampaignDoc) { doc.Page.Blocks[0].Hero.Heading = title }
}

var looked = regexp.MustCompile(`name="looked" value="(\w+)"`)

// looked is the state that a page asks to publish.
func (a answer) looked(t testing.TB) string {
	t.Helper()
	m := looked.FindStringSubmatch(a.text)
	if m == nil {
		t.Fatal("nothing to publish")
	}
	return m[1]
}

func now(looked string) url.Values { return url.Values{"when": {"now"}, "looked": {looked}} }

// C2: what changes is said before it does, block by block; only what was looked at is published; it can be gone back to.
func TestADraftIsLookedAtAndPublished(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	was := w.playbook().Version.Doc.Page.Blocks[0].Hero.Heading
	w.change("block:hero", retitled("A better promise"))
	look := p.get(w.campaignAt("/publish"))
	look.says(t, 200, "Block “A better promise” changed", was, "Nothing to fix")

	w.change("field:name", func(doc *models.CampaignDoc) { doc.Form.Fields[0].Label = "What shall we call you?" })
	late := p.post(w.campaignAt("/publish"), now(look.looked(t)))
	late.says(t, http.StatusConflict, "changed after you opened this page", "Question “What shall we call you?” changed")

	done := p.post(w.campaignAt("/publish"), now(late.looked(t)))
	if done.status != http.StatusSeeOther || done.location != w.campaignAt("") {
		t.Fatalf("publishing answered %d, %s", done.status, done.location)
	}
	if doc := w.playbook().Version.Doc; doc.Page.Blocks[0].Hero.Heading != "A better promise" || doc.Form.Fields[0].Label != "What shall we call you?" {
		t.Error("visitors see something else")
	}
	if again := p.post(w.campaignAt("/publish"), now(late.looked(t))); again.status != http.StatusSeeOther {
		t.Error("pressed twice, it answered", again.status)
	}
	look = p.get(w.campaignAt("/publish"))
	look.says(t, 200, "published and open to visitors", "Visitors see exactly this already")
	if looked.MatchString(look.text) {
		t.Error("what visitors see is offered to be published")
	}
	if versions := must(w.store.Versions(w.ctx, w.playbook().ID, 0, 9))(t); len(versions) != 2 {
		t.Errorf("%d versions", len(versions))
	}
	p.get(w.campaignAt("/history")).says(t, 200, "Version 2", "Version 1", "Seen by visitors", "Mina", "Block “A better promise” changed")

	p.get(w.campaignAt("/history/1")).says(t, 200, "Make it the draft")
	if a := p.post(w.campaignAt("/history/1/restore"), nil); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	p.get(w.campaignAt("/publish")).says(t, 200, "is the draft now", "/undo", "Block “"+was+"” changed")
	if w.playbook().Version.Doc.Page.Blocks[0].Hero.Heading != "A better promise" {
		t.Error("visitors see what was only made the draft")
	}
	if a := p.get(w.campaignAt("/history/9")); a.status != http.StatusNotFound {
		t.Error("a version that is not there answered", a.status)
	}
}

// N1: mails that depend on clicks of readers who are never asked to let them be seen are told of; it is advice.
func TestClicksThatNobodySees(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	const said = "An email depends on clicks"
	w.rewrite(func(d *models.SequenceDoc) {
		d.Steps[0].Blocks = models.TextBlocks("[Your book]({{download_url}})")
		d.Steps[1].Conditions = []models.Condition{{On: models.OnClicked, Name: d.Steps[0].Key, Op: models.OpUnknown}}
	})
	if _, err := w.store.EditDraft(w.ctx, w.playbook().ID, 0, "consents", func(doc *models.CampaignDoc) error {
		doc.Form.Purposes = slices.DeleteFunc(slices.Clone(doc.Form.Purposes), func(r models.ConsentRequest) bool { return r.Purpose == models.Tracking })
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	look := p.get(w.campaignAt("/publish"))
	look.says(t, 200, said, w.campaignAt("/form?part=consents"))
	if strings.Contains(look.text, "no file to give") {
		t.Error("there is a book to download")
	}
	w.change("offer", func(doc *models.CampaignDoc) { doc.Offer.Files = nil })
	p.get(w.campaignAt("/publish")).says(t, 200, "no file to give", w.stepAt(0, ""))
	w.change("consents", func(doc *models.CampaignDoc) {
		doc.Form.Purposes = append(doc.Form.Purposes, models.ConsentRequest{Purpose: models.Tracking, Text: "You may see what I click."})
	})
	if strings.Contains(p.get(w.campaignAt("/publish")).text, said) {
		t.Error("it is told although the form asks")
	}
}

// What is not right is said in a sentence, with the way to where it is mended, and nothing is published.
func TestADraftThatIsNotReady(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("block:hero", retitled("For [name of the course]"))
	look := p.get(w.campaignAt("/publish"))
	look.says(t, 200, "1 thing to fix", "Here it still says [name of the course]", w.campaignAt("/page?block=hero"))
	if looked.MatchString(look.text) {
		t.Error("it can be published all the same")
	}
	p.post(w.campaignAt("/publish"), now("")).says(t, http.StatusConflict, "1 thing to fix")
	if strings.Contains(w.playbook().Version.Doc.Page.Blocks[0].Hero.Heading, "[") {
		t.Error("it was published")
	}
}

// C2: a version can be planned, and the plan taken back; what was typed wrongly comes back.
func TestAPublicationIsPlanned(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("block:hero", retitled("Soon"))
	form := now(p.get(w.campaignAt("/publish")).looked(t))
	form.Set("when", "later")
	for day, problem := range map[string]string{"": "is not a day", "tomorrow": "is not a day", "2020-01-01": "has passed"} {
		form.Set("at_day", day)
		form.Set("at_clock", "9:30")
		p.post(w.campaignAt("/publish"), form).says(t, http.StatusUnprocessableEntity, problem, `value="9:30"`, `value="`+day+`"`)
	}
	form.Set("at_day", "2099-05-01")
	if a := p.post(w.campaignAt("/publish"), form); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.text)
	}
	if w.playbook().Version.Doc.Page.Blocks[0].Hero.Heading == "Soon" {
		t.Error("seen before its time")
	}
	p.get(w.campaignAt("/history")).says(t, 200, "Planned for")
	p.get(w.campaignAt("/publish")).says(t, 200, "A version is planned")
	if a := p.post(w.campaignAt("/unschedule"), nil); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	look := p.get(w.campaignAt("/publish"))
	look.says(t, 200, "The plan was taken back", "Block “Soon” changed")
	if strings.Contains(look.text, "A version is planned") {
		t.Error("it is still planned")
	}
}

// A planned version does not undo that somebody paused the campaign: it is put in force, and both pages that tell of the plan
// say so.
func TestAPlanLeavesAPausedCampaignPaused(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("block:hero", retitled("Spring"))
	if err := w.store.PauseCampaign(w.ctx, w.playbook().ID); err != nil {
		t.Fatal(err)
	}
	at := "/admin/campaigns/" + w.playbook().ID.String()
	look := p.get(at + "/publish")
	look.says(t, 200, "Planned for later, it stays paused")
	form := now(look.looked(t))
	form.Set("when", "later")
	form.Set("at_day", "2099-03-21")
	form.Set("at_clock", "09:00")
	planned := p.post(at+"/publish", form)
	if planned.status != http.StatusSeeOther {
		t.Fatal(planned.status)
	}
	p.get(planned.location).says(t, 200, "It stays paused; visitors see it once you resume it")
	p.get(at+"/publish").says(t, 200, "but the campaign stays paused")
	p.get(at+"/settings").says(t, 200, "The campaign stays paused")
	p.get(at+"/history").says(t, 200, "In force, not seen now", "Planned for")
}

// What visitors don't see can be published though nothing in it has changed; what is archived can't.
func TestACampaignThatIsOverIsPublishedAgain(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	id := w.playbook().ID
	if err := w.store.PauseCampaign(w.ctx, id); err != nil {
		t.Fatal(err)
	}
	at := "/admin/campaigns/" + id.String() + "/publish"
	look := p.get(at)
	look.says(t, 200, "Once you publish, visitors see it again", "Nothing has changed since")
	if err := w.store.ArchiveCampaign(w.ctx, id); err != nil {
		t.Fatal(err)
	}
	p.get(at).says(t, 200, "Take it out of the archive")
	p.post(at, now(look.looked(t))).says(t, http.StatusConflict, "Take it out of the archive")
	if err := w.store.UnarchiveCampaign(w.ctx, id); err != nil {
		t.Fatal(err)
	}
	if a := p.post(at, now(look.looked(t))); a.status != http.StatusSeeOther || w.playbook().Campaign.State != models.CampaignPublished {
		t.Error(a.status)
	}
}

// Colours that can't be read together are told, each with what it is of, and stop nothing.
func TestWeakColoursAreTold(t *testing.T) {
	w := newWorld(t, 1)
	w.change("theme", func(doc *models.CampaignDoc) { doc.Page.Theme.Primary = "#f8c85c" })
	look := w.person(models.Marketer).get(w.campaignAt("/publish"))
	look.says(t, 200, "1 piece of advice", "hard to read together", w.campaignAt("/page?part=theme"))
	look.looked(t)
}

// What is taken back is told by its name: each kind of change there is.
func TestUndoTellsWhatItTakesBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	for what, said := range map[string]string{
		"block:hero": "words of “A ‘better’ promise”", "move:hero:hero": "moved “A ‘better’ promise”", "delete:faq:gone": "deleted “Questions and answers”",
		"field:name": "question “Full name”", "field:gone": "a question", "delete:question:Phone": "deleted “Phone”", "add:file:Guide.pdf": "added “Guide.pdf”",
		"restored:3": "version 3 made the draft", "form": "words of the form", "consents": "the consent texts", "offer": "the offer", "words": "what stood in brackets",
		"origins": "the sites", "settings": "settings of the page", "theme": "colours and fonts", "about": "about the page",
	} {
		n := 0
		w.change("block:hero", retitled(`A "better" promise`))
		w.change(what, func(doc *models.CampaignDoc) { n++; doc.Page.Title += strings.Repeat("!", n) })
		if a := p.post(w.campaignAt("/undo"), nil); a.status != http.StatusSeeOther {
			t.Fatal(a.status)
		}
		p.get(w.campaignAt("/publish")).says(t, 200, "Undone: ", said)
	}
}

// The preview is the visitors' page itself, in a frame of ours; nothing is sent from it.
func TestAPreviewIsTheVisitorsPage(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("block:hero", retitled("Only a draft"))
	p.get(w.campaignAt("/preview?width=tablet")).says(t, 200, "as=page", "look--tablet")
	page := p.get(w.campaignAt("/preview?as=page"))
	page.says(t, 200, "Only a draft", "lp-hero")
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'self'") || !strings.Contains(policy, "form-action 'none'") {
		t.Error(policy)
	}
	p.get(w.campaignAt("/history/1?as=page")).says(t, 200, "lp-hero")
}
