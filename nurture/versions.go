package nurture

import (
	"context"
	"sync"

	"sarnakh/models"
	"sarnakh/store"
)

// maxVersions is how many versions are kept: those that mails of these weeks speak.
const maxVersions = 256

// versions keeps sequences' versions, which never change.
type versions struct {
	store *store.Store
	mu    sync.Mutex
	kept  map[models.ID]*models.SequenceVersion
}

func (v *versions) get(ctx context.Context, id models.ID) (*models.SequenceVersion, error) {
	v.mu.Lock()
	known := v.kept[id]
	v.mu.Unlock()
	if known != nil {
		return known, nil
	}
	read, err := v.store.SequenceVersion(ctx, id)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept == nil || len(v.kept) >= maxVersions {
		v.kept = map[models.ID]*models.SequenceVersion{}
	}
	v.kept[id] = read
	return read, nil
}
