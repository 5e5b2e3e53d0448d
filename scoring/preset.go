package scoring

// Preset makes one of the built-in cards: "b2b", "b2b-fa" or "b2c". It is the caller's to change.
//
// The target of the B2B cards is companies of 11 to 500 people in any industry and region; an owner who
// names industries or regions turns on the points for them. "b2b-fa" takes nothing off for a free-mail
// address, for that is what most people at work in Iran use.
func Preset(name string) (Doc, bool) {
	d := Doc{Name: name, Preset: name, Hot: 60, Repeat: 0.5,
		Caps: Caps{Fit: 50, Engagement: 100}, Groups: groups()}
	column := b2b
	switch name {
	case "b2b", "b2b-fa":
		d.Prior, d.TrialRaisesHand = 0.03, true
		d.Targets = map[string][]string{"company_size": {"11-50", "51-200", "201-500"}}
	case "b2c":
		d.Prior, column = 0.05, b2c
	default:
		return Doc{}, false
	}
	for _, r := range acts() {
		d.Criteria = append(d.Criteria, r.criterion(column))
	}
	d.Criterion("came_back").AnotherDay = true
	d.Criterion("colleagues").Repeat = new(float64) // the newest form says it for all
	for _, r := range answers() {
		d.Criteria = append(d.Criteria, r.criterion(column))
	}
	for _, r := range combined() {
		d.Combinations = append(d.Combinations, r.combination(column))
	}
	if name == "b2b-fa" {
		d.Criterion("free_mail").Levels[0].Points = 0
	}
	return d, true
}

// Criterion finds a criterion to change it; nil where the card has none of that key.
func (d *Doc) Criterion(key string) *Criterion {
	for i := range d.Criteria {
		if d.Criteria[i].Key == key {
			return &d.Criteria[i]
		}
	}
	return nil
}

func groups() []Group {
	return []Group{
		{"company", Fit, 30}, {"product_fit", Fit, 40}, {"demographic", Fit, 20},
		{"website", Engagement, 40}, {"email", Engagement, 20}, {"social", Engagement, 10},
		{"content", Engagement, 40}, {"sales", Engagement, 60}, {Combined, Engagement, 30},
	}
}
