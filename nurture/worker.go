package nurture

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

const (
	// pollEvery is how late a step may be.
	pollEvery = time.Second
	// batch is how many leads are read at a time.
	batch = 500
	// atOnce is how many are decided together, which is how many the store commits together.
	atOnce = 64
	// putOff is when a lead is looked at again of whom nothing could be decided.
	putOff = 10 * time.Minute
)

// Run decides on leads as they become due, until ctx ends. Several programs may run it: a lead is decided on by the
// first, and the others find that its time has moved on.
func (n *Nurture) Run(ctx context.Context) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		n.drain(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-n.wake:
		}
	}
}

// drain decides on leads until none is due, or nothing comes of those that are.
func (n *Nurture) drain(ctx context.Context) {
	for ctx.Err() == nil {
		due, err := n.store.DueEnrolments(ctx, batch)
		if err != nil {
			if ctx.Err() == nil {
				n.deps.Log.Warn("due leads of sequences can't be read", "error", err)
			}
			return
		}
		if n.decideAll(ctx, due) == 0 {
			return
		}
	}
}

// decideAll decides on leads, many at a time, and returns of how many anything came.
func (n *Nurture) decideAll(ctx context.Context, due []models.Enrolment) int {
	var moved, owed atomic.Int64
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for i := range due {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			m, o := n.decideOne(ctx, &due[i])
			moved.Add(int64(m))
			owed.Add(int64(o))
		})
	}
	all.Wait()
	if owed.Load() > 0 {
		n.deps.Owed()
	}
	return int(moved.Load())
}

// decideOne decides on one lead. What can't be decided on is looked at again later, so that it holds nobody up.
func (n *Nurture) decideOne(ctx context.Context, due *models.Enrolment) (moved, owed int) {
	t := n.turn(due)
	moved, owed, err := n.apply(ctx, t)
	if errors.Is(err, models.ErrConflict) { // they had this step before: an editor has put it elsewhere
		t.had = true
		moved, owed, err = n.apply(ctx, t)
	}
	switch {
	case err == nil:
		return moved, owed
	case ctx.Err() != nil, errors.Is(err, models.ErrOverloaded), errors.Is(err, models.ErrUnavailable):
		return 0, 0 // everybody waits
	}
	n.deps.Log.Error("a step can't be decided", "enrolment", due.ID.String(), "error", err)
	t.later = true
	if moved, _, err = n.apply(ctx, t); err != nil {
		return 0, 0
	}
	return moved, 0
}

func (n *Nurture) apply(ctx context.Context, t turn) (moved, owed int, err error) {
	err = n.store.Apply(ctx, store.Change{Want: t.want(), Decide: func(f *store.Facts) (store.Rows, error) {
		rows := t.decide(f)
		moved, owed = len(rows.Enrolments), len(rows.Messages)
		return rows, nil
	}})
	if err != nil {
		return 0, 0, err
	}
	return moved, owed, nil
}
