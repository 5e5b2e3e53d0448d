package nurture

import (
	"slices"
	"strings"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/mail"
)

func fieldsOf(s *models.Step) []string {
	names := letters.FieldsIn(s.Subject + "\n" + s.Preview)
	for i := range s.Blocks {
		if b := &s.Blocks[i]; !b.Hidden {
			for _, t := range letters.Texts(b) {
				names = append(names, letters.FieldsIn(t.Text)...)
			}
		}
	}
	return names
}

// Downloads tells whether a mail leads to what its reader asked for.
func Downloads(s *models.Step) bool { return slices.Contains(fieldsOf(s), letters.FieldDownload) }

func usesCode(s models.Step) bool { return slices.Contains(fieldsOf(&s), letters.FieldCode) }

// Fields are the names that can stand in a mail as {{name}} or {{name|what to say without it}}.
func Fields() []string { return letters.Fields() }

// values are what the fields of one mail say; a missing one takes its fallback.
type values map[string]string

// valuesOf reads the fields from what is known. A nil lead knows nothing of itself.
func valuesOf(l *models.Lead, p *models.Published, coupon *models.Coupon) values {
	v := values{letters.FieldCampaign: letters.Line(p.Name, letters.MaxOurs, letters.MaxOurs*2), letters.FieldOffer: letters.Line(p.Version.Doc.Offer.Title, letters.MaxOurs, letters.MaxOurs*2)}
	if l != nil {
		for _, name := range letters.TypedFields() {
			v[name] = letters.Typed(l.Get(name))
		}
	}
	if coupon != nil {
		v[letters.FieldCode] = letters.Line(coupon.Code, letters.MaxTyped, letters.MaxTyped)
	}
	return v
}

// Keys of a message's values beyond the fields.
const (
	mergeTracked  = "t" // "1": the person agreed that we see which links they open
	mergeCampaign = "v" // the version of the campaign that speaks
	mergeForm     = "s" // the submission whose files are to be downloaded
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
		if id := formOf(f.Events, t.campaign); name == letters.FieldDownload && id != 0 {
			m[mergeForm] = id.String()
		}
	}
	return m
}

// formOf is the lead's newest submission of a campaign that has files, 0 where there is none.
func formOf(events []models.Event, p *models.Published) models.ID {
	if len(p.Version.Doc.Offer.Files) == 0 {
		return 0
	}
	for _, e := range slices.Backward(events) {
		if e.Kind == models.FormSubmitted && e.CampaignID == p.ID && e.Data.Submission != 0 {
			return e.Data.Submission
		}
	}
	return 0
}

// fill says a field: its value, set apart where it runs against the language, or else the fallback.
func (v values) fill(loc *i18n.Loc, name, fallback string) string {
	if s := v[name]; s != "" {
		return mail.Value(loc, s)
	}
	return strings.TrimSpace(fallback)
}
