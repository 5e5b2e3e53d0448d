package admin

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"

	"sarnakh/models"
)

// changes says in words what a draft changes against what is in force, in the order of its steps.
func (w sequenceWords) changes(force *models.SequenceDoc) []string {
	var out []string
	say := func(key string, args ...any) { out = append(out, w.loc.T(key, args...)) }
	for i := range w.doc.Steps {
		s := &w.doc.Steps[i]
		if was, _ := force.Step(s.Key); was == nil {
			say("sequence.change.added", "step", w.step(s.Key), "n", i+1)
		} else {
			out = append(out, w.stepChanges(was, s, i == 0)...)
		}
	}
	old := sequenceWords{loc: w.loc, doc: force, fields: w.fields}
	for i := range force.Steps {
		if s, _ := w.doc.Step(force.Steps[i].Key); s == nil {
			say("sequence.change.removed", "step", old.step(force.Steps[i].Key))
		}
	}
	if !slices.Equal(common(force, w.doc), common(w.doc, force)) {
		say("sequence.change.order")
	}
	if force.Quiet != w.doc.Quiet {
		say("sequence.change.quiet", "now", w.orNone(w.doc.Quiet))
	}
	if force.KeepHot != w.doc.KeepHot {
		say("sequence.change.keep_hot." + map[bool]string{true: "on", false: "off"}[w.doc.KeepHot])
	}
	if !slices.Equal(force.Goal, w.doc.Goal) {
		now := w.loc.T("common.none")
		if len(w.doc.Goal) > 0 {
			now = w.conditions(w.doc.Goal)
		}
		say("sequence.change.goal", "now", now)
	}
	return out
}

// stepChanges are those of one step.
func (w sequenceWords) stepChanges(was, now *models.Step, first bool) []string {
	var out []string
	say := func(key string, args ...any) {
		out = append(out, w.loc.T(key, append([]any{"step", w.step(now.Key)}, args...)...))
	}
	if was.Subject != now.Subject {
		say("sequence.change.subject", "was", was.Subject)
	}
	if was.Preview != now.Preview {
		say("sequence.change.preview")
	}
	if fingerprint(was.Blocks) != fingerprint(now.Blocks) {
		say("sequence.change.body")
	}
	if was.Delay != now.Delay {
		say("sequence.change.delay", "now", w.delay(now.Delay, first))
	}
	if !reflect.DeepEqual(was.Window, now.Window) {
		said := w.loc.T("sequence.at.any")
		if parts := w.when(now, first)[1:]; len(parts) > 0 {
			said = w.loc.List(parts...)
		}
		say("sequence.change.window", "now", said)
	}
	if !slices.Equal(was.Conditions, now.Conditions) {
		said := w.loc.T("common.none")
		if len(now.Conditions) > 0 {
			said = w.conditions(now.Conditions)
		}
		say("sequence.change.conditions", "now", said)
	}
	return out
}

func (w sequenceWords) orNone(h models.Hours) string {
	if h.Empty() {
		return w.loc.T("common.none")
	}
	return w.hours(h)
}

// common are the keys of the steps of one that the other has too, in the order of the one.
func common(one, other *models.SequenceDoc) []string {
	var keys []string
	for i := range one.Steps {
		if s, _ := other.Step(one.Steps[i].Key); s != nil {
			keys = append(keys, one.Steps[i].Key)
		}
	}
	return keys
}

// fingerprint tells whether something is still as it was read.
func fingerprint(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain data always can be
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:6])
}

// A common part of a sequence is what holds for all of its steps.
type commonPart struct {
	Name    string
	Quiet   models.Hours
	KeepHot bool
	Goal    []models.Condition
}

func commonOf(q *models.Sequence) commonPart {
	return commonPart{q.Name, q.Draft.Quiet, q.Draft.KeepHot, q.Draft.Goal}
}
