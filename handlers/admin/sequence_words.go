package admin

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
)

// sequenceWords says in words what a sequence's rules are.
type sequenceWords struct {
	loc    *i18n.Loc
	doc    *models.SequenceDoc
	fields []models.Field    // of the form that the leads fill in
	gone   map[string]string // subjects of steps that are in doc no more, where they are looked for
}

func (h *Handlers) sequenceWords(loc *i18n.Loc, q *models.Sequence, doc *models.SequenceDoc) sequenceWords {
	w := sequenceWords{loc: loc, doc: doc}
	if p := h.Campaigns.Snapshot().Campaign(q.CampaignID); p != nil {
		w.fields = p.Version.Doc.Form.Fields
	}
	return w
}

// writtenWords are those of a sequence as it is being written: by the questions of its campaign's draft, which visitors may
// not see yet.
func (h *Handlers) writtenWords(ctx context.Context, loc *i18n.Loc, q *models.Sequence) (sequenceWords, error) {
	w := h.sequenceWords(loc, q, &q.Draft)
	_, draft, err := h.Store.Draft(ctx, q.CampaignID)
	switch {
	case errors.Is(err, models.ErrNotFound): // the campaign is gone
		return w, nil
	case err != nil:
		return w, err
	}
	w.fields = draft.Doc.Form.Fields
	return w, nil
}

// recall finds how those of some steps were called that are in the sequence no more.
func (h *Handlers) recall(ctx context.Context, w *sequenceWords, sequence models.ID, keys []string) (err error) {
	var gone []string
	for _, key := range keys {
		if s, _ := w.doc.Step(key); s == nil && key != "" && !slices.Contains(gone, key) {
			gone = append(gone, key)
		}
	}
	w.gone, err = h.Store.LastSubjects(ctx, sequence, gone)
	return err
}

// when is the time of a step: after what, on which days, at which hours.
func (w sequenceWords) when(s *models.Step, first bool) []string {
	out := []string{w.delay(s.Delay, first)}
	if days := w.days(s.Window.Days); days != "" {
		out = append(out, days)
	}
	if !s.Window.Hours.Empty() {
		out = append(out, w.hours(s.Window.Hours))
	}
	return out
}

func (w sequenceWords) delay(minutes int, first bool) string {
	span := w.loc.Span(time.Duration(minutes) * time.Minute)
	switch {
	case minutes == 0 && first:
		return w.loc.T("sequence.at.once")
	case minutes == 0:
		return w.loc.T("sequence.at.same")
	case first:
		return w.loc.T("sequence.at.after_first", "span", span)
	}
	return w.loc.T("sequence.at.after", "span", span)
}

// days in the order of the language's week; three and more in a row are a range.
func (w sequenceWords) days(days []time.Weekday) string {
	if len(days) == 0 || len(days) == 7 {
		return ""
	}
	var parts []string
	first := weekStart(w.loc)
	for i := 0; i < 7; {
		run := 0
		for i+run < 7 && slices.Contains(days, time.Weekday((first+i+run)%7)) {
			run++
		}
		switch name := func(n int) string { return dayName(w.loc, (first+n)%7) }; {
		case run >= 3:
			parts = append(parts, w.loc.T("sequence.at.range", "from", name(i), "to", name(i+run-1)))
		default:
			for n := range run {
				parts = append(parts, name(i+n))
			}
		}
		i += max(run, 1)
	}
	return w.loc.List(parts...)
}

func weekStart(loc *i18n.Loc) int {
	if loc.Locale() == i18n.FA {
		return int(time.Saturday)
	}
	return int(time.Monday)
}

// dayName: the short names of Persian are single letters, which say too little alone.
func dayName(loc *i18n.Loc, day int) string {
	if loc.Locale() == i18n.FA {
		return loc.Weekdays()[day]
	}
	return loc.T("weekday_short." + strconv.Itoa(day))
}

func (w sequenceWords) hours(h models.Hours) string {
	return w.loc.T("sequence.at.range", "from", w.loc.Digits(clock(h.From)), "to", w.loc.Digits(clock(h.To)))
}

// clock is a minute of the day as 08:00.
func clock(minute int) string {
	return time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC).Format("15:04")
}

// onlyIf are a step's conditions in a sentence, empty for none.
func (w sequenceWords) onlyIf(list []models.Condition) string {
	if len(list) == 0 {
		return ""
	}
	return w.loc.T("sequence.only_if", "what", w.conditions(list))
}

func (w sequenceWords) conditions(list []models.Condition) string {
	parts := make([]string, len(list))
	for i := range list {
		parts[i] = w.condition(&list[i])
	}
	return w.loc.List(parts...)
}

func (w sequenceWords) condition(c *models.Condition) string {
	if c.On == models.OnClicked {
		key := "sequence.if.clicked"
		if c.Op == models.OpUnknown {
			key = "sequence.if.not_clicked"
		}
		return w.loc.T(key, "step", w.step(c.Name))
	}
	args := []any{"what", w.subject(c), "value", w.value(c)}
	if c.Op == models.OpKnown || c.Op == models.OpUnknown {
		args = args[:2]
	}
	if key := "sequence.if." + string(c.Op); w.loc.Has(key) {
		return w.loc.T(key, args...)
	}
	return w.subject(c)
}

// step is how a step is called: by its subject, else its place.
func (w sequenceWords) step(key string) string {
	s, i := w.doc.Step(key)
	switch {
	case s == nil && w.gone[key] != "":
		return w.gone[key]
	case s == nil:
		return w.loc.T("sequence.a_gone_step")
	case s.Subject == "":
		return w.loc.T("sequence.step_heading", "n", i+1)
	}
	return s.Subject
}

// subject is what a condition looks at.
func (w sequenceWords) subject(c *models.Condition) string {
	if c.On == models.OnAnswer {
		return w.field(c.Name)
	}
	return w.loc.T("sequence.on." + string(c.On))
}

func (w sequenceWords) field(name string) string {
	if key := "field." + name; w.loc.Has(key) {
		return w.loc.T(key)
	}
	for i := range w.fields {
		if filled(&w.fields[i]) == name {
			return w.fields[i].Label
		}
	}
	return name
}

// filled is the lead's field that a form's field fills.
func filled(f *models.Field) string {
	if f.Fills != "" {
		return f.Fills
	}
	return f.Name
}

func (w sequenceWords) value(c *models.Condition) string {
	switch c.On {
	case models.OnStage:
		return w.loc.T("stage." + c.Value)
	case models.OnTemperature:
		return w.loc.T("temperature." + c.Value)
	case models.OnScore:
		return w.loc.Digits(c.Value)
	}
	for i := range w.fields {
		if f := &w.fields[i]; filled(f) == c.Name && len(f.Choices) > 0 {
			return leads.AnswerWords(w.loc, f, c.Value)
		}
	}
	return leads.ValueWords(w.loc, c.Name, c.Value)
}

// skipped is why a step was skipped, as it was counted.
func (w sequenceWords) skipped(what string) string {
	on := strings.TrimPrefix(what, models.CountSkipped)
	if key := "sequence.on." + on; w.loc.Has(key) {
		return w.loc.T(key)
	}
	return on
}

// stopped is why leads were taken out.
func (w sequenceWords) stopped(why models.StopReason) string {
	if key := "enrolment.reason." + string(why); w.loc.Has(key) {
		return w.loc.T(key)
	}
	return string(why)
}
