package scoring_test

import (
	"slices"
	"testing"

	"sarnakh/models"
	"sarnakh/scoring"
)

func kindsOf(o scoring.Outcome) (s []string) {
	for _, q := range o.Added {
		s = append(s, string(q.Kind)+" "+q.Rule)
	}
	return s
}

// Hot needs an act of the lead's own, and ends five points under the threshold or with the answer to a
// raised hand; customers and disqualified leads are never hot (Q1, Q3).
func TestTemperature(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	demo := []models.Event{form(0, models.OfferDemo)}
	for name, c := range map[string]struct {
		s      float64
		lead   models.Lead
		act    scoring.Act
		want   models.Temperature
		became bool
		reason models.HandoffReason
	}{
		"over the threshold by its own act":   {60, models.Lead{}, scoring.Act{Own: true}, models.Hot, true, models.HandoffScore},
		"just under it":                       {59.99, models.Lead{}, scoring.Act{Own: true}, models.Warm, false, ""},
		"over it by a changed card":           {90, models.Lead{}, scoring.Act{}, models.Warm, false, ""},
		"stays hot":                           {70, models.Lead{Temperature: models.Hot}, scoring.Act{Own: true}, models.Hot, false, models.HandoffScore},
		"cooling":                             {55, models.Lead{Temperature: models.Hot}, scoring.Act{}, models.Hot, false, models.HandoffScore},
		"cooled":                              {54.99, models.Lead{Temperature: models.Hot}, scoring.Act{}, models.Warm, false, ""},
		"between, but was not hot":            {57, models.Lead{Temperature: models.Warm}, scoring.Act{Own: true}, models.Warm, false, ""},
		"warm from":                           {40, models.Lead{}, scoring.Act{Own: true}, models.Warm, false, ""},
		"cold under":                          {39.99, models.Lead{Temperature: models.Warm}, scoring.Act{}, models.Cold, false, ""},
		"raised hand":                         {5, models.Lead{}, scoring.Act{Own: true, Events: demo}, models.Hot, true, models.HandoffHand},
		"raised hand in an import":            {5, models.Lead{}, scoring.Act{Events: demo}, models.Cold, false, ""},
		"raised hand of long ago, reported":   {5, models.Lead{}, scoring.Act{Own: true, Events: []models.Event{form(31, models.OfferDemo)}}, models.Cold, false, ""},
		"not answered for 30 days":            {5, models.Lead{Temperature: models.Hot, RaisedHandAt: ago(30)}, scoring.Act{}, models.Hot, false, models.HandoffHand},
		"not answered for longer":             {5, models.Lead{Temperature: models.Hot, RaisedHandAt: ago(30.1)}, scoring.Act{}, models.Cold, false, ""},
		"answered":                            {5, models.Lead{Temperature: models.Hot}, scoring.Act{}, models.Cold, false, ""},
		"customer":                            {90, models.Lead{Stage: models.StageCustomer, Temperature: models.Hot}, scoring.Act{Own: true, Events: demo}, models.Warm, false, ""},
		"disqualified":                        {90, models.Lead{Status: models.Disqualified, Temperature: models.Hot}, scoring.Act{Own: true, Events: demo}, models.Warm, false, ""},
		"disqualified until later":            {90, models.Lead{Status: models.Disqualified, StatusUntil: ago(-1)}, scoring.Act{Own: true}, models.Warm, false, ""},
		"disqualified until some time before": {90, models.Lead{Status: models.Disqualified, StatusUntil: ago(1)}, scoring.Act{Own: true}, models.Hot, true, models.HandoffScore},
	} {
		o := card.Qualify(scoring.Facts{Lead: &c.lead}, scoring.Sum{S: c.s}, c.act, now)
		if o.Temperature != c.want || o.BecameHot != c.became || o.Reason != c.reason {
			t.Errorf("%s: %+v, want %s, became %v, %q", name, o, c.want, c.became, c.reason)
		}
		if o.BecameHot && o.Stage.Rank() < models.StageMQL.Rank() {
			t.Errorf("%s: hot, yet only %s", name, o.Stage)
		}
	}
}

func TestRaisedHands(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	shop := compile(t, preset(t, "b2c"))
	sample := data(models.Activated, models.EventData{Name: "sample_ordered"})
	for _, c := range []struct {
		event     models.Event
		b2b, b2c  bool
		describes string
	}{
		{form(0, models.OfferDemo), true, true, "demo"},
		{form(0, models.OfferPrice), true, true, "price"},
		{form(0, models.OfferContact), true, true, "contact"},
		{data(models.FormSubmitted, models.EventData{OfferKind: models.OfferEbook, CallMe: true}), true, true, "call me"},
		{form(0, models.OfferTrial), true, false, "trial"},
		{sample, true, false, "sample"},
		{form(0, models.OfferEbook), false, false, "ebook"},
		{data(models.ContentDownloaded, models.EventData{OfferKind: models.OfferDemo}), false, false, "a download"},
		{data(models.Activated, models.EventData{Name: "login"}), false, false, "an activation"},
	} {
		if card.RaisesHand(&c.event) != c.b2b || shop.RaisesHand(&c.event) != c.b2c {
			t.Errorf("%s raises a hand: B2B %v, B2C %v", c.describes, card.RaisesHand(&c.event), shop.RaisesHand(&c.event))
		}
	}
	lead := models.Lead{RaisedHandAt: ago(1)}
	o := card.Qualify(scoring.Facts{Lead: &lead}, scoring.Sum{}, scoring.Act{Own: true, Events: []models.Event{form(5, models.OfferDemo)}}, now)
	if !o.RaisedHand || o.RaisedHandAt != ago(1) {
		t.Errorf("a hand raised before the last one: %+v", o)
	}
}

// Kinds come with their rule and time, once; stages only go forward (Q1, Q2).
func TestKindsAndStages(t *testing.T) {
	d := preset(t, "b2b")
	d.Activations = []string{"invited_team"}
	card := compile(t, d)
	activated := func(days float64, name string) []models.Event {
		return []models.Event{at(days, models.Activated, models.EventData{Name: name})}
	}
	with := func(kinds ...models.Kind) *models.Lead {
		l := &models.Lead{Stage: models.StageLead}
		for _, k := range kinds {
			l.Kinds = append(l.Kinds, models.Qualification{Kind: k})
		}
		return l
	}
	far := answered("need", "yes", "budget", "fits", "authority", "yes")
	far.Stage = models.StageOpportunity
	out := answered("need", "yes", "ready", "yes", "budget", "fits", "authority", "yes")
	out.Status = models.Disqualified
	for name, c := range map[string]struct {
		s      float64
		lead   *models.Lead
		events []models.Event
		act    scoring.Act
		want   []string
		stage  models.Stage
	}{
		"nothing":              {10, with(), nil, scoring.Act{Own: true}, nil, models.StageLead},
		"score":                {60, with(), nil, scoring.Act{Own: true}, []string{"mql score"}, models.StageMQL},
		"score of a new card":  {60, with(), nil, scoring.Act{}, []string{"mql score"}, models.StageMQL},
		"raised hand":          {70, with(), nil, scoring.Act{Own: true, Events: []models.Event{form(0, models.OfferPrice)}}, []string{"mql raised_hand"}, models.StageMQL},
		"put back by a person": {60, with(models.KindMQL), nil, scoring.Act{}, nil, models.StageLead},
		"and hot again":        {60, with(models.KindMQL), nil, scoring.Act{Own: true}, nil, models.StageMQL},
		"accepted":             {10, with(), nil, scoring.Act{Accepted: true}, []string{"sql accepted"}, models.StageSQL},
		"accepted again":       {10, with(models.KindSQL), nil, scoring.Act{Accepted: true}, nil, models.StageSQL},
		"N, B, A":              {10, answered("need", "yes", "budget", "fits", "authority", "yes"), nil, scoring.Act{}, []string{"sql bant"}, models.StageSQL},
		"N, A by role, T":      {10, answered("need", "yes", "role", "decides", "timeline", "6m"), nil, scoring.Act{}, []string{"sql bant"}, models.StageSQL},
		"B, A, T without N":    {10, answered("budget", "fits", "authority", "yes", "timeline", "1m"), nil, scoring.Act{}, nil, models.StageLead},
		"N and one more":       {10, answered("need", "yes", "budget", "below", "authority", "no", "timeline", "1m"), nil, scoring.Act{}, nil, models.StageLead},
		"known, but not good":  {10, answered("need", "no", "budget", "fits", "authority", "yes", "timeline", "1m"), nil, scoring.Act{}, nil, models.StageLead},
		"further already":      {10, far, nil, scoring.Act{}, []string{"sql bant"}, models.StageOpportunity},
		"activated":            {10, with(), activated(30, "invited_team"), scoring.Act{}, []string{"pql activation"}, models.StageLead},
		"activated long ago":   {10, with(), activated(31, "invited_team"), scoring.Act{}, nil, models.StageLead},
		"not activated yet":    {10, with(), activated(-1, "invited_team"), scoring.Act{}, nil, models.StageLead},
		"another activation":   {10, with(), activated(1, "logged_in"), scoring.Act{}, nil, models.StageLead},
		"ready":                {10, answered("ready", "yes"), nil, scoring.Act{}, []string{"service said_so"}, models.StageLead},
		"several":              {80, answered("ready", "yes", "need", "yes", "budget", "fits", "timeline", "1m"), activated(1, "invited_team"), scoring.Act{Own: true}, []string{"mql score", "sql bant", "pql activation", "service said_so"}, models.StageSQL},
		"disqualified":         {90, out, nil, scoring.Act{Own: true}, nil, models.StageLead},
	} {
		o := card.Qualify(scoring.Facts{Lead: c.lead, Events: c.events}, scoring.Sum{S: c.s}, c.act, now)
		if !slices.Equal(kindsOf(o), c.want) || o.Stage != c.stage {
			t.Errorf("%s: %v at %s, want %v at %s", name, kindsOf(o), o.Stage, c.want, c.stage)
		}
		for _, q := range o.Added {
			if q.At != models.At(now) {
				t.Errorf("%s: %s since %s", name, q.Kind, q.At)
			}
		}
	}
}
