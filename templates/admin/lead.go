package admin

import (
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// LeadProps is everything about one lead.
type LeadProps struct {
	Shell        layout.AdminShell
	Name         string
	Email        string
	Phone        string // as people write it
	JobTitle     string
	Company      string
	Stage        string
	Disqualified *Disqualified
	CreatedAt    time.Time
	Campaign     string // where they came in
	CampaignURL  string // of its public page
	MailURL      string // mailto:…
	CallURL      string // tel:…
	Score        Score
	Todo         *Todo // while it is hot
	Asked        []Submission
	Activity     []Activity
	Facts        []Fact
	Kinds        []Kind
	First, Last  *Touch   // Last only where it is another
	Agreed       []Agreed // what holds now
	Consents     []Consent
	ConsentURL   string // writes one down; empty for who may not
	EraseURL     string // likewise
	Sequences    []LeadSequence
	Messages     []Message
}

// Disqualified is why a lead is left alone, in words, and until when.
type Disqualified struct {
	Reason string
	Until  time.Time // zero: for good
}

// Todo is the one next act for a salesperson.
type Todo struct {
	Reason      string // "score" or "raised_hand"
	Since       time.Time
	Phone       string // as people write it; empty: there is an address only
	CallURL     string
	WhatsAppURL string
	MailURL     string
	NoConsent   bool // calls were not agreed to, and nobody asked for one
}

// Submission is one form as it was answered.
type Submission struct {
	Campaign    string
	CampaignURL string
	At          time.Time
	Corrects    bool // an earlier one by the same person
	Released    bool // from quarantine
	Answers     []Fact
}

// Kind is what a lead qualified for, and by which rule.
type Kind struct {
	Kind string
	Rule string
	At   time.Time
}

// Touch is where a visit came from.
type Touch struct {
	Channel, Source, Medium, Campaign, Term, Content, Referrer, Landing string
}

// LeadSequence is a sequence that the lead is or was in.
type LeadSequence struct {
	Name, URL string
	State     string
	Reason    string // why it ended
	Paused    bool   // the sequence as a whole
	Step      string // that comes next
	Since     time.Time
	NextAt    time.Time
	EndedAt   time.Time
}

// Message is a mail to the lead, or to a salesperson about it.
type Message struct {
	Kind     string
	Subject  string // of a step that is still in its sequence
	To       string
	Class    string
	State    string
	At       time.Time // sent, or else owed
	Attempts int
	Reply    string // what the mail server said last
	URL      string // in the built-in mailbox, empty for none
}

func (p LeadProps) called() string { return called(p.Name, p.Email, p.Phone) }

func (p LeadProps) job() string {
	if p.JobTitle != "" && p.Company != "" {
		return p.Shell.Loc.T("list.separator")
	}
	return ""
}

// call tells whether the next act is a call. Where calls were not agreed to, writing comes first.
func (t Todo) call() bool { return t.CallURL != "" && (!t.NoConsent || t.MailURL == "") }

// callVariant: a view has one main act, and it is not to call where that was not agreed to.
func (p LeadProps) callVariant() ui.Variant {
	if p.Todo != nil && !p.Todo.call() {
		return ui.Quiet
	}
	return ui.Primary
}

// because says in a sentence why somebody should act, nil for nothing to say.
func (t Todo) because(loc *i18n.Loc, s Score) []i18n.Part {
	if t.Reason == "raised_hand" {
		return loc.Parts("admin.lead.todo.because.raised_hand")
	}
	if top := s.top(2); len(top) > 0 {
		for i, text := range top {
			top[i] = loc.T("admin.lead.todo.reason", "reason", text)
		}
		return loc.Parts("admin.lead.todo.because.score", "why", loc.List(top...))
	}
	return nil
}

// facts of a touch: only what is known.
func (t *Touch) facts(loc *i18n.Loc) []Fact {
	all := []Fact{
		{Label: loc.T("admin.touch.channel"), Text: word(loc, "admin.channel", t.Channel)},
		{Label: loc.T("admin.touch.source"), Text: t.Source, As: LeftToRight},
		{Label: loc.T("admin.touch.medium"), Text: t.Medium, As: LeftToRight},
		{Label: loc.T("admin.touch.campaign"), Text: t.Campaign, As: LeftToRight},
		{Label: loc.T("admin.touch.term"), Text: t.Term},
		{Label: loc.T("admin.touch.content"), Text: t.Content},
		{Label: loc.T("admin.touch.referrer"), Text: t.Referrer, As: LeftToRight},
		{Label: loc.T("admin.touch.landing"), Text: t.Landing, As: LeftToRight},
	}
	return filled(all)
}

func filled(all []Fact) []Fact {
	var out []Fact
	for _, f := range all {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}
