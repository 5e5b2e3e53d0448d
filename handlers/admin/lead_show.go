package admin

import (
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// How much of a lead's past its page shows.
const (
	shownSubmissions = 20
	shownEvents      = 100
	shownConsents    = 50
	shownMessages    = 50
	shownCoupons     = 20
)

// A past is what a lead's page is made of.
type past struct {
	lead        *models.Lead
	submissions []models.Submission
	consents    []models.Consent
	texts       map[models.ID]models.ConsentText
	messages    []models.Message
	handoffs    []models.Handoff
	enrolments  []models.Enrolment
	coupons     []models.Coupon
}

// LeadShow is everything known about one lead, with the reasons of its score (S9).
func (h *Handlers) LeadShow(c echo.Context) error {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return models.ErrNotFound
	}
	p, err := h.past(c, id)
	if err != nil {
		return err
	}
	if web.User(c).Role == models.Sales && len(p.handoffs) == 0 {
		return models.ErrForbidden // not handed to sales
	}
	explanation, err := h.Leads.Explain(c.Request().Context(), p.lead)
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomLeads)
	if err != nil {
		return err
	}
	h.Store.Viewed(web.User(c).ID, id, c.RealIP())
	shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("admin.nav.leads"), URL: "/admin/leads"}}
	v := leadView{h: h, c: c, loc: shell.Loc, past: p, why: explanation}
	props, err := v.props()
	if err != nil {
		return err
	}
	props.Shell = shell
	return web.HTML(c, http.StatusOK, admin.Lead(props))
}

func (h *Handlers) past(c echo.Context, id models.ID) (p past, err error) {
	ctx := c.Request().Context()
	if p.lead, err = h.Store.Lead(ctx, id); err != nil {
		return p, err
	}
	if p.submissions, err = h.Store.SubmissionsOf(ctx, id, shownSubmissions); err != nil {
		return p, err
	}
	if p.consents, err = h.Store.ConsentsOf(ctx, id, shownConsents); err != nil {
		return p, err
	}
	texts := make([]models.ID, len(p.consents))
	for i, consent := range p.consents {
		texts[i] = consent.TextID
	}
	if p.texts, err = h.Store.ConsentTexts(ctx, texts); err != nil {
		return p, err
	}
	if p.messages, err = h.Store.MessagesOf(ctx, id, shownMessages); err != nil {
		return p, err
	}
	if p.handoffs, err = h.Store.HandoffsOf(ctx, id, shownMessages); err != nil {
		return p, err
	}
	if p.enrolments, err = h.Store.EnrolmentsOf(ctx, id); err != nil {
		return p, err
	}
	p.coupons, err = h.Store.CouponsOf(ctx, id)
	p.coupons = p.coupons[:min(len(p.coupons), shownCoupons)]
	return p, err
}
