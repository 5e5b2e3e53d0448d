package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"
)

// Plans tells how the database goes about the statements that run sends, whatever their arguments and however few rows
// there are: with PostgreSQL by the plan that it keeps for a statement that comes again.
func (s *Store) Plans(t *testing.T, run func(*Store) error) (plans []string) {
	t.Helper()
	var sent []string
	stop := s.listen(t, func(statement string) { sent = append(sent, statement) })
	err := run(s)
	stop()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := s.read.DB()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Raw(func(any) error { return driver.ErrBadConn }) }() // nobody goes on with it
	for i, statement := range sent {
		var plan string
		if s.engine == postgresEngine {
			plan, err = genericPlan(t.Context(), conn, fmt.Sprintf("q%d", i), statement)
		} else {
			plan, err = litePlan(t.Context(), conn, statement)
		}
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		plans = append(plans, statement+"\n"+plan)
	}
	return plans
}

// listen has a test told of the statements that ask or change, until it stops.
func (s *Store) listen(t *testing.T, heard func(statement string)) (stop func()) {
	t.Helper()
	const name = "test:plans"
	var stops []func() error
	for _, db := range []*gorm.DB{s.read, s.write} {
		on := db.Callback()
		for _, kind := range []interface {
			Register(string, func(*gorm.DB)) error
			Remove(string) error
		}{on.Query(), on.Row(), on.Raw(), on.Update(), on.Delete()} {
			if err := kind.Register(name, func(tx *gorm.DB) { heard(tx.Statement.SQL.String()) }); err != nil {
				t.Fatal(err)
			}
			stops = append(stops, func() error { return kind.Remove(name) })
		}
	}
	return func() {
		for _, stop := range stops {
			if err := stop(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func genericPlan(ctx context.Context, conn *sql.Conn, name, statement string) (string, error) {
	explain := "EXPLAIN EXECUTE " + name
	if n := strings.Count(statement, "$"); n > 0 { // each parameter has a place of its own
		explain += " (NULL" + strings.Repeat(", NULL", n-1) + ")"
	}
	for _, before := range []string{"SET plan_cache_mode = force_generic_plan", "SET enable_seqscan = off", "PREPARE " + name + " AS " + statement} {
		if _, err := conn.ExecContext(ctx, before); err != nil {
			return "", err
		}
	}
	return lines(conn.QueryContext(ctx, explain))
}

func litePlan(ctx context.Context, conn *sql.Conn, statement string) (string, error) {
	return lines(conn.QueryContext(ctx, "EXPLAIN QUERY PLAN "+statement, make([]any, strings.Count(statement, "?"))...))
}

// lines are the last columns of all rows.
func lines(rows *sql.Rows, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(any)
		}
		if err := rows.Scan(row...); err != nil {
			return "", err
		}
		fmt.Fprintln(&b, *row[len(row)-1].(*any))
	}
	return b.String(), rows.Err()
}
