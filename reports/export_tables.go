package reports

import (
	"context"
	"math"
	"sync"

	"sarnakh/models"
	"sarnakh/store"
)

var leadColumns = []string{"id", "email", "name", "phone", "company", "stage", "kinds", "status", "temperature", "score", "grade",
	"probability", "locale", "campaign", "source", "medium", "created_at", "scored_at"}

func (e *Exporter) leadRow(l *models.Lead) ([]any, error) {
	kinds := make([]string, len(l.Kinds))
	for i, k := range l.Kinds {
		kinds[i] = string(k.Kind)
	}
	return []any{l.ID, l.Email, l.Name, l.Phone, l.Company, l.Stage, kinds, l.Status, l.Temperature, l.Score, l.Grade,
		fewDigits(e.Probability(l)), l.Locale, e.Campaign(l.CampaignID), l.FirstTouch.Source, l.FirstTouch.Medium, l.CreatedAt, l.ScoredAt}, nil
}

// fewDigits leaves out what differs between two databases that add up the same numbers in another order.
func fewDigits(p float64) float64 { return math.Round(p*1e9) / 1e9 }

func (e *Exporter) leads(ctx context.Context, w Writer) error {
	return rows(e, w, leadColumns, func(do func([]models.Lead) error) error { return e.Store.EachLead(ctx, do) }, e.leadRow)
}

// LeadsFound writes the leads that a query finds, in its order.
func (e *Exporter) LeadsFound(ctx context.Context, q store.LeadQuery, w Writer) error {
	q.Limit = 1000
	err := rows(e, w, leadColumns, func(do func([]models.Lead) error) error {
		for {
			page, more, err := e.Store.Leads(ctx, q)
			if err != nil || len(page) == 0 {
				return err
			}
			if err := do(page); err != nil || !more {
				return err
			}
			q.After = store.CursorOf(&page[len(page)-1])
		}
	}, e.leadRow)
	if err != nil {
		return err
	}
	return w.Close()
}

func (e *Exporter) submissions(ctx context.Context, w Writer) error {
	columns := []string{"id", "lead_id", "campaign", "email", "verdict", "corrects", "created_at", "answers"}
	return rows(e, w, columns, func(do func([]models.Submission) error) error { return e.Store.EachSubmission(ctx, do) },
		func(s *models.Submission) ([]any, error) {
			return []any{s.ID, optional(s.LeadID), e.Campaign(s.CampaignID), s.Email, s.Verdict, optional(s.Corrects), s.CreatedAt, s.Answers}, nil
		})
}

func (e *Exporter) consents(ctx context.Context, w Writer) error {
	texts := textCache{store: e.Store.ConsentTexts}
	columns := []string{"id", "lead_id", "purpose", "decision", "text_version", "text_sha256", "page", "method", "ip", "created_at"}
	return rows(e, w, columns, func(do func([]models.Consent) error) error { return e.Store.EachConsent(ctx, do) },
		func(c *models.Consent) ([]any, error) {
			text, err := texts.get(ctx, c.TextID)
			if err != nil {
				return nil, err
			}
			return []any{c.ID, c.LeadID, c.Purpose, c.Decision, text.Version, text.SHA256, c.Page, c.Method, c.IP, c.CreatedAt}, nil
		})
}

func (e *Exporter) events(ctx context.Context, w Writer) error {
	columns := []string{"id", "lead_id", "kind", "verdict", "data", "at"}
	return rows(e, w, columns, func(do func([]models.Event) error) error { return e.Store.EachEvent(ctx, do) },
		func(v *models.Event) ([]any, error) {
			return []any{v.ID, v.LeadID, v.Kind, v.Verdict, v.Data, v.At}, nil
		})
}

func (e *Exporter) messages(ctx context.Context, w Writer) error {
	columns := []string{"id", "lead_id", "class", "kind", "state", "message_id", "to", "attempts", "created_at", "sent_at"}
	return rows(e, w, columns, func(do func([]models.Message) error) error { return e.Store.EachMessage(ctx, do) },
		func(m *models.Message) ([]any, error) {
			return []any{m.ID, optional(m.LeadID), m.Class.String(), m.Kind, m.State, m.MessageID, m.To, m.Attempts, m.CreatedAt, m.SentAt}, nil
		})
}

func (e *Exporter) coupons(ctx context.Context, w Writer) error {
	return rows(e, w, []string{"code", "campaign", "lead_id", "issued_at"},
		func(do func([]models.Coupon) error) error { return e.Store.EachCoupon(ctx, do) },
		func(c *models.Coupon) ([]any, error) {
			return []any{c.Code, e.Campaign(c.CampaignID), optional(c.LeadID), c.IssuedAt}, nil
		})
}

func (e *Exporter) audit(ctx context.Context, w Writer) error {
	return rows(e, w, []string{"id", "user_id", "action", "subject", "detail", "ip", "at"},
		func(do func([]models.AuditEntry) error) error { return e.Store.EachAudit(ctx, do) },
		func(a *models.AuditEntry) ([]any, error) {
			return []any{a.ID, optional(a.UserID), a.Action, a.Subject, a.Detail, a.IP, a.At}, nil
		})
}

// optional is nothing instead of an ID that names no row: the coupon of an erased lead has a negative one.
func optional(id models.ID) any {
	if id <= 0 {
		return nil
	}
	return id
}

// textCache keeps consent texts: there are few, and every consent names one.
type textCache struct {
	store func(context.Context, []models.ID) (map[models.ID]models.ConsentText, error)
	mu    sync.Mutex
	known map[models.ID]models.ConsentText
}

func (c *textCache) get(ctx context.Context, id models.ID) (models.ConsentText, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if text, ok := c.known[id]; ok {
		return text, nil
	}
	found, err := c.store(ctx, []models.ID{id})
	if err != nil {
		return models.ConsentText{}, err
	}
	if c.known == nil {
		c.known = map[models.ID]models.ConsentText{}
	}
	c.known[id] = found[id]
	return found[id], nil
}
