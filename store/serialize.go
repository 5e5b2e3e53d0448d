package store

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"gorm.io/gorm/schema"
)

// GORM's own serializer writes an absent map or list as NULL. Ours writes it empty, so that no column of
// ours is ever NULL and no query has to ask.
func init() { schema.RegisterSerializer("json", jsonSerializer{}) }

type jsonSerializer struct{}

// Scan reads a JSON column into a field.
func (jsonSerializer) Scan(ctx context.Context, field *schema.Field, dst reflect.Value, dbValue any) error {
	var raw []byte
	switch v := dbValue.(type) {
	case nil:
	case []byte:
		raw = v
	case string:
		raw = []byte(v)
	default:
		return fmt.Errorf("column %s: JSON expected, %T found", field.DBName, dbValue)
	}
	value := reflect.New(field.FieldType)
	if len(raw) > 2 { // more than {} or []
		if err := json.Unmarshal(raw, value.Interface()); err != nil {
			return fmt.Errorf("column %s: %w", field.DBName, err)
		}
	}
	field.ReflectValueOf(ctx, dst).Set(value.Elem())
	return nil
}

// Value writes a field as JSON.
func (jsonSerializer) Value(_ context.Context, field *schema.Field, _ reflect.Value, value any) (any, error) {
	v := reflect.ValueOf(value)
	switch v.Kind() {
	case reflect.Map:
		if v.Len() == 0 {
			return "{}", nil
		}
	case reflect.Slice:
		if v.Len() == 0 {
			return "[]", nil
		}
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("column %s: %w", field.DBName, err)
	}
	return string(raw), nil
}
