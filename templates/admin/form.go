package admin

import (
	"cmp"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// FormProps is the editor of a form: its questions in order, and one part of it to be written: a question, the words around
// them, or the consents. Part "add" asks what to add.
type FormProps struct {
	Shell      layout.AdminShell
	Head       CampaignHead
	URL        string
	PreviewURL string
	Rows       []FormRow
	Types      []ui.Option
	Part       string
	Field      *FieldForm
	Words      *FormWords
	Consents   *FormConsents
	Problems   []ui.Problem
	Theirs     []Fact
	Gone       string // says that somebody took the question out meanwhile
}

// FormRow is one question in the list; its addresses but the first take a POST, those of one that can't move are empty.
type FormRow struct {
	Name, Label, Type                       string
	Required, Conditional, Progressive      bool
	Step                                    int // that begins with it; 0 for none
	StepTitle                               string
	URL, UpURL, DownURL, CopyURL, DeleteURL string
	Current                                 bool
}

// FieldForm is a question as typed.
type FieldForm struct {
	Base, Name, Type, Label, Hint string
	Required, Progressive, Break  bool
	First                         bool // no step can begin with it
	StepTitle, Fills, Region      string
	Calendar, Value, Choices      string
	Min, Max, MaxLength           string
	ShowField, ShowValues         string
	ShowNot                       bool
	Before, Fillable, Regions     []ui.Option
	Worth                         []Worth
}

// Worth is what an answer is worth to the score.
type Worth struct {
	Text   string
	Points int
}

// FormWords is what stands around the questions, and what is said after them.
type FormWords struct {
	Base, Title, Lead, Button, Safe string
	SingleOptIn                     bool
	ThanksHeading, ThanksText       string
	OnwardText, OnwardURL           string
}

// FormConsents are the boxes of a form.
type FormConsents struct {
	Base string
	Rows []ConsentRow
}

// ConsentRow is one purpose, and the text of its box where it is asked for.
type ConsentRow struct {
	Purpose, Text string
	Asked         bool
}

func (f *FieldForm) is(types ...string) bool {
	for _, t := range types {
		if f.Type == t {
			return true
		}
	}
	return false
}

// called is what a question is called, also where visitors see nothing of it.
func (f *FieldForm) called(loc *i18n.Loc) string { return cmp.Or(f.Label, loc.T("field_type."+f.Type)) }

// Facts say a question in a few lines, for whoever has typed another meanwhile.
func (f *FieldForm) Facts(loc *i18n.Loc) []Fact {
	return said(loc, "form_edit.", [][2]string{{"label", f.Label}, {"hint", f.Hint}, {"choices", f.Choices}, {"value", f.Value}, {"step_title", f.StepTitle}})
}

// Facts say them in a few lines.
func (w *FormWords) Facts(loc *i18n.Loc) []Fact {
	return said(loc, "form_edit.", [][2]string{{"title", w.Title}, {"lead", w.Lead}, {"button", w.Button}, {"safe", w.Safe},
		{"thanks_heading", w.ThanksHeading}, {"thanks_text", w.ThanksText}, {"onward_url", w.OnwardURL}})
}

// Facts say them in a few lines.
func (c *FormConsents) Facts(loc *i18n.Loc) (out []Fact) {
	for _, r := range c.Rows {
		text := r.Text
		if !r.Asked {
			text = loc.T("common.none")
		}
		out = append(out, Fact{Label: loc.T("purpose." + r.Purpose), Text: text})
	}
	return out
}

// said are pairs of a label's key and a text, without the empty ones.
func said(loc *i18n.Loc, prefix string, pairs [][2]string) (out []Fact) {
	for _, p := range pairs {
		if p[1] != "" {
			out = append(out, Fact{Label: loc.T(prefix + p[0]), Text: p[1]})
		}
	}
	return out
}
