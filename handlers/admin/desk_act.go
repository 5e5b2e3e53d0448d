package admin

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// add adds a block of a kind behind the one that is being edited, and leads to its form.
func (d *desk[D]) add(c echo.Context) error {
	kind, id := models.BlockType(c.FormValue("type")), newStepKey()
	form := d.forms[kind]
	if form == nil {
		return models.ErrNotFound
	}
	_, err := d.edit(c, "add:"+string(kind)+":"+id, func(doc *D) error {
		if len(*d.blocks(doc)) >= models.MaxBlocks {
			return errFull
		}
		b := models.Block{ID: id, Type: kind}
		form.begin(i18n.For(i18n.Locale(d.locale)), &b, d.h.Store.Now())
		insertBlock(d.blocks(doc), b, c.FormValue("after"))
		return nil
	})
	if errors.Is(err, errFull) {
		return d.full(c)
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, d.url("block="+id, ""))
}

// full says that there is no room for a further block.
func (d *desk[D]) full(c echo.Context) error {
	d.told(c, d.kind+"_full", i18n.For(d.h.locale(c)).Int(models.MaxBlocks))
	return web.Redirect(c, d.at)
}

// A blockAct changes the order of blocks, or one of them as a whole.
type blockAct func(blocks []models.Block, at int, c echo.Context) []models.Block

// blockActs are what the buttons of a block do.
var blockActs = map[string]blockAct{
	"hide": func(blocks []models.Block, at int, _ echo.Context) []models.Block { return hide(blocks, at, true) },
	"show": func(blocks []models.Block, at int, _ echo.Context) []models.Block { return hide(blocks, at, false) },
	"up":   func(blocks []models.Block, at int, _ echo.Context) []models.Block { return moveBlock(blocks, at, at-1) },
	"down": func(blocks []models.Block, at int, _ echo.Context) []models.Block { return moveBlock(blocks, at, at+1) },
	"delete": func(blocks []models.Block, at int, _ echo.Context) []models.Block {
		return slices.Delete(blocks, at, at+1)
	},
	"copy": copyBlock,
	"move": func(blocks []models.Block, at int, c echo.Context) []models.Block {
		to, err := strconv.Atoi(c.FormValue("to"))
		if err != nil {
			return blocks
		}
		return moveBlock(blocks, at, to)
	},
}

func hide(blocks []models.Block, at int, hidden bool) []models.Block {
	blocks[at].Hidden = hidden
	return blocks
}

// moveBlock takes a block to another place; beyond the ends it stays.
func moveBlock(blocks []models.Block, from, to int) []models.Block {
	if to < 0 || to >= len(blocks) {
		return blocks
	}
	b := blocks[from]
	return slices.Insert(slices.Delete(blocks, from, from+1), to, b)
}

// copyBlock puts a copy behind a block, which shares nothing with it.
func copyBlock(blocks []models.Block, at int, _ echo.Context) []models.Block {
	if len(blocks) >= models.MaxBlocks {
		return blocks
	}
	twin := twinOf(blocks[at])
	twin.ID = newStepKey()
	return slices.Insert(blocks, at+1, twin)
}

// act does what a button of a block says.
func (d *desk[D]) act(c echo.Context) error {
	do, id := c.FormValue("do"), c.Param("block")
	act := blockActs[do]
	b, at := d.block(id)
	if act == nil || b == nil {
		return models.ErrNotFound
	}
	if do == "copy" && len(*d.blocks(d.doc)) >= models.MaxBlocks {
		return d.full(c)
	}
	name, next := blockName(i18n.For(d.h.locale(c)), b), id
	verb := map[string]string{"up": "move", "down": "move"}[do]
	if verb == "" {
		verb = do
	}
	doc, err := d.edit(c, verb+":"+string(b.Type)+":"+id, func(doc *D) error {
		blocks := d.blocks(doc)
		_, at := models.FindBlock(*blocks, id)
		if at < 0 {
			return models.ErrNotFound
		}
		*blocks = act(*blocks, at, c)
		return nil
	})
	if err != nil {
		return err
	}
	switch blocks := *d.blocks(doc); {
	case do == "delete":
		d.told(c, undoable+"block_deleted", name)
		if next = ""; len(blocks) > 0 {
			next = blocks[min(at, len(blocks)-1)].ID
		}
	case do == "copy" && at+1 < len(blocks):
		next = blocks[at+1].ID
	}
	if next == "" {
		return web.Redirect(c, d.url("", viewParts))
	}
	return web.Redirect(c, d.url("block="+url.QueryEscape(next), viewParts))
}
