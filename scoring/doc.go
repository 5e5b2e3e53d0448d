// Package scoring turns a card and the facts about a lead into a score that explains itself.
//
// Points are log-odds: 20 points double the odds that a lead becomes a customer. The package is pure:
// no I/O, no clock but the now that is passed in. A Doc is a card as stored and edited; Compile makes a
// Card of it, which scores (Value, Score), suggests (Raise) and qualifies (Qualify).
package scoring

import "sarnakh/models"

// Axis is one of the two sums that make a score.
type Axis string

// Fit is who they are, Engagement what they did.
const (
	Fit        Axis = "fit"
	Engagement Axis = "engagement"
)

// Combined is the group that pays for combinations.
const Combined = "combination"

// A Doc is a card as stored. Points of 0 switch a criterion off and keep it for editing.
type Doc struct {
	Name   string  `json:"name"`
	Preset string  `json:"preset,omitempty"` // it was made from
	Hot    float64 `json:"hot"`              // from this score a lead is hot
	Prior  float64 `json:"prior"`            // the owner's guess of how many leads become customers
	Repeat float64 `json:"repeat"`           // what each further event of a criterion is worth of the one before
	Caps   Caps    `json:"caps"`
	// TrialRaisesHand: who orders a trial or a sample waits for a call.
	TrialRaisesHand bool `json:"trial_raises_hand,omitempty"`
	// Activations are the names of activated events that make a lead product-qualified.
	Activations []string `json:"activations,omitempty"`
	// Targets say by the key of a criterion whom the owner looks for: sizes, industries, regions.
	// A criterion whose target is empty pays nothing.
	Targets      map[string][]string `json:"targets,omitempty"`
	Groups       []Group             `json:"groups"` // in the order in which reasons are shown
	Criteria     []Criterion         `json:"criteria"`
	Combinations []Combination       `json:"combinations,omitempty"`
}

// Caps limit the two axes, either way; 0 is no limit.
type Caps struct {
	Fit        float64 `json:"fit,omitempty"`
	Engagement float64 `json:"engagement,omitempty"`
}

// A Group is criteria that share a limit, either way; 0 is no limit, as in what was learned.
type Group struct {
	Key  string  `json:"key"`
	Axis Axis    `json:"axis"`
	Cap  float64 `json:"cap,omitempty"`
}

// A Criterion gives points either for events (When) or for an answer (Fields and Levels).
type Criterion struct {
	Key string `json:"key"`
	// Label is in the owner's words, for a criterion that the messages do not name.
	Label    string  `json:"label,omitempty"`
	Group    string  `json:"group"`
	HalfLife float64 `json:"half_life,omitempty"` // days; 0: it does not fade

	Points float64  `json:"points,omitempty"`
	Repeat *float64 `json:"repeat,omitempty"` // instead of the card's; 0: only the newest counts
	Cap    float64  `json:"cap,omitempty"`    // either way; 0: twice the points
	When   []When   `json:"when,omitempty"`   // any of them
	// AnotherDay counts days instead of events: those after the day of the first event of these kinds.
	AnotherDay bool `json:"another_day,omitempty"`

	Fields []string `json:"fields,omitempty"` // of the lead; one that meets a level is enough
	Levels []Level  `json:"levels,omitempty"` // the first that is met pays
	// NotWith names an attribute that says the same: while that is met, this one pays nothing.
	NotWith string `json:"not_with,omitempty"`
}

// When is a kind of event with a filter on its data; what is left empty filters nothing.
type When struct {
	Kind     models.EventKind   `json:"kind"`
	Offers   []models.OfferKind `json:"offers,omitempty"`
	Funnels  []models.Funnel    `json:"funnels,omitempty"` // "" is an offer without one
	Pages    []models.PageKind  `json:"pages,omitempty"`
	Names    []string           `json:"names,omitempty"`
	NotNames []string           `json:"not_names,omitempty"`
	Seconds  float64            `json:"seconds,omitempty"` // visible, at least
	People   int                `json:"people,omitempty"`  // of one company, at least
	CallMe   bool               `json:"call_me,omitempty"` // was ticked
}

// Match says how an answer is held against a criterion's target.
type Match string

// InTarget is one of those looked for; NearTarget is a company size next to one.
const (
	InTarget   Match = "in"
	NearTarget Match = "near"
)

// A Level is one answer, or one bin of answers, with its points. It has exactly one test.
type Level struct {
	Key    string   `json:"key"`
	Label  string   `json:"label,omitempty"`
	Points float64  `json:"points,omitempty"`
	In     []string `json:"in,omitempty"`
	Target Match    `json:"target,omitempty"`
	Min    *float64 `json:"min,omitempty"` // of a number: Min ≤ x < Max
	Max    *float64 `json:"max,omitempty"`
	Blank  bool     `json:"blank,omitempty"` // not answered
	Rest   bool     `json:"rest,omitempty"`  // answered, and no level before was met
}

// A Combination is a bonus for criteria that were all met within some days, fading from the last of
// them. Each member is one criterion, or several of which one is enough.
type Combination struct {
	Key      string     `json:"key"`
	Label    string     `json:"label,omitempty"`
	Points   float64    `json:"points,omitempty"`
	HalfLife float64    `json:"half_life,omitempty"`
	Days     float64    `json:"days,omitempty"` // 0: 30
	Ordered  bool       `json:"ordered,omitempty"`
	Members  [][]string `json:"members"`
}
