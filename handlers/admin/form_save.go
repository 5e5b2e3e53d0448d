package admin

import (
	"errors"
	"net/http"
	"slices"

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

// FieldSave saves one question to the draft. One that somebody has taken out meanwhile comes back by saving it once more.
func (h *Handlers) FieldSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	now, there := draft.Doc.Form.Field(c.Param("name"))
	if !there {
		now = &models.Field{Name: c.Param("name"), Type: models.FieldType(c.FormValue("type"))}
	}
	if !slices.Contains(fieldTypes[:], now.Type) {
		return models.ErrNotFound
	}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	typed, field := s.field(&draft.Doc.Form, now)
	if len(s.problems) == 0 {
		s.fieldFits(&draft.Doc, field)
	}
	if len(s.problems) > 0 {
		h.fieldChoices(s.loc, &draft.Doc, &field, typed)
		return h.showForm(c, http.StatusUnprocessableEntity, campaign, &draft.Doc, admin.FormProps{Field: typed, Problems: s.problems})
	}
	_, err = h.savePart(c, campaign.ID, "field:"+field.Name, typed.Base, func(doc *models.CampaignDoc) any {
		if f, there := doc.Form.Field(field.Name); there {
			return f
		}
		return gonePart
	}, func(doc *models.CampaignDoc) error {
		doc.Form.Fields = withField(doc.Form.Fields, field)
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
		p.Gone, typed.Base = loc.T("form_edit.gone"), fingerprint(gonePart)
	}
	h.fieldChoices(loc, &draft.Doc, &field, typed)
	return h.showForm(c, http.StatusConflict, campaign, &draft.Doc, p)
}

// withField are questions with one of them as it is now, at the end where it was not among them.
func withField(list []models.Field, field models.Field) []models.Field {
	list = slices.Clone(list)
	if i := slices.IndexFunc(list, func(f models.Field) bool { return f.Name == field.Name }); i >= 0 {
		list[i] = field
		return list
	}
	return append(list, field)
}
