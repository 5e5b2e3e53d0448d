package scoring

import (
	"sync"

	"sarnakh/models"
)

// A Card is a Doc compiled. It never changes and may be used by many at once.
type Card struct {
	doc    Doc
	groups []group
	terms  []term // group by group
	acts   []actTerm
	combos []combo
	// triggers are by kind of event the criteria that may count it.
	triggers map[models.EventKind][]trigger
	steps    int
	scratch  sync.Pool // of *work
}

// group is a Group with its place in the list of terms.
type group struct {
	Group
	from, to int
}

// term is whatever pays into a group: an act, an answer, or a family of combinations.
type term struct {
	key, label string
	act        int // place in acts, -1 for none
	answer     *answerTerm
	family     []int // places in combos
	notWith    int   // place in terms, -1 for none
}

type actTerm struct {
	points, halfLife, repeat, cap float64
	anotherDay                    bool
	parts                         []part // of combinations that it is a member of
}

type trigger struct {
	act  int
	when []When
}

// Compile checks a card and makes it ready to score. The card keeps d: it must not be changed afterwards.
func Compile(d Doc) (*Card, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	c := &Card{doc: d, triggers: map[models.EventKind][]trigger{}}
	acts := c.compileActs()
	families := c.compileCombinations(acts)
	for _, g := range d.Groups {
		from := len(c.terms)
		c.compileGroup(g.Key, acts)
		if g.Key == Combined {
			c.terms = append(c.terms, families...)
		}
		c.groups = append(c.groups, group{g, from, len(c.terms)})
	}
	c.linkNotWith()
	c.scratch.New = func() any { return c.newWork() }
	return c, nil
}

// Doc is the card as stored; it must not be changed.
func (c *Card) Doc() Doc { return c.doc }

// compileActs returns where each act is by its key. Those without points are kept, for they may be
// members of combinations.
func (c *Card) compileActs() map[string]int {
	places := map[string]int{}
	for i := range c.doc.Criteria {
		r := &c.doc.Criteria[i]
		if len(r.When) == 0 {
			continue
		}
		a := actTerm{points: r.Points, halfLife: r.HalfLife, repeat: c.doc.Repeat,
			cap: r.Cap, anotherDay: r.AnotherDay}
		if r.Repeat != nil {
			a.repeat = *r.Repeat
		}
		if a.cap == 0 {
			a.cap = 2 * max(r.Points, -r.Points)
		}
		places[r.Key] = len(c.acts)
		c.acts = append(c.acts, a)
		c.addTriggers(places[r.Key], r.When)
	}
	return places
}

func (c *Card) addTriggers(act int, when []When) {
	for _, w := range when {
		list := c.triggers[w.Kind]
		if n := len(list); n > 0 && list[n-1].act == act {
			list[n-1].when = append(list[n-1].when, w)
		} else {
			list = append(list, trigger{act, []When{w}})
		}
		c.triggers[w.Kind] = list
	}
}

// compileGroup lists the criteria of a group that can pay anything.
func (c *Card) compileGroup(key string, acts map[string]int) {
	for i := range c.doc.Criteria {
		r := &c.doc.Criteria[i]
		if r.Group != key {
			continue
		}
		t := term{key: r.Key, label: r.Label, act: -1, notWith: -1}
		if place, ok := acts[r.Key]; ok {
			if t.act = place; r.Points == 0 {
				continue
			}
		} else if t.answer = compileAnswer(r, c.doc.Targets[r.Key]); t.answer == nil {
			continue
		}
		c.terms = append(c.terms, t)
	}
}

func (c *Card) linkNotWith() {
	for i := range c.terms {
		if r := c.doc.Criterion(c.terms[i].key); r != nil && r.NotWith != "" {
			c.terms[i].notWith = c.place(r.NotWith)
		}
	}
}

// place is where a term is by its key, -1 for one that is off.
func (c *Card) place(key string) int {
	for i := range c.terms {
		if c.terms[i].key == key {
			return i
		}
	}
	return -1
}
