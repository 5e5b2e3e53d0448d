package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/store"
)

// A mail that was taken out is still called by the subject that it had last, on the page of the sequence and in the list of
// those who stand before it.
func TestATakenOutMailKeepsItsName(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.came(w.capture("Nora Hale", "nora@example.com"))
	key := w.sequence.Draft.Steps[0].Key
	force := func(edit func(*models.SequenceDoc)) {
		t.Helper()
		q := w.draft()
		edit(&q.Draft)
		if err := w.store.SaveSequence(w.ctx, q, store.DraftChange{}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.store.PublishSequence(w.ctx, q); err != nil {
			t.Fatal(err)
		}
		if err := w.camps.Reload(w.ctx); err != nil {
			t.Fatal(err)
		}
	}
	force(func(d *models.SequenceDoc) { d.Steps[0].Subject = "The name it had last" })
	force(func(d *models.SequenceDoc) { d.Steps = d.Steps[1:] })
	force(func(d *models.SequenceDoc) { d.Steps[0].Subject = "Another" })
	p.get(w.at("")).says(t, 200, "No longer in the sequence", "The name it had last", "<dt>Sent</dt>")
	if a := p.get(w.at("")); strings.Contains(a.text, "An email that was taken out") {
		t.Error("it has no name")
	}
	p.get(w.at("/leads?state=active&step="+key)).says(t, 200, "Only those for whom", "The name it had last")
}

// Who reached the goal is counted: by the mail that they had last, and among those taken out, with the reason (N5).
func TestWhoReachedTheGoalIsCounted(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	nora := w.capture("Nora Hale", "nora@example.com")
	w.came(nora)
	if a := p.get(w.at("")); strings.Contains(a.text, "Reached the goal") {
		t.Error("a sequence without a goal counts who reached it")
	}
	err := w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: nora.ID}, Decide: func(f *store.Facts) (store.Rows, error) {
		e := f.Enrolments[0]
		e.Stop(models.StopGoal, f.Now)
		return store.Rows{Enrolments: []models.Enrolment{e}, Steps: []models.StepCount{{SequenceID: w.sequence.ID, Step: e.Step, What: models.CountGoal, N: 1}}}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(p.get(w.at("")).text), " ")
	text = strings.NewReplacer("> ", ">", " <", "<").Replace(text)
	for _, part := range []string{"<dt>Reached the goal</dt><dd>1<small>5.0%</small>", "<bdi>Reached the goal: 1</bdi>"} {
		if !strings.Contains(text, part) {
			t.Errorf("the page does not say %q", part)
		}
	}
	p.get(w.at("/leads?state=stopped")).says(t, 200, "Nora Hale", "Reached the goal")
}

// A test goes to whoever asks for it, as the lead they look at would get it; the audit log names the lead, and the mail is
// not the lead's.
func TestATestMailAsALead(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	nora := w.capture("Nora Novak", "nora@example.com")
	id := nora.ID.String()
	p.get(w.stepAt(0, "/preview?lead="+id)).says(t, 200, `name="lead" value="`+id+`"`, "and reads as it would for <bdi>Nora Novak</bdi>")
	sent := p.post(w.stepAt(0, "/test"), url.Values{"lead": {strings.ToUpper(id)}})
	if sent.location != w.stepAt(0, "/preview?lead="+id) {
		t.Errorf("it leads on to %s", sent.location)
	}
	p.get(sent.location).says(t, 200, "A test is on its way to", p.email)
	mails := must(w.store.Mailbox(w.ctx, 0, 10))(t)
	for _, m := range mails {
		if m.Kind != models.MailTest {
			continue
		}
		if m.To != p.email || m.LeadID != 0 || m.Merge[nurture.TestLead] != id {
			t.Errorf("owed is %+v", m)
		}
	}
	said := map[string]bool{}
	for _, e := range w.audited() {
		said[e.Action+" "+e.Subject+" "+e.Detail] = true
	}
	for _, want := range []string{"lead.view lead:" + id + " test", "sequence.test sequence:" + w.sequence.ID.String() + " " + w.sequence.Draft.Steps[0].Key + ", lead:" + id} {
		if !said[want] {
			t.Errorf("the audit log does not say %q: %v", want, said)
		}
	}
	before := len(mails)
	for _, wrong := range []string{"123", "no id"} {
		if a := p.post(w.stepAt(0, "/test"), url.Values{"lead": {wrong}}); a.status != http.StatusNotFound {
			t.Errorf("as %q it answered %d", wrong, a.status)
		}
	}
	if n := len(must(w.store.Mailbox(w.ctx, 0, 10))(t)); n != before {
		t.Errorf("%d mails", n)
	}
}
