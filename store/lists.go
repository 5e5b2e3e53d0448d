package store

import (
	"context"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
)

// inQuarantine is written out: PostgreSQL's plan for any verdict can't use the index of this one, and reads the whole table.
const inQuarantine = "verdict = 'spam'"

// Quarantined are submissions judged spam, newest first, from before an ID where one is given.
func (s *Store) Quarantined(ctx context.Context, before models.ID, limit int) ([]models.Submission, error) {
	q := s.q(ctx).Where(inQuarantine)
	if before != 0 {
		q = q.Where("id < ?", before)
	}
	var rows []models.Submission
	err := q.Order("id DESC").Limit(limit).Find(&rows).Error
	return rows, translate(err)
}

// QuarantineSize is how many submissions wait in quarantine, counted up to limit.
func (s *Store) QuarantineSize(ctx context.Context, limit int) (int, error) {
	var n int
	err := s.q(ctx).Raw("SELECT count(*) FROM (SELECT 1 FROM submissions WHERE "+inQuarantine+" LIMIT ?) q", limit).Scan(&n).Error
	return n, translate(err)
}

// LeadSort is an order of the lead list; each has its index.
type LeadSort string

// The orders of the lead list.
const (
	SortNewest LeadSort = "newest"
	SortScore  LeadSort = "score"
	SortAct    LeadSort = "act"
)

// sortColumns: what a list is sorted by before the ID.
var sortColumns = map[LeadSort]string{SortScore: "score", SortAct: "last_act_at"}

// A LeadQuery asks for a page of the lead list. Empty fields filter nothing.
type LeadQuery struct {
	Words       []string // each must begin a word of the lead's
	Temperature models.Temperature
	Stage       models.Stage
	HandedOver  bool // only leads that were given to sales
	Sort        LeadSort
	After       *LeadCursor // the page that follows it
	Before      *LeadCursor // or the page that leads up to it
	Limit       int
}

// A LeadCursor is a place in a sorted list.
type LeadCursor struct {
	Score float64
	Act   models.Instant
	ID    models.ID
}

// CursorOf is the place of a lead.
func CursorOf(l *models.Lead) *LeadCursor {
	return &LeadCursor{Score: l.Score, Act: l.LastActAt, ID: l.ID}
}

// Leads is one page of the lead list, in its order, and whether more follow in the direction asked.
func (s *Store) Leads(ctx context.Context, lq LeadQuery) (page []models.Lead, more bool, err error) {
	q := s.q(ctx).Limit(lq.Limit + 1)
	if lq.Temperature != "" {
		q = q.Where("temperature = ?", lq.Temperature)
	}
	if lq.Stage != "" {
		q = q.Where("stage = ?", lq.Stage)
	}
	// What the indexes of the filters leave out is said in so many words, else they are not used.
	if lq.Temperature != "" && lq.Temperature != models.Cold {
		q = q.Where("temperature <> 'cold'")
	}
	if lq.Stage != "" && lq.Stage != models.StageLead {
		q = q.Where("stage <> 'lead'")
	}
	if lq.HandedOver {
		q = q.Where("id IN (SELECT lead_id FROM handoffs)")
	}
	if len(lq.Words) > 0 {
		q = s.matching(q, lq.Words)
	}
	q = along(q, lq)
	if err := q.Find(&page).Error; err != nil {
		return nil, false, translate(err)
	}
	if more = len(page) > lq.Limit; more {
		page = page[:lq.Limit]
	}
	if lq.Before != nil { // it was read backwards
		for i, j := 0, len(page)-1; i < j; i, j = i+1, j-1 {
			page[i], page[j] = page[j], page[i]
		}
	}
	return page, more, nil
}

// along sorts, and starts where the cursor stands.
func along(q *gorm.DB, lq LeadQuery) *gorm.DB {
	column, cursor, op, dir := sortColumns[lq.Sort], lq.After, "<", " DESC"
	if lq.Before != nil {
		cursor, op, dir = lq.Before, ">", ""
	}
	if column == "" {
		if cursor != nil {
			q = q.Where("id "+op+" ?", cursor.ID)
		}
		return q.Order("id" + dir)
	}
	if cursor != nil {
		var at any = cursor.Score
		if lq.Sort == SortAct {
			at = cursor.Act
		}
		q = q.Where("("+column+", id) "+op+" (?, ?)", at, cursor.ID)
	}
	return q.Order(column + dir + ", id" + dir)
}

// matching finds leads by the beginnings of their words.
func (s *Store) matching(q *gorm.DB, words []string) *gorm.DB {
	terms := make([]string, len(words))
	if s.engine == postgresEngine {
		for i, w := range words {
			terms[i] = "'" + strings.ReplaceAll(w, "'", "''") + "':*"
		}
		return q.Where("id IN (SELECT lead_id FROM lead_words WHERE words @@ ?::tsquery)", strings.Join(terms, " & "))
	}
	for i, w := range words {
		terms[i] = `"` + strings.ReplaceAll(w, `"`, `""`) + `"*`
	}
	return q.Where("id IN (SELECT rowid FROM lead_words WHERE lead_words MATCH ?)", strings.Join(terms, " "))
}

// KeepSpam records that a person agrees with the verdict; what isn't in quarantine is left alone.
func (s *Store) KeepSpam(ctx context.Context, id models.ID) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		return tx.Model(&models.Submission{}).Where("id = ? AND verdict = ?", id, models.Spam).Update("verdict", models.KeptSpam).Error
	})
}

// OpenHandoffs counts leads that wait for sales, up to limit.
func (s *Store) OpenHandoffs(ctx context.Context, limit int) (int, error) {
	var n int
	err := s.q(ctx).Raw("SELECT count(*) FROM (SELECT 1 FROM handoffs WHERE closed_at = 0 LIMIT ?) h", limit).Scan(&n).Error
	return n, translate(err)
}

// UntoldHandoffs are open hand-offs of which no salesperson was told, oldest first.
func (s *Store) UntoldHandoffs(ctx context.Context, limit int) ([]models.Handoff, error) {
	var rows []models.Handoff
	err := s.q(ctx).Where("closed_at = 0 AND mailed_at = 0").Order("id").Limit(limit).Find(&rows).Error
	return rows, translate(err)
}
