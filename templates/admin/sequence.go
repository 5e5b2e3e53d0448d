package admin

import (
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// SequencesProps is the list of sequences, newest first.
type SequencesProps struct {
	Shell    layout.AdminShell
	Rows     []SequenceRow
	NewURL   string
	Previous string
	Next     string
}

// SequenceRow is one sequence of the list.
type SequenceRow struct {
	URL      string
	Name     string
	Campaign string
	State    string
	Steps    int
	Active   int64
	Waiting  int64     // for the confirmation
	NextAt   time.Time // zero: nobody is on their way
}

// SequenceNewProps asks for whose leads a new sequence is.
type SequenceNewProps struct {
	Shell     layout.AdminShell
	Action    string
	Drawn     string // the ID that it will have
	Name      string
	Campaign  string
	Campaigns []ui.Option
	Query     string // what was searched for
	Found     int
	More      bool // there are others, to be searched for
	Problems  []ui.Problem
}

// SequenceProps is one sequence: its steps, who is where, and what came of it. Words that depend on stored rules come
// ready from the handler.
type SequenceProps struct {
	Shell    layout.AdminShell
	Name     string
	State    string
	Reason   string // why it is paused
	Changes  int    // of the draft that are not in force yet
	Standing []SequenceStanding
	Steps    []SequenceStep
	Gone     []SequenceStep // are in the sequence no more, but mails of theirs were sent
	Next     []NextMail
	Facts    []Fact

	EditURL, PublishURL, PauseURL, ResumeURL string
	PauseError                               string
}

// SequenceStanding is how many leads stand in a state, and where they are listed.
type SequenceStanding struct {
	State   string
	N       int64
	URL     string
	Reasons []string // of those taken out, in words with their number
}

// SequenceStep is one mail of a sequence with what came of it.
type SequenceStep struct {
	Number  int
	Subject string
	URL     string   // of its editor; empty for one that is gone
	When    []string // in words: after what time, on which days and hours
	OnlyIf  string   // in words
	Tally   StepTally
	Here    int64     // leads that wait for it
	HereURL string    // who they are
	NextAt  time.Time // when the soonest of them is decided on
}

// StepTally counts a step's mails by state, and leads by what came of it.
type StepTally struct {
	Queued, Sent, Failed, Expired, Suppressed, Unknown int64
	Clicked, Unsubscribed, Hot, Goal                   int64
	Aims                                               bool // there is a goal to reach
	Skipped                                            []Skip
}

// Skip is how many leads a step was skipped for, and why in words.
type Skip struct {
	Why string
	N   int64
}

// NextMail is what happens next to somebody.
type NextMail struct {
	Name, Email, LeadURL string
	Step                 string
	At                   time.Time
}

// SequenceLeadsProps lists who is in a sequence.
type SequenceLeadsProps struct {
	Shell    layout.AdminShell
	Tabs     []ui.Tab
	Step     string // the subject of the only step asked for, empty for all
	AllURL   string // without that step
	Rows     []EnrolledRow
	Previous string
	Next     string
}

// EnrolledRow is a lead in a sequence.
type EnrolledRow struct {
	Name, Email, URL string
	State            string
	Reason           string // why it was taken out
	Step             string // that comes next
	Since            time.Time
	NextAt           time.Time
	EndedAt          time.Time
}

// sequenceTones are those of a sequence's state, enrolmentTones of a lead's in it.
var (
	sequenceTones  = map[string]ui.Tone{"live": ui.OK, "paused": ui.Warn}
	enrolmentTones = map[string]ui.Tone{"active": ui.OK, "waiting": ui.Info, "stopped": ui.Warn}
)

// enoughSent is how many mails a rate needs: of fewer it says more about chance than about the text.
const enoughSent = 20

// figure is one count of a step.
type figure struct {
	label string
	n     int64
	rate  string // a share of those sent, empty where it means nothing
	hot   bool
}

func (t StepTally) figures(loc *i18n.Loc) []figure {
	rate := func(n int64) string {
		if t.Sent < enoughSent || n == 0 {
			return ""
		}
		return loc.Percent(float64(n)/float64(t.Sent), 1)
	}
	out := []figure{
		{label: loc.T("sequence.count.queued"), n: t.Queued},
		{label: loc.T("sequence.count.sent"), n: t.Sent},
		{label: loc.T("sequence.count.clicked"), n: t.Clicked, rate: rate(t.Clicked)},
		{label: loc.T("sequence.count.hot"), n: t.Hot, rate: rate(t.Hot), hot: t.Hot > 0},
	}
	if t.Aims || t.Goal > 0 {
		out = append(out, figure{label: loc.T("sequence.count.goal"), n: t.Goal, rate: rate(t.Goal), hot: t.Goal > 0})
	}
	return append(out,
		figure{label: loc.T("sequence.count.unsubscribed"), n: t.Unsubscribed, rate: rate(t.Unsubscribed)},
		figure{label: loc.T("sequence.count.skipped"), n: t.skipped()},
	)
}

// nothing tells that its time has come for nobody yet.
func (t StepTally) nothing() bool {
	return t.Queued+t.Sent+t.Failed+t.Expired+t.Suppressed+t.Unknown+t.Clicked+t.Unsubscribed+t.Hot+t.Goal+t.skipped() == 0
}

func (t StepTally) skipped() (n int64) {
	for _, s := range t.Skipped {
		n += s.N
	}
	return n
}

// losses are mails that did not leave, and why leads were skipped: only what there is.
func (t StepTally) losses(loc *i18n.Loc) []string {
	var out []string
	for _, s := range t.Skipped {
		out = append(out, loc.T("sequence.skipped_why", "n", s.N, "why", s.Why))
	}
	for _, l := range []struct {
		state string
		n     int64
	}{{"failed", t.Failed}, {"suppressed", t.Suppressed}, {"expired", t.Expired}, {"unknown", t.Unknown}} {
		if l.n > 0 {
			out = append(out, loc.T("sequence.loss."+l.state, "n", l.n))
		}
	}
	return out
}

// said is the sequence's state in a sentence.
func (p SequenceProps) said() string {
	loc := p.Shell.Loc
	switch p.State {
	case "paused":
		return loc.T("sequence.said.paused")
	}
	return loc.T("sequence.said.draft")
}

// at is when something of the row is, with the word for what: the next step, or its end.
func (r EnrolledRow) at() time.Time {
	switch r.State {
	case "active":
		return r.NextAt
	case "waiting":
		return r.Since
	}
	return r.EndedAt
}

// soon is when something due happens; what is due already happens now.
func soon(loc *i18n.Loc, t, now time.Time) string {
	if t.Before(now) {
		return loc.T("sequence.now")
	}
	return loc.Ago(t, now)
}
