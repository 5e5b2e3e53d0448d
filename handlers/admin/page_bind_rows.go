package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sarnakh/models"
	"sarnakh/templates/admin"
)

// A list is rows of the same controls.
type list[T, R any] struct {
	name   string
	of     func(*T) *[]R
	fields []binding[R]
}

func rowName(list string, i int) string { return list + "." + strconv.Itoa(i) + "." }

func (l list[T, R]) show(f *typed, at string, from *T) {
	rows := *l.of(from)
	for i := range rows {
		for _, b := range l.fields {
			b.show(f, rowName(at+l.name, i), &rows[i])
		}
	}
}

// read takes the rows in which something is written. The others are taken out of the form first, so that what is wrong
// with a row is said beside it; one of them is shown again.
func (l list[T, R]) read(f *typed, at string, to *T) {
	all := rowsOfForm(f.values, at+l.name)
	written := slices.DeleteFunc(slices.Clone(all), blankRow)
	putRows(f.values, at+l.name, written)
	f.more[at+l.name] = f.more[at+l.name] || len(written) < len(all)
	var rows []R
	for i := range written {
		var r R
		for _, b := range l.fields {
			b.read(f, rowName(at+l.name, i), &r)
		}
		rows = append(rows, r)
	}
	*l.of(to) = rows
}

func (l list[T, R]) field(f *typed, at string) admin.PageField {
	p := f.field(at+l.name, kindList)
	p.One, _ = f.label(at + l.name + "_one")
	n := len(rowsOfForm(f.values, p.Name))
	if f.more[p.Name] || n == 0 {
		n++
	}
	n = min(n, models.MaxRows)
	for i := range n {
		var fields []admin.PageField
		for _, b := range l.fields {
			fields = append(fields, b.field(f, rowName(p.Name, i)))
		}
		p.Rows = append(p.Rows, fields)
	}
	p.Full = n == models.MaxRows
	return p
}

// A formRow is what a row's controls hold, by their names within it.
type formRow map[string][]string

func blankRow(r formRow) bool {
	for _, values := range r {
		if slices.ContainsFunc(values, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			return false
		}
	}
	return true
}

// rowsOfForm are the rows of a list, in order; numbers that are missing are no rows.
func rowsOfForm(values url.Values, list string) []formRow {
	byNumber := map[int]formRow{}
	for name, v := range values {
		rest, ours := strings.CutPrefix(name, list+".")
		number, field, _ := strings.Cut(rest, ".")
		i, err := strconv.Atoi(number)
		if !ours || err != nil || i < 0 || i > 2*models.MaxRows {
			continue
		}
		if byNumber[i] == nil {
			byNumber[i] = formRow{}
		}
		byNumber[i][field] = v
	}
	var rows []formRow
	for i := range 2*models.MaxRows + 1 {
		if r := byNumber[i]; r != nil {
			rows = append(rows, r)
		}
	}
	return rows
}

// putRows writes the rows of a list anew.
func putRows(values url.Values, list string, rows []formRow) {
	for name := range values {
		if strings.HasPrefix(name, list+".") {
			delete(values, name)
		}
	}
	for i, r := range rows {
		for field, v := range r {
			values[strings.TrimSuffix(rowName(list, i)+field, ".")] = v
		}
	}
}

// A rowAct is what a button within a form does before it is saved: "add:items", "up:items:2", "clear:image".
type rowAct struct {
	do, name string
	at       int
	value    string
}

func parseRowAct(s string) rowAct {
	parts := strings.SplitN(s, ":", 3)
	a := rowAct{do: parts[0], at: -1}
	if len(parts) > 1 {
		a.name = parts[1]
	}
	if len(parts) > 2 {
		a.value = parts[2]
		if n, err := strconv.Atoi(parts[2]); err == nil {
			a.at = n
		}
	}
	return a
}

// apply does it to what was typed.
func (a rowAct) apply(f *typed) {
	switch a.do {
	case "add":
		f.more[a.name] = true
	case "set":
		f.values.Set(a.name, a.value)
	case "clear":
		for name := range f.values {
			if name == a.name || strings.HasPrefix(name, a.name+".") {
				delete(f.values, name)
			}
		}
	case "up", "down", "remove":
		rows := rowsOfForm(f.values, a.name)
		if a.at < 0 || a.at >= len(rows) {
			return
		}
		switch to := a.at + map[string]int{"up": -1, "down": 1}[a.do]; {
		case a.do == "remove":
			rows = slices.Delete(rows, a.at, a.at+1)
		case to >= 0 && to < len(rows):
			rows[a.at], rows[to] = rows[to], rows[a.at]
		}
		putRows(f.values, a.name, rows)
	}
}
