package admin

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// shownNext is how many of those who are due soonest a sequence's page names.
const shownNext = 5

// A running is everything about a sequence as it runs.
type running struct {
	*models.Sequence
	force     *models.SequenceVersion // nil: nothing is in force
	standings []store.Standing
	due       []store.StepDue
	mails     []store.StepMail
	counts    []models.StepCount
	next      []store.EnrolledLead
}

// doc is what runs, or else what is written.
func (r *running) doc() *models.SequenceDoc {
	if r.force != nil {
		return &r.force.Doc
	}
	return &r.Draft
}

// sequence is the one whose address this is.
func (h *Handlers) sequence(c echo.Context) (*models.Sequence, error) {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return nil, models.ErrNotFound
	}
	return h.Store.Sequence(c.Request().Context(), id)
}

// inForce is the version of a sequence in force, nil for none.
func (h *Handlers) inForce(ctx context.Context, q *models.Sequence) (*models.SequenceVersion, error) {
	if q.VersionID == 0 {
		return nil, nil
	}
	return h.Store.SequenceVersion(ctx, q.VersionID)
}

func (h *Handlers) running(ctx context.Context, q *models.Sequence) (r running, err error) {
	r.Sequence = q
	if r.force, err = h.inForce(ctx, q); err != nil {
		return r, err
	}
	if r.standings, err = h.Store.Standings(ctx, q.ID); err != nil {
		return r, err
	}
	if r.due, err = h.Store.StepsDue(ctx, q.ID); err != nil {
		return r, err
	}
	if r.mails, err = h.Store.StepMails(ctx, q.ID); err != nil {
		return r, err
	}
	if r.counts, err = h.Store.StepCounts(ctx, q.ID); err != nil {
		return r, err
	}
	r.next, err = h.Store.NextEnrolled(ctx, q.ID, shownNext)
	return r, err
}

// SequenceShow is one sequence: steps, counts, who is where and what happens next (N5).
func (h *Handlers) SequenceShow(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	return h.showSequence(c, http.StatusOK, q, "")
}

func (h *Handlers) showSequence(c echo.Context, status int, q *models.Sequence, pauseError string) error {
	r, err := h.running(c.Request().Context(), q)
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	shell.Crumbs = h.fromCampaign(shell.Loc, q)
	w, url := h.sequenceWords(shell.Loc, q, r.doc()), sequenceURL(q.ID)
	if err := h.recall(c.Request().Context(), &w, q.ID, r.keys()); err != nil {
		return err
	}
	props := admin.SequenceProps{
		Shell: shell, Name: q.Name, State: string(q.State), Reason: q.Reason, Facts: h.sequenceFacts(w, &r),
		EditURL: url + "/edit", PublishURL: url + "/publish", PauseURL: url + "/pause", ResumeURL: url + "/resume", PauseError: pauseError,
	}
	if r.force != nil {
		props.Changes = len(h.sequenceWords(shell.Loc, q, &q.Draft).changes(&r.force.Doc))
	}
	props.Standing = r.standing(w)
	props.Steps, props.Gone = h.sequenceSteps(w, &r)
	for i := range r.next {
		e := &r.next[i]
		props.Next = append(props.Next, admin.NextMail{Name: e.Name, Email: e.Email, LeadURL: "/admin/leads/" + e.LeadID.String(),
			Step: w.step(cmp.Or(e.Step, firstKey(r.doc()))), At: h.in(e.NextAt)})
	}
	return web.HTML(c, status, admin.Sequence(props))
}

// firstKey is the step that a lead begins with who has none yet.
func firstKey(doc *models.SequenceDoc) string {
	if len(doc.Steps) == 0 {
		return ""
	}
	return doc.Steps[0].Key
}

var enrolmentStates = [...]models.EnrolmentState{models.EnrolmentActive, models.EnrolmentWaiting, models.EnrolmentDone, models.EnrolmentStopped}

// standing counts leads by state; nothing where nobody ever came.
func (r *running) standing(w sequenceWords) (out []admin.SequenceStanding) {
	if len(r.standings) == 0 {
		return nil
	}
	for _, state := range enrolmentStates {
		s := admin.SequenceStanding{State: string(state), URL: sequenceURL(r.ID) + "/leads?state=" + string(state)}
		for _, n := range r.standings {
			if n.State != state {
				continue
			}
			s.N += n.N
			if n.Reason != "" {
				s.Reasons = append(s.Reasons, w.loc.T("sequence.reason_n", "why", w.stopped(n.Reason), "n", n.N))
			}
		}
		out = append(out, s)
	}
	return out
}

// sequenceSteps are the steps with what came of them, and those that are gone but were sent.
func (h *Handlers) sequenceSteps(w sequenceWords, r *running) (steps, gone []admin.SequenceStep) {
	url := sequenceURL(r.ID)
	for i := range r.doc().Steps {
		s := &r.doc().Steps[i]
		step := admin.SequenceStep{Number: i + 1, Subject: w.step(s.Key), When: w.when(s, i == 0), OnlyIf: w.onlyIf(s.Conditions), Tally: r.tally(w, s.Key)}
		if draft, _ := r.Draft.Step(s.Key); draft != nil {
			step.URL = url + "/steps/" + s.Key
		}
		for _, n := range r.standings {
			if n.State == models.EnrolmentActive && (n.Step == s.Key || n.Step == "" && i == 0) {
				step.Here += n.N
			}
		}
		for _, d := range r.due {
			if d.Step == s.Key {
				step.NextAt = h.in(d.At)
			}
		}
		step.HereURL = url + "/leads?state=active&step=" + s.Key
		steps = append(steps, step)
	}
	for _, key := range r.keys() {
		if s, _ := r.doc().Step(key); s == nil && key != "" {
			gone = append(gone, admin.SequenceStep{Subject: w.step(key), Tally: r.tally(w, key)})
		}
	}
	return steps, gone
}

// keys are the steps that something came of, each once.
func (r *running) keys() (keys []string) {
	for _, m := range r.mails {
		keys = append(keys, m.Step)
	}
	for _, n := range r.counts {
		keys = append(keys, n.Step)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (r *running) tally(w sequenceWords, key string) (t admin.StepTally) {
	t.Aims = len(r.doc().Goal) > 0
	by := map[models.MessageState]*int64{
		models.MessageQueued: &t.Queued, models.MessageSending: &t.Queued, models.MessageSent: &t.Sent, models.MessageFailed: &t.Failed,
		models.MessageExpired: &t.Expired, models.MessageSuppressed: &t.Suppressed, models.MessageUnknown: &t.Unknown,
	}
	for _, m := range r.mails {
		if n := by[m.State]; n != nil && m.Step == key {
			*n += m.N
		}
	}
	for _, n := range r.counts {
		switch {
		case n.Step != key:
		case n.What == models.CountClicked:
			t.Clicked = n.N
		case n.What == models.CountUnsubscribed:
			t.Unsubscribed = n.N
		case n.What == models.CountHot:
			t.Hot = n.N
		case n.What == models.CountGoal:
			t.Goal = n.N
		case strings.HasPrefix(n.What, models.CountSkipped):
			t.Skipped = append(t.Skipped, admin.Skip{Why: w.skipped(n.What), N: n.N})
		}
	}
	return t
}

// sequenceFacts are what holds for all steps.
func (h *Handlers) sequenceFacts(w sequenceWords, r *running) []admin.Fact {
	out := []admin.Fact{{Label: w.loc.T("sequence.campaign"), Text: h.campaignName(r.CampaignID)}}
	if r.force != nil {
		out = append(out, admin.Fact{Label: w.loc.T("sequence.version"), Text: w.loc.T("sequence.version_since", "n", r.force.Number, "date", w.loc.Date(h.in(r.force.CreatedAt)))})
	}
	return append(out, w.common(r.doc())...)
}

// common says what holds for all steps of a document.
func (w sequenceWords) common(doc *models.SequenceDoc) []admin.Fact {
	goal := w.loc.T("sequence.no_goal")
	if len(doc.Goal) > 0 {
		goal = w.conditions(doc.Goal)
	}
	hot := w.loc.T("sequence.hot_leaves")
	if doc.KeepHot {
		hot = w.loc.T("sequence.hot_stays")
	}
	return []admin.Fact{
		{Label: w.loc.T("sequence.quiet"), Text: w.orNone(doc.Quiet)},
		{Label: w.loc.T("sequence.goal"), Text: goal},
		{Label: w.loc.T("sequence.when_hot"), Text: hot},
	}
}
