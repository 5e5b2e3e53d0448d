package public

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// stepOf is the step that a form comes from, counted from 0; -1 where it comes whole, as programs and plain HTML send it.
func stepOf(values url.Values) int {
	n, err := strconv.Atoi(values.Get("_step"))
	if err != nil || n < 1 {
		return -1
	}
	return n - 1
}

// answered answers what is no sending of the whole form yet: a suggestion taken, a step forward or back, a form of a site
// that the campaign does not name. Nothing of that is written.
func (h *Handlers) answered(c echo.Context, p *models.Published, r *reply, site string) (done bool, err error) {
	if r.lead, err = h.Leads.Knows(c.Request().Context(), p, r.link); err != nil {
		return true, h.refuse(c, p, *r, err)
	}
	loc := i18n.For(i18n.Locale(p.Locale))
	a := leads.NewAsking(&p.Version.Doc.Form, r.lead, loc)
	last := len(a.Steps) - 1
	switch {
	case r.token == "" && site != "" && !p.Version.Doc.Form.Allows(site):
		return true, h.askAgain(c, p, *r, a, site)
	case r.step > last || r.step < 0 && !r.fixed:
		return false, nil
	case r.fixed:
		r.step = max(r.step, 0)
	case r.values.Has("_back"):
		r.step, r.turned = a.Turn(r.values, r.step, -1), true
	case r.step == last:
		return false, nil
	default:
		if err := a.CheckStep(r.values, r.step); err != nil {
			return true, h.refuse(c, p, *r, err)
		}
		r.step, r.turned = a.Turn(r.values, r.step, 1), true
	}
	return true, h.showReply(c, http.StatusOK, p, *r)
}

// askAgain shows a form that another site sent in the visitor's name, all of it in place: whoever meant to send it presses
// the button once more, and nobody is made to send one unawares (I1).
func (h *Handlers) askAgain(c echo.Context, p *models.Published, r reply, a *leads.Asking, site string) error {
	loc := i18n.For(i18n.Locale(p.Locale))
	r.token = string(h.Leads.AppendView(nil, p, leads.AttributeEmbed(url.Values{}, site, h.Site.Host)))
	r.step, r.notice = len(a.Steps)-1, loc.T("public.form.from_elsewhere")
	if wrong, bad := errors.AsType[*models.Invalid](a.Check(r.values)); bad {
		r.wrong, r.step, r.problem, r.notice = wrong, a.StepOf(wrong), r.notice, ""
	}
	if web.WantsJSON(c) {
		return leads.ErrPageTooOld
	}
	return h.showReply(c, http.StatusUnprocessableEntity, p, r)
}

// elsewhere is the site that a form was sent from, as browsers tell: empty where it is ours, or where nothing is told, as by
// programs.
func (h *Handlers) elsewhere(r *http.Request) string {
	origin := r.Header.Get("Origin")
	if origin == "" {
		if u, err := url.Parse(r.Referer()); err == nil && u.Host != "" {
			origin = u.Scheme + "://" + u.Host
		}
	}
	u, err := url.Parse(origin)
	if origin == "" || err == nil && (strings.EqualFold(u.Host, r.Host) || strings.EqualFold(u.Host, h.Site.Host)) {
		return ""
	}
	return strings.ToLower(origin)
}
