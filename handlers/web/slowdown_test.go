package web_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/handlers/web"
)

// Five tries are free, then each waits longer; and of many at the same moment no more are looked at than of as many in a row.
func TestGuessesAtTheSameMoment(t *testing.T) {
	var (
		slow   web.Slowdown
		looked atomic.Int64
		all    sync.WaitGroup
		now    = time.Unix(1_800_000_000, 0)
	)
	for range 500 {
		all.Go(func() {
			if slow.Try(now, "user mina", "from 192.0.2.7") == 0 {
				looked.Add(1)
			}
		})
	}
	all.Wait()
	if looked.Load() != 5 {
		t.Errorf("%d guesses were looked at", looked.Load())
	}
	if wait := slow.Try(now, "user mina"); wait != time.Second {
		t.Errorf("the next waits %s", wait)
	}
	if wait := slow.Try(now.Add(time.Second), "user mina"); wait != 0 {
		t.Errorf("after that it waits %s", wait)
	}
	if wait := slow.Try(now.Add(2*time.Second), "user mina"); wait != time.Second {
		t.Errorf("and then %s", wait)
	}
	if wait := slow.Try(now.Add(time.Hour), "user mina", "from 192.0.2.7"); wait != 0 {
		t.Errorf("an hour later it waits %s", wait)
	}
}

// Who comes in is free again; who guesses beside them, from the same network, is not.
func TestSuccessIsOnesOwn(t *testing.T) {
	var slow web.Slowdown
	now := time.Unix(1_800_000_000, 0)
	for range 4 {
		slow.Try(now, "user kian", "from 192.0.2.7")
	}
	for range 3 {
		if wait := slow.Try(now, "user mina", "from 192.0.2.7"); wait != 0 {
			t.Fatalf("somebody who knows their password waits %s", wait)
		}
		slow.Succeeded("user mina", "from 192.0.2.7")
	}
	slow.Try(now, "user kian", "from 192.0.2.7")
	if slow.Try(now, "user sara", "from 192.0.2.7") == 0 {
		t.Error("the network of somebody who guesses is free")
	}
}
