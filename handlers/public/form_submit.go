package public

import (
	"cmp"
	"errors"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// maxFields is how many values a form may be sent with.
const maxFields = 60

// FormSubmit takes a form in: 303 when all of it is on disk, else the page again with what was typed.
func (h *Handlers) FormSubmit(c echo.Context) error { return h.submit(c, onPage) }

func (h *Handlers) submit(c echo.Context, s stand) error {
	p, err := h.receiving(c, s)
	if err != nil {
		return err
	}
	values, err := readForm(c)
	if err != nil {
		return err
	}
	r := reply{values: values, token: values.Get("_token"), link: values.Get("_lead"), stand: s, step: stepOf(values), fixed: suggested(values)}
	site := h.elsewhere(c.Request())
	if r.link != "" || r.step >= 0 || r.fixed || r.token == "" && site != "" && !p.Version.Doc.Form.Allows(site) {
		if done, err := h.answered(c, p, &r, site); done {
			return err
		}
	}
	receipt, err := h.Leads.Capture(c.Request().Context(), leads.Post{
		Published: p, Values: values, Token: r.token, Link: r.link, Page: h.Site.BaseURL + s.path(p), Embedded: site != "", Booth: s == atBooth,
		IP: remote(c), UserAgent: c.Request().UserAgent(), Referer: cmp.Or(c.Request().Referer(), site), OwnHost: h.Site.Host,
	})
	if err != nil {
		return h.refuse(c, p, r, err)
	}
	return web.Redirect(c, s.thanks(p, receipt.Thanks))
}

// receiving finds the campaign that a form is for, also where its address changed after the page was opened.
func (h *Handlers) receiving(c echo.Context, s stand) (*models.Published, error) {
	p, err := h.standing(c, s, c.Param("slug"))
	if errors.Is(err, models.ErrNotFound) {
		if now := h.Campaigns.Snapshot().Moved(c.Param("slug")); now != nil {
			return h.standing(c, s, now.Slug)
		}
	}
	return p, err
}

// readForm reads an urlencoded or multipart body, which the route has limited in size. Files are refused.
func readForm(c echo.Context) (url.Values, error) {
	r := c.Request()
	if r.ContentLength == 0 { // a button pressed by a program, without anything chosen
		return url.Values{}, nil
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return nil, badBody(err)
		}
	case "multipart/form-data":
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return nil, badBody(err)
		}
		if r.MultipartForm != nil && len(r.MultipartForm.File) > 0 {
			_ = r.MultipartForm.RemoveAll()
			return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType)
		}
	default:
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	n := 0
	for _, v := range r.PostForm {
		n += len(v)
	}
	if n > maxFields {
		return nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge)
	}
	return r.PostForm, nil
}

// maxBody is how large a form may be.
const maxBody = 64 << 10

func badBody(err error) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
	}
	return echo.NewHTTPError(http.StatusBadRequest)
}

const suggestPrefix = "_suggest."

// suggested puts a suggestion that was taken into its field.
func suggested(values url.Values) bool {
	for name := range values {
		if field, ok := strings.CutPrefix(name, suggestPrefix); ok {
			values.Set(field, values.Get(name))
			values.Del(name)
			return true
		}
	}
	return false
}

// refuse answers a form that was not taken: nothing is written, and nothing typed is lost.
func (h *Handlers) refuse(c echo.Context, p *models.Published, r reply, err error) error {
	problem := web.ProblemOf(err)
	loc := i18n.For(i18n.Locale(p.Locale))
	switch problem.Status {
	case http.StatusUnprocessableEntity:
		r.wrong, _ = errors.AsType[*models.Invalid](err)
		r.step = leads.NewAsking(&p.Version.Doc.Form, r.lead, loc).StepOf(r.wrong)
		if errors.Is(err, leads.ErrPageTooOld) {
			r.problem, r.token = loc.T("invalid.expired_form"), ""
		}
	case http.StatusTooManyRequests:
		r.problem = loc.T("public.form.too_many", "span", problem.RetryAfter)
	case http.StatusServiceUnavailable:
		r.problem = loc.T("public.form.unavailable")
	default:
		return err
	}
	if problem.RetryAfter > 0 {
		web.RetryAfter(c, problem.RetryAfter)
	}
	if web.WantsJSON(c) {
		return err
	}
	return h.showReply(c, problem.Status, p, r)
}

// showReply shows a form as it stands for one view, with a token of its own where it came without one, or was opened before
// what is published now.
func (h *Handlers) showReply(c echo.Context, status int, p *models.Published, r reply) error {
	if r.token == "" {
		r.token = string(h.Leads.AppendView(nil, p, h.attribution(c, r.stand)))
	} else {
		r.token = h.Leads.Renew(r.token, p)
	}
	if r.stand != atBooth && p.Version.Doc.Form.Stepped() {
		// The browser may keep it for its back button, which could not show the answer to a form again otherwise.
		c.Response().Header()["Cache-Control"] = privatePage
	}
	if policy := policyOf(&p.Version.Doc.Page); policy != nil && r.stand == onPage {
		c.Response().Header()["Content-Security-Policy"] = policy
	}
	return web.HTML(c, status, h.view(p, r))
}

// remote is the visitor's address, as far as the configured proxies are believed.
func remote(c echo.Context) netip.Addr {
	addr, _ := netip.ParseAddr(c.RealIP())
	return addr
}
