package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
)

// An opening is a marketer's way to a first campaign of their own, in one language.
type opening struct {
	locale              string
	name, slug, renamed string
	goal, search        string
	tab                 *browser.Tab
}

var openings = []opening{
	{locale: "fa", name: "کتاب فروش پاییزه", slug: "ketab-foroosh-paeeze", renamed: "رونوشت بهار", goal: "۱٬۵۰۰", search: "فروش پاييزه"},
	{locale: "en", name: "Autumn sales book", slug: "autumn-sales-book", renamed: "Spring copy", goal: "1,500", search: "AUTUMN"},
}

// A marketer begins a campaign from a template, copies it, names the copy, puts it away and takes it out again: in both
// languages, with script and without (C2, C3).
func TestCampaignOffice(t *testing.T) {
	for _, one := range openings {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", one.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				o := one
				server := serve(t, "locale="+o.locale)
				o.tab = sit(t, browser.Person{Site: server.URL, Language: o.locale, NoScript: noScript})
				n := nurturing{locale: o.locale, tab: o.tab}
				n.enter(t, got(server.OwnerLink())(t))
				o.begin(t, noScript)
				o.copy(t)
				o.archive(t)
			})
		}
	}
}

// begin chooses a template and gives a name; the rest comes by itself. It takes five presses and one field.
func (o *opening) begin(t *testing.T, noScript bool) {
	tab := o.tab
	tab.Press(`.side a[href="/admin/campaigns"]`)
	if rows := tab.All("tbody tr"); len(rows) != 2 {
		t.Errorf("%d campaigns at first", len(rows))
	}
	tab.Press(".head__acts .btn--primary")
	tab.Press(`.kind a[href$="template=ebook"]`)
	tab.Fill("#f-name", "")
	if status := tab.Press("form .btn--primary"); status != http.StatusUnprocessableEntity || tab.Text("#f-name-error") == "" {
		t.Errorf("without a name it answered %d", status)
	}
	tab.Fill("#f-name", o.name)
	if !noScript {
		tab.Until("an address is proposed", func() bool { return browser.Eval[string](tab, `document.querySelector("#f-slug").value`) == o.slug })
		o.retype("a--b")
		tab.Until("a bad address is told", func() bool { return tab.Has(".slug__say--bad") })
		o.retype("playbook")
		tab.Until("a taken address is told", func() bool { return strings.Contains(tab.Text(".slug__say--bad"), "playbook") })
		o.retype(o.slug)
		tab.Until("a free one is told", func() bool { return !tab.Has(".slug__say--bad") && tab.Text(".slug__say") != "" })
	}
	if status := tab.Press("form .btn--primary"); status != http.StatusOK || !strings.HasSuffix(tab.Path(), "/words") {
		t.Fatalf("making it answered %d and leads to %s: %v", status, tab.Path(), tab.Err())
	}
	tab.Noticed() // the answer 422
	tab.Press(`.side a[href="/admin/campaigns"]`)
	if first := tab.Text("tbody tr:first-child"); !strings.Contains(first, o.name) || !strings.Contains(first, "/p/"+o.slug) {
		t.Errorf("the list begins with %q", first)
	}
	told(t, tab)
}

// retype writes an address over the one that the script proposed.
func (o *opening) retype(slug string) {
	browser.Eval[string](o.tab, `document.querySelector("#f-slug").value = ""`)
	o.tab.Fill("#f-slug", slug)
}

// copy makes a copy from the list, and gives it a name and a goal.
func (o *opening) copy(t *testing.T) {
	tab := o.tab
	tab.Fill("#q", o.search)
	tab.Click(".bar-tools .pop summary")
	tab.Press(".bar-tools .search + .pop .btn--primary")
	if rows := tab.All("tbody tr"); len(rows) != 1 {
		t.Errorf("%q finds %d campaigns", o.search, len(rows))
	}
	tab.Click("tbody .pop summary")
	tab.Press("tbody form[action$='/duplicate'] button")
	if !strings.HasSuffix(tab.Path(), "/settings") || !strings.Contains(tab.Text("[role=status]"), o.name) {
		t.Errorf("a copy leads to %s and tells %q", tab.Path(), tab.Text("[role=status]"))
	}
	if slug := browser.Eval[string](tab, `document.querySelector("#f-slug").value`); slug != o.slug+"-copy" {
		t.Errorf("the copy's address is %q", slug)
	}
	tab.Fill("#f-name", o.renamed)
	tab.Fill("#f-goal", o.goal)
	if status := tab.Press("form .btn--primary"); status != http.StatusOK || tab.Text("h1") != o.renamed {
		t.Errorf("saving answered %d, and it is called %q", status, tab.Text("h1"))
	}
	if goal := browser.Eval[string](tab, `document.querySelector("#f-goal").value`); goal != o.goal {
		t.Errorf("the goal is %q", goal)
	}
	told(t, tab)
}

// archive asks once more, puts the copy away, and the button in the notice takes it out.
func (o *opening) archive(t *testing.T) {
	tab := o.tab
	tab.Click("#over li:last-child summary")
	tab.Press("#over form[action$='/archive'] .btn--danger")
	tab.Press(`.side a[href="/admin/campaigns"]`)
	if rows := tab.All("tbody tr"); len(rows) != 3 {
		t.Errorf("%d campaigns after one was archived", len(rows))
	}
	tab.Press(`.tabs a[href$="status=archived"]`)
	if row := tab.Text("tbody tr"); !strings.Contains(row, o.renamed) {
		t.Errorf("the archive holds %q", row)
	}
	tab.Click("tbody .pop summary")
	tab.Press("tbody form[action$='/unarchive'] button")
	if tab.Has("tbody tr") || !strings.HasSuffix(tab.Path(), "status=archived") {
		t.Errorf("taking it out leads to %s", tab.Path())
	}
	tab.Press(".note__act button") // and back
	if row := tab.Text("tbody tr"); !strings.Contains(row, o.renamed) {
		t.Errorf("taken back, the archive holds %q", row)
	}
	told(t, tab)
}
