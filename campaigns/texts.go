package campaigns

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"sarnakh/models"
)

// A Text is something written in a draft, with the end of the address of the page where it is edited.
type Text struct{ At, Text string }

// Texts are all that a draft holds, in the order of the page, then the form, then the offer. What is hidden is left out.
func Texts(doc *models.CampaignDoc) []Text {
	var w walker
	for i := range doc.Page.Blocks {
		if b := &doc.Page.Blocks[i]; !b.Hidden {
			w.walk(atBlock(b.ID), b)
		}
	}
	about := doc.Page
	about.Blocks = nil
	w.walk(atAbout, about)
	for i := range doc.Form.Fields {
		w.walk(atField(doc.Form.Fields[i].Name), &doc.Form.Fields[i])
	}
	form := doc.Form
	form.Fields, form.Purposes = nil, nil
	w.walk("/form", form)
	w.walk("/form?part=consents", doc.Form.Purposes)
	w.walk("/offer", doc.Offer)
	return w.texts
}

// StepTexts are all that a mail holds, with the end of the address at which each is edited. What is hidden is left out.
func StepTexts(s *models.Step) []Text {
	w := walker{texts: []Text{{"?part=head", s.Subject}, {"?part=head", s.Preview}}}
	for i := range s.Blocks {
		if b := &s.Blocks[i]; !b.Hidden {
			w.walk("?block="+url.QueryEscape(b.ID), b)
		}
	}
	return w.texts
}

// A walker collects every text of plain data, whatever fields it has: one that is added later is not forgotten.
type walker struct{ texts []Text }

func (w *walker) walk(at string, part any) {
	for _, leaf := range leavesOf(part) {
		w.texts = append(w.texts, Text{at, leaf.text})
	}
}

// A leaf is one value of plain data, with the way to it: "items.0.heading".
type leaf struct{ path, text string }

// leavesOf goes through JSON, in which every part of a draft is kept.
func leavesOf(part any) []leaf {
	raw, err := json.Marshal(part)
	if err != nil {
		panic(err) // plain data always can be
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		panic(err)
	}
	return appendLeaves(nil, "", tree)
}

func appendLeaves(list []leaf, path string, tree any) []leaf {
	below := func(name string) string {
		if path == "" {
			return name
		}
		return path + "." + name
	}
	switch v := tree.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			list = appendLeaves(list, below(name), v[name])
		}
	case []any:
		for i := range v {
			list = appendLeaves(list, below(strconv.Itoa(i)), v[i])
		}
	case nil:
	default:
		list = append(list, leaf{path, fmt.Sprint(v)})
	}
	return list
}
