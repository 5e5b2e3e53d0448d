package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// came writes what came of the first step: mails of every fate, and counts.
func (w *world) came(lead *models.Lead) {
	w.t.Helper()
	key, now := w.sequence.Draft.Steps[0].Key, w.store.Now()
	err := w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: lead.ID}, Decide: func(f *store.Facts) (store.Rows, error) {
		e := models.Enrolment{ID: f.NewID(), SequenceID: w.sequence.ID, LeadID: lead.ID, CampaignID: lead.CampaignID, CreatedAt: now}
		if len(f.Enrolments) > 0 {
			e = f.Enrolments[0]
		}
		e.State, e.Reason, e.Step, e.NextAt = models.EnrolmentActive, "", key, now.Add(20*time.Hour)
		rows := store.Rows{Enrolments: []models.Enrolment{e}, Steps: []models.StepCount{
			{SequenceID: w.sequence.ID, Step: key, What: models.CountClicked, N: 5}, {SequenceID: w.sequence.ID, Step: key, What: models.CountUnsubscribed, N: 1},
			{SequenceID: w.sequence.ID, Step: key, What: models.CountSkipped + "score", N: 7}}}
		for state, n := range map[models.MessageState]int{models.MessageSent: 20, models.MessageFailed: 2, models.MessageQueued: 3} {
			for range n {
				id := f.NewID()
				rows.Messages = append(rows.Messages, models.Message{ID: id, LeadID: lead.ID, Ident: id.String(), Class: models.ClassMarketing, Kind: models.MailStep,
					State: state, To: lead.Email, SequenceID: w.sequence.ID, Step: key, CreatedAt: now, DueAt: now, MessageID: id.String() + "@leads.example.org"})
			}
		}
		return rows, nil
	}})
	if err != nil {
		w.t.Fatal(err)
	}
}

// Every step says what came of it, who waits for it, and what happens next (N5).
func TestWhatCameOfAStep(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	nora := w.capture("Nora Hale", "nora@example.com")
	w.came(nora)
	step := w.sequence.Draft.Steps[0]
	a := p.get(w.at(""))
	text := strings.Join(strings.Fields(a.text), " ")
	for _, part := range []string{
		"<dt>Due</dt> <dd> 3", "<dt>Sent</dt> <dd> 20", "<dt>Clicked</dt> <dd> 5 <small>25.0%</small>", "<dt>Unsubscribed</dt> <dd> 1 <small>5.0%</small>", "<dt>Skipped</dt> <dd> 7 ",
		"7 skipped because of: score", "2 could not be delivered", "1 lead waits for it", "Nora Hale", "/admin/leads/" + nora.ID.String(),
	} {
		if !strings.Contains(text, strings.ReplaceAll(part, "> ", ">")) && !strings.Contains(text, part) {
			t.Errorf("the page does not say %q", part)
		}
	}
	p.get(w.at("/leads?state=active&step="+step.Key)).says(t, 200, "Nora Hale", "@example.com", step.Subject)
	p.get(w.at("/leads?state=done")).says(t, 200, "There is nobody here")
	p.get("/admin/leads/"+nora.ID.String()).says(t, 200, w.sequence.Name, "On their way", step.Subject)
	p.get("/admin/sequences").says(t, 200, w.sequence.Name, "Live")
}

// A list longer than a page goes on by cursor, and back to its beginning.
func TestWhoIsWhereGoesOn(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	for i := range 51 {
		err := w.store.Apply(w.ctx, store.Change{Decide: func(f *store.Facts) (store.Rows, error) {
			return store.Rows{Enrolments: []models.Enrolment{{ID: f.NewID(), SequenceID: w.sequence.ID, LeadID: models.ID(1000 + i), State: models.EnrolmentDone, EndedAt: f.Now}}}, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	first := p.get(w.at("/leads?state=done"))
	_, rest, found := strings.Cut(first.text, `href="`+w.at("/leads?after="))
	if !found {
		t.Fatal("no next page")
	}
	after, _, _ := strings.Cut(rest, "&")
	next := p.get(w.at("/leads?after=" + after + "&state=done"))
	if next.says(t, 200, `rel="prev"`); strings.Count(next.text, "<tr>") != 2 {
		t.Errorf("%d rows on the last page", strings.Count(next.text, "<tr>")-1)
	}
}

// A step is seen as anybody would get it, by who may see leads; looking at a lead is recorded.
func TestPreview(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	nora := w.capture("Nora Novak", "nora@example.com")
	p.get(w.stepAt(0, "/preview")).says(t, 200, "somebody made up", `sandbox="allow-popups`, w.stepAt(0, "/preview/html"))
	html := p.get(w.stepAt(0, "/preview/html?lead="+nora.ID.String()))
	if html.says(t, 200, "Hi Nora Novak"); !strings.Contains(html.header.Get("Content-Security-Policy"), "sandbox") || html.header.Get("X-Frame-Options") != "SAMEORIGIN" {
		t.Errorf("the frame's policy is %q", html.header)
	}
	p.get(w.stepAt(0, "/preview/html")).says(t, 200, "Hi Nora Hale") // made up
	p.get(w.stepAt(0, "/preview?as=text&lead="+nora.ID.String())).says(t, 200, "<pre", "Hi Nora Novak", "This is how <bdi>Nora Novak</bdi>")
	p.get(w.stepAt(0, "/preview?q=nora%40exam")).says(t, 200, "lead="+nora.ID.String())
	p.get(w.stepAt(0, "/preview?q=nobody")).says(t, 200, "No lead is like that")
	if a := p.get(w.stepAt(0, "/preview?lead=123")); a.status != http.StatusNotFound {
		t.Errorf("as a lead that is not there it answered %d", a.status)
	}
	seen := 0
	for _, e := range w.audited() {
		if e.Action == "lead.view" && e.Subject == "lead:"+nora.ID.String() {
			seen++
		}
	}
	if seen != 2 { // the mail in its frame, and as text
		t.Errorf("%d views are recorded", seen)
	}
}

// audited are all entries of the audit log.
func (w *world) audited() (all []models.AuditEntry) {
	w.t.Helper()
	if err := w.store.EachAudit(w.ctx, func(rows []models.AuditEntry) error { all = append(all, rows...); return nil }); err != nil {
		w.t.Fatal(err)
	}
	return all
}

// A test goes to whoever asks for it, as the draft stands.
func TestTestMail(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	sent := p.post(w.stepAt(0, "/test"), nil)
	p.get(sent.location).says(t, 200, "A test is on its way to", p.email, `href="/admin/mailbox"`)
	mails := must(w.store.Mailbox(w.ctx, 0, 10))(t)
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	m := mails[0]
	if m.Kind != models.MailTest || m.To != p.email || m.Class != models.ClassTransactional || m.LeadID != 0 || m.Merge["step"] != w.sequence.Draft.Steps[0].Key || !strings.HasSuffix(m.MessageID, "@leads.example.org") {
		t.Errorf("owed is %+v", m)
	}
	if a := p.post(w.at("/steps/nothing/test"), url.Values{}); a.status != http.StatusNotFound {
		t.Errorf("a step that is not there answered %d", a.status)
	}
}
