package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
)

// A1, C7: a marketer publishes a page, visitors come from a story and by search, with script and without, begin the form and
// send it with a mistake first; and the marketer sees who came from where, each counted once.
func TestResults(t *testing.T) {
	for locale, words := range map[string]struct{ slug, instagram, search, loss string }{
		"fa": {"rahnama", "اینستاگرام", "جستجوی گوگل", "فرم"},
		"en": {"playbook", "Instagram", "Google search", "form"},
	} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			server := serve(t, "locale="+locale, "forms.min_seconds=0", "forms.per_network=0", "forms.per_address=0")
			owner := sit(t, browser.Person{Site: server.URL, Language: locale})
			(&nurturing{locale: locale, tab: owner}).enter(t, got(server.OwnerLink())(t))
			page := "/p/" + words.slug
			results := openResults(t, owner, words.slug)
			if !owner.Has(".share__qr") || !strings.Contains(owner.Text(".share__address"), page) {
				t.Errorf("nobody came, and the page says %s", owner.Text("main"))
			}
			told(t, owner)

			// One with script, who makes a mistake first: one visit, one form begun.
			visitor := sit(t, browser.Person{Site: server.URL, Language: locale})
			visitor.Open(page + "?utm_source=instagram&utm_medium=story")
			visitor.Fill("#f-name", "Nora")
			visitor.Fill("#f-email", "nora")
			if status := visitor.Press("#get .btn--accent"); status != http.StatusUnprocessableEntity {
				t.Errorf("a mistake answered %d", status)
			}
			visitor.Fill("#f-email", "nora@berkeh.example")
			visitor.Press("#get .btn--accent")
			// One who only looks, and one without script.
			visitor.Open(page)
			plain := sit(t, browser.Person{Site: server.URL, Language: locale, NoScript: true})
			plain.Open(page)
			// And more than a browser could bring in time, as the script reports them.
			bring(t, server, page, 40)

			want := map[string]string{"visited": "42", "started": "1", "submitted": "1", "hot": "0"}
			for range 50 { // counts are written once a second
				owner.Open(results)
				if strings.Contains(western(owner.Text(".funnel")), "42") {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
			steps := owner.All(".funnel__value")
			for i, stage := range []string{"visited", "started", "submitted"} {
				if i >= len(steps) || western(steps[i]) != want[stage] {
					t.Errorf("%s: %q, want %s", stage, steps, want[stage])
				}
			}
			text := owner.Text("main")
			for _, says := range []string{words.instagram, words.search, "Nora", words.loss} {
				if !strings.Contains(text, says) {
					t.Errorf("the page does not say %q:\n%s", says, text)
				}
			}
			told(t, owner)

			owner.Press(".period__days a:first-child")
			if !strings.HasSuffix(owner.Path(), "?days=7") && !strings.Contains(owner.Path(), results) {
				t.Errorf("7 days are at %s", owner.Path())
			}
			owner.Click(".data summary")
			if rows := owner.All(".data[open] tbody tr"); len(rows) != 7 {
				t.Errorf("the table has %d days", len(rows))
			}
			owner.Click(".period__other summary")
			owner.Press(".period__form .btn")
			if rows := owner.All(".data tbody tr"); len(rows) < 7 || !owner.Has(".period__now") {
				t.Errorf("other days: %d rows", len(rows))
			}
			owner.Press(".table--people a")
			if !strings.Contains(owner.Text("h1"), "Nora") {
				t.Errorf("the lead's name leads to %q", owner.Text("h1"))
			}
			told(t, owner)
		})
	}
}

// openResults goes by the list to the first page of a campaign, and returns its path.
func openResults(t *testing.T, tab *browser.Tab, slug string) string {
	t.Helper()
	tab.Open("/admin/campaigns?q=" + slug)
	tab.Press("tbody .cell a")
	return tab.Path()
}

// bring reports visits of a page that came by search.
func bring(t *testing.T, server *program.Program, page string, visits int) {
	t.Helper()
	c := server.Client()
	for range visits {
		a, err := c.Post("/t", map[string][]string{"p": {page}, "r": {"https://www.google.com/"}, "v": {"1"}})
		if err != nil || a.StatusCode != http.StatusNoContent {
			t.Fatal(fmt.Sprint(a.StatusCode), err)
		}
	}
}

// western are Persian digits as others write them.
func western(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '۰' && r <= '۹' {
			return r - '۰' + '0'
		}
		return r
	}, s)
}
