package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sarnakh/models"
)

// C4, C5: the link carries its own source, the form for other sites is the form that is asked here, and the sites on which it
// may stand are kept as origins.
func TestShare(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/share")
	page := p.get(at + "?source=Flyer-Spring")
	page.says(t, 200, "/p/playbook?utm_source=flyer-spring", "/p/playbook/qr.svg?src=flyer-spring", "/p/playbook/kiosk", "/p/playbook/embed",
		"&lt;input name=&#34;email&#34; type=&#34;email&#34;", "name=&#34;consent.newsletter&#34;", "/privacy?lang=en")
	p.get(at+"?source=a%20b").says(t, 200, "Only small letters")

	form := url.Values{"base": {page.base(t)}, "origins": {"https://Shop.example/path?x\r\n\r\nhttp://localhost:3000"}}
	if a := p.post(at, form); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	_, draft, err := w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil || strings.Join(draft.Doc.Form.Origins, " ") != "https://shop.example http://localhost:3000" {
		t.Errorf("%q %v", draft.Doc.Form.Origins, err)
	}
	p.post(at, url.Values{"base": {page.base(t)}, "origins": {"https://mine.example"}}).says(t, http.StatusConflict, "https://shop.example", "https://mine.example")
	now := p.get(at).base(t)
	for _, bad := range []string{"shop.example", "ftp://x.example", "https://u:p@x.example", strings.Repeat("https://x.example\n", 25)} {
		p.post(at, url.Values{"base": {now}, "origins": {bad}}).says(t, http.StatusUnprocessableEntity, strings.TrimSpace(strings.SplitN(bad, "\n", 2)[0]))
	}
}

// The leads of a campaign with what they answered, and the same as a table with a column for each question.
func TestSubmissionsOfACampaign(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	p.get(w.campaignAt("/leads")).says(t, 200, "Nobody has filled in the form yet")
	lead := w.capture("Nora Kay", "nora@example.org")
	p.get(w.campaignAt("/leads")).says(t, 200, "Nora Kay", "/admin/leads/"+lead.ID.String(), "export.csv")
	if w.person(models.Analyst).get(w.campaignAt("/leads")).status != http.StatusForbidden {
		t.Error("an analyst sees who they are")
	}
}
