package scoring_test

import (
	_ "embed"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sarnakh/scoring"
)

//go:embed testdata/default_cards.md
var defaultCards string

// tableKeys are the keys of each row of the agreed table, by how its text begins; a number that has no
// key of its own ("budget unknown") is "".
var tableKeys = map[string][]string{
	"home or blog": {"home_page"}, "product page": {"product_page"}, "price page": {"price_page"},
	"case study or": {"case_page"}, "came back": {"came_back"}, "careers": {"careers_page"},
	"cart": {"cart_left"}, "live chat": {"chat_started"},
	"awareness": {"content_awareness"}, "consideration": {"content_consideration"},
	"decision": {"content_decision"}, "webinar": {"webinar_signed_up", "webinar_attended"},
	"newsletter": {"newsletter"}, "e-mail click": {"mail_clicked"}, "e-mail reply": {"mail_replied"},
	"SMS": {"sms_clicked", "sms_replied"}, "unsubscribed": {"unsubscribed"},
	"follow": {"social_followed", "social_shared", "social_messaged"},
	"demo":   {"contact_asked"}, "trial": {"trial_ordered"}, "price asked": {"price_asked"},
	"call reached": {"call_reached"}, "sales e-mail": {"sales_mail_replied"},
	"meeting": {"meeting_held", "meeting_missed"}, "call: not": {"call_refused"},
	"size": {"company_size_in", "company_size_near"}, "industry": {"industry"}, "revenue": {"revenue"},
	"role": {"role_decides", "role_influences", "role_uses"}, "free-mail": {"free_mail"},
	"region": {"region", "income", "education"}, "need": {"need"},
	"budget": {"budget_fits", "", "budget_below"}, "authority": {"authority"},
	"timeline": {"timeline_1m", "timeline_3m", "timeline_6m", ""},
	"asked":    {"wanted_sold", "wanted_not_sold"}, "referred": {"referred"},
	"price page + ebook": {"price_ebook_webinar"}, "price page + case": {"price_case"},
	"three people": {"colleagues"},
}

var tableGroups = map[string]string{
	"website": "website", "content": "content", "e-mail, SMS": "email", "social": "social",
	"sales interaction": "sales", "company": "company", "demographic": "demographic",
	"product fit": "product_fit", "combination": "combination",
}

type worth struct {
	group            string
	points, halfLife float64
	limit            float64
}

func numbers(cell string) (n []float64) {
	for _, s := range regexp.MustCompile(`-?\d+`).FindAllString(cell, -1) {
		x, _ := strconv.ParseFloat(s, 64)
		n = append(n, x)
	}
	return n
}

// pick is the i-th of a cell's numbers, the last one where it has fewer, 0 for none.
func pick(cell string, i int) float64 {
	n := numbers(cell)
	if len(n) == 0 {
		return 0
	}
	return n[min(i, len(n)-1)]
}

// agreed reads one column of the table: the points of every key.
func agreed(t *testing.T, column int) map[string]worth {
	t.Helper()
	m, group := map[string]worth{}, ""
	for _, row := range strings.Split(strings.TrimSpace(defaultCards), "\n")[2:] {
		cells := strings.Split(row, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[1] != "" {
			group = tableGroups[cells[1]]
		}
		limit := 0.0
		if c := regexp.MustCompile(`\(cap -?\d+\)`).FindString(cells[2]); c != "" {
			limit = max(numbers(c)[0], -numbers(c)[0])
		}
		keys := keysOf(cells[2])
		if len(keys) == 0 || group == "" {
			t.Fatalf("the table's row %q is not known", row)
		}
		for i, key := range keys {
			if key != "" {
				m[key] = worth{group, pick(cells[2+column], i), pick(cells[5], i), limit}
			}
		}
	}
	return m
}

// keysOf finds the keys of a row by the longest beginning that fits.
func keysOf(text string) (keys []string) {
	longest := 0
	for start, k := range tableKeys {
		if strings.HasPrefix(text, start) && len(start) > longest {
			keys, longest = k, len(start)
		}
	}
	return keys
}

// worths lists the points of every key of a card.
func worths(d scoring.Doc) map[string]worth {
	m := map[string]worth{}
	for _, c := range d.Criteria {
		if len(c.When) > 0 {
			m[c.Key] = worth{c.Group, c.Points, c.HalfLife, c.Cap}
		}
		for _, l := range c.Levels {
			m[l.Key] = worth{c.Group, l.Points, c.HalfLife, 0}
		}
	}
	for _, b := range d.Combinations {
		m[b.Key] = worth{scoring.Combined, b.Points, b.HalfLife, 0}
	}
	return m
}

// The built-in cards are the table that was agreed, number by number (S2, S3, S5).
func TestPresetsAreTheAgreedTable(t *testing.T) {
	for name, column := range map[string]int{"b2b": 1, "b2b-fa": 1, "b2c": 2} {
		want := agreed(t, column)
		if name == "b2b-fa" {
			w := want["free_mail"]
			w.points = 0
			want["free_mail"] = w
		}
		got := worths(preset(t, name))
		for key := range want {
			if got[key] != want[key] {
				t.Errorf("%s: %s is %+v, want %+v", name, key, got[key], want[key])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s has %d keys, the table %d", name, len(got), len(want))
		}
	}
	if want := agreed(t, 1); len(want) != 54 {
		t.Errorf("the table has %d keys: was a row dropped?", len(want))
	}
}

// Limits of groups and axes, thresholds and the owner's switches.
func TestPresetLimits(t *testing.T) {
	limits := map[string]float64{"demographic": 20, "company": 30, "product_fit": 40, "website": 40,
		"email": 20, "social": 10, "content": 40, "sales": 60, "combination": 30}
	for name, want := range map[string]struct {
		prior float64
		trial bool
	}{"b2b": {0.03, true}, "b2b-fa": {0.03, true}, "b2c": {0.05, false}} {
		d := preset(t, name)
		if d.Hot != 60 || d.Repeat != 0.5 || d.Caps != (scoring.Caps{Fit: 50, Engagement: 100}) ||
			d.Prior != want.prior || d.TrialRaisesHand != want.trial {
			t.Errorf("%s: %+v", name, d)
		}
		got := map[string]float64{}
		for _, g := range d.Groups {
			got[g.Key] = g.Cap
			if fit := slices.Contains([]string{"demographic", "company", "product_fit"}, g.Key); fit != (g.Axis == scoring.Fit) {
				t.Errorf("%s: group %s is on axis %s", name, g.Key, g.Axis)
			}
		}
		if !reflect.DeepEqual(got, limits) {
			t.Errorf("%s: groups %v, want %v", name, got, limits)
		}
	}
}

// A card goes through storage and comes back the same; each call gives a card of one's own.
func TestPresetsAreDocuments(t *testing.T) {
	for _, name := range scoring.PresetNames() {
		d := preset(t, name)
		data, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		back, err := scoring.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, d) {
			t.Errorf("%s came back as %+v", name, back)
		}
		back.Criterion("need").Levels[0].Points = 99
		d.Criterion("need").Levels[0].Points = 98
		fresh := preset(t, name)
		if x := fresh.Criterion("need").Levels[0].Points; x != 10 {
			t.Errorf("%s was changed for others: %v", name, x)
		}
	}
	if _, ok := scoring.Preset("b2x"); ok {
		t.Error("a preset that does not exist")
	}
}

// S5: each kind of business has its own weights over the agreed ones: the same criteria in the same groups and limits, and
// a card that can be put in force.
func TestPresetsPerTrade(t *testing.T) {
	like := map[string]string{"saas": "b2b", "services": "b2b", "education": "b2c", "retail": "b2c"}
	for name, column := range like {
		d, agreed := preset(t, name), preset(t, column)
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := scoring.Compile(d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got, want := worths(d), worths(agreed)
		differ := 0
		for key, w := range want {
			g := got[key]
			if g.points != w.points {
				differ++
				if g.points*w.points < 0 {
					t.Errorf("%s: %s turned from %v to %v", name, key, w.points, g.points)
				}
			}
			if g.points = w.points; g != w {
				t.Errorf("%s: %s is %+v, agreed %+v", name, key, got[key], w)
			}
		}
		if len(got) != len(want) || differ < 6 || differ > 15 {
			t.Errorf("%s: %d keys of %d, %d differ", name, len(got), len(want), differ)
		}
	}
	if names := scoring.PresetNames(); len(names) != 3+len(like) {
		t.Error(names)
	}
}
