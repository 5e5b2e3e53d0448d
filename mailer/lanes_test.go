package mailer_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sarnakh/models"
)

// A sequence of 20,000 mails that are all due, on a server that takes its time, delays no mail about a hot lead: it
// goes out over the next connection that is free.
func TestALongSequenceDelaysNoHotLead(t *testing.T) {
	each(t, func(w *world) {
		server := newServer(t, func(k *talk) { k.pause = 20 * time.Millisecond; k.talkBy(nil) })
		cfg := w.config(server, "")
		cfg.Connections = 4
		w.oweMany(20_000, models.ClassMarketing, func(i int, m *models.Message) { m.To = fmt.Sprintf("m%d@d%d.example", i, i%50) })
		worker, stop := w.start(cfg)
		w.eventually("the sequence runs", func() bool { return len(server.received()) > 40 })
		var before []int
		for range 9 {
			owed, had := time.Now(), len(server.received())
			hot := w.owe(models.ClassSales)
			to := w.message(hot).To
			worker.Wake()
			at := -1
			w.eventually("the sales mail is taken", func() bool {
				at = slices.IndexFunc(server.received(), func(d delivery) bool { return d.to == to })
				return at >= 0
			})
			if took := time.Since(owed); took > 2*time.Second {
				t.Errorf("a hot lead waited %v", took)
			}
			before = append(before, at-had)
		}
		stop()
		// Four in flight when it was owed, and those that begin while it is read and composed.
		if slices.Sort(before); before[len(before)/2] > 8 {
			t.Errorf("mails taken before the one to sales: %v", before)
		}
		if n := len(server.received()); n > 15_000 {
			t.Errorf("the sequence was over before the test: %d", n)
		}
	})
}

// A slowRoad is a server that takes its time with mail to one domain.
type slowRoad struct {
	mu     sync.Mutex
	slow   int // mails to it being taken
	others int // taken, to others
	beside int // the most that were slow while many to others were still to come
	most   int // the most at all
}

func (r *slowRoad) stay(slow string, pause time.Duration, many int) func(to string) {
	return func(to string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if !strings.HasSuffix(to, slow) {
			r.others++
			return
		}
		if r.slow++; r.others < many {
			r.beside = max(r.beside, r.slow)
		}
		r.most = max(r.most, r.slow)
		r.mu.Unlock()
		time.Sleep(pause)
		r.mu.Lock()
		r.slow--
	}
}

func (r *slowRoad) tops() (beside, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.beside, r.most
}

// One slow domain gets half of the connections, however much of its mail stands in front, while there is mail to
// others; alone it gets all of them.
func TestOneSlowDomainHoldsUpNoOther(t *testing.T) {
	each(t, func(w *world) {
		var road slowRoad
		server := newServer(t, func(k *talk) { k.stay = road.stay("slow.example", 150*time.Millisecond, 350); k.talkBy(nil) })
		cfg := w.config(server, "")
		cfg.Connections = 5
		w.oweMany(700, models.ClassMarketing, func(i int, m *models.Message) { m.To = fmt.Sprintf("m%d@slow.example", i) })
		others := w.oweMany(400, models.ClassMarketing, func(i int, m *models.Message) { m.To = fmt.Sprintf("m%d@d%d.example", i, i%3) })
		w.start(cfg)
		for _, id := range others {
			w.until(id, models.MessageSent)
		}
		if n := len(server.received()) - len(others); n > 350 {
			t.Errorf("%d mails to the slow domain before the last to another", n)
		}
		if top, _ := road.tops(); top > 3 {
			t.Errorf("%d of 5 connections talked to one domain", top)
		}
		w.eventually("the slow domain gets all lines", func() bool { _, most := road.tops(); return most == 5 })
		// Mail that people wait for is not counted.
		gift := w.owe(models.ClassTransactional, func(m *models.Message) { m.To = "n@slow.example" })
		w.until(gift, models.MessageSent)
	})
}
