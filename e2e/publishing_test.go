package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/e2e/scenes"
)

// A releasing is a marketer who publishes, in one language.
type releasing struct {
	locale, public, day string
	titles              [2]string // of the form, one after the other

	server   *program.Program
	tab      *browser.Tab
	campaign string // its path in the back office
}

var releasings = []releasing{
	{locale: "fa", public: "/p/rahnama", day: "۱۴۷۸/۱/۱", titles: [2]string{"کتاب را کجا بفرستیم؟", "نشانی شما"}},
	{locale: "en", public: "/p/playbook", day: "2099-03-21", titles: [2]string{"Where shall we send it?", "Your address"}},
}

// A marketer publishes with a double click, plans a publication and takes the plan back, goes back to an old version and
// takes that back too: in both languages, with script and without (C2).
func TestPublishing(t *testing.T) {
	for _, one := range releasings {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", one.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				r := one
				r.enter(t, noScript)
				r.twice(t)
				r.plan(t)
				r.restore(t)
			})
		}
	}
}

func (r *releasing) enter(t *testing.T, noScript bool) {
	r.server = serve(t, "locale="+r.locale)
	r.tab = sit(t, browser.Person{Site: r.server.URL, Language: r.locale, NoScript: noScript})
	n := nurturing{locale: r.locale, tab: r.tab}
	n.enter(t, got(r.server.OwnerLink())(t))
	r.tab.Open("/admin/campaigns")
	r.campaign = strings.TrimSuffix(scenes.EditorOf(r.tab, r.public), "/page")
	told(t, r.tab)
}

// rewrite gives the form another title, in the draft.
func (r *releasing) rewrite(t *testing.T, title string) {
	t.Helper()
	r.tab.Open(r.campaign + "/form?part=words")
	r.tab.Fill("#f-title", title)
	if status := r.tab.Press("form .btn--primary"); status != http.StatusOK {
		t.Errorf("saving the form answered %d", status)
	}
}

func (r *releasing) visitorsRead(t *testing.T, title string, is bool) {
	t.Helper()
	if page := got(r.server.Client().Get(r.public))(t); strings.Contains(page.Text, title) != is {
		t.Errorf("visitors read %q: %t", title, !is)
	}
}

const publishIt = "main .form .btn--primary"

// twice: where nothing waits nothing is offered; who presses twice publishes once.
func (r *releasing) twice(t *testing.T) {
	tab := r.tab
	tab.Open(r.campaign + "/publish")
	if tab.Has(publishIt) {
		t.Error("it is offered to publish what visitors see")
	}
	r.rewrite(t, r.titles[0])
	r.visitorsRead(t, r.titles[0], false)
	tab.Press(".head__acts .btn--primary")
	tab.Twice(publishIt)
	tab.Until("publishing leads to the campaign", func() bool { return tab.Path() == r.campaign })
	tab.Wait("[role=status]")
	r.visitorsRead(t, r.titles[0], true)
	tab.Open(r.campaign + "/history")
	if versions := tab.All(".version"); len(versions) != 2 {
		t.Errorf("the versions are %q", versions)
	}
	told(t, tab)
}

func (r *releasing) plan(t *testing.T) {
	tab := r.tab
	r.rewrite(t, r.titles[1])
	tab.Press(".head__acts .btn--primary")
	tab.Click("label:has([name=when][value=later])")
	if status := tab.Press(publishIt); status != http.StatusUnprocessableEntity || tab.Text("#f-at_day-error") == "" {
		t.Errorf("a plan without a day answered %d", status)
	}
	if tab.Attr("#f-at_day", "type") == "date" { // whose parts are typed one by one
		tab.Set("#f-at_day", "value", r.day)
	} else {
		tab.Fill("#f-at_day", r.day)
	}
	if status := tab.Press(publishIt); status != http.StatusOK || tab.Path() != r.campaign {
		t.Errorf("planning answered %d and leads to %s: %s", status, tab.Path(), tab.Text(".errors"))
	}
	tab.Open(r.campaign + "/history")
	if first := tab.Text(".version"); !strings.Contains(first, map[string]string{"fa": "۱۴۷۸", "en": "2099"}[r.locale]) {
		t.Errorf("the last version is %q", first)
	}
	tab.Open(r.campaign + "/publish")
	tab.Press("form[action$='/unschedule'] button")
	if tab.Has("form[action$='/unschedule']") || !tab.Has(publishIt) {
		t.Error("taken back, it is planned still, or can't be published")
	}
	r.visitorsRead(t, r.titles[1], false)
	r.visitorsRead(t, r.titles[0], true)
	told(t, tab)
}

// restore makes the first version the draft, which visitors don't see; the button in the notice takes that back.
func (r *releasing) restore(t *testing.T) {
	tab := r.tab
	title := func() string {
		tab.Open(r.campaign + "/form?part=words")
		return browser.Eval[string](tab, `document.querySelector("#f-title").value`)
	}
	tab.Open(r.campaign + "/history")
	tab.Press(".version:last-child a")
	tab.Press("form[action$='/restore'] button")
	editor := tab.Path()
	if title() == r.titles[1] {
		t.Error("the draft is not that of the first version")
	}
	r.visitorsRead(t, r.titles[0], true)
	tab.Open(r.campaign + "/history")
	tab.Press(".version:last-child a")
	tab.Press("form[action$='/restore'] button")
	tab.Press(".note__act button")
	if tab.Path() != editor || !tab.Has("[role=status]") {
		t.Errorf("taking it back leads to %s", tab.Path())
	}
	if now := title(); now != r.titles[1] {
		t.Errorf("taken back, the form's title is %q", now)
	}
	told(t, tab)
}

// Two people at the same part: the second sees what the first saved beside what they typed themselves, all of which is still
// there, and saving it once more is to mean it. So in every part of a campaign, without script too (C2).
func TestTwoPeopleAtOnePart(t *testing.T) {
	server := serve(t, "locale=en")
	people := [2]*browser.Tab{}
	for i, email := range []string{"ava@firm.example", "omid@firm.example"} {
		people[i] = sit(t, browser.Person{Site: server.URL, Language: "en", NoScript: true})
		people[i].Open(got(server.AddUser(email, "marketer", email[:4]))(t))
		people[i].Fill("#f-password", ownerPassword)
		people[i].Press(".gate .btn--primary")
	}
	first, second := people[0], people[1]
	first.Open("/admin/campaigns")
	campaign := strings.TrimSuffix(scenes.EditorOf(first, "/p/playbook"), "/page")
	for _, part := range []struct{ at, field, save string }{
		{"/page?block=cta", "#f-heading", "#save"},
		{"/page?part=about", "#f-title", "#save"},
		{"/form?part=words", "#f-title", "form .btn--primary"},
		{"/form?field=name", "#f-label", "form .btn--primary"},
		{"/offer", "#f-title", "form .btn--primary"},
		{"/settings", "#f-name", "form .btn--primary"},
		{"/settings", "#f-over_heading", "form[action$='/settings/page'] .btn"},
		{"/share", "#f-origins", "form .btn--primary"},
	} {
		t.Run(part.at+part.field, func(t *testing.T) {
			theirs, mine := "https://theirs.example", "https://mine.example"
			for _, tab := range people {
				tab.Open(campaign + part.at)
			}
			first.Fill(part.field, theirs)
			if status := first.Press(part.save); status != http.StatusOK {
				t.Fatalf("the first is answered %d: %s", status, first.Text(".errors"))
			}
			second.Fill(part.field, mine)
			status := second.Press(part.save)
			typed := browser.Eval[string](second, fmt.Sprintf(`document.querySelector(%q).value`, part.field))
			if status != http.StatusConflict || typed != mine || !strings.Contains(second.Text(".theirs, #theirs"), theirs) {
				t.Errorf("the second is answered %d with %q beside %q", status, typed, second.Text(".theirs, #theirs"))
			}
			if status := second.Press(part.save); status != http.StatusOK {
				t.Errorf("once more, the second is answered %d: %s", status, second.Text(".errors"))
			}
			if first.Open(campaign + part.at); browser.Eval[string](first, fmt.Sprintf(`document.querySelector(%q).value`, part.field)) != mine {
				t.Error("what the second meant is not there")
			}
			told(t, first)
			told(t, second)
		})
	}
}

// Who clicks on a block in the page sees its form beside it; a link there leads nowhere (C2).
func TestChoosingABlockInThePage(t *testing.T) {
	m := makings[1]
	m.sitDown(t, false)
	tab := m.tab
	m.frame(t, tab.Text("#part-hero .part__name"))
	path := tab.Path()
	for _, width := range []string{"phone", "desktop"} {
		tab.Open(strings.Split(path, "?")[0] + "?width=" + width)
		m.frame(t, tab.Text("#part-hero .part__name"))
		for _, press := range []struct{ what, block string }{
			{"#b-faq + *", "faq"}, {"#b-benefits + * h2", "benefits"}, {"#get a[href]", "form"}, {"#b-hero + * h1", "hero"},
		} {
			tab.ClickIn("#page-frame", press.what)
			tab.Wait("#part-" + press.block + ".part--current")
			tab.Wait(".part-form [name=kind][value=" + press.block + "]")
			if form := tab.Attr("#look", "data-mark"); !strings.HasSuffix(form, press.block) && press.block != "form" {
				t.Errorf("%s at %s marks %s", press.what, width, form)
			}
		}
	}
	told(t, tab)
}
