package admin

import (
	"errors"
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

const keptPerPage = 25

// QuarantineList shows what was kept aside as spam, newest first.
func (h *Handlers) QuarantineList(c echo.Context) error {
	shell, err := h.shell(c, layout.RoomQuarantine)
	if err != nil {
		return err
	}
	before, _ := models.ParseID(c.QueryParam("before")) // anything else is the first page
	subs, err := h.Store.Quarantined(c.Request().Context(), before, keptPerPage+1)
	if err != nil {
		return err
	}
	props := admin.QuarantineProps{Shell: shell}
	if before != 0 {
		props.Previous = "/admin/quarantine"
	}
	if len(subs) > keptPerPage {
		subs = subs[:keptPerPage]
		props.Next = "/admin/quarantine?before=" + subs[keptPerPage-1].ID.String()
	}
	for i := range subs {
		kept, err := h.kept(c, shell.Loc, &subs[i])
		if err != nil {
			return err
		}
		props.Items = append(props.Items, kept)
	}
	return web.HTML(c, http.StatusOK, admin.Quarantine(props))
}

func (h *Handlers) kept(c echo.Context, loc *i18n.Loc, s *models.Submission) (admin.Kept, error) {
	at := "/admin/quarantine/" + s.ID.String()
	k := admin.Kept{ID: s.ID.String(), At: h.in(s.CreatedAt), Network: s.IP, Browser: s.UserAgent, Reasons: s.Reasons, ReleaseURL: at + "/release", KeepURL: at + "/keep"}
	p, err := h.Campaigns.Version(c.Request().Context(), s.VersionID)
	if err != nil {
		return k, err
	}
	k.Campaign, k.CampaignURL, k.Answers = p.Name, "/p/"+p.Slug, answered(loc, &p.Version.Doc.Form, s.Answers)
	return k, nil
}

// answered is a form's answers in words, in the order of its questions.
func answered(loc *i18n.Loc, form *models.Form, answers models.Answers) (out []admin.Fact) {
	for i := range form.Fields {
		f := &form.Fields[i]
		v := answers[f.Name]
		if v == "" || f.Type == models.TypeHidden {
			continue
		}
		fact := admin.Fact{Label: f.Label, Text: leads.AnswerWords(loc, f, v)}
		switch f.Type {
		case models.TypeEmail:
			fact.As, fact.URL = admin.LeftToRight, "mailto:"+v
		case models.TypePhone:
			fact.As, fact.URL = admin.Number, "tel:"+v
		}
		out = append(out, fact)
	}
	return out
}

// QuarantineRelease takes a submission in after all.
func (h *Handlers) QuarantineRelease(c echo.Context) error {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return models.ErrNotFound
	}
	ctx := c.Request().Context()
	lead, err := h.Leads.Release(ctx, id)
	if errors.Is(err, models.ErrConflict) { // the second click
		return web.Redirect(c, "/admin/quarantine")
	}
	if err != nil {
		return err
	}
	if err := h.audit(c, "quarantine.release", "submission:"+id.String(), ""); err != nil {
		return err
	}
	name := ""
	if l, err := h.Store.Lead(ctx, lead); err == nil {
		name = l.Name
	}
	h.setFlash(c, flashReleased, lead.String(), name)
	return web.Redirect(c, "/admin/quarantine")
}

// QuarantineKeep agrees that it is spam: it leaves the list and stays in the export.
func (h *Handlers) QuarantineKeep(c echo.Context) error {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return models.ErrNotFound
	}
	if err := h.Store.KeepSpam(c.Request().Context(), id); err != nil {
		return err
	}
	if err := h.audit(c, "quarantine.keep", "submission:"+id.String(), ""); err != nil {
		return err
	}
	h.setFlash(c, flashKept, "", "")
	return web.Redirect(c, "/admin/quarantine")
}
