package scoring

import (
	"slices"
	"time"

	"sarnakh/models"
)

// An Act is what the transaction at hand stores about a lead.
type Act struct {
	// Own: an act or answer of the lead itself. Only such a one makes a lead hot or raises a hand;
	// fading, a changed card, an import and the nightly run do not.
	Own      bool
	Events   []models.Event // stored with it
	Accepted bool           // a salesperson accepts the lead
}

// An Outcome is what the rules make of a lead.
type Outcome struct {
	Stage        models.Stage           // never before the one it had
	Added        []models.Qualification // kinds that it was not of before
	Temperature  models.Temperature
	RaisedHandAt models.Instant       // the last raised hand not answered, 0 for none
	RaisedHand   bool                 // by this very act
	BecameHot    bool                 // by this very act: a hand-off opens
	Reason       models.HandoffReason // why it is hot, empty where it is not
}

// How far under the threshold a hot lead cools down, and a lead is still warm.
const (
	hotEndsUnder  = 5
	warmFromUnder = 20
)

// month is how long a raised hand and an activation count.
const month = models.Instant(30 * day)

// Qualify applies the rules to a lead: f.Lead has the new answers, f.Events the new events, but stage,
// kinds, temperature and raised hand are as they were; sum is its score now.
func (c *Card) Qualify(f Facts, sum Sum, act Act, now time.Time) Outcome {
	at, lead := models.At(now), f.Lead
	o := Outcome{Stage: lead.Stage.AtLeast(models.StageLead), Temperature: c.cooler(sum.S),
		RaisedHandAt: lead.RaisedHandAt}
	if act.Own {
		raised := c.lastHand(act.Events)
		o.RaisedHand = raised != 0
		o.RaisedHandAt = max(o.RaisedHandAt, raised)
	}
	if lead.Status == models.Disqualified && (lead.StatusUntil == 0 || at < lead.StatusUntil) {
		return o
	}
	hand := at-o.RaisedHandAt <= month // never is long ago
	o.add(lead, c.kinds(&f, sum.S, hand, act, at), at)
	if act.Accepted {
		o.Stage = o.Stage.AtLeast(models.StageSQL)
	}
	if o.Stage != models.StageCustomer && c.hot(lead, sum.S, hand, act.Own) {
		o.heat(lead, hand)
	}
	return o
}

// cooler is the temperature of a lead that is not hot.
func (c *Card) cooler(s float64) models.Temperature {
	if s >= c.doc.Hot-warmFromUnder {
		return models.Warm
	}
	return models.Cold
}

// Bounds are the scores from which a lead is warm and hot, where nothing else makes it so.
func (c *Card) Bounds() (warm, hot float64) { return c.doc.Hot - warmFromUnder, c.doc.Hot }

// hot lags: what was hot stays so a little below the threshold, and only an act of its own makes it so.
func (c *Card) hot(lead *models.Lead, s float64, hand, own bool) bool {
	if lead.Temperature == models.Hot {
		return hand || s >= c.doc.Hot-hotEndsUnder
	}
	return own && (hand || s >= c.doc.Hot)
}

func (o *Outcome) heat(lead *models.Lead, hand bool) {
	o.Temperature, o.BecameHot = models.Hot, lead.Temperature != models.Hot
	o.Stage = o.Stage.AtLeast(models.StageMQL)
	o.Reason = models.HandoffScore
	if hand {
		o.Reason = models.HandoffHand
	}
}

// RaisesHand tells whether an event is a raised hand: someone waits for an answer.
func (c *Card) RaisesHand(e *models.Event) bool {
	switch e.Kind {
	case models.FormSubmitted:
		k := e.Data.OfferKind
		return k.RaisesHand() || e.Data.CallMe || k == models.OfferTrial && c.doc.TrialRaisesHand
	case models.Activated:
		return e.Data.Name == sampleOrdered && c.doc.TrialRaisesHand
	}
	return false
}

func (c *Card) lastHand(events []models.Event) (at models.Instant) {
	for i := range events {
		if c.RaisesHand(&events[i]) {
			at = max(at, events[i].At)
		}
	}
	return at
}

// kinds lists what a lead is by the rules, with each kind's rule; "" is none.
func (c *Card) kinds(f *Facts, s float64, hand bool, act Act, now models.Instant) []models.Qualification {
	var mql, sql, pql, service string
	switch {
	case hand:
		mql = "raised_hand"
	case s >= c.doc.Hot:
		mql = "score"
	}
	switch {
	case act.Accepted:
		sql = "accepted"
	case bant(f.Lead):
		sql = "bant"
	}
	if c.activated(f.Events, now) {
		pql = "activation"
	}
	if f.Lead.Get(models.FieldReady) == "yes" {
		service = "said_so"
	}
	return []models.Qualification{{Kind: models.KindMQL, Rule: mql}, {Kind: models.KindSQL, Rule: sql},
		{Kind: models.KindPQL, Rule: pql}, {Kind: models.KindService, Rule: service}}
}

// add takes the kinds that are new, and moves the stage up to what they allow. A kind that the lead had
// moves nothing: a person may have put it back since.
func (o *Outcome) add(lead *models.Lead, kinds []models.Qualification, now models.Instant) {
	for _, k := range kinds {
		if k.Rule == "" || lead.Has(k.Kind) {
			continue
		}
		k.At = now
		o.Added = append(o.Added, k)
		switch k.Kind {
		case models.KindMQL:
			o.Stage = o.Stage.AtLeast(models.StageMQL)
		case models.KindSQL:
			o.Stage = o.Stage.AtLeast(models.StageSQL)
		}
	}
}

// bant: of budget, authority, need and timeline three are known and good, the need among them. Whoever
// decides has the authority.
func bant(lead *models.Lead) bool {
	good := 0
	for _, ok := range [...]bool{
		lead.Get(models.FieldBudget) == "fits",
		lead.Get(models.FieldAuthority) == "yes" || lead.Get(models.FieldRole) == "decides",
		slices.Contains([]string{"1m", "3m", "6m"}, lead.Get(models.FieldTimeline)),
	} {
		if ok {
			good++
		}
	}
	return lead.Get(models.FieldNeed) == "yes" && good >= 2
}

func (c *Card) activated(events []models.Event, now models.Instant) bool {
	return slices.ContainsFunc(events, func(e models.Event) bool {
		return e.Kind == models.Activated && slices.Contains(c.doc.Activations, e.Data.Name) &&
			e.At <= now+later && now-e.At <= month
	})
}
