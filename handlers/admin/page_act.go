package admin

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// BlockAdd adds a block of a kind behind the one that is being edited, and leads to its form.
func (h *Handlers) BlockAdd(c echo.Context) error {
	e, err := h.editing(c)
	if err != nil {
		return err
	}
	kind, id := models.BlockType(c.FormValue("type")), newStepKey()
	form := blockForms[kind]
	if form == nil {
		return models.ErrNotFound
	}
	_, err = h.Store.EditDraft(c.Request().Context(), e.campaign.ID, web.User(c).ID, "add:"+string(kind)+":"+id, func(doc *models.CampaignDoc) error {
		if len(doc.Page.Blocks) >= models.MaxBlocks {
			return errFull
		}
		b := models.Block{ID: id, Type: kind}
		form.begin(i18n.For(i18n.Locale(e.campaign.Locale)), &b, h.Store.Now())
		insertBlock(&doc.Page, b, c.FormValue("after"))
		return nil
	})
	if errors.Is(err, errFull) {
		return h.full(c, e.campaign.ID, partPage, "page_full", models.MaxBlocks)
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, e.url("block="+id, ""))
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
	raw, err := json.Marshal(blocks[at])
	var twin models.Block
	if err != nil || json.Unmarshal(raw, &twin) != nil || len(blocks) >= models.MaxBlocks {
		return blocks
	}
	twin.ID = newStepKey()
	return slices.Insert(blocks, at+1, twin)
}

// BlockAct does what a button of a block says.
func (h *Handlers) BlockAct(c echo.Context) error {
	e, err := h.editing(c)
	if err != nil {
		return err
	}
	do, id := c.FormValue("do"), c.Param("block")
	act := blockActs[do]
	b, at := e.draft.Doc.Page.Block(id)
	if act == nil || b == nil {
		return models.ErrNotFound
	}
	if do == "copy" && len(e.draft.Doc.Page.Blocks) >= models.MaxBlocks {
		return h.full(c, e.campaign.ID, partPage, "page_full", models.MaxBlocks)
	}
	name, next := blockName(i18n.For(h.locale(c)), b), id
	verb := map[string]string{"up": "move", "down": "move"}[do]
	if verb == "" {
		verb = do
	}
	d, err := h.Store.EditDraft(c.Request().Context(), e.campaign.ID, web.User(c).ID, verb+":"+string(b.Type)+":"+id, func(doc *models.CampaignDoc) error {
		_, at := doc.Page.Block(id)
		if at < 0 {
			return models.ErrNotFound
		}
		doc.Page.Blocks = act(doc.Page.Blocks, at, c)
		return nil
	})
	if err != nil {
		return err
	}
	switch blocks := d.Doc.Page.Blocks; {
	case do == "delete":
		h.setFlash(c, undoable+"block_deleted", e.campaign.ID.String(), name)
		if next = ""; len(blocks) > 0 {
			next = blocks[min(at, len(blocks)-1)].ID
		}
	case do == "copy" && at+1 < len(blocks):
		next = blocks[at+1].ID
	}
	if next == "" {
		return web.Redirect(c, e.url("", viewParts))
	}
	return web.Redirect(c, e.url("block="+next, viewParts))
}
