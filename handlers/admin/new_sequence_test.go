package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sarnakh/models"
)

// A new sequence's campaign is chosen from the newest that are not put away, or searched for, without a script; what is
// chosen and typed already stays, and few campaigns need no search.
func TestCampaignOfANewSequence(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	const at = "/admin/sequences/new"
	if few := p.get(at); few.status != 200 || strings.Contains(few.text, `type="search"`) {
		t.Errorf("%d, or a search among two", few.status)
	}
	option := func(c *models.Campaign) string { return `<option value="` + c.ID.String() + `"` }
	var all []*models.Campaign
	for i := range 55 {
		all = append(all, w.begin(fmt.Sprintf("Course %d", i), fmt.Sprintf("course-%d", i)))
	}
	oldest, newest, away := all[0], all[54], all[53]
	if err := w.store.ArchiveCampaign(w.ctx, away.ID); err != nil {
		t.Fatal(err)
	}
	page := p.get(at)
	page.says(t, 200, option(newest), "The list below has the newest 50", `role="search"`)
	if n := strings.Count(page.text, "<option"); n != 51 || strings.Contains(page.text, option(oldest)) || strings.Contains(page.text, option(away)) {
		t.Errorf("%d options, or one too old, or one put away", n)
	}
	p.get(at+"?campaign="+oldest.ID.String()).says(t, 200, option(oldest)+" selected", option(newest))
	p.get(at+"?name=Hints&q=COURSE-0").says(t, 200, option(oldest)+" selected", "1 campaign is found", `name="name" value="Hints"`, `name="q" value="COURSE-0"`)
	p.get(at+"?q=no+such").says(t, 200, "No campaign fits what you asked for")
	form := url.Values{"name": {""}, "campaign": {oldest.ID.String()}, "q": {"course 1"}}
	p.post(at, form).says(t, http.StatusUnprocessableEntity, option(oldest)+" selected", option(all[12]), "15 campaigns are found")
	form.Set("name", "Hints")
	form.Set("drawn", p.get(at).fields().Get("drawn"))
	first, second := p.post(at, form), p.post(at, form) // two presses make one
	if first.status != http.StatusSeeOther || second.location != first.location || len(must(w.store.SequencesOf(w.ctx, oldest.ID))(t)) != 1 {
		t.Errorf("made: %d, %s and %s", first.status, first.location, second.location)
	}
	form.Set("name", "More hints") // by whoever went back to the form
	if other := p.post(at, form); other.location == first.location || len(must(w.store.SequencesOf(w.ctx, oldest.ID))(t)) != 2 {
		t.Errorf("another one is at %s", other.location)
	}
}
