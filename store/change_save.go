package store

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// withdrawnReply is what is kept of a mail that was not owed any more before it was sent.
const withdrawnReply = "withdrawn"

// save writes what a group decided: one multi-row statement per table.
func (s *Store) save(tx *gorm.DB, w *written) error {
	steps := []struct {
		what string
		run  func() error
	}{
		{"leads", func() error { return saveLeads(tx, w.leads, w.known) }},
		{"words", func() error { return s.saveWords(tx, w.words) }},
		{"submissions", func() error { return insert(tx, w.submissions) }},
		{"released submissions", func() error { return saveReleased(tx, w.released) }},
		{"consents", func() error { return insert(tx, w.consents) }},
		{"events", func() error { return insert(tx, w.events) }},
		{"hand-offs", func() error { return saveHandoffs(tx, w.opened, w.handoffs) }},
		{"withdrawn messages", func() error { return saveWithdrawn(tx, w.withdrawn) }},
		{"messages", func() error { return insert(tx, w.messages) }},
		{"coupons", func() error { return saveCoupons(tx, w.coupons, w.stock) }},
		{"counts", func() error { return saveCounts(tx, w.counts) }},
	}
	for _, step := range steps {
		if err := step.run(); err != nil {
			return fmt.Errorf("write %s: %w", step.what, err)
		}
	}
	return nil
}

// insert writes rows: into SQLite in statements of 32, 16, 8 … 1 of them, so that there are few different
// statements and each is prepared once; into PostgreSQL in one, since each costs a round trip.
func insert[T any](tx *gorm.DB, rows []T) error {
	for len(rows) > 0 {
		n := len(rows)
		if tx.Name() == "sqlite" {
			n = chunk(n)
		}
		part := rows[:n:n]
		if err := tx.Create(&part).Error; err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// maxChunk is the most rows of one statement.
const maxChunk = 32

// chunk is the largest power of two that is not more than n, maxChunk at most.
func chunk(n int) int {
	return min(1<<(bits.Len(uint(n))-1), maxChunk)
}

// saveLeads inserts the new and replaces the known, in the order of their identities. A lead that another
// program inserted meanwhile is refused by its identity, and the group is decided again.
func saveLeads(tx *gorm.DB, leads []*models.Lead, known map[models.ID]bool) error {
	slices.SortFunc(leads, func(a, b *models.Lead) int { return strings.Compare(a.Identity, b.Identity) })
	var added, changed []*models.Lead
	for _, l := range leads {
		if known[l.ID] {
			changed = append(changed, l)
		} else {
			added = append(added, l)
		}
	}
	if err := insert(tx, added); err != nil {
		return err
	}
	// A session, since a statement that has a clause would keep what the first of several chunks adds to it.
	replacing := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Session(&gorm.Session{})
	return insert(replacing, changed)
}

func (s *Store) saveWords(tx *gorm.DB, words map[models.ID][]string) error {
	if len(words) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(words))
	for len(ids) > 0 {
		n := len(ids)
		if s.engine == sqliteEngine {
			n = chunk(n)
		}
		args := make([]any, 0, 2*n)
		for _, id := range ids[:n] {
			args = append(args, id, s.wordsOf(words[id]))
		}
		if err := tx.Exec(s.wordsStatement(n), args...).Error; err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

func (s *Store) wordsOf(words []string) string {
	if s.engine == postgresEngine {
		return pgTextArray(words)
	}
	return strings.Join(words, " ")
}

func (s *Store) wordsStatement(rows int) string {
	if s.engine == postgresEngine {
		return "INSERT INTO lead_words (lead_id, words) VALUES " + strings.Repeat("(?, array_to_tsvector(?::text[])), ", rows-1) +
			"(?, array_to_tsvector(?::text[])) ON CONFLICT (lead_id) DO UPDATE SET words = excluded.words"
	}
	return "INSERT OR REPLACE INTO lead_words (rowid, words) VALUES " + strings.Repeat("(?, ?), ", rows-1) + "(?, ?)"
}

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

func saveReleased(tx *gorm.DB, subs []models.Submission) error {
	for _, sub := range subs {
		err := tx.Model(&models.Submission{}).Where("id = ? AND verdict = ?", sub.ID, models.Spam).
			Updates(map[string]any{"verdict": sub.Verdict, "lead_id": sub.LeadID}).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func saveHandoffs(tx *gorm.DB, opened []models.Handoff, changed map[models.ID]models.Handoff) error {
	if err := insert(tx, opened); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		h := changed[id]
		err := tx.Model(&models.Handoff{}).Where("id = ?", id).
			Updates(map[string]any{"mailed_at": h.MailedAt, "closed_at": h.ClosedAt}).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func saveWithdrawn(tx *gorm.DB, ids []models.ID) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Model(&models.Message{}).Where("id IN ? AND state = ?", ids, models.MessageQueued).
		Updates(map[string]any{"state": models.MessageSuppressed, "reply": withdrawnReply}).Error
}

func saveCoupons(tx *gorm.DB, coupons []models.Coupon, stock map[models.ID]int) error {
	if len(coupons) == 0 {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(stock)) {
		err := tx.Exec(`INSERT INTO coupon_stock (campaign_id, issued) VALUES (?, ?)
			ON CONFLICT (campaign_id) DO UPDATE SET issued = coupon_stock.issued + excluded.issued`, id, stock[id]).Error
		if err != nil {
			return err
		}
	}
	return insert(tx, coupons)
}

func saveCounts(tx *gorm.DB, counts map[dayKey]*models.CampaignDay) error {
	if len(counts) == 0 {
		return nil
	}
	rows := slices.Collect(maps.Values(counts))
	sortCounts(rows)
	return addCounts(tx, rows)
}

var countColumns = []string{"views", "seconds", "starts", "submissions", "leads", "hot", "downloads"}

// addCounts adds to the counters. The rows are sorted, so that two programs can't deadlock over them.
func addCounts(tx *gorm.DB, rows []*models.CampaignDay) error {
	sums := make(map[string]any, len(countColumns))
	for _, c := range countColumns {
		sums[c] = gorm.Expr("campaign_days." + c + " + excluded." + c)
	}
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "campaign_id"}, {Name: "day"}, {Name: "source"}},
		DoUpdates: clause.Assignments(sums),
	}).Create(&rows).Error
}
