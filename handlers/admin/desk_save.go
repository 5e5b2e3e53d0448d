package admin

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// saveBlock saves what is in a block to the draft.
func (d *desk[D]) saveBlock(c echo.Context) error {
	kind, id := models.BlockType(c.FormValue("kind")), c.Param("block")
	if d.forms[kind] == nil || !models.IsKey(id) {
		return models.ErrNotFound
	}
	d.part = d.blockPart(id, kind)
	return d.save(c)
}

// saveWhole saves a part that is no block.
func saveWhole[D any](kind string) func(*desk[D], echo.Context) error {
	return func(d *desk[D], c echo.Context) error {
		d.part = d.whole(kind)
		return d.save(c)
	}
}

// save saves one part. What a button within the form does to it is done first, so that it works without a script.
func (d *desk[D]) save(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	d.view = viewForm
	f := d.h.typed(i18n.For(d.h.locale(c)), d.part.kind, maps.Clone(form))
	act := parseRowAct(c.FormValue("row"))
	act.apply(f)
	base, typing := c.FormValue("base"), c.FormValue("auto") != "" // saved by the script while somebody types
	doc, err := d.edit(c, d.part.what, func(doc *D) error { return d.part.take(f, base, doc) })
	_, invalid := errors.AsType[*models.Invalid](err)
	answer := admin.PageForm{Typing: typing}
	switch {
	case invalid:
		answer.Base, answer.NotSaved = base, true
		return d.asTyped(c, http.StatusUnprocessableEntity, f, answer)
	case errors.Is(err, models.ErrConflict):
		return d.conflict(c, f, answer)
	case errors.Is(err, errUnchanged):
	case err != nil:
		return err
	default:
		d.doc = doc
	}
	if d.part.after != nil {
		if err := d.part.after(); err != nil {
			return err
		}
	}
	if typing {
		answer.Saved, answer.Base = true, fingerprint(d.part.now(d.doc)) // not of what somebody saves before it is read again
		if d.doc, err = d.read(c); err != nil {
			return err
		}
		return d.asTyped(c, http.StatusOK, f, answer)
	}
	if act.do == "" {
		d.told(c, "page_saved", "")
	}
	return web.Redirect(c, d.afterSave(c, act))
}

// asTyped answers with the form as it was typed; the browser stays at the address of the page.
func (d *desk[D]) asTyped(c echo.Context, status int, f *typed, form admin.PageForm) error {
	c.Response().Header().Set("HX-Replace-Url", "false")
	return d.show(c, status, f, form)
}

// afterSave is where a saved form leads: back, to the row that was added, or to where a picture is chosen.
func (d *desk[D]) afterSave(c echo.Context, act rowAct) string {
	switch act.do {
	case "add":
		q := d.query(d.part.query, d.view)
		q.Set("more", act.name)
		return d.at + "?" + q.Encode() + "#more-" + strings.ReplaceAll(act.name, ".", "-")
	case "choose":
		return chooserURL(d.here(), strings.TrimPrefix(c.FormValue("row"), "choose:"))
	}
	return d.here()
}

// conflict shows what somebody else saved beside what was typed. Saving once more is to mean it.
func (d *desk[D]) conflict(c echo.Context, f *typed, form admin.PageForm) (err error) {
	if d.doc, err = d.read(c); err != nil {
		return err
	}
	theirs := d.h.typed(f.loc, f.kind, url.Values{})
	form.Conflict, form.NotSaved = true, true
	if form.Gone = d.part.now(d.doc) == any(gonePart); !form.Gone {
		form.Theirs = d.part.told(d.doc, theirs)
	}
	return d.asTyped(c, http.StatusConflict, f, form)
}
