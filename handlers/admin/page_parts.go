package admin

import (
	"errors"
	"slices"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
)

// A pagePart is a part of a page that is edited by itself: a block, its colours, or what it says of itself.
type pagePart struct {
	kind  string // of the block, or "theme" or "about"
	query string // of its address: "block=hero", "part=theme"
	what  string // what a change of it is called in the draft's history
	// now is the part as a form of it was made from; gonePart where there is none.
	now func(*models.CampaignDoc) any
	// show fills a form in, and fields are how it looks.
	show   func(*typed, *models.CampaignDoc)
	fields func(*typed) []admin.PageField
	// put takes what was typed into the draft.
	put func(*typed, *models.CampaignDoc) error
}

// gonePart is what the form of a block was made from that somebody has deleted: saving it brings the block back.
const gonePart = "gone"

// Parts of a page that are no block.
const (
	partTheme = "theme"
	partAbout = "about"
)

var themePagePart = pagePart{
	kind: partTheme, query: "part=theme", what: "theme",
	now:    func(doc *models.CampaignDoc) any { return themeOf(&doc.Page) },
	show:   func(f *typed, doc *models.CampaignDoc) { showParts(f, themeForm, themeOf(&doc.Page)) },
	fields: themeFields,
	put: func(f *typed, doc *models.CampaignDoc) error {
		t := readParts(f, themeForm)
		doc.Page.Theme, doc.Page.Brand.Logo = t.Theme, t.Logo
		return t.Theme.Check()
	},
}

var aboutPagePart = pagePart{
	kind: partAbout, query: "part=about", what: "about",
	now:  func(doc *models.CampaignDoc) any { return aboutOf(&doc.Page) },
	show: func(f *typed, doc *models.CampaignDoc) { showParts(f, aboutForm, aboutOf(&doc.Page)) },
	fields: func(f *typed) (out []admin.PageField) {
		for _, b := range aboutForm {
			out = append(out, b.field(f, ""))
		}
		return append(out, f.field("home", kindFlag))
	},
	put: func(f *typed, doc *models.CampaignDoc) error {
		a := readParts(f, aboutForm)
		a.put(&doc.Page)
		return doc.Page.CheckAbout()
	},
}

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
func blockPart(id string, kind models.BlockType) pagePart {
	form := blockForms[kind]
	return pagePart{
		kind: string(kind), query: "block=" + id, what: "block:" + id,
		now: func(doc *models.CampaignDoc) any {
			b, _ := doc.Page.Block(id)
			if b == nil || b.Type != kind {
				return gonePart
			}
			matter := *b
			matter.Hidden = false
			return matter
		},
		show: func(f *typed, doc *models.CampaignDoc) {
			if b, _ := doc.Page.Block(id); b != nil {
				form.show(f, b)
			}
		},
		fields: form.fields,
		put: func(f *typed, doc *models.CampaignDoc) error {
			b, _ := doc.Page.Block(id)
			if b == nil {
				b = insertBlock(&doc.Page, models.Block{ID: id, Type: kind}, "")
			}
			form.read(f, b)
			return b.Check()
		},
	}
}

// insertBlock puts a block behind another; at the end where there is no such one, but before the footer.
func insertBlock(p *models.Page, b models.Block, after string) *models.Block {
	_, at := p.Block(after)
	if at < 0 {
		at = len(p.Blocks) - 1
		if at >= 0 && p.Blocks[at].Type == models.BlockFooter && b.Type != models.BlockFooter {
			at--
		}
	}
	p.Blocks = slices.Insert(slices.Clone(p.Blocks), at+1, b)
	return &p.Blocks[at+1]
}

// errUnchanged says that what was typed is what is there already: that is no step of the draft.
var errUnchanged = errors.New("nothing changed")

// take is put with what is wrong noted beside its controls.
func (p pagePart) take(f *typed, doc *models.CampaignDoc) error {
	clear(f.problems)
	was := fingerprint(p.now(doc))
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

// facts are what a part says, for whoever typed something else meanwhile.
func (p pagePart) facts(f *typed) (out []admin.Fact) {
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

// blockName is how a block is called: by its heading, else by its kind.
func blockName(loc *i18n.Loc, b *models.Block) string {
	if name := headingOf(b); name != "" {
		return name
	}
	return loc.T("block_type." + string(b.Type))
}

func headingOf(b *models.Block) string {
	switch {
	case b.Hero != nil:
		return b.Hero.Heading
	case b.Benefits != nil:
		return b.Benefits.Heading
	case b.Inside != nil:
		return b.Inside.Heading
	case b.Proof != nil:
		return b.Proof.Heading
	case b.FAQ != nil:
		return b.FAQ.Heading
	case b.Countdown != nil:
		return b.Countdown.Heading
	case b.Gallery != nil:
		return b.Gallery.Heading
	case b.Text != nil:
		return b.Text.Heading
	case b.Video != nil:
		return b.Video.Heading
	case b.CTA != nil:
		return b.CTA.Heading
	}
	return ""
}
