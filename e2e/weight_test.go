package e2e

import (
	"testing"

	"sarnakh/e2e/browser"

	"github.com/chromedp/cdproto/network"
)

// What a first visit costs over the wire, headers, fonts and compression included, and that no script stands
// between a visitor and the page. The Persian page is the heavier one: its letters are in two files.
func TestFirstView(t *testing.T) {
	t.Parallel()
	server := serve(t)
	visitor := sit(t, browser.Person{Site: server.URL, Language: "fa"})
	visitor.Open("/p/rahnama")
	weighs(t, visitor, "the public page", 120_000)

	owner := sit(t, browser.Person{Site: server.URL, Language: "fa"})
	owner.Open(got(server.AddUser(ownerEmail, "owner", "مینا"))(t))
	owner.Fill("#f-password", ownerPassword)
	owner.Press(".gate .btn--primary")
	must(t, owner.Err())
	fresh := sit(t, browser.Person{Site: server.URL, Language: "fa"}) // whose cache is empty
	fresh.Open("/admin/login?next=/admin/leads")
	fresh.Fill("#f-email", ownerEmail)
	fresh.Fill("#f-password", ownerPassword)
	fresh.Press(".gate .btn--primary")
	weighs(t, fresh, "signing in and the list of leads", 200_000)
}

func weighs(t *testing.T, tab *browser.Tab, what string, most int) {
	t.Helper()
	tab.Rest()
	told(t, tab)
	sum := 0
	for _, load := range tab.Loads() {
		sum += load.Bytes
		t.Logf("%6d %s", load.Bytes, load.URL)
		if load.Type == network.ResourceTypeScript && load.Blocking {
			t.Errorf("%s waits for the script %s", what, load.URL)
		}
	}
	if sum == 0 || sum >= most {
		t.Errorf("%s costs %d bytes, %d at most", what, sum, most)
	}
	t.Logf("%s: %d bytes", what, sum)
}
