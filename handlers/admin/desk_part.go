package admin

import (
	"errors"
	"net/url"
	"slices"

	"sarnakh/models"
	"sarnakh/templates/admin"
)

// A part is one that is edited by itself: a block, or what holds for the whole.
type part[D any] struct {
	kind  string // of the block, or of what is no block: "theme"
	query string // of its address: "block=hero", "part=theme"
	what  string // what a change of it is called in the history of the draft
	icon  string
	// now is the part as a form of it was made from; gonePart where there is none.
	now func(*D) any
	// show fills a form in, and fields are how it looks.
	show   func(*typed, *D)
	fields func(*typed) []admin.PageField
	// put takes what was typed into the draft.
	put func(*typed, *D) error
	// dress adds to its form what such a part alone has; after is done once it is saved. Either may be nil.
	dress func(*typed, *admin.PageForm) error
	after func() error
	// facts are what it says, for whoever typed something else meanwhile; nil where its fields tell that.
	facts func(*D, *typed) []admin.Fact
}

// gonePart is what the form of a block was made from that somebody has deleted: saving it brings the block back.
const gonePart = "gone"

func showParts[T any](f *typed, form []binding[T], from T) {
	for _, b := range form {
		b.show(f, "", &from)
	}
}

func readParts[T any](f *typed, form []binding[T]) (to T) {
	for _, b := range form {
		b.read(f, "", &to)
	}
	return to
}

// blockPart is the part of one block. Whether it is hidden is no part of it: that is a button of its own.
func (d *desk[D]) blockPart(id string, kind models.BlockType) *part[D] {
	form := d.forms[kind]
	find := func(doc *D) *models.Block {
		b, _ := models.FindBlock(*d.blocks(doc), id)
		return b
	}
	p := &part[D]{
		kind: string(kind), query: "block=" + url.QueryEscape(id), what: "block:" + id,
		now: func(doc *D) any {
			b := find(doc)
			if b == nil || b.Type != kind {
				return gonePart
			}
			bare := *b
			bare.Hidden = false
			return bare
		},
		show: func(f *typed, doc *D) {
			if b := find(doc); b != nil {
				form.show(f, b)
			}
		},
		fields: form.fields,
		put: func(f *typed, doc *D) error {
			b := find(doc)
			if b == nil {
				b = insertBlock(d.blocks(doc), models.Block{ID: id, Type: kind}, "")
			}
			form.read(f, b)
			return d.check(b)
		},
	}
	if d.dress != nil {
		p.dress = func(f *typed, form *admin.PageForm) error { return d.dress(kind, f, form) }
	}
	return p
}

// insertBlock puts a block behind another; at the end where there is no such one, but before the footer.
func insertBlock(blocks *[]models.Block, b models.Block, after string) *models.Block {
	all := *blocks
	_, at := models.FindBlock(all, after)
	if at < 0 {
		at = len(all) - 1
		if at >= 0 && all[at].Type == models.BlockFooter && b.Type != models.BlockFooter {
			at--
		}
	}
	*blocks = slices.Insert(slices.Clone(all), at+1, b)
	return &(*blocks)[at+1]
}

// errUnchanged says that what was typed is what is there already: that is no step of the draft.
var errUnchanged = errors.New("nothing changed")

// take is put with what is wrong noted beside its controls. It is models.ErrConflict where the part is not what its form was
// made from.
func (p *part[D]) take(f *typed, base string, doc *D) error {
	was := fingerprint(p.now(doc))
	if was != base {
		return models.ErrConflict
	}
	clear(f.problems)
	err := p.put(f, doc)
	if invalid, ok := errors.AsType[*models.Invalid](err); ok {
		f.wrong(invalid)
	}
	switch {
	case len(f.problems) > 0:
		return &models.Invalid{}
	case err != nil:
		return err
	case fingerprint(p.now(doc)) == was:
		return errUnchanged
	}
	return nil
}

// told is what a part says as it stands in a document.
func (p *part[D]) told(doc *D, f *typed) (out []admin.Fact) {
	if p.facts != nil {
		return p.facts(doc, f)
	}
	p.show(f, doc)
	var walk func(list []admin.PageField)
	walk = func(list []admin.PageField) {
		for _, x := range list {
			walk(x.Fields)
			for _, row := range x.Rows {
				walk(row)
			}
			text := x.Value
			switch x.Kind {
			case kindPicture:
				text = x.Picture.Alt
			case kindMoment:
				text = x.Moment.Day + " " + x.Moment.Clock
			case kindList, kindGroup, kindFlag:
				continue
			}
			if text != "" {
				out = append(out, admin.Fact{Label: x.Label, Text: text})
			}
		}
	}
	walk(p.fields(f))
	return out
}
