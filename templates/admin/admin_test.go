package admin

import (
	"testing"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
)

// A tab keeps what was searched for; clearing keeps the order only.
func TestFilterAddresses(t *testing.T) {
	p := LeadsProps{Shell: layout.AdminShell{AdminHead: layout.AdminHead{Loc: i18n.For("en")}}, URL: "/admin/leads",
		Filter: LeadFilter{Query: "a&b", Stage: "mql", Temperature: "warm", Sort: SortScore}, PublicURL: "/p/x"}
	tabs := p.tabs()
	if got := tabs[0].URL; got != "/admin/leads?q=a%26b&sort=score&stage=mql" {
		t.Errorf("all: %s", got)
	}
	if got := tabs[1].URL; got != "/admin/leads?q=a%26b&sort=score&stage=mql&temperature=hot" || tabs[1].Current || !tabs[2].Current {
		t.Errorf("hot: %s", got)
	}
	if got := p.empty(); got.URL != "/admin/leads?sort=score" {
		t.Errorf("nothing found leads to %s", got.URL)
	}
	p.Filter = LeadFilter{Sort: SortScore}
	if got := p.empty(); got.URL != "/p/x" {
		t.Errorf("no leads lead to %s", got.URL)
	}
	if got := (LeadFilter{}).at("/admin/leads"); got != "/admin/leads" {
		t.Errorf("no filter is %s", got)
	}
}

// Who did not agree to calls is written to first, unless there is only a number.
func TestTodoMindsConsent(t *testing.T) {
	for _, c := range []struct {
		todo Todo
		want bool
	}{
		{Todo{CallURL: "tel:1", MailURL: "mailto:a"}, true},
		{Todo{CallURL: "tel:1", MailURL: "mailto:a", NoConsent: true}, false},
		{Todo{CallURL: "tel:1", NoConsent: true}, true},
		{Todo{MailURL: "mailto:a"}, false},
	} {
		if got := c.todo.call(); got != c.want {
			t.Errorf("%+v: call %v, want %v", c.todo, got, c.want)
		}
	}
}

// One letter in Persian, two in English; an address has one in both.
func TestInitials(t *testing.T) {
	for _, c := range []struct {
		locale            i18n.Locale
		name, email, want string
	}{{"fa", "نرگس مهرآیین", "", "ن"}, {"en", "Nora Hale", "", "NH"}, {"fa", "", "info@example.com", "I"}, {"en", "", "", ""}} {
		if got := initials(i18n.For(c.locale), c.name, c.email); got != c.want {
			t.Errorf("%s %q %q: %q, want %q", c.locale, c.name, c.email, got, c.want)
		}
	}
}
