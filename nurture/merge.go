package nurture

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/mail"
)

// The fields that a mail can be filled with, and nothing else: no template language stands behind them.
const (
	fieldCampaign = "campaign"
	fieldOffer    = "offer"
	fieldCode     = "code"     // the lead's coupon
	fieldPage     = "page_url" // the campaign's page
)

// typedFields are what a lead typed.
var typedFields = []string{models.FieldFirstName, models.FieldLastName, models.FieldName, models.FieldCompany, models.FieldJobTitle}

// Fields are the names that can stand in a mail as {{name}} or {{name|what to say without it}}.
func Fields() []string {
	return append(slices.Clone(typedFields), fieldCampaign, fieldOffer, fieldCode, fieldPage)
}

var mergeField = regexp.MustCompile(`\{\{\s*([a-z_]+)\s*(?:\|([^{}\n]*))?\}\}`)

// fieldsIn are the fields that a text names, known or not.
func fieldsIn(text string) (names []string) {
	if !strings.Contains(text, "{{") {
		return nil
	}
	for _, m := range mergeField.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}

func fieldsOf(s *models.Step) []string { return fieldsIn(s.Subject + "\n" + s.Preview + "\n" + s.Body) }

func usesCode(s models.Step) bool { return slices.Contains(fieldsOf(&s), fieldCode) }

// values are what the fields of one mail say; a missing one takes its fallback.
type values map[string]string

// valuesOf reads the fields from what is known. A nil lead knows nothing of itself.
func valuesOf(l *models.Lead, p *models.Published, coupon *models.Coupon) values {
	v := values{fieldCampaign: line(p.Name, maxOurs, maxOurs*2), fieldOffer: line(p.Version.Doc.Offer.Title, maxOurs, maxOurs*2)}
	if l != nil {
		for _, name := range typedFields {
			v[name] = typed(l.Get(name))
		}
	}
	if coupon != nil {
		v[fieldCode] = line(coupon.Code, maxTyped, maxTyped)
	}
	return v
}

// Keys of a message's values beyond the fields.
const (
	mergeTracked  = "t" // "1": the person agreed that we see which links they open
	mergeCampaign = "v" // the version of the campaign that speaks
)

// merge keeps with a message what its words depend on, so that they are the same each time.
func (t *turn) merge(f *store.Facts, step *models.Step) models.Merge {
	m := models.Merge{mergeCampaign: t.campaign.VersionID.String()}
	if models.Live(f.Consents, models.Tracking) {
		m[mergeTracked] = "1"
	}
	all := valuesOf(f.Lead, t.campaign, f.Coupon)
	for _, name := range fieldsOf(step) {
		if v := all[name]; v != "" {
			m[name] = v
		}
	}
	return m
}

// fill says a field: its value, set apart where it runs against the language, or else the fallback.
func (v values) fill(loc *i18n.Loc, name, fallback string) string {
	if s := v[name]; s != "" {
		return mail.Value(loc, s)
	}
	return strings.TrimSpace(fallback)
}

// fillLine fills the fields of a text that is no Markdown.
func fillLine(s string, fill func(name, fallback string) string) string {
	return mergeField.ReplaceAllStringFunc(s, func(found string) string {
		m := mergeField.FindStringSubmatch(found)
		return fill(m[1], m[2])
	})
}

// How long a value is at most, in letters: all of them, with what else a message keeps, are below 1 KiB.
const (
	maxTyped = 40
	maxOurs  = 80 // what a marketer wrote
	// maxFigures are too few for a phone number.
	maxFigures = 4
)

// typed is what a person typed of themselves as a mail may say it, empty where it could carry a message of theirs to
// somebody else: a link, an address, a number.
func typed(s string) string {
	s = i18n.FoldText(s)
	figures, afterDot, run := 0, false, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r):
			if run++; afterDot && run > 1 {
				return "" // "example.com"; "J.R." is a name
			}
			continue
		case unicode.IsDigit(r):
			if figures++; figures > maxFigures {
				return ""
			}
		case r == '.':
			afterDot, run = true, 0
			continue
		case !strings.ContainsRune(" \u200c'’-&()،,+", r):
			return ""
		}
		afterDot, run = false, 0
	}
	return line(s, maxTyped, 2*maxTyped)
}

// line is a text in one line, cut before a word where it is too long in letters or in bytes.
func line(s string, letters, bytes int) string {
	s = i18n.FoldText(s)
	n := 0
	for at := range s {
		if n++; n > letters || at >= bytes {
			s = s[:at]
			if i := strings.LastIndexByte(s, ' '); i > 0 {
				s = s[:i]
			}
			break
		}
	}
	return strings.TrimSpace(s)
}
