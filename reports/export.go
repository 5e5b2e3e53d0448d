// Package reports counts and lists what happened: exports now, funnel, cost and follow-up as they come.
package reports

import (
	"context"
	"fmt"

	"sarnakh/models"
	"sarnakh/store"
)

// Tables that can be exported (A5).
var Tables = []string{"leads", "submissions", "consents", "events", "messages", "coupons", "audit"}

// A Writer takes an export row by row, in one of the formats.
type Writer interface {
	Header(columns []string) error
	Row(values []any) error
	Close() error
}

// Exporter writes tables with the names by which the outside knows things.
type Exporter struct {
	Store *store.Store
	// Campaign is the slug of a campaign, for the columns that name one.
	Campaign func(models.ID) string
	// Probability of a lead becoming a customer.
	Probability func(*models.Lead) float64
	// Progress is told how many rows are written, now and then.
	Progress func(rows int)
}

// Export writes one table.
func (e *Exporter) Export(ctx context.Context, table string, w Writer) error {
	tables := map[string]func(context.Context, Writer) error{
		"leads": e.leads, "submissions": e.submissions, "consents": e.consents, "events": e.events,
		"messages": e.messages, "coupons": e.coupons, "audit": e.audit,
	}
	export, ok := tables[table]
	if !ok {
		return fmt.Errorf("no table %q", table)
	}
	if err := export(ctx, w); err != nil {
		return err
	}
	return w.Close()
}

// rows turns batches into rows and keeps count.
func rows[T any](e *Exporter, w Writer, columns []string, each func(func([]T) error) error, row func(*T) ([]any, error)) error {
	if err := w.Header(columns); err != nil {
		return err
	}
	done := 0
	return each(func(batch []T) error {
		for i := range batch {
			values, err := row(&batch[i])
			if err != nil {
				return err
			}
			if err := w.Row(values); err != nil {
				return err
			}
		}
		done += len(batch)
		if e.Progress != nil {
			e.Progress(done)
		}
		return nil
	})
}
