package store

import (
	"database/sql"
	"fmt"
	"reflect"
	"strings"

	"gorm.io/gorm"
)

// selectAll reads a table in the order of its key, so that it is written in that order too.
func (t *table) selectAll() string {
	names, key := make([]string, len(t.columns)), []string(nil)
	for i, c := range t.columns {
		names[i] = c.DBName
		if c.PrimaryKey {
			key = append(key, c.DBName)
		}
	}
	return "SELECT " + strings.Join(names, ", ") + " FROM " + t.name + " ORDER BY " + strings.Join(key, ", ")
}

// scan reads up to most rows, as one list for each column. JSON stays the text that it is.
func (t *table) scan(rows *sql.Rows, most int) (columns []reflect.Value, n int, err error) {
	columns = make([]reflect.Value, len(t.columns))
	for i, c := range t.columns {
		columns[i] = reflect.MakeSlice(reflect.SliceOf(c.plain), most, most)
	}
	places := make([]any, len(columns))
	for ; n < most && rows.Next(); n++ {
		for i, c := range columns {
			places[i] = c.Index(n).Addr().Interface()
		}
		if err := rows.Scan(places...); err != nil {
			return nil, 0, err
		}
	}
	for i, c := range columns {
		columns[i] = c.Slice(0, n)
	}
	return columns, n, rows.Err()
}

// insertAll is the statement that takes lists of PostgreSQL; SQLite's is made for each number of rows. The types are asked
// of the schema: some text of ours is JSON to it.
func (t *table) insertAll(tx *gorm.DB) (string, error) {
	if tx.Name() != "postgres" {
		return t.into, nil
	}
	var found []struct{ Name, Type string }
	err := tx.Raw(`SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
		WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped`, t.name).Scan(&found).Error
	types := make(map[string]string, len(found))
	for _, f := range found {
		types[f.Name] = f.Type
	}
	casts, arrays, names := make([]string, len(t.columns)), make([]string, len(t.columns)), make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.DBName
		casts[i] = fmt.Sprintf("CAST(v.%s AS %s)", c.DBName, types[c.DBName])
		arrays[i] = fmt.Sprintf("$%d::%s[]", i+1, c.plain.sql)
	}
	return t.into + " SELECT " + strings.Join(casts, ", ") + " FROM unnest(" + strings.Join(arrays, ", ") + ") AS v (" +
		strings.Join(names, ", ") + ")", err
}

// put inserts rows that were scanned.
func (t *table) put(tx *gorm.DB, insert string, columns []reflect.Value, n int) error {
	if tx.Name() == "postgres" {
		args := make([]any, len(columns))
		for i, c := range columns {
			args[i] = forPostgres(c, t.columns[i].json)
		}
		return execute(tx, insert, args)
	}
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	for part := range chunks(places) {
		args := make([]any, 0, len(part)*len(columns))
		for _, i := range part {
			for _, c := range columns {
				args = append(args, notNull(c.Index(i)))
			}
		}
		if err := execute(tx, insert+" VALUES "+repeated(t.marks, len(part)), args); err != nil {
			return err
		}
	}
	return nil
}

// notNull is a value for SQLite, to whose driver an empty list of bytes is NULL.
func notNull(v reflect.Value) any {
	if v.Kind() == reflect.Slice && v.Len() == 0 {
		return []byte{}
	}
	return v.Interface()
}

// forPostgres leaves out of a column what PostgreSQL can't keep: the character zero, and NULL for an empty list of bytes.
func forPostgres(column reflect.Value, json bool) any {
	switch list := column.Interface().(type) {
	case []string:
		for i, text := range list {
			if json && strings.Contains(text, zeroEscape) {
				text = withoutZero(text)
			}
			list[i] = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
		}
	case [][]byte:
		for i, raw := range list {
			list[i] = append([]byte{}, raw...)
		}
	}
	return column.Interface()
}

// zeroEscape is the character zero in JSON.
const zeroEscape = `\u0000`

// withoutZero drops the character from JSON, and no backslash that is itself escaped.
func withoutZero(text string) string {
	var b strings.Builder
	for text != "" {
		if strings.HasPrefix(text, zeroEscape) {
			text = text[len(zeroEscape):]
			continue
		}
		n := 1
		if text[0] == '\\' && len(text) > 1 {
			n = 2
		}
		b.WriteString(text[:n])
		text = text[n:]
	}
	return b.String()
}
