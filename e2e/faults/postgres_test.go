package faults

import (
	"database/sql"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"
)

// Two programs serve one PostgreSQL, and all their connections to it are cut every 500 ms: what was answered is kept
// once, nobody is mailed twice but who was being mailed, and both are ready again within ten seconds (I1 to I6).
func TestTwoProgramsWhoseConnectionsAreCut(t *testing.T) {
	a := newServer(t, "postgres")
	b := newServer(t, "postgres")
	b.postgres, b.data = a.postgres, a.data
	sink := newSink(t, "", sometimesSlow)
	for _, s := range []*server{a, b} {
		s.settings = append(s.settings, "database.url="+a.postgres, "smtp.url="+sink.url())
		s.start()
	}
	crowds := []*crowd{newCrowd(a, rand.Uint64(), visitors/2), newCrowd(b, rand.Uint64(), visitors/2)}
	for i, v := range crowds[1].visitors {
		v.name = "w" + v.name + string(rune('a'+i)) // nobody has the name of one of the others
	}
	var leave []func()
	for _, c := range crowds {
		c.trouble.Store(true)
		leave = append(leave, c.come())
	}
	cuts := int(number(t, "SARNAKH_FAULT_CUTS", 8))
	a.sql(func(db *sql.DB) {
		for range cuts {
			time.Sleep(500 * time.Millisecond)
			if _, err := db.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE application_name = 'sarnakh' AND datname = current_database()`); err != nil {
				t.Error(err)
			}
		}
	})
	cut := time.Now()
	for _, s := range []*server{a, b} {
		v := visitor{server: s, client: crowds[0].visitors[0].client}
		s.eventually("it is ready again", func() bool { status, _, err := v.get("/readyz"); return err == nil && status == 200 })
	}
	if took := time.Since(cut); took > 10*time.Second {
		t.Errorf("ready only after %v", took)
	}
	for i, c := range crowds {
		leave[i]()
		c.trouble.Store(false)
	}
	a.drained()
	var stopping sync.WaitGroup
	for _, s := range []*server{a, b} {
		stopping.Go(func() { s.stop() })
	}
	stopping.Wait()
	posts := slices.Concat(crowds[0].posts(), crowds[1].posts())
	compare(a, posts, sink, cuts*2*connections)
	a.verify()
	t.Logf("%d forms, %d times refused", len(posts), crowds[0].refused.Load()+crowds[1].refused.Load())
}
