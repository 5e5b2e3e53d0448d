package scoring_test

import (
	"strconv"
	"strings"
	"testing"

	"sarnakh/models"
	"sarnakh/scoring"
)

func TestGrade(t *testing.T) {
	for _, c := range []struct {
		fit, engagement float64
		want            string
	}{
		{30, 40, "A1"}, {50, 100, "A1"}, {29.99, 40, "B1"}, {15, 39.99, "B2"}, {15, 20, "B2"},
		{14.99, 20, "C2"}, {30, 19.99, "A3"}, {-50, -100, "C3"},
	} {
		if got := scoring.Grade(c.fit, c.engagement); got != c.want {
			t.Errorf("fit %v, engagement %v: %s, want %s", c.fit, c.engagement, got, c.want)
		}
	}
}

func TestShownRoundsHalfAwayFromZero(t *testing.T) {
	for s, want := range map[float64]int{0: 0, 0.49: 0, 0.5: 1, 1.5: 2, 2.5: 3, 99.5: 100, 105: 100, -0.5: 0, -40: 0} {
		if got := (scoring.Sum{S: s}).Shown(); got != want {
			t.Errorf("%v is shown as %d, want %d", s, got, want)
		}
	}
}

// 20 points double the odds; the mean lead has the owner's guess.
func TestProbability(t *testing.T) {
	for _, c := range []struct{ s, p0, mean, want float64 }{
		{25, 0.03, 25, 0.03}, {45, 0.2, 25, 1.0 / 3}, {5, 0.2, 25, 1.0 / 9}, {105, 0.04, 25, 0.4},
		{1e6, 0.04, 25, 1}, {-1e6, 0.04, 25, 0},
	} {
		near(t, "probability", scoring.Probability(c.s, c.p0, c.mean), c.want, 1e-12)
	}
}

// A limit, and what is over 100 or under 0, is a line of its own (S9).
func TestLimitLines(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	points := func(f scoring.Facts) string {
		var lines []string
		for _, l := range card.Score(f, now).Lines {
			lines = append(lines, strings.TrimSuffix(l.Criterion+" "+l.Group, " ")+" "+strconv.Itoa(l.Points))
		}
		return strings.Join(lines, ", ")
	}
	for want, f := range map[string]scoring.Facts{
		"": {},
		"product_page website 15, price_page website 23, chat_started website 15, limit website -13": {Events: []models.Event{
			page(0, models.PageProduct), page(0, models.PageProduct), page(0, models.PagePrice), page(0, models.PagePrice),
			data(models.ChatStarted, models.EventData{})}},
		"free_mail demographic -5, unsubscribed email -20, under 25": {FreeMail: true,
			Events: []models.Event{data(models.Unsubscribed, models.EventData{})}},
		// 2.5 rounds up to 3: the half goes to the only line
		"sms_clicked email 3": {Events: []models.Event{at(14, models.SMSClicked, models.EventData{})}},
		// 0.5 + 0.5 is one point: the first of equal remainders has it
		"home_page website 1, social_followed social 0": {Events: []models.Event{page(14, models.PageHome),
			at(60, models.SocialFollowed, models.EventData{})}},
	} {
		if got := points(f); got != want {
			t.Errorf("lines are %q, want %q", got, want)
		}
	}
}

// A card from history: bins of numbers, pooled and blank answers, in a group without limits (S7).
func TestLearnedCard(t *testing.T) {
	d, err := scoring.Parse([]byte(`{"name": "learned-1",
		"groups": [{"key": "learned", "axis": "fit"}],
		"criteria": [
			{"key": "employees", "group": "learned", "fields": ["Employees"], "levels": [
				{"key": "employees:blank", "blank": true, "points": -7},
				{"key": "employees:1", "label": "Employees under 10", "max": 10, "points": -40},
				{"key": "employees:2", "min": 10, "max": 100, "points": 60},
				{"key": "employees:3", "min": 100, "points": 90}]},
			{"key": "city", "group": "learned", "fields": ["city", "town"], "levels": [
				{"key": "city:شیراز", "in": ["شیراز", "Shiraz"], "points": 12},
				{"key": "city:rest", "rest": true, "points": 3}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if d.Hot != 60 || d.Prior != 0.03 || d.Repeat != 0.5 {
		t.Errorf("what the card does not say is %+v", d)
	}
	card := compile(t, d)
	for _, c := range []struct {
		answers []string
		want    float64
	}{
		{nil, -7}, {[]string{"Employees", "9.99"}, -40}, {[]string{"Employees", "10"}, 60},
		{[]string{"Employees", "99"}, 60}, {[]string{"Employees", "100"}, 90}, {[]string{"Employees", "?"}, 0},
		{[]string{"city", "شیراز"}, 12 - 7}, {[]string{"city", "shiraz"}, 3 - 7}, {[]string{"city", "Yazd"}, 3 - 7},
		{[]string{"city", "Yazd", "town", "Shiraz"}, 12 - 7}, // whichever of its fields says it
		{[]string{"city", "Shiraz", "town", "Yazd"}, 12 - 7},
		{[]string{"Employees", "1e3", "city", "Shiraz"}, 102}, // nothing is clamped
	} {
		near(t, strings.Join(c.answers, " "), card.Value(scoring.Facts{Lead: answered(c.answers...)}, now).S, c.want, 0)
	}
	s := card.Score(scoring.Facts{Lead: answered("Employees", "3")}, now)
	if l := s.Lines[0]; l.Label != "Employees under 10" || l.Criterion != "employees:1" || l.Evidence() != "" || l.Value != "3" {
		t.Errorf("the line is %+v", l)
	}
}
