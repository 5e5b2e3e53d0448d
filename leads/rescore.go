package leads

import (
	"context"
	"sync"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/store"
)

// rescoreBatch is how many leads are scored between two writes: small, so that forms never wait long.
const rescoreBatch = 256

// Rescore computes every lead's score anew, by the cards in force and as of now, without telling anyone:
// no lead becomes hot by it. Progress is called after each batch with the leads done so far.
func (l *Leads) Rescore(ctx context.Context, progress func(done int)) error {
	done, after := 0, models.ID(0)
	for ctx.Err() == nil {
		leads, events, err := l.store.LeadsAfter(ctx, after, rescoreBatch)
		if err != nil {
			return err
		}
		if len(leads) == 0 {
			return nil
		}
		batch := make([]store.Scored, 0, len(leads))
		now := l.clock()
		for _, lead := range leads {
			if l.rescore(lead, events[lead.ID], now) {
				batch = append(batch, store.Scored{Lead: lead, Was: lead.UpdatedAt})
			}
		}
		if err := l.store.SaveScores(ctx, batch); err != nil {
			return err
		}
		after = leads[len(leads)-1].ID
		done += len(leads)
		progress(done)
	}
	return ctx.Err()
}

func (l *Leads) rescore(lead *models.Lead, events []models.Event, now time.Time) bool {
	card, version := l.cards.Card(lead.Card)
	if card == nil {
		return false
	}
	facts := l.facts(lead, events)
	sum := card.Value(facts, now)
	put(lead, sum, card.Qualify(facts, sum, scoring.Act{}, now), version, models.At(now))
	return true
}

// An Explanation is a lead's score with its reasons, as of a moment.
type Explanation struct {
	Lead        *models.Lead
	Events      []models.Event
	Score       scoring.Score
	Hints       []scoring.Hint
	Card        string
	CardVersion int
	Hot         float64 // the threshold
	Probability float64
	Prior       float64 // the owner's guess of how many leads become customers
	Basis       string  // "assumed" until there is history
	At          time.Time
}

// Explain computes why a lead has the score it has now.
func (l *Leads) Explain(ctx context.Context, lead *models.Lead) (*Explanation, error) {
	events, err := l.store.EventsOf(ctx, lead.ID)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Lead: lead, Events: events, Card: lead.Card, At: l.clock(), Basis: "assumed"}
	card, version := l.cards.Card(lead.Card)
	if card == nil {
		return nil, models.ErrNotFound
	}
	e.CardVersion, e.Hot, e.Prior = version, card.Doc().Hot, card.Doc().Prior
	facts := l.facts(lead, events)
	e.Score = card.Score(facts, e.At)
	e.Hints = card.Raise(facts, e.At)
	mean, err := l.MeanScore(ctx)
	if err != nil {
		return nil, err
	}
	e.Probability = scoring.Probability(e.Score.S, card.Doc().Prior, mean)
	return e, nil
}

// meanFresh is for how long the mean over all leads is believed before it is computed again.
const meanFresh = 5 * time.Minute

// means keeps the mean: it reads every lead, and no page should.
type means struct {
	mu   sync.Mutex
	at   time.Time
	mean float64
}

// MeanScore is the mean over open leads by which assumed probabilities are anchored.
func (l *Leads) MeanScore(ctx context.Context) (float64, error) {
	l.means.mu.Lock()
	defer l.means.mu.Unlock()
	now := l.clock()
	if !l.means.at.IsZero() && now.Sub(l.means.at).Abs() < meanFresh {
		return l.means.mean, nil
	}
	mean, n, err := l.store.MeanOpenScore(ctx)
	if err != nil {
		return 0, err
	}
	if n < scoring.MinOpen {
		mean = scoring.DefaultMean
	}
	l.means.at, l.means.mean = now, mean
	return mean, nil
}
