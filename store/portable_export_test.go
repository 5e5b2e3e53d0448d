package store

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
)

// Dump is every row of every table as the models read it, by table, in the order of the keys.
func (s *Store) Dump(ctx context.Context) (map[string][]string, error) {
	out := map[string][]string{}
	for _, row := range portable {
		t, err := tableOf(s.read, row)
		if err != nil {
			return nil, err
		}
		rows := reflect.New(reflect.SliceOf(row))
		order := t.selectAll()
		if err := s.q(ctx).Order(order[strings.Index(order, " ORDER BY ")+len(" ORDER BY "):]).Find(rows.Interface()).Error; err != nil {
			return nil, err
		}
		for i := range rows.Elem().Len() {
			text, err := json.Marshal(rows.Elem().Index(i).Interface())
			if err != nil {
				return nil, err
			}
			// An empty list of bytes is nil to SQLite's driver.
			out[t.name] = append(out[t.name], strings.ReplaceAll(string(text), `"Payload":null`, `"Payload":""`))
		}
	}
	return out, nil
}

// Plant runs statements past every rule.
func (s *Store) Plant(ctx context.Context, statements ...string) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		for _, sql := range statements {
			if err := tx.Exec(sql).Error; err != nil {
				return fmt.Errorf("%s: %w", sql, err)
			}
		}
		return nil
	})
}

// Put inserts a row of any model.
func (s *Store) Put(ctx context.Context, rows ...any) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		for _, row := range rows {
			if err := tx.Create(row).Error; err != nil {
				return fmt.Errorf("%T: %w", row, err)
			}
		}
		return nil
	})
}

// Wipe empties every table.
func (s *Store) Wipe(ctx context.Context) error { return s.do(ctx, s.empty) }

// Tables are all tables of the schema, and those that are carried to another database.
func (s *Store) Tables(ctx context.Context) (all, carried []string, err error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if s.engine == postgresEngine {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	}
	if err := s.q(ctx).Raw(query).Scan(&all).Error; err != nil {
		return nil, nil, err
	}
	for _, row := range portable {
		t, err := tableOf(s.read, row)
		if err != nil {
			return nil, nil, err
		}
		carried = append(carried, t.name)
	}
	return all, carried, nil
}

// WithoutZero is withoutZero.
var WithoutZero = withoutZero

// PassSteps is passSteps.
var PassSteps = passSteps

// Views is a record of views that a test writes itself.
type Views struct{ v *views }

// NewViews makes an empty one.
func (s *Store) NewViews() Views { return Views{newViews(s)} }

// Add is what Viewed does.
func (v Views) Add(user, lead models.ID, ip string) { v.v.add(user, lead, ip) }

// Flush writes.
func (v Views) Flush(ctx context.Context) { v.v.flush(ctx) }
