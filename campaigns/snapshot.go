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
	// All are all campaigns that are not archived, oldest first; Listed those of them that visitors see.
	All, Listed []*models.Published

	// turns is when something of it changes by itself: a planned version, an end; 0 for never.
	turns models.Instant

	bySlug    map[string]*models.Published
	moved     map[string]models.ID // addresses of before
	byID      map[models.ID]*models.Published
	byVersion map[models.ID]*models.Published
	cards     map[string]liveCard
	sequences map[models.ID]*models.LiveSequence

	sequenceVersions map[models.ID]*models.SequenceVersion
}

type liveCard struct {
	card    *scoring.Card
	version int
}

// ErrOver says that a campaign was there and has ended.
var ErrOver = errors.New("campaign is over")

// Page is the campaign at an address: models.ErrNotFound where none is published; with ErrOver where it ended.
func (s *Snapshot) Page(slug string) (*models.Published, error) {
	p := s.bySlug[slug]
	switch {
	case p == nil || p.VersionID == 0:
		return nil, models.ErrNotFound
	case p.State != models.CampaignPublished:
		return p, ErrOver
	}
	return p, nil
}

// Moved is the campaign that had an address before, nil where there is none that visitors know.
func (s *Snapshot) Moved(slug string) *models.Published {
	if p := s.byID[s.moved[slug]]; p != nil && p.VersionID != 0 {
		return p
	}
	return nil
}

// Campaign is any campaign by its ID, nil where there is none. A draft's version is empty.
func (s *Snapshot) Campaign(id models.ID) *models.Published { return s.byID[id] }

// Sequence is a sequence that takes leads in, nil where there is none.
func (s *Snapshot) Sequence(id models.ID) *models.LiveSequence { return s.sequences[id] }

// load reads what is published. Versions that the snapshot before holds are not read again.
func load(ctx context.Context, st *store.Store, before *Snapshot) (*Snapshot, error) {
	s := &Snapshot{
		bySlug: map[string]*models.Published{}, moved: map[string]models.ID{}, byID: map[models.ID]*models.Published{},
		byVersion: map[models.ID]*models.Published{}, cards: map[string]liveCard{},
		sequences: map[models.ID]*models.LiveSequence{}, sequenceVersions: map[models.ID]*models.SequenceVersion{},
	}
	var err error
	// The revision first: what is published while we read is read again at the next look.
	if s.Revision, err = st.Revision(ctx); err != nil {
		return nil, err
	}
	all, err := st.Campaigns(ctx, before.inMemory())
	if err != nil {
		return nil, err
	}
	for i := range all {
		s.add(&all[i])
	}
	addresses, err := st.Addresses(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range addresses {
		s.moved[a.Slug] = a.CampaignID
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

func (s *Snapshot) inMemory() store.InMemory {
	if s == nil {
		return store.InMemory{}
	}
	return store.InMemory{
		Version: func(id models.ID) *models.CampaignVersion {
			if p := s.byVersion[id]; p != nil {
				return &p.Version
			}
			return nil
		},
		Sequence: func(id models.ID) *models.SequenceVersion { return s.sequenceVersions[id] },
	}
}

func (s *Snapshot) add(p *models.Published) {
	s.bySlug[p.Slug], s.byID[p.ID] = p, p
	if p.VersionID != 0 {
		s.byVersion[p.VersionID] = p
	}
	if p.ArchivedAt == 0 {
		s.All = append(s.All, p)
		s.turnsAt(p.NextAt)
	}
	for i := range p.Sequences {
		q := &p.Sequences[i]
		s.sequences[q.ID], s.sequenceVersions[q.VersionID] = q, &q.Version
	}
	if p.State != models.CampaignPublished {
		return
	}
	s.turnsAt(p.Until)
	s.Listed = append(s.Listed, p)
	if p.Home {
		s.Home = p
	}
}

func (s *Snapshot) turnsAt(at models.Instant) {
	if at != 0 && (s.turns == 0 || at < s.turns) {
		s.turns = at
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
