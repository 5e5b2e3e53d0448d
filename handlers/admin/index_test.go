package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sarnakh/models"
)

// The public list of what is published holds a page of it at a time: the newest first, those in the visitor's language
// before the others.
func TestThePublicListIsPaged(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	const campaigns = 30
	for i := range campaigns {
		doc := must(w.camps.Snapshot().Page("playbook"))(t).Version.Doc
		doc.Page.Title = fmt.Sprintf("Campaign %d.", i)
		if err := w.store.Publish(w.ctx, &models.Campaign{Slug: fmt.Sprint("c-", i), Name: doc.Page.Title, Locale: "en"}, doc); err != nil {
			t.Fatal(err)
		}
	}
	w.reload()
	const href = `<h2><a href="/p/`
	first := anybody.get("/?lang=en")
	first.says(t, http.StatusOK, "Campaign 29.", `href="/?lang=en&amp;page=2"`)
	if n := strings.Count(first.text, href); n != 24 || strings.Contains(first.text, "Campaign 5.") || strings.Contains(first.text, `rel="prev"`) {
		t.Errorf("%d campaigns on the first page", n)
	}
	second := anybody.get("/?lang=en&page=2")
	second.says(t, http.StatusOK, "Campaign 5.", "Campaign 0.", `href="/?lang=en&amp;page=1"`)
	if n := strings.Count(second.text, href); n != campaigns+2-24 || strings.Contains(second.text, `rel="next"`) {
		t.Errorf("%d campaigns on the second page", n)
	}
	if english, persian := strings.Index(second.text, href+`playbook"`), strings.Index(second.text, href+`rahnama"`); english < 0 || persian < english {
		t.Error("not in the visitor's language first")
	}
	for page, status := range map[string]int{"3": 404, "99999999999999999999": 404, "4611686018427387904": 404, "0": 200, "-1": 200, "x": 200} {
		anybody.get("/?page="+page).says(t, status)
	}
}
