package reports

import (
	"context"

	"sarnakh/models"
)

// Answers writes the submissions of one campaign with a column for each of its form's questions, as a marketer reads them in a
// spreadsheet.
func (e *Exporter) Answers(ctx context.Context, campaign models.ID, fields []string, w Writer) error {
	columns := append([]string{"id", "created_at", "lead_id", "verdict", "source", "medium"}, fields...)
	err := rows(e, w, columns, func(do func([]models.Submission) error) error { return e.Store.EachSubmissionOf(ctx, campaign, do) },
		func(s *models.Submission) ([]any, error) {
			values := []any{s.ID, s.CreatedAt, optional(s.LeadID), s.Verdict, s.Attribution.Source, s.Attribution.Medium}
			for _, f := range fields {
				values = append(values, s.Answers[f])
			}
			return values, nil
		})
	if err != nil {
		return err
	}
	return w.Close()
}
