package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
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
		{"submissions", func() error { return insert(tx, w.submissions, conflict{}) }},
		{"released submissions", func() error { return saveReleased(tx, w.released) }},
		{"consents", func() error { return insert(tx, w.consents, conflict{}) }},
		{"events", func() error { return insert(tx, w.events, conflict{}) }},
		{"hand-offs", func() error { return saveHandoffs(tx, w.opened, w.handoffs) }},
		{"withdrawn messages", func() error { return saveWithdrawn(tx, w.withdrawn) }},
		{"messages", func() error { return insert(tx, w.messages, conflict{}) }},
		{"coupons", func() error { return saveCoupons(tx, w.coupons, w.stock) }},
		{"counts", func() error { return saveCounts(tx, w.counts) }},
		{"coupon codes", func() error { return insert(tx, w.codes, conflict{key: []string{"id"}}) }},
		{"enrolments", func() error { return insert(tx, w.enrolments, conflict{key: []string{"id"}}) }},
		{"step counts", func() error { return saveSteps(tx, w.steps) }},
		{"verdicts", func() error { return saveVerdicts(tx, w.verdicts) }},
		{"suppressions", func() error { return suppress(tx, w.suppress) }},
		{"lifted suppressions", func() error { return lift(tx, w.lift) }},
		{"jobs", func() error { return s.enqueue(tx, w.jobs) }},
		{"audit", func() error { return insert(tx, w.audit, conflict{}) }},
	}
	for _, step := range steps {
		if err := step.run(); err != nil {
			return fmt.Errorf("write %s: %w", step.what, err)
		}
	}
	return nil
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
	if err := insert(tx, added, conflict{}); err != nil {
		return err
	}
	return insert(tx, changed, conflict{key: []string{"id"}})
}

func (s *Store) saveWords(tx *gorm.DB, words map[models.ID][]string) error {
	if len(words) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(words))
	if s.engine == postgresEngine {
		folded := make([]string, len(ids))
		for i, id := range ids {
			folded[i] = pgTextArray(words[id])
		}
		return tx.Exec(`INSERT INTO lead_words (lead_id, words)
			SELECT id, array_to_tsvector(w::text[]) FROM unnest(?::bigint[], ?::text[]) AS v (id, w)
			ON CONFLICT (lead_id) DO UPDATE SET words = excluded.words`, pgArray{ids}, pgArray{folded}).Error
	}
	for part := range chunks(ids) {
		args := make([]any, 0, 2*len(part))
		for _, id := range part {
			args = append(args, id, strings.Join(words[id], " "))
		}
		err := tx.Exec("INSERT OR REPLACE INTO lead_words (rowid, words) VALUES (?, ?)"+
			strings.Repeat(", (?, ?)", len(part)-1), args...).Error
		if err != nil {
			return err
		}
	}
	return nil
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
	if err := insert(tx, opened, conflict{}); err != nil {
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
	return insert(tx, coupons, conflict{})
}

func saveCounts(tx *gorm.DB, counts map[dayKey]*models.CampaignDay) error {
	if len(counts) == 0 {
		return nil
	}
	rows := slices.Collect(maps.Values(counts))
	sortCounts(rows)
	return addCounts(tx, rows)
}

// addCounts adds to the counters. The rows are sorted, so that two programs can't deadlock over them.
func addCounts(tx *gorm.DB, rows []*models.CampaignDay) error {
	return insert(tx, rows, conflict{key: []string{"campaign_id", "day", "source"}, adds: true})
}

func saveSteps(tx *gorm.DB, steps map[stepKey]int64) error {
	rows := make([]models.StepCount, 0, len(steps))
	for k, n := range steps {
		rows = append(rows, models.StepCount{SequenceID: k.sequence, Step: k.step, What: k.what, N: n})
	}
	slices.SortFunc(rows, func(a, b models.StepCount) int {
		return cmp.Or(cmp.Compare(a.SequenceID, b.SequenceID), cmp.Compare(a.Step, b.Step), cmp.Compare(a.What, b.What))
	})
	return insert(tx, rows, conflict{key: []string{"sequence_id", "step", "what"}, adds: true})
}

func saveVerdicts(tx *gorm.DB, verdicts map[models.ID]models.Verdict) error {
	for _, id := range slices.Sorted(maps.Keys(verdicts)) {
		if err := tx.Exec("UPDATE events SET verdict = ? WHERE id = ?", verdicts[id], id).Error; err != nil {
			return err
		}
	}
	return nil
}
