package letters

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"sarnakh/i18n"
	"sarnakh/models"
)

// The fields that a mail can be filled with beside what a lead typed, and nothing else: no template language stands behind
// them.
const (
	FieldCampaign = "campaign"
	FieldOffer    = "offer"
	FieldCode     = "code"         // the lead's coupon
	FieldPage     = "page_url"     // the campaign's page
	FieldDownload = "download_url" // of what the lead asked for; the campaign's page where there is nothing to download
)

// IsLink tells whether a field is an address, which a mail makes a link of.
func IsLink(field string) bool { return field == FieldPage || field == FieldDownload }

// TypedFields are what a lead typed.
func TypedFields() []string { return slices.Clone(typedFields[:]) }

var typedFields = [...]string{models.FieldFirstName, models.FieldLastName, models.FieldName, models.FieldCompany, models.FieldJobTitle}

// Fields are the names that can stand in a mail as {{name}} or {{name|what to say without it}}.
func Fields() []string {
	return append(TypedFields(), FieldCampaign, FieldOffer, FieldCode, FieldPage, FieldDownload)
}

var mergeField = regexp.MustCompile(`\{\{\s*([a-z_]+)\s*(?:\|([^{}\n]*))?\}\}`)

// FieldsIn are the fields that a text names, known or not.
func FieldsIn(text string) (names []string) {
	if !strings.Contains(text, "{{") {
		return nil
	}
	for _, m := range mergeField.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}

// Unknown is the first field of a text that can't be filled in; stray tells braces that are no field.
func Unknown(text string) (name string, stray bool) {
	for _, name := range FieldsIn(text) {
		if !slices.Contains(Fields(), name) {
			return name, false
		}
	}
	rest := mergeField.ReplaceAllString(text, "")
	return "", strings.Contains(rest, "{{") || strings.Contains(rest, "}}")
}

// LinkField is the field that a link is and nothing else, empty for any other.
func LinkField(target string) string {
	if m := addressField.FindStringSubmatch(target); m != nil {
		return m[1]
	}
	return ""
}

// addressField is a link that is a field and nothing else.
var addressField = regexp.MustCompile(`^\{\{\s*([a-z_]+)\s*\}\}$`)

// IsAddress tells a whole address of the web.
func IsAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && rest[0] != '/' && !strings.ContainsAny(s, " {}\"<>\\")
}

// Leads tells whether a link may stand in a mail: a whole address of the web, or a field that is one.
func Leads(target string) bool { return IsLink(LinkField(target)) || IsAddress(target) }

// BadLink is the first address of a text that leads nowhere, and the first picture that is not at an https address.
func BadLink(text string) (link, image string) {
	w := Writing{Fill: func(string, string) string { return "" }, Href: func(_ int, target string) string { return target }}
	w.Blocks(text)
	for _, target := range w.Targets {
		if !Leads(target) {
			return target, ""
		}
	}
	for _, image := range w.Images {
		if !strings.HasPrefix(image, "https://") || !IsAddress(image) {
			return "", image
		}
	}
	return "", ""
}

// FillLine fills the fields of a text that is no Markdown.
func FillLine(s string, fill func(name, fallback string) string) string {
	return mergeField.ReplaceAllStringFunc(s, func(found string) string {
		m := mergeField.FindStringSubmatch(found)
		return fill(m[1], m[2])
	})
}

// How long a value is at most, in letters: all of them, with what else a message keeps, are below 1 KiB.
const (
	MaxTyped = 40
	MaxOurs  = 80 // what a marketer wrote
)

// maxFigures are too few for a phone number.
const maxFigures = 4

// Typed is what a person typed of themselves as a mail may say it, empty where it could carry a message of theirs to
// somebody else: a link, an address, a number.
func Typed(s string) string {
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
	return Line(s, MaxTyped, 2*MaxTyped)
}

// Line is a text in one line, cut before a word where it is too long in letters or in bytes.
func Line(s string, letters, bytes int) string {
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
