package admin

import (
	"cmp"
	"net/http"
	"net/url"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// lately is how long ago somebody else's change still tells that they are at it.
const lately = 10 * time.Minute

// open shows what is written, the form of one part, and what it all looks like.
func (d *desk[D]) open(c echo.Context) error {
	d.choose(c.QueryParam("block"), c.QueryParam("part"))
	if d.part == nil {
		return d.show(c, http.StatusOK, nil, admin.PageForm{})
	}
	f := d.h.typed(i18n.For(d.h.locale(c)), d.part.kind, url.Values{})
	d.part.show(f, d.doc)
	f.more[c.QueryParam("more")] = true
	chosen, err := d.h.choosePicture(c, f)
	if err != nil {
		return err
	}
	return d.show(c, http.StatusOK, f, admin.PageForm{Pending: chosen})
}

func (d *desk[D]) show(c echo.Context, status int, f *typed, form admin.PageForm) (err error) {
	loc := i18n.For(d.h.locale(c))
	p := admin.EditorProps{Loc: loc, View: d.view, Width: d.look, Here: d.here(), Whole: loc.T("page_editor.whole." + d.kind), AddURL: d.at + "/blocks", Parts: d.parts(loc)}
	for i := range d.wholes {
		w := &d.wholes[i]
		tab := ui.Tab{Text: loc.T("page_editor." + w.kind), URL: d.url(w.query, ""), Current: d.part == w}
		p.Wholes = append(p.Wholes, admin.EditorWhole{Tab: tab, Icon: w.icon})
	}
	for _, t := range d.types {
		p.Types = append(p.Types, admin.PageType{Type: string(t), Icon: blockIcons[t], Name: loc.T("block_type." + string(t)), About: loc.T("page_editor.type." + string(t))})
	}
	d.shown(loc, &p)
	if p.Undo, p.Redo, err = d.steps(c, loc); err != nil {
		return err
	}
	if p.Others, err = d.others(c, loc); err != nil {
		return err
	}
	if f != nil {
		if err := d.form(f, &form); err != nil {
			return err
		}
		p.Form = &form
	}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return d.answer(c, status, p)
}

// parts are the blocks in order.
func (d *desk[D]) parts(loc *i18n.Loc) (out []admin.PagePart) {
	blocks := *d.blocks(d.doc)
	for i := range blocks {
		b := &blocks[i]
		query := "block=" + url.QueryEscape(b.ID)
		out = append(out, admin.PagePart{
			ID: b.ID, Mark: blockMark(b), Icon: blockIcons[b.Type], Type: loc.T("block_type." + string(b.Type)), Name: blockName(loc, b), Hidden: b.Hidden,
			Current: d.part != nil && d.part.query == query, URL: d.url(query, ""), ActURL: d.blockURL(b.ID) + "/act",
			First: i == 0, Last: i == len(blocks)-1,
		})
	}
	return out
}

func (d *desk[D]) blockURL(id string) string { return d.at + "/blocks/" + url.PathEscape(id) }

// shown is what it looks like, in the way that was asked for.
func (d *desk[D]) shown(loc *i18n.Loc, p *admin.EditorProps) {
	query := ""
	p.FrameURL, p.FrameTitle = d.frame(d.look), d.title
	if d.part != nil {
		query = d.part.query
	}
	for _, x := range p.Parts {
		if x.Current {
			p.Mark = x.Mark
		}
	}
	for _, look := range d.looks {
		at := *d
		at.look = look
		p.Widths = append(p.Widths, ui.Tab{Text: loc.T("campaign_preview." + look), URL: at.url(query, d.view), Current: look == d.look})
	}
	for _, v := range deskViews {
		p.Views = append(p.Views, ui.Tab{Text: loc.T("page_editor.view." + v), URL: d.url(query, v), Current: v == d.view})
	}
}

// blockMark is the id of a block in what is shown; a form is where its answers are sent back to.
func blockMark(b *models.Block) string {
	if b.Type == models.BlockForm {
		return "get"
	}
	return "b-" + b.ID
}

// form is the form of the part that is edited.
func (d *desk[D]) form(f *typed, form *admin.PageForm) error {
	form.Fields = d.part.fields(f)
	form.Kind, form.Width, form.View = d.part.kind, d.look, d.view
	form.Base = cmp.Or(form.Base, fingerprint(d.part.now(d.doc)))
	form.DiscardURL = d.here()
	if d.whole(d.part.kind) != nil {
		form.Heading, form.Action = f.loc.T("page_editor."+d.part.kind), d.at+"/"+d.part.kind
	} else {
		q, _ := url.ParseQuery(d.part.query) // ours
		form.Heading, form.Action = f.loc.T("block_type."+d.part.kind), d.blockURL(q.Get("block"))
		form.Note = f.loc.T("page_editor.type." + d.part.kind)
	}
	form.Problems = problemsOf(form.Fields)
	if d.part.dress == nil {
		return nil
	}
	return d.part.dress(f, form)
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
func (d *desk[D]) others(c echo.Context, loc *i18n.Loc) (out [][]i18n.Part, err error) {
	now := d.h.Store.Now()
	people, err := d.people(c, now.Add(-lately))
	for _, p := range people {
		out = append(out, loc.Parts("page_editor.other."+d.kind, "name", p.Name, "when", loc.Ago(d.h.in(p.At), d.h.in(now))))
	}
	return out, err
}
