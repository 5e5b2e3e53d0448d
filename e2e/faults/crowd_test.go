package faults

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// A crowd is visitors who come at the same time. Its choices follow from the seed.
type crowd struct {
	visitors  []*visitor
	dying     atomic.Bool
	trouble   atomic.Bool  // the database can't write, so that a form may be answered 503
	refused   atomic.Int64 // forms that were
	transport *http.Transport
}

func newCrowd(s *server, seed uint64, n int) *crowd {
	c := &crowd{transport: &http.Transport{MaxIdleConnsPerHost: n * 2}}
	client := &http.Client{Transport: c.transport, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for i := range n {
		c.visitors = append(c.visitors, &visitor{server: s, name: fmt.Sprintf("v%02d", i), client: client, dying: &c.dying, crowd: c,
			rng: rand.New(rand.NewPCG(seed, uint64(i)))})
	}
	return c
}

// come lets every visitor act until the returned function is called, or until they get no answer.
func (c *crowd) come() (leave func()) {
	var going sync.WaitGroup
	var over atomic.Bool
	for _, v := range c.visitors {
		going.Go(func() {
			for !over.Load() && v.act() {
				time.Sleep(time.Duration(v.rng.IntN(40)) * time.Millisecond)
			}
		})
	}
	return func() {
		over.Store(true)
		going.Wait()
	}
}

// posts are all that were ever sent.
func (c *crowd) posts() (all []*post) {
	for _, v := range c.visitors {
		all = append(all, v.posts...)
	}
	return all
}

// newLife forgets what a killed server leaves with its visitors: its connections.
func (c *crowd) newLife() {
	c.transport.CloseIdleConnections()
	c.dying.Store(false)
}

// sendAgain has three of four visitors send what they sent last once more, answered or not. It does no harm,
// and leads to a page that is there.
func (c *crowd) sendAgain(chance *rand.Rand) {
	var all sync.WaitGroup
	for _, v := range c.visitors {
		if chance.IntN(4) == 0 || len(v.posts) == 0 {
			continue
		}
		all.Go(func() {
			p := v.posts[len(v.posts)-1]
			if !v.send(p, false) {
				return
			}
			if status, _, err := v.get(p.thanks[0]); err != nil || status != http.StatusOK {
				v.Errorf("the page after the form answers %d, %v", status, err)
			}
		})
	}
	all.Wait()
}
