package admin

import (
	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// PageEditorProps is the editor of a campaign's page.
type PageEditorProps struct {
	Shell  layout.AdminShell
	Head   CampaignHead
	Editor EditorProps
}

// EditorProps is the editor of a page or a mail: its parts, what it looks like in a frame, and the form of one part. Each of
// the three is a view of its own where there is no room for more.
type EditorProps struct {
	Loc *i18n.Loc

	Parts      []PagePart
	Whole      string // what is over the parts that are no block
	Wholes     []EditorWhole
	Types      []PageType // of a block that is added
	AddURL     string
	Undo, Redo *DraftStep
	Others     [][]i18n.Part // who else changes the draft at this time

	FrameURL, FrameTitle string
	Subject, Inbox       string // what a mail program shows of a mail in its list; empty for a page
	Width                string // how it is looked at: phone, tablet, desktop; of a mail also wide and dark
	Widths               []ui.Tab
	Mark                 string // the id in the frame of what is being edited; empty for none

	Form *PageForm // nil where there are no blocks

	Here  string // the address of this place
	View  string // parts, form or look
	Views []ui.Tab
}

// EditorWhole is a part that is no block.
type EditorWhole struct {
	ui.Tab
	Icon string
}

// current is the block that is being edited, nil for none.
func (p *EditorProps) current() *PagePart {
	for i := range p.Parts {
		if p.Parts[i].Current {
			return &p.Parts[i]
		}
	}
	return nil
}

// frameSrc is the page, scrolled to what is being edited.
func (p *EditorProps) frameSrc() string {
	if p.Mark == "" {
		return p.FrameURL
	}
	return p.FrameURL + "#" + p.Mark
}

// PagePart is a block as the list of them shows it. ActURL takes a POST with "do".
type PagePart struct {
	ID, Icon, Type, Name string
	Mark                 string // its id in the page
	Hidden, Current      bool
	URL, ActURL          string
	First, Last          bool
}

// PageType is a kind of block that can be added.
type PageType struct{ Type, Icon, Name, About string }

// DraftStep is a change of a draft that can be taken back, or done again.
type DraftStep struct {
	URL, What string
	Rev       int // the state that it leads from
	// At is where what it changes is edited, of something that has several editors; else empty.
	At string
}

// PageForm is the form of a part of a page.
type PageForm struct {
	Heading, Note string
	Action, Base  string
	Kind          string
	Width, View   string
	Fields        []PageField
	Swatches      []PageSwatch
	Elsewhere     *layout.Crumb // where this part is written, of one that has no form here
	Time          *StepTime     // when a mail is sent, and to whom; nil for other parts
	Problems      []ui.Problem
	// Typing: it was sent while somebody types, so that nothing may take the focus away.
	Typing, Saved, NotSaved bool
	// Pending: it holds something that is not saved yet, such as a picture that was just chosen.
	Pending bool
	// Conflict: somebody else saved this part meanwhile, as Theirs; or deleted it.
	Conflict, Gone bool
	Theirs         []Fact
	DiscardURL     string
}

// PageField is a control of a part's form.
type PageField struct {
	Kind                  string // line, lines, body, letter, link, target, colour, choice, flag, moment, picture, group or list
	Name, ID, Label, Hint string
	Value, Error          string
	Max                   int
	Optional              bool
	Options               []ui.Option
	Moment                Moment
	Picture               PagePicture
	Colour                string // the one in force
	Contrast              []PageContrast
	Fields                []PageField   // of a group
	Rows                  [][]PageField // of a list
	One                   string        // what a row is called
	Full                  bool          // there is no room for a further row
}

// PagePicture is a picture in a form; URL is empty where there is none.
type PagePicture struct {
	URL           string
	Width, Height int
	Alt, AltLabel string
	AltError      string
	Decorative    bool
}

// PageContrast says how well a colour can be read, and which shade could be.
type PageContrast struct {
	Text    string
	Passes  bool
	Nearest string
}

// PageSwatch is a ready theme's colours.
type PageSwatch struct {
	Name    string
	Colours []string
}

func (f *PageForm) swatch(name string) []string {
	for _, s := range f.Swatches {
		if s.Name == name {
			return s.Colours
		}
	}
	return nil
}

// props are what stands around the control of a field.
func (f PageField) props() ui.FieldProps {
	return ui.FieldProps{ID: f.ID, Label: f.Label, Hint: f.Hint, Error: f.Error, Optional: f.Optional}
}

// A Mark is what a rich text knows besides words: how it is written, and the end of the message that names it.
type Mark struct{ Text, Key string }

// Marks are all of them.
var Marks = [...]Mark{
	{"**…**", "strong"}, {"*…*", "stress"}, {"[…](https://)", "link"}, {"## …", "heading"}, {"- …", "list"}, {"> …", "quote"},
}

// said is what stands beside the save button after the form was sent.
func (f *PageForm) said(loc *i18n.Loc) string {
	switch {
	case f.Conflict:
		return loc.T("page_editor.said.conflict")
	case f.NotSaved:
		return loc.T("page_editor.said.wrong")
	case f.Saved:
		return loc.T("page_editor.said.saved")
	}
	return ""
}

// wrong are the problems that the top of the page tells of: while somebody types they are said beside the field alone.
func (p *EditorProps) wrong() []ui.Problem {
	if p.Form == nil || p.Form.Typing {
		return nil
	}
	return p.Form.Problems
}
