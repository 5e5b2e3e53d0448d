package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sarnakh/models"
)

func (w *world) at(more string) string { return "/admin/sequences/" + w.sequence.ID.String() + more }

func (w *world) stepAt(n int, more string) string {
	return w.at("/steps/" + w.sequence.Draft.Steps[n].Key + more)
}

// Owners and marketers work on sequences; others don't see them.
func TestWhoSeesSequences(t *testing.T) {
	w := newWorld(t, 1)
	pages := []string{"/admin/sequences", "/admin/sequences/new", w.at(""), w.at("/leads?state=active&step=x"), w.at("/edit"), w.at("/publish"), w.stepAt(0, ""),
		w.stepAt(0, "?part=head"), w.stepAt(0, "?part=time&view=look&width=dark"), w.stepAt(0, "?block=no-such"), w.stepAt(0, "/preview/html?marked=1"), w.stepAt(0, "/preview"), w.stepAt(0, "/preview?as=phone"), w.stepAt(0, "/preview?as=text"), w.stepAt(0, "/preview/html")}
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
	deleted := p.get(w.at("/edit"))
	deleted.says(t, 200, "is deleted from the draft", w.at("/undo"))
	if slices.Contains(keys(), was[2]) {
		t.Error("it is not deleted")
	}
	rev := url.Values{"rev": {strconv.Itoa(w.draft().DraftRev)}}
	deleted.says(t, 200, `name="rev" value="`+rev.Get("rev")+`"`)
	for range 2 { // the second press undoes nothing more
		if a := p.post(w.at("/undo"), rev); a.status != http.StatusSeeOther {
			t.Errorf("undoing answered %d", a.status)
		}
	}
	if got := keys(); len(got) != len(was)+1 || got[3] != was[2] {
		t.Errorf("brought back: %v", got)
	}
	added := p.post(w.at("/steps"), nil)
	p.get(added.location).says(t, 200, "Email 6", "Subject and preview")
	p.get(w.at("/publish")).says(t, 200, "2 things have to be fixed first", "Write a subject.", "[What you want to tell]")
	p.get(w.at("/publish")).says(t, 200, added.location[:len(added.location)-len("?part=head")]+"?block=")
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
