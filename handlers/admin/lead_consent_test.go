package admin_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sarnakh/models"
)

// A lead's page tells what holds now and how it came to that; what the person says later is written down by a button,
// and nobody gives a consent in another's name (C6).
func TestConsentsOfALead(t *testing.T) {
	w := newWorld(t, 1)
	nora := w.capture("Nora Hale", "nora@example.com")
	at := "/admin/leads/" + nora.ID.String()
	p := w.person(models.Marketer)
	p.get(at).says(t, 200, "Waiting for confirmation", "In a form", "Text that was shown, version 1", "https://leads.example.org/p/playbook", w.sequence.Name)
	if a := p.post(at+"/consents", url.Values{"purpose": {"phone"}, "said": {"yes"}}); a.status != http.StatusSeeOther {
		t.Errorf("a spoken yes answered %d", a.status)
	}
	p.get(at).says(t, 200, "they agree to “<bdi>Phone calls</bdi>”", "Written down by a colleague")
	p.post(at+"/consents", url.Values{"purpose": {"newsletter"}, "said": {"yes"}}).says(t, http.StatusForbidden)
	p.post(at+"/consents", url.Values{"purpose": {"newsletter"}, "said": {"no"}})
	p.get(at).says(t, 200, "no longer agree to", "Taken out", "Unsubscribed")
	if rows := must(w.store.ConsentsOf(w.ctx, nora.ID, 10))(t); rows[0].Decision != models.Withdrawn || rows[0].Method != models.ByPerson {
		t.Errorf("the last word is %+v", rows[0])
	}
}

// A salesperson sees a lead's consents and changes none.
func TestSalespeopleOnlySee(t *testing.T) {
	w := newWorld(t, 1)
	nora := w.capture("Nora Hale", "nora@example.com") // asked for a call: handed to sales
	at := "/admin/leads/" + nora.ID.String()
	p := w.person(models.Sales)
	page := p.get(at)
	page.says(t, 200, "Email newsletter", w.sequence.Name)
	for _, part := range []string{at + "/consents", at + "/erase", "/admin/sequences"} {
		if strings.Contains(page.text, part) {
			t.Errorf("the page offers %s", part)
		}
	}
	for _, path := range []string{at + "/consents", at + "/erase"} {
		p.post(path, nil).says(t, http.StatusForbidden)
	}
}

// Only the owner erases, and only who types whom: there is no way back.
func TestErase(t *testing.T) {
	w := newWorld(t, 1)
	nora := w.capture("Nora Hale", "nora@example.com")
	at := "/admin/leads/" + nora.ID.String() + "/erase"
	w.person(models.Marketer).get(at).says(t, http.StatusForbidden)
	p := w.person(models.Owner)
	p.get(at).says(t, 200, "nora@example.com")
	p.post(at, url.Values{"confirm": {"norah@example.com"}}).says(t, http.StatusUnprocessableEntity, `value="norah@example.com"`, "Type exactly:")
	if a := p.post(at, url.Values{"confirm": {" Nora@example.com"}}); a.status != http.StatusSeeOther || a.location != "/admin/leads" {
		t.Errorf("erasing answered %d", a.status)
	}
	p.get("/admin/leads").says(t, 200, "This person is erased")
	if _, err := w.store.Lead(w.ctx, nora.ID); !errors.Is(err, models.ErrNotFound) {
		t.Error("the lead is still there:", err)
	}
	p.get(at).says(t, http.StatusNotFound)
}

// While mail is paused, or sequences run faster than they should, every page says so; the owner lets mail go again.
func TestBands(t *testing.T) {
	w := newWorld(t, 1440)
	owner, sales := w.person(models.Owner), w.person(models.Sales)
	owner.get("/admin/sequences").says(t, 200, "<bdi>1,440</bdi> times as fast")
	if err := w.store.PauseMail(w.ctx, "A backup was restored."); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"/admin/leads", "/admin/mailbox", "/admin/quarantine", w.at("/edit"), "/admin/nowhere"} {
		owner.get(page).says(t, owner.get(page).status, "No email leaves", "A backup was restored.", `action="/admin/mail/resume"`, "times as fast")
	}
	if page := sales.get("/admin/leads"); !strings.Contains(page.text, "A backup was restored.") || strings.Contains(page.text, "/admin/mail/resume") {
		t.Error("a salesperson is not told, or may resume")
	}
	sales.post("/admin/mail/resume", nil).says(t, http.StatusForbidden)
	if a := owner.post("/admin/mail/resume", nil); a.status != http.StatusSeeOther {
		t.Errorf("resuming answered %d", a.status)
	}
	owner.get("/admin/leads").says(t, 200, "Mail goes out again")
	if why := must(w.store.MailPaused(w.ctx))(t); why != "" {
		t.Errorf("still paused: %s", why)
	}
	resumed := 0
	for _, e := range w.audited() {
		if e.Action == "mail.resume" {
			resumed++
		}
	}
	if owner.post("/admin/mail/resume", nil); resumed != 1 {
		t.Errorf("recorded %d times", resumed)
	}
}
