package scoring

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sarnakh/models"
)

// FieldFreeMail is a field that every lead has, "yes" or "no", from Facts.FreeMail.
const FieldFreeMail = "free_mail"

// Facts are all that a score depends on beside the card and the time.
type Facts struct {
	Lead     *models.Lead   // its answers; the score, stage and temperature on it are not read by Value
	Events   []models.Event // its own, in any order; oldest first is fastest
	Zone     *time.Location // the owner's, where a day begins; nil is UTC
	FreeMail bool           // the address is one of a free-mail provider
}

// later is how far ahead of now something may lie and still count, for clocks differ.
const later = models.Instant(5 * time.Minute / time.Microsecond)

// answer is what the lead said in a field by now.
func (f *Facts) answer(field string, now models.Instant) models.FieldValue {
	if field == FieldFreeMail {
		if f.FreeMail {
			return models.FieldValue{Value: "yes"}
		}
		return models.FieldValue{Value: "no"}
	}
	if f.Lead == nil {
		return models.FieldValue{}
	}
	v, ok := f.Lead.Fields[field]
	if !ok {
		return models.FieldValue{Value: strings.TrimSpace(f.Lead.Get(field))}
	}
	if v.At > now+later {
		return models.FieldValue{}
	}
	v.Value = strings.TrimSpace(v.Value)
	return v
}

// answerTerm is a criterion on an answer.
type answerTerm struct {
	fields   []string
	halfLife float64
	levels   []level
}

type level struct {
	Level
	targets []span
}

// compileAnswer is nil for a criterion that can pay nothing: without points, or without a target.
func compileAnswer(r *Criterion, target []string) *answerTerm {
	a := &answerTerm{fields: r.Fields, halfLife: r.HalfLife}
	pays := false
	for _, l := range r.Levels {
		x := level{Level: l}
		switch l.Target {
		case InTarget:
			x.targets = spans(target)
		case NearTarget:
			x.targets = spans(nextTo(target))
		}
		if l.Target != "" && len(x.targets) == 0 {
			continue
		}
		pays = pays || l.Points != 0
		a.levels = append(a.levels, x)
	}
	if !pays {
		return nil
	}
	return a
}

// met finds the first level that an answer meets, -1 for none.
func (a *answerTerm) met(f *Facts, now models.Instant) (int, models.FieldValue) {
	best, by := len(a.levels), models.FieldValue{}
	for _, field := range a.fields {
		v := f.answer(field, now)
		for i := range a.levels[:best] {
			if a.levels[i].meets(v.Value) {
				best, by = i, v
				break
			}
		}
	}
	if best == len(a.levels) {
		return -1, by
	}
	return best, by
}

// blank tells whether none of its fields is answered.
func (a *answerTerm) blank(f *Facts, now models.Instant) bool {
	for _, field := range a.fields {
		if f.answer(field, now).Value != "" {
			return false
		}
	}
	return true
}

func (l *level) meets(value string) bool {
	switch {
	case l.Blank || value == "":
		return l.Blank && value == ""
	case l.Rest:
		return true
	case l.In != nil:
		return slices.Contains(l.In, value)
	case l.targets != nil:
		return slices.ContainsFunc(l.targets, func(t span) bool { return t.holds(value) })
	}
	x, err := strconv.ParseFloat(value, 64)
	return err == nil && (l.Min == nil || x >= *l.Min) && (l.Max == nil || x < *l.Max)
}

// span is one target: a word, and where the word is a number or a range ("51-200", "1001+") its bounds.
type span struct {
	word      string
	low, high float64
	ranged    bool
}

func spans(words []string) []span {
	var s []span
	for _, w := range words {
		s = append(s, parseSpan(w))
	}
	return s
}

func parseSpan(word string) span {
	s := span{word: strings.TrimSpace(word)}
	low, high, isRange := strings.Cut(strings.ReplaceAll(s.word, "–", "-"), "-")
	switch open, isOpen := strings.CutSuffix(low, "+"); {
	case isRange:
	case isOpen:
		low, high = open, "inf"
	default:
		high = low
	}
	var err1, err2 error
	s.low, err1 = strconv.ParseFloat(low, 64)
	s.high, err2 = strconv.ParseFloat(high, 64)
	s.ranged = err1 == nil && err2 == nil && s.low <= s.high && !math.IsInf(s.low, 0)
	return s
}

// holds tells whether an answer is the target's word, or a number or range within its bounds.
func (s *span) holds(value string) bool {
	if strings.EqualFold(s.word, value) {
		return true
	}
	if !s.ranged {
		return false
	}
	v := parseSpan(value)
	return v.ranged && v.low >= s.low && v.high <= s.high
}

// nextTo are the company sizes beside those of the target.
func nextTo(target []string) []string {
	var near []string
	for i, size := range Sizes {
		if slices.Contains(target, size) {
			continue
		}
		if i > 0 && slices.Contains(target, Sizes[i-1]) ||
			i+1 < len(Sizes) && slices.Contains(target, Sizes[i+1]) {
			near = append(near, size)
		}
	}
	return near
}
