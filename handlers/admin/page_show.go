package admin

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"time"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// Views of the editor where there is room for one column alone.
const (
	viewParts = "parts"
	viewForm  = "form"
	viewLook  = "look"
)

var pageViews = [...]string{viewParts, viewForm, viewLook}

// lately is how long ago somebody else's change still tells that they are at it.
const lately = 10 * time.Minute

// An editing is a look at a campaign's page in its editor.
type editing struct {
	campaign *models.Campaign
	draft    *models.Draft
	part     *pagePart // what is being edited; nil on a page without blocks
	width    string
	view     string // empty: nobody asked for one
}

// query is the state of the editor as its addresses carry it.
func (e *editing) query(part, view string) url.Values {
	q, _ := url.ParseQuery(part) // ours
	if e.width != widthPhone {
		q.Set("width", e.width)
	}
	if view != "" {
		q.Set("view", view)
	}
	return q
}

func (e *editing) url(part, view string) string {
	to := campaignURL(e.campaign.ID) + partPage
	if q := e.query(part, view); len(q) > 0 {
		to += "?" + q.Encode()
	}
	return to
}

// here is the present place in the editor.
func (e *editing) here() string {
	if e.part == nil {
		return e.url("", e.view)
	}
	return e.url(e.part.query, e.view)
}

func (h *Handlers) editing(c echo.Context) (*editing, error) {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return nil, err
	}
	e := &editing{campaign: campaign, draft: draft, width: c.FormValue("width"), view: c.FormValue("view")}
	if !slices.Contains(previewWidths[:], e.width) {
		e.width = widthPhone
	}
	if !slices.Contains(pageViews[:], e.view) {
		e.view = ""
	}
	return e, nil
}

// PageEdit is where a campaign's page is made: its blocks, the page itself, and the form of one part.
func (h *Handlers) PageEdit(c echo.Context) error {
	e, err := h.editing(c)
	if err != nil {
		return err
	}
	e.choose(c.QueryParam("block"), c.QueryParam("part"))
	if e.part == nil {
		return h.showPage(c, http.StatusOK, e, nil, admin.PageForm{})
	}
	f := h.typed(i18n.For(h.locale(c)), e.part.kind, url.Values{})
	e.part.show(f, &e.draft.Doc)
	if e.part.kind == partAbout && e.campaign.Home {
		f.values.Set("home", "1")
	}
	f.more[c.QueryParam("more")] = true
	chosen, err := h.choosePicture(c, f)
	if err != nil {
		return err
	}
	return h.showPage(c, http.StatusOK, e, f, admin.PageForm{Pending: chosen})
}

// choose finds the part that an address asks for; the first block where it asks for none, or one that is not there. Who
// asked for a part wants its form, where there is no room for more.
func (e *editing) choose(block, part string) {
	view := viewForm
	switch part {
	case partTheme:
		e.part = &themePagePart
	case partAbout:
		e.part = &aboutPagePart
	default:
		b, _ := e.draft.Doc.Page.Block(block)
		if b == nil && len(e.draft.Doc.Page.Blocks) > 0 {
			b = &e.draft.Doc.Page.Blocks[0]
		}
		if block == "" || b == nil {
			view = viewParts
		}
		if b != nil && blockForms[b.Type] != nil {
			p := blockPart(b.ID, b.Type)
			e.part = &p
		}
	}
	e.view = cmp.Or(e.view, view)
}

func (h *Handlers) showPage(c echo.Context, status int, e *editing, f *typed, form admin.PageForm) error {
	shell, head, err := h.campaignShell(c, e.campaign, partPage)
	if err != nil {
		return err
	}
	loc := shell.Loc
	shell.Assets.Scripts = []string{static.URL("htmx.min.js"), static.URL("sortable.min.js"), static.URL("insert.js"), static.URL("editor.js")}
	p := admin.PageEditorProps{Shell: shell, Head: head, View: e.view, Width: e.width, Here: e.here(), AddURL: campaignURL(e.campaign.ID) + partPage + "/blocks"}
	p.Parts = e.parts(loc)
	p.Theme = ui.Tab{Text: loc.T("page_editor.theme"), URL: e.url("part=theme", ""), Current: e.part != nil && e.part.kind == partTheme}
	p.About = ui.Tab{Text: loc.T("page_editor.about"), URL: e.url("part=about", ""), Current: e.part != nil && e.part.kind == partAbout}
	for _, t := range blockTypes {
		p.Types = append(p.Types, admin.PageType{Type: string(t), Icon: blockIcons[t], Name: loc.T("block_type." + string(t)), About: loc.T("page_editor.type." + string(t))})
	}
	e.look(loc, &p)
	if p.Undo, p.Redo, err = h.steps(c, loc, e); err != nil {
		return err
	}
	if p.Others, err = h.others(c, loc, e); err != nil {
		return err
	}
	if f != nil {
		e.form(f, &form)
		p.Form = &form
	}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return web.HTML(c, status, admin.PageEditor(p))
}

// parts are the blocks in order.
func (e *editing) parts(loc *i18n.Loc) (out []admin.PagePart) {
	blocks := e.draft.Doc.Page.Blocks
	for i := range blocks {
		b := &blocks[i]
		out = append(out, admin.PagePart{
			ID: b.ID, Mark: blockMark(b), Icon: blockIcons[b.Type], Type: loc.T("block_type." + string(b.Type)), Name: blockName(loc, b), Hidden: b.Hidden,
			Current: e.part != nil && e.part.query == "block="+b.ID, URL: e.url("block="+url.QueryEscape(b.ID), ""), ActURL: blockURL(e.campaign.ID, b.ID) + "/act",
			First: i == 0, Last: i == len(blocks)-1,
		})
	}
	return out
}

func blockURL(campaign models.ID, block string) string {
	return campaignURL(campaign) + partPage + "/blocks/" + url.PathEscape(block)
}

// look is the page itself, at the width that was asked for.
func (e *editing) look(loc *i18n.Loc, p *admin.PageEditorProps) {
	part := ""
	p.FrameURL = campaignURL(e.campaign.ID) + "/preview?as=page&marked=1"
	p.FrameTitle = loc.T("campaign_preview.title", "name", e.campaign.Name)
	if e.part != nil {
		part = e.part.query
	}
	for _, b := range e.draft.Doc.Page.Blocks {
		if part == "block="+b.ID {
			p.Mark = blockMark(&b)
		}
	}
	for _, w := range previewWidths {
		at := *e
		at.width = w
		p.Widths = append(p.Widths, ui.Tab{Text: loc.T("campaign_preview." + w), URL: at.url(part, e.view), Current: w == e.width})
	}
	for _, v := range pageViews {
		p.Views = append(p.Views, ui.Tab{Text: loc.T("page_editor.view." + v), URL: e.url(part, v), Current: v == e.view})
	}
}

// blockMark is the id of a block on its page; a form is where its answers are sent back to.
func blockMark(b *models.Block) string {
	if b.Type == models.BlockForm {
		return "get"
	}
	return "b-" + b.ID
}

// form is the form of the part that is edited.
func (e *editing) form(f *typed, form *admin.PageForm) {
	form.Fields = e.part.fields(f)
	form.Kind, form.Width, form.View = e.part.kind, e.width, e.view
	form.Base = cmp.Or(form.Base, fingerprint(e.part.now(&e.draft.Doc)))
	form.DiscardURL = e.here()
	at := campaignURL(e.campaign.ID) + partPage
	switch e.part.kind {
	case partTheme:
		form.Heading, form.Action, form.Swatches = f.loc.T("page_editor.theme"), at+"/theme", swatches()
	case partAbout:
		form.Heading, form.Action = f.loc.T("page_editor.about"), at+"/about"
	default:
		q, _ := url.ParseQuery(e.part.query) // ours
		form.Heading, form.Action = f.loc.T("block_type."+e.part.kind), blockURL(e.campaign.ID, q.Get("block"))
		form.Note = f.loc.T("page_editor.type." + e.part.kind)
	}
	if e.part.kind == string(models.BlockForm) {
		form.Elsewhere = &layout.Crumb{Text: f.loc.T("page_editor.to_form"), URL: campaignURL(e.campaign.ID) + partForm}
	}
	form.Problems = problemsOf(form.Fields)
}

// problemsOf are what is wrong with a form, in the order in which its reader meets it.
func problemsOf(list []admin.PageField) (out []ui.Problem) {
	for _, x := range list {
		if x.Error != "" {
			out = append(out, ui.Problem{Target: x.ID, Text: x.Error})
		}
		if x.Picture.AltError != "" {
			out = append(out, ui.Problem{Target: x.ID + "-alt", Text: x.Picture.AltError})
		}
		out = append(out, problemsOf(x.Fields)...)
		for _, row := range x.Rows {
			out = append(out, problemsOf(row)...)
		}
	}
	return out
}

// others are who else changes this draft at this time.
func (h *Handlers) others(c echo.Context, loc *i18n.Loc, e *editing) (out [][]i18n.Part, err error) {
	now := h.Store.Now()
	people, err := h.Store.DraftPeople(c.Request().Context(), e.campaign.ID, now.Add(-lately), web.User(c).ID)
	for _, p := range people {
		out = append(out, loc.Parts("page_editor.other", "name", p.Name, "when", loc.Ago(h.in(p.At), h.in(now))))
	}
	return out, err
}
