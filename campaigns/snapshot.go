package campaigns

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/store"
)

// A Snapshot is everything that is published at one revision.
type Snapshot struct {
	Revision int64
	// Home is the campaign shown at /, nil for none.
	Home *models.Published
	// Listed are the published campaigns, oldest first.
	Listed []*models.Published

	bySlug    map[string]*models.Published
	byID      map[models.ID]*models.Published
	byVersion map[models.ID]*models.Published
	cards     map[string]liveCard
	sequences map[models.ID]*models.LiveSequence
}

type liveCard struct {
	card    *scoring.Card
	version int
}

// ErrOver says that a campaign was there and has ended.
var ErrOver = errors.New("campaign is over")

// Page is the campaign at an address: models.ErrNotFound where none is published, ErrOver where it ended.
func (s *Snapshot) Page(slug string) (*models.Published, error) {
	p := s.bySlug[slug]
	switch {
	case p == nil || p.State == models.CampaignDraft:
		return nil, models.ErrNotFound
	case p.State == models.CampaignOver:
		return nil, ErrOver
	}
	return p, nil
}

// Campaign is any campaign by its ID, nil where there is none.
func (s *Snapshot) Campaign(id models.ID) *models.Published { return s.byID[id] }

// Sequence is a sequence that takes leads in, nil where there is none.
func (s *Snapshot) Sequence(id models.ID) *models.LiveSequence { return s.sequences[id] }

func load(ctx context.Context, st *store.Store) (*Snapshot, error) {
	s := &Snapshot{
		bySlug: map[string]*models.Published{}, byID: map[models.ID]*models.Published{},
		byVersion: map[models.ID]*models.Published{}, cards: map[string]liveCard{},
		sequences: map[models.ID]*models.LiveSequence{},
	}
	var err error
	// The revision first: what is published while we read is read again at the next look.
	if s.Revision, err = st.Revision(ctx); err != nil {
		return nil, err
	}
	all, err := st.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		s.add(&all[i])
	}
	cards, err := st.LiveCards(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range cards {
		card, err := compile(c.Doc)
		if err != nil {
			return nil, fmt.Errorf("card %s version %d: %w", c.Name, c.Version, err)
		}
		s.cards[c.Name] = liveCard{card, c.Version}
	}
	return s, nil
}

func (s *Snapshot) add(p *models.Published) {
	s.bySlug[p.Slug], s.byID[p.ID], s.byVersion[p.VersionID] = p, p, p
	for i := range p.Sequences {
		s.sequences[p.Sequences[i].ID] = &p.Sequences[i]
	}
	if p.State != models.CampaignPublished {
		return
	}
	s.Listed = append(s.Listed, p)
	if p.Home {
		s.Home = p
	}
}

func compile(doc string) (*scoring.Card, error) {
	d, err := scoring.Parse([]byte(doc))
	if err != nil {
		return nil, err
	}
	return scoring.Compile(d)
}

func encodeCard(doc scoring.Doc) (string, error) {
	if err := doc.Check(); err != nil {
		return "", err
	}
	raw, err := json.Marshal(doc)
	return string(raw), err
}

// onlyMissingTexts tells that nothing is wrong with a form but consent texts that publishing will number.
func onlyMissingTexts(f *models.Form) bool {
	numbered := *f
	numbered.Purposes = nil
	return numbered.Check() == nil
}

// maxOld is how many versions of the past are kept for mails and downloads of their time.
const maxOld = 256

// versions keeps published versions that visitors don't see any more.
type versions struct {
	store *store.Store
	mu    sync.Mutex
	kept  map[models.ID]*models.Published
}

func (v *versions) get(ctx context.Context, id models.ID) (*models.Published, error) {
	v.mu.Lock()
	p := v.kept[id]
	v.mu.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := v.store.Version(ctx, id)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept == nil || len(v.kept) >= maxOld {
		v.kept = map[models.ID]*models.Published{}
	}
	v.kept[id] = p
	return p, nil
}
