package public

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"sarnakh/models"
)

// tokenPlace stands in a rendered page where each view's token goes.
const tokenPlace = "TOKEN-OF-THE-VIEW"

// maxKept is how many bytes of rendered pages are kept: some 2,500 pages.
const maxKept = 32 << 20

// pageKey names a rendered page by all that it shows. What is published beside it makes it no other page.
type pageKey struct {
	version  models.ID
	at, own  string // its slug and language
	twin, in string // likewise of the same page in the other language
	spent    bool   // it has no code left to give
}

func (h *Handlers) keyOf(p *models.Published) pageKey {
	key := pageKey{version: p.VersionID, at: p.Slug, own: p.Locale, spent: h.Campaigns.Spent(p.ID)}
	if twin := h.twin(p); twin != nil {
		key.twin, key.in = twin.Slug, twin.Locale
	}
	return key
}

// pages keeps rendered pages. Reading takes no lock: a page is shown far more often than rendered.
type pages struct {
	kept atomic.Pointer[map[pageKey]*rendered]

	mu      sync.Mutex
	waiting map[pageKey]*waiting
}

// waiting is a page that somebody is rendering, for all who asked for it meanwhile.
type waiting struct {
	once sync.Once
	page *rendered
	err  error
}

// get is a page that is good now. It is rendered once, also where many ask at the same time, and nobody who asks for
// another page waits for that.
func (c *pages) get(key pageKey, now time.Time, render func() (*rendered, error)) (*rendered, error) {
	if p := c.find(key, now); p != nil {
		return p, nil
	}
	c.mu.Lock()
	if p := c.find(key, now); p != nil {
		c.mu.Unlock()
		return p, nil
	}
	w := c.waiting[key]
	if w == nil {
		w = &waiting{}
		if c.waiting == nil {
			c.waiting = map[pageKey]*waiting{}
		}
		c.waiting[key] = w
	}
	c.mu.Unlock()
	w.once.Do(func() {
		w.page, w.err = render()
		c.settle(key, w)
	})
	return w.page, w.err
}

func (c *pages) find(key pageKey, now time.Time) *rendered {
	m := c.kept.Load()
	if m == nil {
		return nil
	}
	p := (*m)[key]
	if p == nil || !now.Before(p.until) {
		return nil
	}
	if !p.seen.Load() { // written once for each sweep, not by every reader
		p.seen.Store(true)
	}
	return p
}

func (c *pages) settle(key pageKey, w *waiting) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.waiting, key)
	if w.err == nil {
		next := with(c.kept.Load(), key, w.page)
		c.kept.Store(&next)
	}
}

// with is what is kept with one page more. Where that is too much, those go that nobody has asked for since the last
// time; and where all were asked for, any, until a quarter is free, so that it is not done again for the next page.
func with(m *map[pageKey]*rendered, key pageKey, page *rendered) map[pageKey]*rendered {
	next, sum := map[pageKey]*rendered{}, page.size()
	if m != nil {
		for k, p := range *m {
			if k != key {
				next[k], sum = p, sum+p.size()
			}
		}
	}
	if sum > maxKept {
		for _, seenToo := range [...]bool{false, true} {
			for k, p := range next {
				if sum <= maxKept/4*3 {
					break
				}
				if seenToo || !p.seen.Swap(false) {
					delete(next, k)
					sum -= p.size()
				}
			}
		}
	}
	next[key] = page
	return next
}

// render makes a page ready to be shown.
func (h *Handlers) render(p *models.Published, now time.Time) (*rendered, error) {
	var buf bytes.Buffer
	if err := landingPage(h.landing(p, reply{token: tokenPlace})).Render(context.Background(), &buf); err != nil {
		return nil, err
	}
	before, after, tokens := bytes.Cut(buf.Bytes(), []byte(tokenPlace))
	if bytes.Contains(after, []byte(tokenPlace)) {
		return nil, fmt.Errorf("page %s holds its token twice", p.Slug)
	}
	r, err := newRendered(before, after, tokens)
	if err != nil {
		return nil, err
	}
	r.until, r.policy = h.changes(p, now), policyOf(&p.Version.Doc.Page)
	return r, nil
}

// changes is when a page that is rendered now becomes another by time alone: at midnight, for the year in its footer, or
// when a countdown on it ends.
func (h *Handlers) changes(p *models.Published, now time.Time) time.Time {
	day := now.In(h.Site.Zone)
	next := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, h.Site.Zone)
	for i := range p.Version.Doc.Page.Blocks {
		if b := &p.Version.Doc.Page.Blocks[i]; b.Countdown != nil && !b.Hidden {
			if end := b.Countdown.Until.Time(); end.After(now) && end.Before(next) {
				next = end
			}
		}
	}
	return next
}
