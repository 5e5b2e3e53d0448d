package admin

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
)

// A typed is a form of a desk as it was filled in: what its controls hold, by their names, which are also those
// that models give to what is wrong: "items.2.text".
type typed struct {
	kind     string // of the part
	values   url.Values
	problems map[string]string // by the name of a control
	more     map[string]bool   // lists that show an empty row
	loc      *i18n.Loc
	zone     *time.Location
}

func (h *Handlers) typed(loc *i18n.Loc, kind string, values url.Values) *typed {
	return &typed{kind: kind, values: values, problems: map[string]string{}, more: map[string]bool{}, loc: loc, zone: h.Site.Zone}
}

// A binding ties a part of T to controls: show fills them in, read takes them back, and field is how they look. At begins
// the names of all of them.
type binding[T any] interface {
	show(f *typed, at string, from *T)
	read(f *typed, at string, to *T)
	field(f *typed, at string) admin.PageField
}

// label is the words over a control and below it: of this very one, or of all that are called like it.
func (f *typed) label(name string) (label, hint string) {
	var parts []string
	for part := range strings.SplitSeq(name, ".") {
		if _, err := strconv.Atoi(part); err != nil { // rows have the same words
			parts = append(parts, part)
		}
	}
	for _, key := range [...]string{f.kind + "." + strings.Join(parts, "_"), "any." + parts[len(parts)-1]} {
		if key = "page_field." + key; f.loc.Has(key) {
			if f.loc.Has(key + "_hint") {
				hint = f.loc.T(key + "_hint")
			}
			return f.loc.T(key), hint
		}
	}
	return name, ""
}

func (f *typed) field(name, kind string) admin.PageField {
	label, hint := f.label(name)
	return admin.PageField{Kind: kind, Name: name, ID: pageFieldID(name), Label: label, Hint: hint, Value: f.values.Get(name), Error: f.problems[name]}
}

// pageFieldID is the id of the control with a name.
func pageFieldID(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// wrong are the problems of a part, as sentences that name their fields.
func (f *typed) wrong(err *models.Invalid) {
	for _, e := range err.Fields {
		if f.problems[e.Field] == "" {
			label, _ := f.label(e.Field)
			f.problems[e.Field] = f.loc.T(e.Key, append(e.Args, "label", label)...)
		}
	}
}

// blank tells whether nothing is written in the controls whose names begin so.
func (f *typed) blank(at string) bool {
	for name := range f.values {
		if strings.HasPrefix(name, at) && strings.TrimSpace(f.values.Get(name)) != "" {
			return false
		}
	}
	return true
}

// Kinds of control.
const (
	kindLine    = "line"
	kindLines   = "lines"
	kindBody    = "body" // Markdown
	kindLink    = "link"
	kindLetter  = "letter" // Markdown with the fields of a mail
	kindTarget  = "target" // where something in a mail leads
	kindColour  = "colour"
	kindChoice  = "choice"
	kindFlag    = "flag"
	kindMoment  = "moment"
	kindPicture = "picture"
	kindGroup   = "group"
	kindList    = "list"
)

// A text is one control for words.
type text[T any] struct {
	name, kind string
	most       int
	at         func(*T) *string
	optional   bool
}

func line[T any](name string, at func(*T) *string) text[T] {
	return text[T]{name: name, kind: kindLine, most: models.MaxLine, at: at}
}

func lines[T any](name string, at func(*T) *string) text[T] {
	return text[T]{name: name, kind: kindLines, most: models.MaxText, at: at}
}

// free is a text that may be left out.
func (t text[T]) free() text[T] {
	t.optional = true
	return t
}

func (t text[T]) show(f *typed, at string, from *T) { f.values.Set(at+t.name, *t.at(from)) }

func (t text[T]) read(f *typed, at string, to *T) {
	*t.at(to) = foldKind(t.kind, f.values.Get(at+t.name))
}

func foldKind(kind, value string) string {
	switch kind {
	case kindLines:
		return i18n.FoldLines(value)
	case kindBody, kindLetter:
		return foldBody(value)
	case kindLink:
		return strings.TrimSpace(value)
	}
	return i18n.FoldText(value)
}

// foldBody folds the lines of a text whose beginnings matter: a list within a list is indented.
func foldBody(s string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(s), "\n")
	for i, line := range lines {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		lines[i] = strings.TrimRight(line[:indent]+i18n.FoldText(line), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func (t text[T]) field(f *typed, at string) admin.PageField {
	p := f.field(at+t.name, t.kind)
	p.Max, p.Optional = t.most, t.optional
	return p
}

// A flag is a box to tick.
type flag[T any] struct {
	name string
	at   func(*T) *bool
}

func (b flag[T]) show(f *typed, at string, from *T) {
	if *b.at(from) {
		f.values.Set(at+b.name, "1")
	}
}

func (b flag[T]) read(f *typed, at string, to *T) { *b.at(to) = f.values.Get(at+b.name) != "" }

func (b flag[T]) field(f *typed, at string) admin.PageField { return f.field(at+b.name, kindFlag) }

// A moment is a day with a time of day until which something is: a day alone is over when it is.
type moment[T any] struct {
	name string
	at   func(*T) *models.Instant
}

func (m moment[T]) show(f *typed, at string, from *T) {
	shown := shownMoment(f.loc, at+m.name, *m.at(from), f.zone)
	f.values.Set(shown.Name+"_day", shown.Day)
	f.values.Set(shown.Name+"_clock", shown.Clock)
}

func (m moment[T]) read(f *typed, at string, to *T) {
	name := at + m.name
	t, bad := momentOf(f.values.Get(name+"_day"), f.values.Get(name+"_clock"), f.zone, lastMinute)
	*m.at(to) = t
	if bad != "" {
		label, _ := f.label(name)
		f.problems[name] = f.loc.T("moment.bad_"+bad, "label", label)
	}
}

func (m moment[T]) field(f *typed, at string) admin.PageField {
	p := f.field(at+m.name, kindMoment)
	p.Moment = admin.Moment{Name: p.Name, Day: f.values.Get(p.Name + "_day"), Clock: f.values.Get(p.Name + "_clock")}
	p.ID += "_day"
	return p
}

// A group is a part that is not there where all of its controls are empty.
type group[T, R any] struct {
	name   string
	of     func(*T) **R
	fields []binding[R]
}

func (g group[T, R]) show(f *typed, at string, from *T) {
	part := *g.of(from)
	if part == nil {
		part = new(R)
	}
	for _, b := range g.fields {
		b.show(f, at+g.name+".", part)
	}
}

func (g group[T, R]) read(f *typed, at string, to *T) {
	*g.of(to) = nil
	if f.blank(at + g.name + ".") {
		return
	}
	part := new(R)
	for _, b := range g.fields {
		b.read(f, at+g.name+".", part)
	}
	*g.of(to) = part
}

func (g group[T, R]) field(f *typed, at string) admin.PageField {
	p := f.field(at+g.name, kindGroup)
	for _, b := range g.fields {
		p.Fields = append(p.Fields, b.field(f, at+g.name+"."))
	}
	return p
}
