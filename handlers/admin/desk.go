package admin

import (
	"cmp"
	"net/url"
	"slices"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// A matter is what is written at a desk: a campaign's page, or a mail of a sequence. D is what its parts are parts of.
type matter[D any] interface {
	// read is what is written, as it is now.
	read(c echo.Context) (*D, error)
	// edit makes a change that can be undone, named as in the history of drafts, and returns what is written then. What
	// change refuses is not written.
	edit(c echo.Context, what string, change func(*D) error) (*D, error)
	// steps are what can be undone and done again; people are who else changed it since a moment.
	steps(c echo.Context, loc *i18n.Loc) (undo, redo *admin.DraftStep, err error)
	people(c echo.Context, since models.Instant) ([]store.DraftPerson, error)
	// told has something said on the next page: with a button that undoes it, where it was a deletion.
	told(c echo.Context, what, name string)
	// answer shows the desk as a page of the back office.
	answer(c echo.Context, status int, p admin.EditorProps) error
}

// A desk is where something made of blocks is written, part by part, with a look at the whole.
type desk[D any] struct {
	h *Handlers
	matter[D]
	kind   string // "page" or "mail", which ends the keys of what is said of it
	doc    *D
	at     string // its address
	locale string // what is written is in
	blocks func(*D) *[]models.Block
	forms  map[models.BlockType]blockForm
	types  []models.BlockType // of forms, in the order in which they are offered
	check  func(*models.Block) error
	dress  func(models.BlockType, *typed, *admin.PageForm) error // of blocks, as of parts; may be nil
	wholes []part[D]
	looks  []string                 // the first is the one that nobody has to ask for
	frame  func(look string) string // the address of what it looks like
	title  string                   // of that
	part   *part[D]                 // what is being edited; nil where there are no blocks
	look   string
	view   string // empty: nobody asked for one
}

// Views of the editor where there is room for one column alone.
const (
	viewParts = "parts"
	viewForm  = "form"
	viewLook  = "look"
)

var deskViews = [...]string{viewParts, viewForm, viewLook}

// asked takes the look and the view that a request asks for.
func (d *desk[D]) asked(c echo.Context) {
	if d.look = c.FormValue("width"); !slices.Contains(d.looks, d.look) {
		d.look = d.looks[0]
	}
	if d.view = c.FormValue("view"); !slices.Contains(deskViews[:], d.view) {
		d.view = ""
	}
}

// query is the state of the editor as its addresses carry it.
func (d *desk[D]) query(part, view string) url.Values {
	q, _ := url.ParseQuery(part) // ours
	if d.look != d.looks[0] {
		q.Set("width", d.look)
	}
	if view != "" {
		q.Set("view", view)
	}
	return q
}

func (d *desk[D]) url(part, view string) string {
	if q := d.query(part, view); len(q) > 0 {
		return d.at + "?" + q.Encode()
	}
	return d.at
}

// here is the present place at the desk.
func (d *desk[D]) here() string {
	if d.part == nil {
		return d.url("", d.view)
	}
	return d.url(d.part.query, d.view)
}

func (d *desk[D]) block(id string) (*models.Block, int) {
	return models.FindBlock(*d.blocks(d.doc), id)
}

// whole is a part that is no block, nil where there is none of that kind.
func (d *desk[D]) whole(kind string) *part[D] {
	for i := range d.wholes {
		if d.wholes[i].kind == kind {
			return &d.wholes[i]
		}
	}
	return nil
}

// choose finds the part that an address asks for; the first block where it asks for none, or one that is not there. Who
// asked for a part wants its form, where there is no room for more.
func (d *desk[D]) choose(block, kind string) {
	view := viewForm
	if d.part = d.whole(kind); d.part == nil {
		b, _ := d.block(block)
		if blocks := *d.blocks(d.doc); b == nil && len(blocks) > 0 {
			b = &blocks[0]
		}
		if block == "" || b == nil {
			view = viewParts
		}
		if b != nil && d.forms[b.Type] != nil {
			d.part = d.blockPart(b.ID, b.Type)
		}
	}
	d.view = cmp.Or(d.view, view)
}
