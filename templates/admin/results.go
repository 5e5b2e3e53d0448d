package admin

import (
	"time"

	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// ResultsProps is the first page of a campaign: what it achieved, or what is to be done before it can.
type ResultsProps struct {
	Shell   layout.AdminShell
	Head    CampaignHead
	Next    *NextThing // to do about a campaign with figures, for who may
	Goal    *ResultsGoal
	Draft   *ResultsDraft   // of a campaign that visitors never saw
	Empty   *ResultsEmpty   // of one that nobody has come to
	Figures *ResultsFigures // of all others
}

// ResultsFigures are what was counted in a period, and what the leads are worth now.
type ResultsFigures struct {
	Period  ResultsPeriod
	Steps   []ResultsStep
	Worst   string // the step before which most was lost; empty where too few came to say so
	Unseen  bool   // the shares between some steps say little
	Series  ResultsSeries
	Sources []ResultsSource
	Spread  *ResultsSpread
	People  *ResultsPeople // nil for who may not see people
}

// ResultsPeriod is how the days are chosen that the page shows.
type ResultsPeriod struct {
	URL      string // of the page, without a query
	Days     int    // 0: other days
	Choices  []int
	From, To string // as typed, or as their fields show them
	Problems []ui.Problem
	First    time.Time // in force
	Last     time.Time
}

// ResultsStep is how many came as far as a step; shares are NaN where they are not known.
type ResultsStep struct {
	Stage                  string
	Count                  int64
	OfVisits, Lost, Height float64
}

// ResultsSeries is a number for each day, and those as many days before; nil where there is nothing to compare with.
type ResultsSeries struct {
	First       time.Time
	Now, Before []int64
}

// ResultsSource is a place where visitors came from; its name is empty for the others together. The rate is NaN where it
// is not known.
type ResultsSource struct {
	Name  string
	Leads int64
	Rate  float64
}

// ResultsSpread is how many leads have which score, by tens.
type ResultsSpread struct {
	Bars  []ui.Pillar // toned cold, warm and hot
	Forms int         // how many of the last forms it is of; 0: of all
}

// ResultsPeople are those who filled in the form last.
type ResultsPeople struct {
	URL  string // of all of them
	Rows []ResultsPerson
}

// ResultsPerson is a lead with the time of its form.
type ResultsPerson struct {
	URL, Name, Email, Phone, Temperature string
	Score                                int
	At                                   time.Time
}

// ResultsGoal is how far a campaign is, and how long it has.
type ResultsGoal struct {
	Leads int64
	Goal  int64     // 0: none
	Until time.Time // zero: without end
	Left  int       // days, where it has an end that is to come
	Ended bool
}

// ResultsDraft is what keeps a draft from being published. A reader who can't do anything about it sees no checks.
type ResultsDraft struct {
	Checks     []CheckLine
	Planned    time.Time // when visitors will see it; zero where that is not planned
	PublishURL string    // empty for who may not
}

// ResultsEmpty is how to bring the first visitors.
type ResultsEmpty struct {
	Address, QR string // empty where visitors see no page
}
