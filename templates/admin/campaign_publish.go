package admin

import (
	"time"

	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// CampaignPublishProps asks whether visitors shall see the draft, and says what keeps them from it.
type CampaignPublishProps struct {
	Shell   layout.AdminShell
	Head    CampaignHead
	Action  string
	Looked  string // what is looked at, in its state
	First   bool   // it was never published
	Pending bool   // publishing at once would change something
	Checks  []CheckLine
	Stopped bool // by one of the checks
	Changes []ChangeLine
	Emails  []string // sequences that are put in force with it
	Later   bool     // it is to be seen from At on
	At      Moment
	Planned time.Time // when a version is seen that was planned before
	// StaysPaused: it is put in force then, and seen once the campaign is resumed.
	StaysPaused bool
	Until       time.Time // when the campaign ends; zero where it does not
	// UnscheduleURL takes a POST that takes that back.
	UnscheduleURL string
	Problems      []ui.Problem // with the time
	Changed       bool         // the draft, since it was looked at
	WordsURL      string       // where all that stands in brackets is filled in; empty where nothing does
	BackURL       string
	UntilURL      string // where its end is set
}

// sameKey is what is said where the draft is what was last published.
func (p CampaignPublishProps) sameKey() string {
	switch {
	case !p.Planned.IsZero():
		return "campaign_publish.same.planned"
	case p.Head.Status == "live":
		return "campaign_publish.same.live"
	}
	return "campaign_publish.same.since"
}

// mailsOnly: visitors see the draft already, and only its mails wait.
func (p CampaignPublishProps) mailsOnly() bool {
	return p.Head.Status == "live" && p.Planned.IsZero() && len(p.Changes) == 0
}

// CheckLine is one thing to be mended, and where. Without Stops it is advice.
type CheckLine struct {
	Text, URL string
	Stops     bool
}

// ChangeLine is what became of one part, with the texts that differ.
type ChangeLine struct {
	Text  string
	Words []Rewrite
}

// Rewrite is a text before and after.
type Rewrite struct{ Was, Now string }

// shownWords is how many of a part's texts are listed; who wants all looks at the page.
const shownWords = 12

func (l ChangeLine) words() []Rewrite {
	return l.Words[:min(len(l.Words), shownWords)]
}

func (p CampaignPublishProps) stops() int {
	n := 0
	for _, c := range p.Checks {
		if c.Stops {
			n++
		}
	}
	return n
}

// CampaignHistoryProps lists what was published, the newest first.
type CampaignHistoryProps struct {
	Shell          layout.AdminShell
	Head           CampaignHead
	Rows           []VersionRow
	Previous, Next string
}

// VersionRow is one version. State is "shown", "planned", "before" for the one in force while the campaign is over, or empty;
// From is when a planned one takes its place.
type VersionRow struct {
	Number  int
	At      time.Time
	By      string // empty: the program
	State   string
	From    time.Time
	First   bool
	Changes []ChangeLine
	URL     string
}

// CampaignVersionProps is one version with its page.
type CampaignVersionProps struct {
	Shell      layout.AdminShell
	Head       CampaignHead
	Version    VersionRow
	Frame      PreviewFrame
	RestoreURL string
}

// CampaignPreviewProps is the draft as visitors will see it.
type CampaignPreviewProps struct {
	Shell layout.AdminShell
	Head  CampaignHead
	Shown []ui.Tab // the page, and what comes after its form
	Frame PreviewFrame
	// BackURL is where what is shown is written.
	BackURL, BackText string
}

// PreviewFrame is a page in a frame of a width: phone, tablet or desktop.
type PreviewFrame struct {
	URL    string
	Width  string
	Widths []ui.Tab
}
