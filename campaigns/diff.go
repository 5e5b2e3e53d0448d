package campaigns

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"sarnakh/models"
)

// ChangeKind is what became of a part of a campaign.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
	Moved   ChangeKind = "moved" // the order, of all blocks or all questions
	Hid     ChangeKind = "hid"
	Showed  ChangeKind = "showed"
)

// ChangePart is the kind of part that a change is of.
type ChangePart string

// The parts of a campaign.
const (
	PartBlock    ChangePart = "block"
	PartField    ChangePart = "field"
	PartAbout    ChangePart = "about" // title, description, brand, indexing, what is said at the end
	PartTheme    ChangePart = "theme"
	PartForm     ChangePart = "form" // what holds for all questions
	PartConsents ChangePart = "consents"
	PartOffer    ChangePart = "offer"
	PartCard     ChangePart = "card"
)

// A Change is what became of one part between two states of a campaign.
type Change struct {
	Kind ChangeKind
	Part ChangePart
	// Name is the part's own words: a block's heading, a question's label; Type is what it is where it has none.
	Name, Type string
	// Words are the texts that differ, of a part that was changed.
	Words []Rewrite
}

// A Rewrite is a text before and after; one of them may be empty.
type Rewrite struct{ Was, Now string }

// Diff says what changed between two states, block by block.
func Diff(was, now *models.CampaignDoc) []Change {
	var out []Change
	out = append(out, blockChanges(was.Page.Blocks, now.Page.Blocks)...)
	out = append(out, partChange(PartAbout, about(was.Page), about(now.Page))...)
	out = append(out, partChange(PartTheme, was.Page.Theme, now.Page.Theme)...)
	out = append(out, fieldChanges(was.Form.Fields, now.Form.Fields)...)
	out = append(out, partChange(PartForm, around(was.Form), around(now.Form))...)
	out = append(out, partChange(PartConsents, texts(was.Form.Purposes), texts(now.Form.Purposes))...)
	out = append(out, partChange(PartOffer, was.Offer, now.Offer)...)
	return append(out, partChange(PartCard, was.Card, now.Card)...)
}

// about is a page without its blocks and colours, which are parts of their own.
func about(p models.Page) models.Page {
	p.Blocks, p.Theme = nil, models.Theme{}
	return p
}

func around(f models.Form) models.Form {
	f.Fields, f.Purposes = nil, nil
	return f
}

// texts are consents without the numbers that they get when they are published.
func texts(list []models.ConsentRequest) []models.ConsentRequest {
	list = slices.Clone(list)
	for i := range list {
		list[i].TextID = 0
	}
	return list
}

func partChange(part ChangePart, was, now any) []Change {
	words := rewrites(was, now)
	if len(words) == 0 {
		return nil
	}
	return []Change{{Kind: Changed, Part: part, Words: words}}
}

func blockChanges(was, now []models.Block) []Change {
	list := listChanges(was, now, PartBlock, func(b *models.Block) string { return b.ID }, BlockName,
		func(b *models.Block) string { return string(b.Type) },
		func(b models.Block) models.Block { b.Hidden = false; return b })
	for i := range now {
		j := slices.IndexFunc(was, func(b models.Block) bool { return b.ID == now[i].ID })
		if j < 0 || was[j].Hidden == now[i].Hidden {
			continue
		}
		kind := Showed
		if now[i].Hidden {
			kind = Hid
		}
		list = append(list, Change{Kind: kind, Part: PartBlock, Name: BlockName(&now[i]), Type: string(now[i].Type)})
	}
	return list
}

func fieldChanges(was, now []models.Field) []Change {
	return listChanges(was, now, PartField, func(f *models.Field) string { return f.Name }, func(f *models.Field) string { return f.Label },
		func(f *models.Field) string { return string(f.Type) }, func(f models.Field) models.Field { return f })
}

// listChanges compares two lists whose items keep their key; core is an item without what is told apart.
func listChanges[T any](was, now []T, part ChangePart, key, name, kind func(*T) string, core func(T) T) (out []Change) {
	before := map[string]*T{}
	for i := range was {
		before[key(&was[i])] = &was[i]
	}
	after := map[string]bool{}
	var order []string
	for i := range now {
		item := &now[i]
		after[key(item)] = true
		c := Change{Part: part, Name: name(item), Type: kind(item)}
		old := before[key(item)]
		if old == nil {
			c.Kind = Added
			out = append(out, c)
			continue
		}
		order = append(order, key(item))
		if !reflect.DeepEqual(core(*old), core(*item)) {
			if c.Words = rewrites(core(*old), core(*item)); len(c.Words) > 0 {
				c.Kind = Changed
				out = append(out, c)
			}
		}
	}
	var orderBefore []string
	for i := range was {
		item := &was[i]
		if !after[key(item)] {
			out = append(out, Change{Kind: Removed, Part: part, Name: name(item), Type: kind(item)})
			continue
		}
		orderBefore = append(orderBefore, key(item))
	}
	if !slices.Equal(order, orderBefore) {
		out = append(out, Change{Kind: Moved, Part: part})
	}
	return out
}

// rewrites are the texts and values that differ between two states of a part.
func rewrites(was, now any) (out []Rewrite) {
	before, after := map[string]string{}, map[string]string{}
	for _, l := range leavesOf(was) {
		before[l.path] = l.text
	}
	for _, l := range leavesOf(now) {
		after[l.path] = l.text
	}
	all := maps.Clone(before)
	maps.Copy(all, after)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if before[path] != after[path] {
			out = append(out, Rewrite{before[path], after[path]})
		}
	}
	return out
}

// BlockName is what a block is called in lists: its own heading; empty where it has none.
func BlockName(b *models.Block) string {
	var name string
	switch {
	case b.Hero != nil:
		name = b.Hero.Heading
	case b.Benefits != nil:
		name = b.Benefits.Heading
	case b.Inside != nil:
		name = b.Inside.Heading
	case b.Proof != nil:
		name = b.Proof.Heading
	case b.FAQ != nil:
		name = b.FAQ.Heading
	case b.Countdown != nil:
		name = b.Countdown.Heading
	case b.Gallery != nil:
		name = b.Gallery.Heading
	case b.Text != nil:
		name = b.Text.Heading
	case b.Video != nil:
		name = b.Video.Heading
	case b.CTA != nil:
		name = b.CTA.Heading
	}
	return strings.TrimSpace(name)
}
