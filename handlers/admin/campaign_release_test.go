package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
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

var rev = regexp.MustCompile(`name="rev" value="(\d+)"`)

// rev is the state of the draft that a page asks to publish.
func (a answer) rev(t testing.TB) string {
	t.Helper()
	m := rev.FindStringSubmatch(a.text)
	if m == nil {
		t.Fatal("nothing to publish")
	}
	return m[1]
}

func now(rev string) url.Values { return url.Values{"when": {"now"}, "rev": {rev}} }

// C2: what changes is said before it does, block by block; only what was looked at is published; it can be gone back to.
func TestADraftIsLookedAtAndPublished(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	was := w.playbook().Version.Doc.Page.Blocks[0].Hero.Heading
	w.change("block:hero", retitled("A better promise"))
	look := p.get(w.campaignAt("/publish"))
	look.says(t, 200, "Block “A better promise” changed", was, "Nothing to mend")

	w.change("field:name", func(doc *models.CampaignDoc) { doc.Form.Fields[0].Label = "What shall we call you?" })
	late := p.post(w.campaignAt("/publish"), now(look.rev(t)))
	late.says(t, http.StatusConflict, "changed after you opened this page", "Question “What shall we call you?” changed")

	done := p.post(w.campaignAt("/publish"), now(late.rev(t)))
	if done.status != http.StatusSeeOther || done.location != w.campaignAt("") {
		t.Fatalf("publishing answered %d, %s", done.status, done.location)
	}
	if doc := w.playbook().Version.Doc; doc.Page.Blocks[0].Hero.Heading != "A better promise" || doc.Form.Fields[0].Label != "What shall we call you?" {
		t.Error("visitors see something else")
	}
	p.get(w.campaignAt("/publish")).says(t, 200, "published and open to visitors", "Visitors see exactly this already")
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

// What is not right is said in a sentence, with the way to where it is mended, and nothing is published.
func TestADraftThatIsNotReady(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("block:hero", retitled("For [name of the course]"))
	look := p.get(w.campaignAt("/publish"))
	look.says(t, 200, "1 thing to mend", "Here it still says [name of the course]", w.campaignAt("/page?block=hero"))
	if rev.MatchString(look.text) {
		t.Error("it can be published all the same")
	}
	campaign := must(w.store.Campaign(w.ctx, w.playbook().ID))(t)
	a := p.post(w.campaignAt("/publish"), now(models.ID(campaign.DraftRev).String()))
	a.says(t, http.StatusUnprocessableEntity, "1 thing to mend")
	if strings.Contains(w.playbook().Version.Doc.Page.Blocks[0].Hero.Heading, "[") {
		t.Error("it was published")
	}
}

// C2: a version can be planned, and the plan taken back; what was typed wrongly comes back.
func TestAPublicationIsPlanned(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("block:hero", retitled("Soon"))
	form := now(p.get(w.campaignAt("/publish")).rev(t))
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
	p.get(w.campaignAt("/history")).says(t, 200, "Seen from")
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

// The preview is the visitors' page itself, in a frame of ours; nothing is sent from it.
func TestAPreviewIsTheVisitorsPage(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("block:hero", retitled("Only a draft"))
	p.get(w.campaignAt("/preview?width=tablet")).says(t, 200, "as=page", "preview__in--tablet")
	page := p.get(w.campaignAt("/preview?as=page"))
	page.says(t, 200, "Only a draft", "lp-hero")
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'self'") || !strings.Contains(policy, "form-action 'none'") {
		t.Error(policy)
	}
	p.get(w.campaignAt("/history/1?as=page")).says(t, 200, "lp-hero")
}
