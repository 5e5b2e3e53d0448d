package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sarnakh/models"
)

func (w *world) at(more string) string { return "/admin/sequences/" + w.sequence.ID.String() + more }

func (w *world) stepAt(n int, more string) string {
	return w.at("/steps/" + w.sequence.Draft.Steps[n].Key + more)
}

// filled is the form of a step that was well filled in.
func filled(base string) url.Values {
	return url.Values{"base": {base}, "subject": {"Another subject"}, "preview": {""}, "body": {"Hello {{first_name|there}},\r\n\r\n- one\r\n  - two"},
		"delay": {"۲"}, "unit": {"days"}, "days": {"6", "0"}, "from": {"8"}, "to": {"20:30"}, "what": {"score", ""}, "op": {"at_least", "is"}, "value": {"40", ""}}
}

// Owners and marketers work on sequences; others don't see them.
func TestWhoSeesSequences(t *testing.T) {
	w := newWorld(t, 1)
	pages := []string{"/admin/sequences", "/admin/sequences/new", w.at(""), w.at("/leads?state=active&step=x"), w.at("/edit"), w.at("/publish"), w.stepAt(0, ""),
		w.stepAt(0, "/preview"), w.stepAt(0, "/preview?as=phone"), w.stepAt(0, "/preview?as=text"), w.stepAt(0, "/preview/html")}
	for role, want := range map[models.Role]int{models.Owner: 200, models.Marketer: 200, models.Sales: 403, models.Analyst: 403} {
		p := w.person(role)
		for _, page := range pages {
			if a := p.get(page); a.status != want || strings.Contains(a.text, "⟦") {
				t.Errorf("%s of a %s answered %d, want %d", page, role, a.status, want)
			}
		}
		if a := p.get("/admin/sequences/zzz/edit"); want == 200 && a.status != http.StatusNotFound {
			t.Errorf("a sequence that is not there answered %d", a.status)
		}
	}
}

// A step is saved to the draft alone; putting it in force says before in words what will be different (N1).
func TestAStepIsWrittenAndPutInForce(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	saved := p.post(w.stepAt(0, ""), filled(p.get(w.stepAt(0, "")).base(t)))
	if saved.status != http.StatusSeeOther || saved.location != w.stepAt(0, "") {
		t.Fatalf("saving answered %d, %s", saved.status, saved.location)
	}
	p.get(saved.location).says(t, 200, "Saved to the draft", `value="20:30"`)
	step := w.draft().Draft.Steps[0]
	if step.Subject != "Another subject" || step.Delay != 2*24*60 || step.Window.Hours != (models.Hours{From: 480, To: 1230}) || len(step.Window.Days) != 2 ||
		step.Body != "Hello {{first_name|there}},\n\n- one\n  - two" || !slices.Equal(step.Conditions, []models.Condition{{On: models.OnScore, Op: models.OpAtLeast, Value: "40"}}) {
		t.Errorf("the draft is %+v", step)
	}
	was := w.sequence.Draft.Steps[0].Subject
	p.get(w.at("")).says(t, 200, was, "changes that are not in force yet")
	look := p.get(w.at("/publish"))
	look.says(t, 200, "“Another subject”: the subject, “"+was+"” before", "comes 2 days after the consent counts", "is sent Sat and Sun and 08:00–20:30", "its conditions, now score is at least 40")
	p.post(w.at("/publish"), url.Values{"base": {"of-before"}}).says(t, http.StatusConflict, "Somebody changed this after you looked")
	if a := p.post(w.at("/publish"), url.Values{"base": {look.base(t)}}); a.status != http.StatusSeeOther {
		t.Fatalf("putting in force answered %d", a.status)
	}
	p.get(w.at("")).says(t, 200, "<bdi>2</bdi> is in force", "Another subject", "2 days after the consent counts", "Only if score is at least 40")
	if live := w.camps.Snapshot().Sequence(w.sequence.ID); live.Version.Number != 2 || live.Version.Doc.Steps[0].Subject != "Another subject" {
		t.Errorf("in force is version %d", live.Version.Number)
	}
}

// What is wrong is said beside its field, everything typed comes back, and nothing is saved.
func TestAWrongStepComesBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	base := p.get(w.stepAt(1, "")).base(t)
	for name, c := range map[string]struct {
		field, value, target string
		says                 []string
	}{
		"no subject":       {"subject", "", "f-subject", []string{"Write a subject."}},
		"unknown field":    {"body", "Hello {{nickname}}", "f-body", []string{"nickname is no field", "Hello {{nickname}}"}},
		"no number":        {"delay", "soon", "f-delay", []string{"Write a whole number", `value="soon"`}},
		"no time":          {"from", "25:00", "f-from", []string{"Write both times", `value="25:00"`}},
		"unfit comparison": {"op", "is", "f-cond-1", []string{"This condition can’t be checked"}},
	} {
		t.Run(name, func(t *testing.T) {
			form := filled(base)
			form.Set(c.field, c.value)
			if c.field == "op" {
				form["op"] = []string{"is", "is"}
			}
			a := p.post(w.stepAt(1, ""), form)
			a.says(t, http.StatusUnprocessableEntity, append(c.says, `href="#`+c.target+`"`, `id="`+c.target+`-error"`, "<title>Error:", `value="6" checked`)...)
		})
	}
	if got := w.draft().Draft.Steps[1].Subject; got != w.sequence.Draft.Steps[1].Subject {
		t.Errorf("saved all the same: %q", got)
	}
}

// Of two who write at the same mail, the second sees what the first saved and keeps what they typed; two who write at
// different mails don't notice each other.
func TestTwoWriters(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	base, other := p.get(w.stepAt(0, "")).base(t), p.get(w.stepAt(1, "")).base(t)
	first, second := filled(base), filled(base)
	first.Set("subject", "What the first wrote")
	if a := p.post(w.stepAt(0, ""), first); a.status != http.StatusSeeOther {
		t.Fatalf("the first is answered %d", a.status)
	}
	if a := p.post(w.stepAt(1, ""), filled(other)); a.status != http.StatusSeeOther {
		t.Errorf("writing at another mail answered %d", a.status)
	}
	conflict := p.post(w.stepAt(0, ""), second)
	conflict.says(t, http.StatusConflict, "Somebody else saved this", "What the first wrote", `value="Another subject"`)
	second.Set("base", conflict.base(t))
	if a := p.post(w.stepAt(0, ""), second); a.status != http.StatusSeeOther || w.draft().Draft.Steps[0].Subject != "Another subject" {
		t.Errorf("saving it over answered %d", a.status)
	}
	late := filled(p.get(w.stepAt(0, "")).base(t))
	p.post(w.stepAt(0, "/delete"), nil)
	gone := p.post(w.stepAt(0, ""), late)
	gone.says(t, http.StatusConflict, "The email was deleted meanwhile", `value="Another subject"`)
	late.Set("base", gone.base(t))
	p.post(w.stepAt(0, ""), late)
	if steps := w.draft().Draft.Steps; steps[len(steps)-1].Key != w.sequence.Draft.Steps[0].Key {
		t.Error("the deleted mail is not back at the end")
	}
}

// What holds for all steps is saved by itself, with the same care.
func TestWhatHoldsForAll(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	edit := p.get(w.at("/edit"))
	form := url.Values{"base": {edit.base(t)}, "name": {"After the book"}, "quiet_from": {"22"}, "quiet_to": {"7:30"}, "keep_hot": {"1"}, "what": {"stage"}, "op": {"at_least"}, "value": {"customer"}}
	bad := url.Values{"base": {edit.base(t)}, "name": {""}, "quiet_from": {"22"}, "quiet_to": {"22"}, "what": {"stage"}, "op": {"known"}, "value": {""}}
	p.post(w.at("/edit"), bad).says(t, http.StatusUnprocessableEntity, "Fill in “Name”", "are the same")
	if a := p.post(w.at("/edit"), form); a.status != http.StatusSeeOther {
		t.Fatalf("saving answered %d", a.status)
	}
	q := w.draft()
	if q.Name != "After the book" || q.Draft.Quiet != (models.Hours{From: 22 * 60, To: 450}) || !q.Draft.KeepHot || len(q.Draft.Goal) != 1 {
		t.Errorf("%s: %+v", q.Name, q.Draft)
	}
	p.get(w.at("/publish")).says(t, 200, "Quiet hours: 22:00–07:30", "Hot leads go on getting the emails", "Goal: stage is at least Customer")
	form.Set("name", "Mine")
	p.post(w.at("/edit"), form).says(t, http.StatusConflict, "Somebody else saved this", `value="Mine"`, "After the book")
}

// Steps are moved, copied and deleted by buttons, and what was deleted comes back by one.
func TestStepsAreRearranged(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	keys := func() (out []string) {
		for _, s := range w.draft().Draft.Steps {
			out = append(out, s.Key)
		}
		return out
	}
	was := keys()
	press := func(path string) {
		t.Helper()
		if a := p.post(path, nil); a.status != http.StatusSeeOther {
			t.Errorf("%s answered %d", path, a.status)
		}
	}
	press(w.stepAt(0, "/up")) // it is the first already
	if !slices.Equal(keys(), was) {
		t.Error("the first moved up")
	}
	press(w.stepAt(0, "/down"))
	if got := keys(); got[0] != was[1] || got[1] != was[0] {
		t.Errorf("moved down: %v", got)
	}
	press(w.stepAt(0, "/up"))
	press(w.stepAt(0, "/copy"))
	if steps := w.draft().Draft.Steps; len(steps) != len(was)+1 || steps[1].Key == was[0] || steps[1].Subject != steps[0].Subject {
		t.Errorf("copied: %v", keys())
	}
	press(w.stepAt(2, "/delete"))
	p.get(w.at("/edit")).says(t, 200, "is deleted from the draft", w.at("/restore"))
	if slices.Contains(keys(), was[2]) {
		t.Error("it is not deleted")
	}
	press(w.at("/restore"))
	press(w.at("/restore")) // the second press brings nothing back twice
	if got := keys(); len(got) != len(was)+1 || got[3] != was[2] {
		t.Errorf("brought back: %v", got)
	}
	added := p.post(w.at("/steps"), nil)
	p.get(added.location).says(t, 200, "Email 6")
	p.get(w.at("/publish")).says(t, 200, "2 things have to be mended first", "Write a subject.")
	p.post(w.at("/publish"), url.Values{"base": {p.get(w.at("/edit")).base(t)}}).says(t, http.StatusUnprocessableEntity)
	if a := p.post(w.at("/steps/nothing/up"), nil); a.status != http.StatusNotFound {
		t.Errorf("a step that is not there answered %d", a.status)
	}
}

// A pause wants a reason, which whoever comes by can read; both ways have a way back.
func TestPauseAndResume(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	p.post(w.at("/pause"), url.Values{"reason": {" "}}).says(t, http.StatusUnprocessableEntity, "Fill in “Reason”")
	if w.draft().State != models.SequenceLive {
		t.Error("paused without a reason")
	}
	p.post(w.at("/pause"), url.Values{"reason": {"The book is wrong"}})
	p.get(w.at("")).says(t, 200, "It is paused", "The book is wrong", `action="`+w.at("/resume")+`"`)
	if q := w.camps.Snapshot().Sequence(w.sequence.ID); q.State != models.SequencePaused || q.Reason != "The book is wrong" {
		t.Errorf("it is %s: %s", q.State, q.Reason)
	}
	p.post(w.at("/resume"), nil)
	p.get(w.at("")).says(t, 200, "It goes on where it stood", `name="reason" value="The book is wrong"`)
	if q := w.camps.Snapshot().Sequence(w.sequence.ID); q.State != models.SequenceLive {
		t.Errorf("it is %s", q.State)
	}
}

// A new sequence belongs to a campaign and begins empty.
func TestANewSequence(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	p.post("/admin/sequences/new", url.Values{"name": {""}, "campaign": {"zzz"}}).says(t, http.StatusUnprocessableEntity, "Fill in “Name”", "Choose an answer for “Campaign”")
	a := p.post("/admin/sequences/new", url.Values{"name": {"After the call"}, "campaign": {w.sequence.CampaignID.String()}})
	p.get(a.location).says(t, 200, "After the call", "There is no email in it yet")
	p.get(strings.TrimSuffix(a.location, "/edit")+"/publish").says(t, 200, "A sequence needs at least one email")
	p.get("/admin/sequences").says(t, 200, "After the call", "Draft")
}
