package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"iter"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// A conflict is what happens to a row whose key is there already. The zero one is an error.
type conflict struct {
	key  []string
	adds bool // the other columns are counters, and the new row is added to them; else it replaces them
}

// insert writes rows, in as few different statements as can be so that each is prepared once: into SQLite in
// chunks, into PostgreSQL, where each statement costs a round trip, as one array for each column. GORM's Create
// has a statement for each number of rows, which each connection of the pool prepares and plans again.
func insert[T any](tx *gorm.DB, rows []T, on conflict) error {
	if len(rows) == 0 {
		return nil
	}
	t, err := tableOf(tx, reflect.TypeFor[T]())
	if err != nil {
		return err
	}
	values := make([]reflect.Value, len(rows))
	for i := range rows {
		values[i] = reflect.Indirect(reflect.ValueOf(&rows[i]).Elem())
	}
	if tx.Name() == "postgres" {
		args, err := t.arrays(values)
		if err != nil {
			return err
		}
		return execute(tx, t.fromArrays+t.onConflict(on), args)
	}
	for part := range chunks(values) {
		args, err := t.values(part)
		if err != nil {
			return err
		}
		if err := execute(tx, t.into+" VALUES "+repeated(t.marks, len(part))+t.onConflict(on), args); err != nil {
			return err
		}
	}
	return nil
}

// execute runs a statement past GORM, which would write each array out as a list of parameters.
func execute(tx *gorm.DB, sql string, args []any) error {
	_, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, sql, args...)
	return err
}

// maxChunk is the most rows of one statement.
const maxChunk = 32

// chunks cuts a list into parts of 32, and the rest into parts of 16, 8, 4, 2 and 1.
func chunks[T any](list []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for len(list) > 0 {
			n := min(1<<(bits.Len(uint(len(list)))-1), maxChunk)
			if !yield(list[:n:n]) {
				return
			}
			list = list[n:]
		}
	}
}

// repeated is one, n times with commas.
func repeated(one string, n int) string { return one + strings.Repeat(", "+one, n-1) }

// A table is what inserting needs to know of a model.
type table struct {
	name       string
	columns    []column
	into       string // INSERT INTO t (a, b)
	marks      string // (?, ?)
	fromArrays string // INSERT INTO t (a, b) SELECT a, b::jsonb FROM unnest($1::bigint[], $2::text[]) AS v (a, b)
}

type column struct {
	*schema.Field
	plain plainType
	json  bool
}

// A plainType is what the values of columns are to Go and to PostgreSQL.
type plainType struct {
	reflect.Type
	sql string
}

func plainTypeOf(k reflect.Kind) plainType {
	switch {
	case k == reflect.String:
		return plainType{reflect.TypeFor[string](), "text"}
	case k == reflect.Float64:
		return plainType{reflect.TypeFor[float64](), "double precision"}
	case k == reflect.Bool:
		return plainType{reflect.TypeFor[bool](), "boolean"}
	case k == reflect.Slice:
		return plainType{reflect.TypeFor[[]byte](), "bytea"}
	case k >= reflect.Int && k <= reflect.Uint64:
		return plainType{reflect.TypeFor[int64](), "bigint"}
	}
	panic("store: no column holds a " + k.String())
}

var tables sync.Map // *table by the type of its rows

func tableOf(tx *gorm.DB, row reflect.Type) (*table, error) {
	if row.Kind() == reflect.Pointer {
		row = row.Elem()
	}
	if t, ok := tables.Load(row); ok {
		return t.(*table), nil
	}
	stmt := gorm.Statement{DB: tx}
	if err := stmt.Parse(reflect.New(row).Interface()); err != nil {
		return nil, err
	}
	t := &table{name: stmt.Schema.Table}
	var names, picks, arrays []string
	for _, f := range stmt.Schema.Fields {
		if f.DBName == "" || !f.Creatable {
			continue
		}
		c, pick := column{f, plainType{}, f.Serializer != nil}, f.DBName
		if c.json {
			c.plain, pick = plainTypeOf(reflect.String), f.DBName+"::jsonb"
		} else {
			c.plain = plainTypeOf(f.FieldType.Kind())
		}
		t.columns, names, picks = append(t.columns, c), append(names, f.DBName), append(picks, pick)
		arrays = append(arrays, fmt.Sprintf("$%d::%s[]", len(names), c.plain.sql))
	}
	list := strings.Join(names, ", ")
	t.into = "INSERT INTO " + t.name + " (" + list + ")"
	t.marks = "(" + repeated("?", len(names)) + ")"
	t.fromArrays = t.into + " SELECT " + strings.Join(picks, ", ") +
		" FROM unnest(" + strings.Join(arrays, ", ") + ") AS v (" + list + ")"
	tables.Store(row, t)
	return t, nil
}

func (t *table) onConflict(on conflict) string {
	if on.key == nil {
		return ""
	}
	var sets []string
	for _, c := range t.columns {
		switch {
		case slices.Contains(on.key, c.DBName):
		case on.adds:
			sets = append(sets, fmt.Sprintf("%[1]s = %[2]s.%[1]s + excluded.%[1]s", c.DBName, t.name))
		default:
			sets = append(sets, fmt.Sprintf("%[1]s = excluded.%[1]s", c.DBName))
		}
	}
	return " ON CONFLICT (" + strings.Join(on.key, ", ") + ") DO UPDATE SET " + strings.Join(sets, ", ")
}

// values are those of all rows, one row after the other.
func (t *table) values(rows []reflect.Value) ([]any, error) {
	args := make([]any, 0, len(rows)*len(t.columns))
	for _, r := range rows {
		for _, c := range t.columns {
			v, err := c.value(r)
			if err != nil {
				return nil, err
			}
			args = append(args, v)
		}
	}
	return args, nil
}

// arrays are one for each column.
func (t *table) arrays(rows []reflect.Value) ([]any, error) {
	args := make([]any, 0, len(t.columns))
	for _, c := range t.columns {
		array := reflect.MakeSlice(reflect.SliceOf(c.plain), len(rows), len(rows))
		for i, r := range rows {
			v, err := c.value(r)
			if err != nil {
				return nil, err
			}
			array.Index(i).Set(reflect.ValueOf(v))
		}
		args = append(args, array.Interface())
	}
	return args, nil
}

func (c column) value(row reflect.Value) (any, error) {
	v := row.FieldByIndex(c.StructField.Index)
	if c.json {
		return jsonSerializer{}.Value(context.Background(), c.Field, row, v.Interface())
	}
	if v.Kind() == reflect.Slice && v.IsNil() {
		return []byte{}, nil // no column of ours is ever NULL
	}
	return v.Convert(c.plain).Interface(), nil
}

// pgArray is a list that is one parameter to GORM too.
type pgArray struct{ list any }

// Value hands the list to pgx, which knows how to write it.
func (a pgArray) Value() (driver.Value, error) { return a.list, nil }

// pgTextArray writes a text[] literal. Words hold letters and digits; what else might come is dropped, so
// that nothing needs quoting.
func pgTextArray(words []string) string {
	var b strings.Builder
	b.WriteByte('{')
	for _, w := range words {
		if w == "" || strings.ContainsAny(w, `"\`) {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + w + `"`)
	}
	b.WriteByte('}')
	return b.String()
}
