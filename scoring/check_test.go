package scoring_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"sarnakh/models"
	"sarnakh/scoring"
)

// What cannot work is refused before it is stored, named by where it is wrong (S2).
func TestCheckRefuses(t *testing.T) {
	half, two := 0.5, 2.0
	for want, spoil := range map[string]func(d *scoring.Doc){
		"name: score.bad.name":              func(d *scoring.Doc) { d.Name = "B2B!" },
		"hot: score.bad.points":             func(d *scoring.Doc) { d.Hot = math.NaN() },
		"prior: score.bad.prior":            func(d *scoring.Doc) { d.Prior = 1 },
		"repeat: score.bad.repeat":          func(d *scoring.Doc) { d.Repeat = 1.1 },
		"fit: score.bad.cap":                func(d *scoring.Doc) { d.Caps.Fit = -1 },
		"engagement: score.bad.cap":         func(d *scoring.Doc) { d.Caps.Engagement = math.Inf(1) },
		"website: score.bad.key":            func(d *scoring.Doc) { d.Groups = append(d.Groups, d.Groups[3]) },
		"fit: score.bad.key":                func(d *scoring.Doc) { d.Groups = append(d.Groups, scoring.Group{Key: "fit", Axis: scoring.Fit}) },
		"website: score.bad.axis":           func(d *scoring.Doc) { d.Groups[3].Axis = "luck" },
		"website: score.bad.cap":            func(d *scoring.Doc) { d.Groups[3].Cap = -5 },
		"chat_started: score.bad.group":     func(d *scoring.Doc) { d.Criterion("chat_started").Group = "nowhere" },
		"chat_started: score.bad.half_life": func(d *scoring.Doc) { d.Criterion("chat_started").HalfLife = -1 },
		"chat_started: score.bad.points":    func(d *scoring.Doc) { d.Criterion("chat_started").Points = 1e9 },
		"chat_started: score.bad.cap":       func(d *scoring.Doc) { d.Criterion("chat_started").Cap = -1 },
		"chat_started: score.bad.repeat":    func(d *scoring.Doc) { d.Criterion("chat_started").Repeat = &two },
		"chat_started: score.bad.kind":      func(d *scoring.Doc) { d.Criterion("chat_started").When[0].Kind = "mail_opened" },
		"chat_started: score.bad.test":      func(d *scoring.Doc) { d.Criterion("chat_started").When = nil },
		"need: score.bad.test":              func(d *scoring.Doc) { d.Criterion("need").When = d.Criterion("cart_left").When },
		"need: score.bad.points":            func(d *scoring.Doc) { d.Criterion("need").Levels[0].Points = math.Inf(-1) },
		"role: score.bad.key":               func(d *scoring.Doc) { d.Criterion("role").Levels[1].Key = "role_decides" },
		"role: score.bad.test":              func(d *scoring.Doc) { d.Criterion("role").Levels[1].Min = &half },
		"industry: score.bad.test":          func(d *scoring.Doc) { d.Criterion("industry").Levels[0].Target = "about" },
		"company_size: score.bad.size":      func(d *scoring.Doc) { d.Targets["company_size"] = []string{"30-60"} },
		"authority: score.bad.not_with":     func(d *scoring.Doc) { d.Criterion("authority").NotWith = "price_page" },
		"need: score.bad.key":               func(d *scoring.Doc) { d.Criteria = append(d.Criteria, *d.Criterion("need")) },
		"price_case: score.bad.bonus":       func(d *scoring.Doc) { d.Combinations[1].Points = -10 },
		"price_case: score.bad.days":        func(d *scoring.Doc) { d.Combinations[1].Days = -1 },
		"price_case: score.bad.half_life":   func(d *scoring.Doc) { d.Combinations[1].HalfLife = math.NaN() },
		"price_case: score.bad.members":     func(d *scoring.Doc) { d.Combinations[1].Members[0][0] = "need" },
	} {
		d := preset(t, "b2b")
		spoil(&d)
		err := d.Check()
		var bad *models.Invalid
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if f := bad.Fields[0]; f.Field+": "+f.Key != want {
			t.Errorf("%v, want %s", err, want)
		}
		if _, err := scoring.Compile(d); err == nil {
			t.Errorf("%s: compiled all the same", want)
		}
	}
}

func TestCheckTellsAllAtOnce(t *testing.T) {
	d := preset(t, "b2b")
	d.Prior, d.Criterion("chat_started").HalfLife, d.Combinations[0].Points = 0, -1, -1
	var bad *models.Invalid
	if !errors.As(d.Check(), &bad) || len(bad.Fields) != 3 {
		t.Errorf("%v", bad)
	}
}

// One answer may stand in for another, but not in a row or a ring.
func TestCheckRefusesChainsOfNotWith(t *testing.T) {
	d := preset(t, "b2b")
	d.Criterion("role").NotWith = "need"
	var bad *models.Invalid
	if !errors.As(d.Check(), &bad) || len(bad.Fields) != 1 || bad.Fields[0].Field != "authority" {
		t.Errorf("%v", bad)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{"name": "x", "halflife": 3}`, `{"name": "x"} {}`, `{"name": 3}`} {
		var bad *models.Invalid
		if _, err := scoring.Parse([]byte(text)); !errors.As(err, &bad) || bad.Fields[0].Key != "score.bad.json" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Whatever is read neither panics nor scores with a number that is none.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"b2b", "b2c"} {
		data, err := json.Marshal(preset(f, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"name":"x","groups":[{"key":"combination","axis":"fit"}],"criteria":[{"key":"a","group":"combination",
		"points":1,"when":[{"kind":"activated"}]}],"combinations":[{"key":"b","points":1,"members":[["a"],["a"]],"ordered":true}]}`))
	_, facts := example(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := scoring.Parse(data)
		if err != nil {
			return
		}
		card, err := scoring.Compile(d)
		if err != nil {
			t.Fatalf("checked, yet not compiled: %v", err)
		}
		s := card.Score(facts, now)
		if math.IsNaN(s.S) || math.IsInf(s.S, 0) {
			t.Fatalf("%+v", s)
		}
		card.Raise(facts, now)
	})
}
