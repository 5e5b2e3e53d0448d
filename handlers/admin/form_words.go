package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

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
