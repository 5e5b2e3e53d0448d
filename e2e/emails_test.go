package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sarnakh/e2e/browser"
)

// A marketer finds a campaign's mails behind its tab, is told what is wrong with one, looks at it in the dark, finds the way
// back by the crumbs, and has the links checked: in both languages, with script and without (N1).
func TestEmailsOfACampaign(t *testing.T) {
	for _, one := range []nurturing{{locale: "fa", subject: "فوری!!!"}, {locale: "en", subject: "Act now!!!"}} {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", one.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				server := serve(t, "locale="+one.locale)
				n := one
				n.noScript = noScript
				n.tab = sit(t, browser.Person{Site: server.URL, Language: n.locale, NoScript: noScript})
				n.enter(t, got(server.OwnerLink())(t))
				slug := map[string]string{"fa": "rahnama", "en": "playbook"}[n.locale]
				n.tab.Open("/admin/campaigns?q=" + slug)
				n.tab.Press("tbody a[href^='/admin/campaigns/']")
				n.tab.Press(".tabs a[href$='/emails']")
				n.advised(t)
				n.dark(t)
				n.linked(t, slug)
			})
		}
	}
}

// advised writes a subject that shouts, and is told so beside the mail.
func (n *nurturing) advised(t *testing.T) {
	tab := n.tab
	if mails := tab.All(".step h3"); len(mails) != 5 || tab.Has(".step__tip") {
		t.Errorf("%d mails with the gift, or advice about those of the starter: %q", len(mails), tab.All(".step__tip"))
	}
	tab.Press(".step:nth-child(3) .step__acts a:first-child")
	n.choose(t, "a[href*='part=head']", "#f-subject")
	tab.Fill("#f-subject", n.subject)
	n.save(t, ".note--ok")
	tab.Press(".crumbs a:first-of-type")
	if tips := tab.All(".step__tip"); len(tips) != 2 || tab.Text(".step:nth-child(3) h3 a") != n.subject || !tab.Has(".step:nth-child(3) h3 .badge--warn") {
		t.Errorf("told of %q: %q", tab.Text(".step:nth-child(3) h3"), tips)
	}
	told(t, tab)
}

// dark looks at a mail in its dark colours, which stay while the width changes.
func (n *nurturing) dark(t *testing.T) {
	tab := n.tab
	tab.Press(".step:nth-child(3) a[href$='/preview']")
	if strings.Contains(tab.Attr("iframe", "src"), "dark") {
		t.Error("it begins in the dark")
	}
	tab.Press(".tabs a[href*='colours=dark']")
	tab.Press(".tabs a:nth-child(2)")
	if src := tab.Attr("iframe", "src"); !strings.HasSuffix(src, "?colours=dark") || tab.FrameText() == "" {
		t.Errorf("the frame shows %s", src)
	}
	told(t, tab)
	tab.Press(".crumbs a:first-of-type")
}

// linked checks the links; those of a new server lead to its own pages, and none is asked for.
func (n *nurturing) linked(t *testing.T, slug string) {
	tab := n.tab
	if status := tab.Press("form[action$='/emails/links'] button"); status != http.StatusOK || tab.Text("#links [role=status]") == "" || tab.Has("#links .items") {
		t.Errorf("checking the links of %s answered %d: %s", slug, status, tab.Text("#links"))
	}
	told(t, tab)
}
