package scoring

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"slices"

	"sarnakh/models"
)

// Parse reads a card and checks it. What it does not say has the default; a word that no card knows is
// refused, for a misspelt rule that does nothing would go unseen.
func Parse(data []byte) (Doc, error) {
	d := Doc{Hot: 60, Prior: 0.03, Repeat: 0.5}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil || dec.More() {
		bad := &models.Invalid{}
		bad.Add("card", "score.bad.json")
		return Doc{}, bad
	}
	return d, d.Check()
}

// Limits that no sensible card meets; they bound what a stored card can cost.
const (
	maxPoints   = 10_000
	maxDays     = 100_000
	maxCriteria = 2_000
	maxLevels   = 1_000
	maxMembers  = 20
)

var (
	keyForm    = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)
	levelForm  = regexp.MustCompile(`^\P{Cc}{1,200}$`) // learned bins are named by column and answer
	cardForm   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)
	eventKinds = []models.EventKind{models.FormSubmitted, models.PageViewed, models.ContentDownloaded,
		models.MailClicked, models.MailReplied, models.SMSClicked, models.SMSReplied,
		models.SocialFollowed, models.SocialLiked, models.SocialCommented, models.SocialShared,
		models.SocialMessaged, models.CallReached, models.CallMissed, models.CallRefused,
		models.MeetingHeld, models.MeetingMissed, models.ChatStarted, models.CartLeft,
		models.Unsubscribed, models.Activated}
	// Sizes are the company sizes that a form offers, in order; "next to the target" means in this list.
	Sizes = [...]string{"1", "2-10", "11-50", "51-200", "201-500", "501-1000", "1001+"}
)

// Check says everything that is wrong with a card, each under the key of its criterion or group, as
// *models.Invalid; nil where nothing is.
func (d *Doc) Check() error {
	c := checker{doc: d, bad: &models.Invalid{}, axes: map[string]Axis{}, kinds: map[string]criterionKind{}}
	c.card()
	for i := range d.Groups {
		c.group(&d.Groups[i])
	}
	for i := range d.Criteria {
		c.criterion(&d.Criteria[i])
	}
	for i := range d.Criteria {
		c.notWith(&d.Criteria[i])
	}
	for i := range d.Combinations {
		c.combination(&d.Combinations[i])
	}
	return c.bad.OrNil()
}

type criterionKind int8

const (
	act criterionKind = iota + 1
	answer
	bonus
)

type checker struct {
	doc   *Doc
	bad   *models.Invalid
	axes  map[string]Axis
	kinds map[string]criterionKind
}

// must notes what is wrong under a field, unless ok.
func (c *checker) must(ok bool, field, key string) bool {
	if !ok {
		c.bad.Add(field, "score.bad."+key)
	}
	return ok
}

func within(x, low, high float64) bool { return x >= low && x <= high } // never for NaN

func (c *checker) card() {
	d := c.doc
	c.must(cardForm.MatchString(d.Name), "name", "name")
	c.must(within(d.Hot, -maxPoints, maxPoints), "hot", "points")
	c.must(d.Prior > 0 && d.Prior < 1, "prior", "prior")
	c.must(within(d.Repeat, 0, 1), "repeat", "repeat")
	c.must(within(d.Caps.Fit, 0, math.MaxFloat64), string(Fit), "cap")
	c.must(within(d.Caps.Engagement, 0, math.MaxFloat64), string(Engagement), "cap")
	c.must(len(d.Criteria)+len(d.Combinations) <= maxCriteria, "criteria", "too_many")
}

func (c *checker) group(g *Group) {
	_, twice := c.axes[g.Key]
	free := !twice && g.Key != string(Fit) && g.Key != string(Engagement) // axes have limits of their own
	c.must(keyForm.MatchString(g.Key) && free, g.Key, "key")
	c.must(g.Axis == Fit || g.Axis == Engagement, g.Key, "axis")
	c.must(within(g.Cap, 0, math.MaxFloat64), g.Key, "cap")
	c.axes[g.Key] = g.Axis
}

// key claims a key: criteria and combinations share one space of keys, for each is named in reasons.
func (c *checker) key(key string, kind criterionKind) {
	c.must(keyForm.MatchString(key) && c.kinds[key] == 0, key, "key")
	c.kinds[key] = kind
}

func (c *checker) criterion(r *Criterion) {
	_, known := c.axes[r.Group]
	c.must(known, r.Key, "group")
	c.must(within(r.HalfLife, 0, maxDays), r.Key, "half_life")
	isAct, isAnswer := len(r.When) > 0, len(r.Fields) > 0 && len(r.Levels) > 0
	if !c.must(isAct != isAnswer && (!isAct || len(r.Fields)+len(r.Levels) == 0), r.Key, "test") {
		return
	}
	if isAnswer {
		c.key(r.Key, answer)
		c.levels(r)
		return
	}
	c.key(r.Key, act)
	c.must(within(r.Points, -maxPoints, maxPoints), r.Key, "points")
	c.must(within(r.Cap, 0, maxPoints), r.Key, "cap")
	c.must(r.Repeat == nil || within(*r.Repeat, 0, 1), r.Key, "repeat")
	for i := range r.When {
		w := &r.When[i]
		c.must(slices.Contains(eventKinds, w.Kind), r.Key, "kind")
		c.must(within(w.Seconds, 0, math.MaxFloat64) && w.People >= 0, r.Key, "test")
	}
}

func (c *checker) levels(r *Criterion) {
	c.must(len(r.Levels) <= maxLevels, r.Key, "too_many")
	seen := map[string]bool{}
	for i := range r.Levels {
		l := &r.Levels[i]
		c.must(levelForm.MatchString(l.Key) && !seen[l.Key], r.Key, "key")
		c.must(within(l.Points, -maxPoints, maxPoints), r.Key, "points")
		c.must(l.tests() == 1, r.Key, "test")
		c.must(l.Target == "" || l.Target == InTarget || l.Target == NearTarget, r.Key, "test")
		seen[l.Key] = true
		if l.Target == NearTarget {
			c.must(!slices.ContainsFunc(c.doc.Targets[r.Key], notSize), r.Key, "size")
		}
	}
}

func notSize(s string) bool { return !slices.Contains(Sizes[:], s) }

// tests counts the tests of a level.
func (l *Level) tests() (n int) {
	for _, has := range [...]bool{len(l.In) > 0, l.Target != "", l.Min != nil || l.Max != nil, l.Blank, l.Rest} {
		if has {
			n++
		}
	}
	return n
}

// notWith wants the other attribute to be a plain one, so that no chain or ring needs an order.
func (c *checker) notWith(r *Criterion) {
	if r.NotWith == "" {
		return
	}
	other := c.doc.Criterion(r.NotWith)
	c.must(other != nil && other.Key != r.Key && other.NotWith == "" &&
		c.kinds[other.Key] == answer && c.kinds[r.Key] == answer, r.Key, "not_with")
}

// combination allows no negative bonus: a good act that completes it would lower the score.
func (c *checker) combination(b *Combination) {
	c.key(b.Key, bonus)
	c.must(c.axes[Combined] != "", b.Key, "group")
	c.must(within(b.Points, 0, maxPoints), b.Key, "bonus")
	c.must(within(b.HalfLife, 0, maxDays), b.Key, "half_life")
	c.must(within(b.Days, 0, maxDays), b.Key, "days")
	c.must(len(b.Members) >= 2 && len(b.Members) <= maxMembers, b.Key, "members")
	for _, m := range b.Members {
		c.must(len(m) > 0 && len(m) <= maxMembers, b.Key, "members")
		for _, key := range m {
			c.must(c.kinds[key] == act, b.Key, "members")
		}
	}
}
