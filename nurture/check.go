package nurture

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sarnakh/letters"
	"sarnakh/models"
)

// What a sequence may hold.
const (
	maxSteps   = 20
	maxDays    = 365
	maxSubject = 150
	maxPreview = 140
	// maxBody keeps a mail well below the size at which mail programs cut it off.
	maxBody   = 12_000
	minuteDay = 24 * 60
)

// Check says what is wrong with a sequence, field by field, as its editor shows it: a step's fields are called
// "steps.0.subject" and so on, those of its blocks "steps.0.blocks.ID.body". What passes can be put in force.
func Check(doc *models.SequenceDoc) error {
	bad := &models.Invalid{}
	switch {
	case len(doc.Steps) == 0:
		bad.Add("steps", "sequence_check.no_steps")
	case len(doc.Steps) > maxSteps:
		bad.Add("steps", "sequence_check.too_many_steps", "n", maxSteps)
	}
	if !isHours(doc.Quiet) {
		bad.Add("quiet", "sequence_check.bad_hours")
	}
	keys := make([]string, 0, len(doc.Steps))
	for i := range doc.Steps {
		checkStep(bad, fmt.Sprintf("steps.%d.", i), &doc.Steps[i], doc.Quiet, keys)
		keys = append(keys, doc.Steps[i].Key)
	}
	for i := range doc.Goal {
		checkCondition(bad, fmt.Sprintf("goal.%d", i), &doc.Goal[i], keys)
	}
	return bad.OrNil()
}

func checkStep(bad *models.Invalid, at string, s *models.Step, quiet models.Hours, before []string) {
	switch {
	case !models.IsKey(s.Key):
		bad.Add(at+"key", "sequence_check.bad_key")
	case slices.Contains(before, s.Key):
		bad.Add(at+"key", "sequence_check.same_key")
	}
	if s.Delay < 0 || s.Delay > maxDays*minuteDay {
		bad.Add(at+"delay", "sequence_check.bad_delay", "n", maxDays)
	}
	checkWindow(bad, at+"window", s.Window, quiet)
	for i := range s.Conditions {
		checkCondition(bad, at+"conditions."+strconv.Itoa(i), &s.Conditions[i], before)
	}
	checkWords(bad, at, s)
}

func checkWindow(bad *models.Invalid, field string, w models.Window, quiet models.Hours) {
	switch {
	case !isHours(w.Hours):
		bad.Add(field, "sequence_check.bad_hours")
	case slices.ContainsFunc(w.Days, func(d time.Weekday) bool { return d < time.Sunday || d > time.Saturday }):
		bad.Add(field, "sequence_check.bad_day")
	case !quiet.Empty() && isHours(quiet):
		// The first minute of the quiet hours is not allowed: where nothing comes after it, nothing ever does.
		night := time.Date(2026, 1, 1, quiet.From/60, quiet.From%60, 0, 0, time.UTC)
		if (models.Sending{Window: w, Quiet: quiet, Zone: "UTC"}).Next(night, time.UTC).Equal(night) {
			bad.Add(field, "sequence_check.never_opens")
		}
	}
}

func isHours(h models.Hours) bool {
	return h.From >= 0 && h.From <= minuteDay && h.To >= 0 && h.To <= minuteDay
}

// operators are the comparisons that make sense of each thing.
var operators = map[models.ConditionOn][]models.ConditionOp{
	models.OnStage:       {models.OpAtLeast, models.OpUnder, models.OpIs, models.OpIsNot},
	models.OnTemperature: {models.OpIs, models.OpIsNot},
	models.OnScore:       {models.OpAtLeast, models.OpUnder},
	models.OnClicked:     {models.OpKnown, models.OpUnknown},
	models.OnAnswer:      {models.OpIs, models.OpIsNot, models.OpKnown, models.OpUnknown},
}

var leadField = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

func checkCondition(bad *models.Invalid, field string, c *models.Condition, before []string) {
	ok := slices.Contains(operators[c.On], c.Op)
	switch c.On {
	case models.OnStage:
		ok = ok && models.Stage(c.Value).Rank() >= 0
	case models.OnTemperature:
		ok = ok && slices.Contains([]models.Temperature{models.Hot, models.Warm, models.Cold}, models.Temperature(c.Value))
	case models.OnScore:
		_, err := strconv.ParseFloat(c.Value, 64)
		ok = ok && err == nil
	case models.OnAnswer:
		asks := c.Op == models.OpKnown || c.Op == models.OpUnknown
		ok = ok && leadField.MatchString(c.Name) && (asks || c.Value != "")
	case models.OnClicked:
		if ok && !slices.Contains(before, c.Name) {
			bad.Add(field, "sequence_check.unknown_step")
			return
		}
	}
	if !ok {
		bad.Add(field, "sequence_check.bad_condition")
	}
}

func checkWords(bad *models.Invalid, at string, s *models.Step) {
	switch {
	case strings.TrimSpace(s.Subject) == "":
		bad.Add(at+"subject", "sequence_check.no_subject")
	case utf8.RuneCountInString(s.Subject) > maxSubject:
		bad.Add(at+"subject", "sequence_check.long_subject", "n", maxSubject)
	case strings.ContainsAny(s.Subject, "\r\n"):
		bad.Add(at+"subject", "sequence_check.one_line")
	}
	switch {
	case utf8.RuneCountInString(s.Preview) > maxPreview:
		bad.Add(at+"preview", "sequence_check.long_preview", "n", maxPreview)
	case strings.ContainsAny(s.Preview, "\r\n"):
		bad.Add(at+"preview", "sequence_check.one_line")
	}
	checkFields(bad, at+"subject", s.Subject)
	checkFields(bad, at+"preview", s.Preview)
	checkBlocks(bad, at+"blocks", s.Blocks)
}

// checkBlocks notes what is wrong with the blocks that are written to leads, as "blocks.ID.field".
func checkBlocks(bad *models.Invalid, at string, blocks []models.Block) {
	long, shown := 0, 0
	for i := range blocks {
		b := &blocks[i]
		if b.Hidden {
			continue
		}
		if b.Type != models.BlockDivider {
			shown++
		}
		long += size(b)
		for _, f := range CheckBlock(b).Fields {
			bad.Add(at+"."+b.ID+"."+f.Field, f.Key, f.Args...)
		}
		if b.Type == models.BlockPicture {
			checkPicture(bad, at+"."+b.ID+".image", b.Picture)
		}
	}
	switch {
	case shown == 0:
		bad.Add(at, "sequence_check.no_body")
	case long > maxBody:
		bad.Add(at, "sequence_check.long_body", "n", maxBody)
	}
}

// checkPicture asks for what a picture block may lack as long as it is being written.
func checkPicture(bad *models.Invalid, at string, b *models.Banner) {
	switch {
	case b == nil || b.Image == nil || len(b.Image.Sizes) == 0:
		bad.Add(at, "sequence_check.no_picture")
	case b.Image.Alt == "" && !b.Image.Decorative:
		bad.Add(at+".alt", "sequence_check.no_alt")
	}
}

func size(b *models.Block) (n int) {
	for _, t := range letters.Texts(b) {
		n += utf8.RuneCountInString(t.Text)
	}
	return n
}

// CheckBlock says what is wrong with a block of a mail, field by field, as its form names them.
func CheckBlock(b *models.Block) *models.Invalid {
	bad := b.CheckShape()
	if !slices.Contains(models.MailBlocks[:], b.Type) {
		bad.Add("type", "sequence_check.bad_block")
	}
	for _, t := range letters.Texts(b) {
		checkFields(bad, t.Field, t.Text)
	}
	if b.Text != nil {
		checkAddresses(bad, "body", b.Text.Body)
	}
	if b.Button != nil {
		checkLink(bad, b.Button.Link)
	}
	if b.Picture != nil {
		checkLink(bad, b.Picture.Link)
	}
	return bad
}

// blank is an address that is still to be written: words in square brackets, as package campaigns finds and tells them.
var blank = regexp.MustCompile(`^\[[^\[\]\n]{2,300}\]$`)

// checkLink looks at where a button or a picture leads.
func checkLink(bad *models.Invalid, link string) {
	switch {
	case link == "" || blank.MatchString(link) || letters.Leads(link):
	case strings.Contains(link, "{{"):
		bad.Add("link", "sequence_check.field_in_link")
	default:
		bad.Add("link", "sequence_check.bad_link", "link", link, "scheme", "https://")
	}
}

// checkFields names the first field that can't be filled in.
func checkFields(bad *models.Invalid, field, text string) {
	switch name, stray := letters.Unknown(text); {
	case name != "":
		bad.Add(field, "sequence_check.bad_field", "field", name)
	case stray:
		bad.Add(field, "sequence_check.stray_braces", "example", "{{first_name|…}}")
	}
}

// checkAddresses names the first link or picture that leads nowhere. A link is a whole address or a field that is one.
func checkAddresses(bad *models.Invalid, field, body string) {
	switch link, image := letters.BadLink(body); {
	case link != "":
		bad.Add(field, "sequence_check.bad_link", "link", link, "scheme", "https://")
	case image != "":
		bad.Add(field, "sequence_check.bad_image", "link", image, "scheme", "https://")
	}
}
