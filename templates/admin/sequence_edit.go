package admin

import (
	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// SequenceEditProps is the editor of a sequence's draft: its steps in order, and what holds for all of them. Each part
// is saved by itself.
type SequenceEditProps struct {
	Shell    layout.AdminShell
	Steps    []EditStep
	AddURL   string
	Form     SequenceForm
	Here     string // the address of this place
	Undo     *DraftStep
	Redo     *DraftStep
	Changes  []string // of the draft against what is in force, in words
	Publish  string   // where it is put in force
	Problems []ui.Problem
	Theirs   []Fact // what somebody else saved meanwhile
}

// EditStep is one step as the editor lists it; its addresses take a POST, those of a step that can't move are empty.
type EditStep struct {
	Number                                   int
	Subject                                  string
	When                                     []string
	OnlyIf                                   string
	URL, UpURL, DownURL, CopyURL, PreviewURL string
	DeleteURL                                string
	Problem                                  string // why it can't be put in force
}

// SequenceForm is what holds for all steps, as typed.
type SequenceForm struct {
	Action             string
	Base               string // what it was made from
	Name               string
	QuietFrom, QuietTo string
	KeepHot            bool
	Goal               []ConditionRow
	Choices            ConditionChoices
}

// ConditionRow is one condition as chosen; What is empty for none.
type ConditionRow struct{ What, Op, Value string }

// ConditionChoices are what a condition can be made of.
type ConditionChoices struct{ What, Op, Value []ui.Option }

// StepProps is the editor of one step.
type StepProps struct {
	Shell  layout.AdminShell
	Number int
	Editor EditorProps
	Kinds  []Insert // what can be written into a text
	// TestURL is where it is mailed to whoever writes it.
	PreviewURL, TestURL, DeleteURL string
	TestTo                         string
	Gone                           bool // somebody deleted the step meanwhile
}

// StepTime is when a step is sent, and to whom, as typed.
type StepTime struct {
	Number      int // the place of the step, from 1
	Delay, Unit string
	Days        []string
	From, To    string
	Conditions  []ConditionRow
	Choices     ConditionChoices
	Problems    []ui.Problem
}

// Insert is something that can be written into a text: how, and what comes of it.
type Insert struct {
	Group string // "field" or "mark"
	Text  string
	Label string
}

// PreviewProps shows a step as a lead would get it.
type PreviewProps struct {
	Shell     layout.AdminShell
	Subject   string
	Inbox     string // beside the subject in a mail program
	To        string // their name
	Views     []ui.Tab
	Shades    []ui.Tab // light and dark, where there are colours
	Phone     bool     // narrow
	FrameURL  string   // of the HTML
	Text      string   // of the text
	Lead      string   // the id of whom to look as; empty: somebody made up
	Query     string
	Found     []Found
	SampleURL string
	Action    string // of the search
	View      string
	Colours   string
	Problem   string // why there is nothing to see
	EditURL   string
	TestURL   string
	TestTo    string
}

// Found is a lead that a search found.
type Found struct{ Name, Email, URL string }

// PublishProps asks whether the draft is to be put in force.
type PublishProps struct {
	Shell    layout.AdminShell
	Action   string
	Base     string
	Changes  []string
	InForce  bool
	People   int64 // on their way, who go on with it
	Problems []StepProblem
	Changed  bool // since it was looked at
	BackURL  string
}

// StepProblem is what keeps a draft from being put in force, and where to mend it. A Blank is words that are still to be
// written.
type StepProblem struct {
	Text, URL string
	Blank     bool
}

// problem is what is said beside a control.
func problem(list []ui.Problem, id string) string {
	for _, p := range list {
		if p.Target == id {
			return p.Text
		}
	}
	return ""
}

// sentBack is the shell of a page whose form may have come back with problems.
func sentBack(s layout.AdminShell, title string, problems []ui.Problem) layout.AdminShell {
	s.AdminHead = failed(s.AdminHead, title, len(problems) > 0)
	return s
}

// weekdays in the order of the language's calendar, as stored: 0 is Sunday.
func weekdays(loc *i18n.Loc) []ui.Option {
	first := 1
	if loc.Locale() == i18n.FA {
		first = 6
	}
	out := make([]ui.Option, 7)
	for i := range out {
		day := string(rune('0' + (first+i)%7))
		out[i] = ui.Option{Value: day, Label: loc.T("weekday." + day)}
	}
	return out
}

// units of a delay, in minutes.
func units(loc *i18n.Loc) []ui.Option {
	var out []ui.Option
	for _, u := range [...]string{"minutes", "hours", "days"} {
		out = append(out, ui.Option{Value: u, Label: loc.T("sequence.unit." + u)})
	}
	return out
}
