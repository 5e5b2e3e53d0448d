package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"sarnakh/models"

	"gorm.io/gorm"
)

// maxGroup is how many changes one transaction takes at most.
const maxGroup = 64

// A committer turns waiting work into group commits: whatever waits while one transaction syncs to disk
// goes together into the next, so that the price of a sync is shared (decision 3).
type committer struct {
	store *Store
	tasks chan *task
	done  chan struct{}

	mu     sync.RWMutex
	closed bool
}

// A task is a change, or a plain function that writes. Exactly one of the two is set.
type task struct {
	change *Change
	write  func(tx *gorm.DB) error
	result chan error
}

var errClosed = errors.New("store: closed")

func newCommitter(s *Store, queue int) *committer {
	c := &committer{store: s, tasks: make(chan *task, queue), done: make(chan struct{})}
	go c.run()
	return c
}

// submit hands a task over and waits for its commit. A change is refused at once when the queue is full;
// our own writes wait for a place.
func (c *committer) submit(ctx context.Context, t *task) error {
	t.result = make(chan error, 1)
	if err := c.enqueue(ctx, t); err != nil {
		return err
	}
	// The commit can't be taken back, so its answer is awaited even when the caller has gone.
	return <-t.result
}

func (c *committer) enqueue(ctx context.Context, t *task) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return errClosed
	}
	if t.change != nil {
		select {
		case c.tasks <- t:
			return nil
		default:
			return models.ErrOverloaded
		}
	}
	select {
	case c.tasks <- t:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *committer) close() {
	c.mu.Lock()
	if !c.closed {
		c.closed = true
		close(c.tasks)
	}
	c.mu.Unlock()
	<-c.done
}

func (c *committer) run() {
	defer close(c.done)
	for first := range c.tasks {
		c.commit(c.gather(first))
	}
}

// gather takes what waits already, without waiting for more.
func (c *committer) gather(first *task) []*task {
	group := append(make([]*task, 0, maxGroup), first)
	for len(group) < maxGroup {
		select {
		case t, ok := <-c.tasks:
			if !ok {
				return group
			}
			group = append(group, t)
		default:
			return group
		}
	}
	return group
}

// commit tries the group as one transaction and, where that fails, each task alone, so that one bad
// change or a race costs nobody else their answer. Where the database itself fails all are told at once: the next
// try would only make the rest wait.
func (c *committer) commit(group []*task) {
	outcomes, err := c.attempt(group)
	switch {
	case err == nil:
		for i, t := range group {
			t.result <- outcomes[i]
		}
	case isOutage(err) && !isRace(err):
		c.store.log.Error("the database can't be written", "error", err)
		for _, t := range group {
			t.result <- translate(err)
		}
	case len(group) == 1:
		group[0].result <- c.alone(group[0], err)
	default:
		c.store.log.Warn("group commit replayed one by one", "size", len(group), "error", err)
		for _, t := range group {
			t.result <- c.alone(t, nil)
		}
	}
}

// alone runs one task, thrice where another transaction is in its way.
func (c *committer) alone(t *task, err error) error {
	for try := 0; try < 3 && (err == nil || isRace(err)); try++ {
		var outcomes []error
		if outcomes, err = c.attempt([]*task{t}); err == nil {
			return outcomes[0]
		}
	}
	return translate(err)
}

// attempt runs a group in one transaction. It returns one outcome per task when the transaction was
// committed, else the error that undid it.
func (c *committer) attempt(group []*task) (outcomes []error, err error) {
	defer func() {
		if p := recover(); p != nil {
			c.store.log.Error("panic in a transaction", "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("store: panic: %v", p)
		}
	}()
	outcomes = make([]error, len(group))
	err = c.store.transaction(func(tx *gorm.DB, conn *sql.Conn) error {
		if err := c.store.applyChanges(tx, conn, group, outcomes); err != nil {
			return err
		}
		for i, t := range group {
			if t.write == nil {
				continue
			}
			if len(group) == 1 {
				return t.write(tx)
			}
			// A savepoint each: one refused write undoes itself only.
			outcomes[i] = translate(tx.Transaction(t.write))
		}
		return nil
	})
	return outcomes, err
}

// do runs a function that writes, in a transaction, and returns when it is on disk. With SQLite it shares
// the transaction of whatever else waits; with PostgreSQL it has its own.
func (s *Store) do(ctx context.Context, write func(tx *gorm.DB) error) error {
	if s.engine == sqliteEngine {
		return s.committers[0].submit(ctx, &task{write: write})
	}
	var err error
	for range 3 {
		if err = s.write.WithContext(ctx).Transaction(write); err == nil || !isRace(err) {
			break
		}
	}
	return translate(err)
}
