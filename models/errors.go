package models

import (
	"errors"
	"strings"
)

// The four kinds of error. What the database or a rule says becomes one of these at its border; the web
// turns each into one status and one sentence.
var (
	ErrNotFound  = errors.New("not found")
	ErrConflict  = errors.New("conflict")
	ErrForbidden = errors.New("forbidden")
)

// ErrOverloaded says that there are more waiting than can be served soon: 503 with Retry-After.
var ErrOverloaded = errors.New("overloaded")

// ErrUnavailable says that the database can't take it now: disk full, connection lost. Nothing was written:
// 503 with Retry-After.
var ErrUnavailable = errors.New("unavailable")

// A FieldError names one thing wrong with one field, as a message key and its arguments: alternating
// name and value, as i18n takes them.
type FieldError struct {
	Field string `json:"field"`
	Key   string `json:"code"`
	Args  []any  `json:"-"`
}

// Invalid is the fourth kind: what was sent cannot be taken, and why, field by field.
type Invalid struct {
	Fields []FieldError
}

// Error lists fields and keys for the log; it never holds what was typed.
func (e *Invalid) Error() string {
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Field + ": " + f.Key
	}
	return "invalid: " + strings.Join(parts, ", ")
}

// Add notes one more thing wrong.
func (e *Invalid) Add(field, key string, args ...any) {
	e.Fields = append(e.Fields, FieldError{Field: field, Key: key, Args: args})
}

// Of returns what is wrong with one field, if anything.
func (e *Invalid) Of(field string) (FieldError, bool) {
	if e != nil {
		for _, f := range e.Fields {
			if f.Field == field {
				return f, true
			}
		}
	}
	return FieldError{}, false
}

// OrNil is the error, or nil where nothing is wrong.
func (e *Invalid) OrNil() error {
	if e == nil || len(e.Fields) == 0 {
		return nil
	}
	return e
}
