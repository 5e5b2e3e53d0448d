package scoring

// A preset is a kind of business: one of the two agreed columns, and what is worth more or less to it. The numbers of
// the columns are agreed (docs: scoring); those that differ from them here are where a marketer of that trade would begin, to
// be edited, and to be replaced by what their own history says.
type preset struct {
	column int
	prior  float64 // the guess of how many of a hundred buy, before there is a history
	trial  bool    // whether asking for a trial is a raised hand
	sizes  []string
	points map[string]float64 // of criteria and of their levels, by key
}

// Names of the presets, in the order in which they are offered.
var presetNames = [...]string{"b2b-fa", "b2b", "b2c", "saas", "services", "education", "retail"}

// PresetNames are the built-in cards, in the order in which they are offered.
func PresetNames() []string { return presetNames[:] }

func presets() map[string]preset {
	sizes := []string{"11-50", "51-200", "201-500"}
	return map[string]preset{
		"b2b": {column: b2b, prior: 0.03, trial: true, sizes: sizes},
		// Most people at work in Iran use a free-mail address.
		"b2b-fa": {column: b2b, prior: 0.03, trial: true, sizes: sizes, points: map[string]float64{"free_mail": 0}},
		"b2c":    {column: b2c, prior: 0.05},
		// The product sells itself: who tries it, comes back and reads the prices; small firms buy too.
		"saas": {column: b2b, prior: 0.04, trial: true, sizes: []string{"2-10", "11-50", "51-200"}, points: map[string]float64{
			"trial_ordered": 40, "came_back": 8, "chat_started": 20, "case_page": 6, "meeting_held": 25, "free_mail": -3}},
		// Trust is bought: who asks for a price, looks at earlier work, has a budget and a date. Many clients are small.
		"services": {column: b2b, prior: 0.06, sizes: []string{"2-10", "11-50", "51-200"}, points: map[string]float64{
			"price_asked": 40, "case_page": 12, "content_decision": 18, "trial_ordered": 15, "budget_fits": 15, "timeline_1m": 20,
			"timeline_3m": 12, "meeting_held": 35, "free_mail": 0}},
		// A course is chosen after a look at the teacher: who comes to the free lesson, and who left the registration half-way.
		"education": {column: b2c, prior: 0.06, points: map[string]float64{
			"webinar_signed_up": 10, "webinar_attended": 20, "product_page": 12, "content_consideration": 10, "cart_left": 25,
			"education": 8, "came_back": 6, "timeline_1m": 18}},
		// A shop: who left a full cart, comes back, and opens what is sent; a trial or a meeting is rare.
		"retail": {column: b2c, prior: 0.04, points: map[string]float64{
			"cart_left": 35, "came_back": 8, "product_page": 8, "price_page": 10, "mail_clicked": 6, "social_followed": 4,
			"content_awareness": 2, "content_consideration": 4, "meeting_held": 15, "trial_ordered": 20}},
	}
}

// Preset makes one of the built-in cards. It is the caller's to change.
//
// The target of the cards for firms is companies of certain sizes in any industry and region; an owner who names
// industries or regions turns on the points for them.
func Preset(name string) (Doc, bool) {
	p, ok := presets()[name]
	if !ok {
		return Doc{}, false
	}
	d := Doc{Name: name, Preset: name, Hot: 60, Repeat: 0.5, Prior: p.prior, TrialRaisesHand: p.trial,
		Caps: Caps{Fit: 50, Engagement: 100}, Groups: groups()}
	if p.sizes != nil {
		d.Targets = map[string][]string{"company_size": p.sizes}
	}
	for _, r := range acts() {
		d.Criteria = append(d.Criteria, r.criterion(p.column))
	}
	d.Criterion("came_back").AnotherDay = true
	d.Criterion("colleagues").Repeat = new(float64) // the newest form says it for all
	for _, r := range answers() {
		d.Criteria = append(d.Criteria, r.criterion(p.column))
	}
	for _, r := range combined() {
		d.Combinations = append(d.Combinations, r.combination(p.column))
	}
	d.weigh(p.points)
	return d, true
}

// weigh gives criteria and levels other points, by their keys.
func (d *Doc) weigh(points map[string]float64) {
	for i := range d.Criteria {
		c := &d.Criteria[i]
		if worth, ok := points[c.Key]; ok && len(c.Levels) == 0 {
			c.Points = worth
		}
		for j := range c.Levels {
			if worth, ok := points[c.Levels[j].Key]; ok {
				c.Levels[j].Points = worth
			}
		}
	}
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
