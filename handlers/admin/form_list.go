package admin

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// rearrange changes the list of a form's questions, and leads back to one of them.
func (h *Handlers) rearrange(c echo.Context, verb, told string, change func(form *models.Form, i int) (chosen string, err error)) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	field, ok := draft.Doc.Form.Field(c.Param("name"))
	if !ok {
		return models.ErrNotFound
	}
	chosen, label := "", field.Label
	_, err = h.Store.EditDraft(c.Request().Context(), campaign.ID, web.User(c).ID, verb+":question:"+label, func(doc *models.CampaignDoc) error {
		i := slices.IndexFunc(doc.Form.Fields, func(f models.Field) bool { return f.Name == c.Param("name") })
		if i < 0 {
			return models.ErrNotFound
		}
		chosen, err = change(&doc.Form, i)
		return err
	})
	if errors.Is(err, errFull) {
		return h.full(c, campaign.ID, partForm, "form_full", maxFormSize)
	}
	if err != nil {
		return err
	}
	if told != "" {
		h.setFlash(c, told, campaign.ID.String(), label)
	}
	to := campaignURL(campaign.ID) + partForm
	if chosen != "" {
		to += "?field=" + chosen
	}
	return web.Redirect(c, to)
}

// errFull says that there is no room for one more.
var errFull = errors.New("no room for one more")

// full leads back to a part of a campaign, which says how many there may be of what was to be added.
func (h *Handlers) full(c echo.Context, campaign models.ID, part, told string, most int) error {
	h.setFlash(c, told, campaign.String(), i18n.For(h.locale(c)).Int(int64(most)))
	return web.Redirect(c, campaignURL(campaign)+part)
}

// FieldUp and FieldDown move a question by one place.
func (h *Handlers) FieldUp(c echo.Context) error { return h.moveField(c, -1) }

// FieldDown moves it the other way.
func (h *Handlers) FieldDown(c echo.Context) error { return h.moveField(c, 1) }

func (h *Handlers) moveField(c echo.Context, by int) error {
	return h.rearrange(c, "move", "", func(form *models.Form, i int) (string, error) {
		name := form.Fields[i].Name
		if j := i + by; j >= 0 && j < len(form.Fields) {
			form.Fields[i], form.Fields[j] = form.Fields[j], form.Fields[i]
		}
		return name, nil
	})
}

// FieldCopy puts the same question once more behind it, under a name of its own.
func (h *Handlers) FieldCopy(c echo.Context) error {
	return h.rearrange(c, "copy", undoable+"field_copied", func(form *models.Form, i int) (string, error) {
		if len(form.Fields) >= maxFormSize {
			return "", errFull
		}
		copied := form.Fields[i]
		copied.Name = freeField(form, copied.Name)
		form.Fields = slices.Insert(form.Fields, i+1, copied)
		return copied.Name, nil
	})
}

// FieldDelete takes a question out. Conditions on it go with it; answers that were given stay.
func (h *Handlers) FieldDelete(c echo.Context) error {
	return h.rearrange(c, "delete", undoable+"field_deleted", func(form *models.Form, i int) (string, error) {
		name := form.Fields[i].Name
		form.Fields = slices.Delete(form.Fields, i, i+1)
		for j := range form.Fields {
			if s := form.Fields[j].ShowIf; s != nil && s.Field == name {
				form.Fields[j].ShowIf = nil
			}
		}
		return "", nil
	})
}

// FieldAdd puts a question of a type at the end.
func (h *Handlers) FieldAdd(c echo.Context) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	kind := models.FieldType(c.FormValue("type"))
	if !slices.Contains(fieldTypes[:], kind) {
		return web.Redirect(c, campaignURL(campaign.ID)+partForm+"?part=add")
	}
	loc := i18n.For(i18n.Locale(campaign.Locale))
	field := models.Field{Type: kind, Label: newLabel(loc, kind)}
	switch kind {
	case models.TypePhone:
		field.Region = map[string]string{"fa": "IR", "en": "GB"}[campaign.Locale]
	case models.TypeDate:
		field.Calendar = map[string]models.Calendar{"fa": models.Jalali, "en": models.Gregorian}[campaign.Locale]
	case models.TypeRadio, models.TypeSelect, models.TypeCheckboxes:
		for _, n := range [...]int{1, 2} {
			label := loc.T("form_edit.choice", "n", n)
			field.Choices = append(field.Choices, models.Choice{Value: strconv.Itoa(n), Label: label})
		}
	}
	_, err = h.Store.EditDraft(c.Request().Context(), campaign.ID, web.User(c).ID, "add:question:"+field.Label, func(doc *models.CampaignDoc) error {
		f := field
		f.Name = string(kind)
		if kind != models.TypeCallMe {
			f.Name = freeField(&doc.Form, f.Name)
		} else if _, there := doc.Form.Field(f.Name); there {
			field.Name = f.Name // there can be one, and there is
			return nil
		}
		if len(doc.Form.Fields) >= maxFormSize {
			return errFull
		}
		field.Name = f.Name
		doc.Form.Fields = append(doc.Form.Fields, f)
		return nil
	})
	if errors.Is(err, errFull) {
		return h.full(c, campaign.ID, partForm, "form_full", maxFormSize)
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, campaignURL(campaign.ID)+partForm+"?field="+field.Name+"#edit")
}

// newLabel is what a new question says until its owner writes something better.
func newLabel(loc *i18n.Loc, kind models.FieldType) string {
	if key := "field." + string(kind); loc.Has(key) {
		return loc.T(key)
	}
	return loc.T("field_type." + string(kind))
}

// freeField is a name that no question has: the wished one, or it with a number.
func freeField(form *models.Form, wish string) string {
	name := strings.TrimRight(wish, "0123456789_")
	if name == "" {
		name = "question"
	}
	for n := 1; ; n++ {
		candidate := wish
		if n > 1 {
			candidate = name + "_" + strconv.Itoa(n)
		}
		if _, there := form.Field(candidate); !there {
			return candidate
		}
	}
}
