package leads

import (
	"context"
	"errors"
	"fmt"
	"math"

	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/store"
)

// sameScore is how far a stored score may lie from the recomputed one: the last digits of a sum of floats.
const sameScore = 1e-6

// VerifyScores recomputes every lead's score from its events, as of its scored_at and the version of its
// card, and counts those that differ (I8).
func (l *Leads) VerifyScores(ctx context.Context, progress func(done int)) ([]store.Finding, error) {
	cards := pastCards{store: l.store, known: map[pastCard]*scoring.Card{}}
	wrong, done := int64(0), 0
	err := l.store.LeadsToVerify(ctx, func(leads []*models.Lead, events map[models.ID][]models.Event) error {
		for _, lead := range leads {
			card, err := cards.get(ctx, pastCard{lead.Card, lead.CardVersion})
			if err != nil {
				return err
			}
			if card == nil {
				continue // its version is no longer kept
			}
			sum := card.Value(l.facts(lead, events[lead.ID]), lead.ScoredAt.Time())
			if math.Abs(sum.S-lead.Score) > sameScore {
				wrong++
			}
		}
		done += len(leads)
		progress(done)
		return nil
	})
	if err != nil || wrong == 0 {
		return nil, err
	}
	return []store.Finding{{Invariant: "I8", Problem: "scores that differ from their events", Count: wrong}}, nil
}

type pastCard struct {
	name    string
	version int
}

// pastCards compiles the versions that leads were scored by.
type pastCards struct {
	store *store.Store
	known map[pastCard]*scoring.Card
}

func (p *pastCards) get(ctx context.Context, key pastCard) (*scoring.Card, error) {
	if card, ok := p.known[key]; ok {
		return card, nil
	}
	row, err := p.store.CardVersion(ctx, key.name, key.version)
	if errors.Is(err, models.ErrNotFound) {
		p.known[key] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	doc, err := scoring.Parse([]byte(row.Doc))
	if err != nil {
		return nil, fmt.Errorf("card %s version %d: %w", key.name, key.version, err)
	}
	card, err := scoring.Compile(doc)
	p.known[key] = card
	return card, err
}
