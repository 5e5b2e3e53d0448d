package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
)

// What stands in brackets is asked for once, and written wherever it stands, in the page and in the mails; what is left
// empty stays to be written, and what can't be taken comes back.
func TestWhatOnlyTheOwnerKnows(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	p.get(w.campaignAt("/words")).says(t, 200, "Nothing in brackets is left")
	w.change("block:hero", retitled("For [name of the course], [when]"))
	q := w.draft()
	q.Draft.Steps[0].Subject = "[name of the course] begins"
	q.Draft.Steps[0].Blocks = models.TextBlocks(`- **[Join]([its address] "button")**`)
	if err := w.store.SaveSequence(w.ctx, q, store.DraftChange{}); err != nil {
		t.Fatal(err)
	}
	p.get(w.campaignAt("/words")).says(t, 200, "Name of the course", "When", "For [name of the course], [when]", ">Join: [its address]<")
	form := url.Values{"of_w0": {"name of the course"}, "w0": {"[still]"}, "of_w1": {"when"}, "w1": {strings.Repeat("x", 700)}}
	p.post(w.campaignAt("/words"), form).says(t, http.StatusUnprocessableEntity, "still has square brackets", "[still]", "xxx")
	form = url.Values{"of_w1": {"name of the course"}, "w1": {"Gardening & more"}, "of_w0": {"when"}, "w0": {""}} // another order: the page was old
	if a := p.post(w.campaignAt("/words"), form); a.status != http.StatusSeeOther || a.location != w.campaignAt("/page") {
		t.Fatal(a.status, a.location)
	}
	_, draft, err := w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil || draft.Doc.Page.Blocks[0].Hero.Heading != "For Gardening & more, [when]" {
		t.Errorf("%+v %v", draft.Doc.Page.Blocks[0].Hero, err)
	}
	if got := w.draft().Draft.Steps[0].Subject; got != "Gardening & more begins" {
		t.Error(got)
	}
	p.get(w.campaignAt("/publish")).says(t, 200, "Here it still says [when]", w.campaignAt("/words"))
}
