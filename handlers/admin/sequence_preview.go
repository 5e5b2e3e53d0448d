package admin

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/mail"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// shownFound is how many leads a search for whom to look as names.
const shownFound = 8

// Ways to look at a preview.
const (
	viewWide  = "html"
	viewPhone = "phone"
	viewText  = "text"
)

// inDark is what an address says that asks for a mail in its dark colours.
const inDark = "dark"

// A view is how a preview is looked at, and as whom.
type view struct{ as, colours, lead string }

func viewOf(c echo.Context) view {
	v := view{as: c.QueryParam("as"), colours: c.QueryParam("colours"), lead: c.QueryParam("lead")}
	if v.as != viewPhone && v.as != viewText {
		v.as = viewWide
	}
	if v.colours != inDark {
		v.colours = ""
	}
	return v
}

// at is the address of a preview of what is at another.
func (v view) at(here string) string {
	q := url.Values{}
	for name, value := range map[string]string{"as": v.as, "colours": v.colours, "lead": v.lead} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return here
	}
	return here + "?" + q.Encode()
}

// A rehearsal is a step as somebody would get it.
type rehearsal struct {
	sequence *models.Sequence
	step     *models.Step
	number   int
	page     *models.Published // nil: there is no campaign to speak for
	lead     *models.Lead
	real     bool // the lead is one of ours
	mail     mail.Mail
}

func (h *Handlers) rehearse(c echo.Context) (r rehearsal, err error) {
	if r.sequence, err = h.sequence(c); err != nil {
		return r, err
	}
	step, at := r.sequence.Draft.Step(c.Param("key"))
	if step == nil {
		return r, models.ErrNotFound
	}
	r.step, r.number = step, at+1
	if r.lead, r.real, err = h.previewLead(c, r.sequence.Locale); err != nil {
		return r, err
	}
	if r.real { // the page of a preview says who it is, its frame what is known of them: each is a look of its own
		if err := h.audit(c, "lead.view", "lead:"+r.lead.ID.String(), "preview"); err != nil {
			return r, err
		}
	}
	if r.page, err = h.Nurture.Speaks(c.Request().Context(), r.sequence.CampaignID); err != nil || r.page == nil {
		return r, err
	}
	r.mail, err = h.Nurture.Preview(c.Request().Context(), step, r.lead, r.page, r.sequence.Locale, c.QueryParam("marked") != "")
	return r, err
}

// previewLead is whom to look as: the one named in the address, else somebody made up.
func (h *Handlers) previewLead(c echo.Context, locale string) (*models.Lead, bool, error) {
	if id, err := models.ParseID(c.QueryParam("lead")); err == nil {
		lead, err := h.Store.Lead(c.Request().Context(), id)
		return lead, true, err
	}
	return nurture.Sample(locale), false, nil
}

// StepPreview shows a step of the draft as a lead would get it.
func (h *Handlers) StepPreview(c echo.Context) error {
	r, err := h.rehearse(c)
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	loc, at := shell.Loc, sequenceURL(r.sequence.ID)
	here := at + "/steps/" + r.step.Key
	shell.Crumbs = append(h.sequenceCrumbs(loc, r.sequence), layout.Crumb{Text: loc.T("sequence.edit"), URL: at + "/edit"},
		layout.Crumb{Text: loc.T("sequence.step_heading", "n", r.number), URL: here})
	props := admin.PreviewProps{
		Shell: shell, Subject: r.mail.Subject, Inbox: r.step.Preview, Query: strings.TrimSpace(c.QueryParam("q")),
		To: cmp.Or(r.lead.Name, r.lead.Email), EditURL: here, Action: here + "/preview", TestURL: here + "/test", TestTo: web.User(c).Email,
	}
	if r.page == nil {
		props.Problem = loc.T("sequence.no_campaign")
	}
	look := viewOf(c)
	look.lead = ""
	if r.real {
		look.lead = r.lead.ID.String()
	}
	showAs(&props, loc, here, look, &r.mail)
	as := func(id string) string { look.lead = id; return look.at(here + "/preview") }
	if props.Found, err = h.findLeads(c, props.Query, as); err != nil {
		return err
	}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return web.HTML(c, http.StatusOK, admin.SequencePreview(props))
}

// showAs fills in the way to look that was asked for: as HTML on a desktop or a phone, light or dark, or as text.
func showAs(p *admin.PreviewProps, loc *i18n.Loc, here string, look view, m *mail.Mail) {
	tab := func(key string, v view) ui.Tab {
		return ui.Tab{Text: loc.T("sequence.view." + key), URL: v.at(here + "/preview"), Current: v == look}
	}
	for _, as := range [...]string{viewWide, viewPhone, viewText} {
		p.Views = append(p.Views, tab(as, view{as, look.colours, look.lead}))
	}
	p.View, p.Colours, p.Lead = look.as, look.colours, look.lead
	p.SampleURL = view{look.as, look.colours, ""}.at(here + "/preview")
	if look.as == viewText {
		p.Text = m.Text
		return
	}
	p.Shades = []ui.Tab{tab("light", view{look.as, "", look.lead}), tab(inDark, view{look.as, inDark, look.lead})}
	p.Phone, p.FrameURL = look.as == viewPhone, view{"", look.colours, look.lead}.at(here+"/preview/html")
}

// findLeads finds whom to look as, by the beginnings of their address, name or company.
func (h *Handlers) findLeads(c echo.Context, query string, at func(id string) string) (out []admin.Found, err error) {
	words := leads.SearchTerms(query)
	if len(words) == 0 {
		return nil, nil
	}
	rows, _, err := h.Store.Leads(c.Request().Context(), store.LeadQuery{Words: words, Limit: shownFound})
	for i := range rows {
		out = append(out, admin.Found{Name: rows[i].Name, Email: rows[i].Email, URL: at(rows[i].ID.String())})
	}
	return out, err
}

// StepHTML is the mail itself, for the frame.
func (h *Handlers) StepHTML(c echo.Context) error {
	r, err := h.rehearse(c)
	if err != nil {
		return err
	}
	header, policy := c.Response().Header(), h.mailPolicy("https: ") // who writes it may see the pictures that they put in
	header["Referrer-Policy"] = []string{"no-referrer"}
	header.Set("Cache-Control", "no-store")
	html, head := mail.Coloured(r.mail.HTML, c.QueryParam("colours") == inDark), `<head><base target="_blank">`
	if c.QueryParam("marked") != "" { // in the editor's frame: the block that is being edited, where no script can mark it
		policy += " allow-same-origin" // the editor around it reaches into it, where still nothing runs
		head += `<style id="mark">[id^="b-"]:target{outline:3px solid #0b57d0;outline-offset:5px}</style>`
		head += `<style>[id^="b-"]:empty{min-height:96px;margin:4px 0 20px;border:2px dashed #8b9996;border-radius:10px}</style>`
	}
	header["Content-Security-Policy"], header["X-Frame-Options"] = []string{policy}, []string{"SAMEORIGIN"}
	return c.HTML(http.StatusOK, strings.Replace(html, "<head>", head, 1))
}
