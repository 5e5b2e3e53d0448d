package admin

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// How long the texts of a form may be, in letters.
const (
	maxLabel    = 150
	maxHint     = 300
	maxThanks   = 1000
	maxConsent  = 600
	maxChoices  = 60
	maxFormSize = 40
)

// FieldSave saves one question to the draft.
func (h *Handlers) FieldSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	now, ok := draft.Doc.Form.Field(c.Param("name"))
	if !ok {
		return models.ErrNotFound
	}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	typed, field := s.field(now)
	if len(s.problems) == 0 {
		s.fieldFits(&draft.Doc, field)
	}
	if len(s.problems) > 0 {
		h.fieldChoices(s.loc, &draft.Doc, &field, typed)
		return h.showForm(c, http.StatusUnprocessableEntity, campaign, &draft.Doc, admin.FormProps{Field: typed, Problems: s.problems})
	}
	_, err = h.savePart(c, campaign.ID, "field:"+field.Name, typed.Base, func(doc *models.CampaignDoc) any {
		f, _ := doc.Form.Field(field.Name)
		return f
	}, func(doc *models.CampaignDoc) error {
		f, _ := doc.Form.Field(field.Name) // there, for it is as it was
		*f = field
		return nil
	})
	if errors.Is(err, models.ErrConflict) {
		return h.fieldConflict(c, typed, field)
	}
	if err != nil {
		return err
	}
	h.setFlash(c, "field_saved", campaign.ID.String(), field.Label)
	return web.Redirect(c, campaignURL(campaign.ID)+partForm+"?field="+field.Name)
}

// fieldConflict shows what somebody else made of a question meanwhile, beside what was typed.
func (h *Handlers) fieldConflict(c echo.Context, typed *admin.FieldForm, field models.Field) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	p := admin.FormProps{Field: typed}
	loc := i18n.For(h.locale(c))
	if now, ok := draft.Doc.Form.Field(field.Name); ok {
		typed.Base = fingerprint(now)
		p.Theirs = h.fieldForm(loc, &draft.Doc, now).Facts(loc)
	} else {
		p.Gone = true
	}
	h.fieldChoices(loc, &draft.Doc, &field, typed)
	return h.showForm(c, http.StatusConflict, campaign, &draft.Doc, p)
}

// field reads a question: as typed, and as it is meant. Its name and type stay what they were made with.
func (s *sheet) field(now *models.Field) (*admin.FieldForm, models.Field) {
	v := s.c.FormValue
	p := &admin.FieldForm{Base: v("base"), Name: now.Name, Type: string(now.Type), Label: i18n.FoldText(v("label")), Hint: i18n.FoldText(v("hint")),
		Required: v("required") == "1", Fills: v("fills"), Region: v("region"), Calendar: v("calendar"), Value: strings.TrimSpace(v("value")),
		Progressive: v("progressive") == "1", Break: v("break") == "1", StepTitle: i18n.FoldText(v("step_title")), Choices: i18n.FoldLines(v("choices")),
		Min: strings.TrimSpace(v("min")), Max: strings.TrimSpace(v("max")), MaxLength: strings.TrimSpace(v("max_length")),
		ShowField: v("show_field"), ShowValues: i18n.FoldText(v("show_values")), ShowNot: v("show_not") == "1"}
	f := models.Field{Name: now.Name, Type: now.Type, Label: p.Label, Hint: p.Hint, Required: p.Required && now.Type != models.TypeHidden,
		Progressive: p.Progressive, Break: p.Break, StepTitle: p.StepTitle}
	if p.Label == "" && now.Type != models.TypeHidden {
		s.wrong("f-label", s.loc.T("invalid.required", "label", s.loc.T("form_edit.label")))
	}
	s.long("f-label", s.loc.T("form_edit.label"), p.Label, maxLabel)
	s.long("f-hint", s.loc.T("form_edit.hint"), p.Hint, maxHint)
	s.long("f-step_title", s.loc.T("form_edit.step_title"), p.StepTitle, maxLabel)
	switch now.Type {
	case models.TypeRadio, models.TypeSelect, models.TypeCheckboxes:
		f.Choices = s.choicesOf(p.Choices, now.Choices)
		f.Fills = p.Fills
	case models.TypeCompanySize, models.TypeIndustry:
		if p.Choices != "" {
			f.Choices = s.choicesOf(p.Choices, now.Choices)
		}
		f.Fills = now.Fills
	case models.TypePhone:
		f.Region = p.Region
	case models.TypeDate:
		f.Calendar = models.Calendar(p.Calendar)
	case models.TypeNumber:
		f.Min, f.Max, f.Fills = s.limit("min", p.Min), s.limit("max", p.Max), p.Fills
	case models.TypeText, models.TypeParagraph:
		f.MaxLength, f.Fills = s.whole("f-max_length", s.loc.T("form_edit.max_length"), p.MaxLength, 4000), p.Fills
	case models.TypeHidden:
		f.Value, f.Fills = p.Value, p.Fills
		s.long("f-value", s.loc.T("form_edit.value"), p.Value, maxLabel)
	default:
		f.Fills = now.Fills
	}
	if p.ShowField != "" {
		f.ShowIf = &models.ShowIf{Field: p.ShowField, Not: p.ShowNot, Values: splitValues(p.ShowValues)}
	}
	return p, f
}

func splitValues(text string) (out []string) {
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// fieldFits checks the form as it would be with the question in it.
func (s *sheet) fieldFits(doc *models.CampaignDoc, field models.Field) {
	form := doc.Form
	form.Purposes = nil
	form.Fields = slices.Clone(form.Fields)
	for i := range form.Fields {
		if form.Fields[i].Name == field.Name {
			form.Fields[i] = field
		}
	}
	invalid, _ := errors.AsType[*models.Invalid](form.Check())
	if invalid == nil {
		return
	}
	for _, e := range invalid.Fields {
		if e.Field == field.Name {
			target := "f-label"
			if field.ShowIf != nil && strings.Contains(e.Key, "show") {
				target = "f-show_field"
			}
			s.wrong(target, s.loc.T(e.Key, e.Args...))
		}
	}
}

// choicesOf reads choices, a line each: a label, or a value, a bar and a label. A label that was there before keeps its value,
// by which answers are stored and scored.
func (s *sheet) choicesOf(text string, before []models.Choice) (out []models.Choice) {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		value, label, found := strings.Cut(line, "|")
		if !found {
			value, label = "", line
		}
		value, label = strings.TrimSpace(value), strings.TrimSpace(label)
		if label == "" {
			continue
		}
		if value == "" {
			value = choiceValue(label)
			for _, c := range before {
				if c.Label == label {
					value = c.Value
				}
			}
		}
		for n := 2; seen[value]; n++ {
			value = choiceValue(label) + "-" + strconv.Itoa(n)
		}
		seen[value] = true
		out = append(out, models.Choice{Value: value, Label: label})
	}
	if len(out) > maxChoices {
		s.wrong("f-choices", s.loc.T("form_edit.bad.choices", "n", maxChoices))
	}
	for _, c := range out {
		if len(c.Value) > 100 || strings.ContainsAny(c.Value, ";\n") {
			s.wrong("f-choices", s.loc.T("form_edit.bad.choice", "value", cutWords(c.Value)))
			break
		}
	}
	return out
}

// choiceValue is how a choice is stored that was given no value of its own.
func choiceValue(label string) string {
	if v := campaigns.SlugOf(label); v != "" {
		return v
	}
	return strings.ReplaceAll(label, ";", ",")
}

// limit reads the least or largest number that is taken.
func (s *sheet) limit(name, text string) *float64 {
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(i18n.FoldNumber(text), 64)
	if err != nil {
		s.wrong("f-"+name, s.loc.T("form_edit.bad.number", "label", s.loc.T("form_edit."+name)))
		return nil
	}
	return &n
}

// FormWordsSave saves what stands around the questions, and what is said after them.
func (h *Handlers) FormWordsSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	v := c.FormValue
	w := &admin.FormWords{Base: v("base"), Title: i18n.FoldText(v("title")), Lead: i18n.FoldText(v("lead")), Button: i18n.FoldText(v("button")),
		Safe: i18n.FoldText(v("safe")), SingleOptIn: v("single_opt_in") == "1", ThanksHeading: i18n.FoldText(v("thanks_heading")),
		ThanksText: i18n.FoldLines(v("thanks_text")), OnwardText: i18n.FoldText(v("onward_text")), OnwardURL: strings.TrimSpace(v("onward_url"))}
	for _, x := range [...]struct {
		name, text string
		limit      int
	}{{"title", w.Title, maxLabel}, {"lead", w.Lead, maxHint}, {"button", w.Button, 60}, {"safe", w.Safe, maxHint}, {"thanks_heading", w.ThanksHeading, maxLabel},
		{"thanks_text", w.ThanksText, maxThanks}, {"onward_text", w.OnwardText, 60}} {
		s.long("f-"+x.name, s.loc.T("form_edit."+x.name), x.text, x.limit)
	}
	if w.Button == "" {
		s.wrong("f-button", s.loc.T("invalid.required", "label", s.loc.T("form_edit.button")))
	}
	if !strings.HasPrefix(w.OnwardURL, "/p/") {
		s.address("f-onward_url", s.loc.T("form_edit.onward_url"), w.OnwardURL)
	}
	if w.OnwardURL != "" && w.OnwardText == "" {
		s.wrong("f-onward_text", s.loc.T("invalid.required", "label", s.loc.T("form_edit.onward_text")))
	}
	if len(s.problems) > 0 {
		return h.showForm(c, http.StatusUnprocessableEntity, campaign, &draft.Doc, admin.FormProps{Words: w, Problems: s.problems})
	}
	_, err = h.savePart(c, campaign.ID, "form", w.Base, func(doc *models.CampaignDoc) any { return wordsOfForm(&doc.Form) }, func(doc *models.CampaignDoc) error {
		f := &doc.Form
		f.Title, f.Lead, f.Button, f.Safe, f.SingleOptIn = w.Title, w.Lead, w.Button, w.Safe, w.SingleOptIn
		f.Thanks = models.Thanks{Heading: w.ThanksHeading, Text: w.ThanksText, Onward: models.Onward{Text: w.OnwardText, URL: w.OnwardURL}}
		return nil
	})
	if errors.Is(err, models.ErrConflict) {
		if campaign, draft, err = h.draft(c); err != nil {
			return err
		}
		theirs := wordsForm(&draft.Doc.Form)
		w.Base = theirs.Base
		return h.showForm(c, http.StatusConflict, campaign, &draft.Doc, admin.FormProps{Words: w, Theirs: theirs.Facts(s.loc)})
	}
	if err != nil {
		return err
	}
	h.setFlash(c, "form_saved", campaign.ID.String(), campaign.Name)
	return web.Redirect(c, campaignURL(campaign.ID)+partForm+"?part="+formWords)
}

// FormConsentsSave saves what people are asked to agree to. What they agreed to before stays what they read.
func (h *Handlers) FormConsentsSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	typed := &admin.FormConsents{Base: c.FormValue("base")}
	var asked []models.ConsentRequest
	for _, p := range formPurposes {
		row := admin.ConsentRow{Purpose: string(p), Asked: c.FormValue("ask_"+string(p)) == "1", Text: i18n.FoldText(c.FormValue("text_" + string(p)))}
		typed.Rows = append(typed.Rows, row)
		if !row.Asked {
			continue
		}
		if row.Text == "" {
			s.wrong("f-text_"+row.Purpose, s.loc.T("form_edit.bad.no_consent"))
		}
		s.long("f-text_"+row.Purpose, s.loc.T("form_edit.consent_text"), row.Text, maxConsent)
		asked = append(asked, models.ConsentRequest{Purpose: p, Text: row.Text})
	}
	if len(s.problems) > 0 {
		return h.showForm(c, http.StatusUnprocessableEntity, campaign, &draft.Doc, admin.FormProps{Consents: typed, Problems: s.problems})
	}
	_, err = h.savePart(c, campaign.ID, "consents", typed.Base, func(doc *models.CampaignDoc) any { return consentTexts(&doc.Form) }, func(doc *models.CampaignDoc) error {
		for _, p := range doc.Form.Purposes { // the owner's own formPurposes have no place here, and stay
			if !slices.Contains(formPurposes[:], p.Purpose) {
				asked = append(asked, p)
			}
		}
		doc.Form.Purposes = asked
		return nil
	})
	if errors.Is(err, models.ErrConflict) {
		if campaign, draft, err = h.draft(c); err != nil {
			return err
		}
		theirs := consentsForm(&draft.Doc.Form)
		typed.Base = theirs.Base
		return h.showForm(c, http.StatusConflict, campaign, &draft.Doc, admin.FormProps{Consents: typed, Theirs: theirs.Facts(s.loc)})
	}
	if err != nil {
		return err
	}
	h.setFlash(c, "consents_saved", campaign.ID.String(), campaign.Name)
	return web.Redirect(c, campaignURL(campaign.ID)+partForm+"?part="+formConsents)
}
