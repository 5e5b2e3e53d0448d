package faults

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A post is one form as it was filled in, with what its sender was told each time it was sent.
type post struct {
	slug     string
	values   url.Values
	corrects *post // sent before under the same token with other answers

	mu     sync.Mutex
	thanks []string        // where each answer 303 led to
	took   []time.Duration // to each of these
	lost   int             // sendings that were not answered, or were asked to be repeated
}

func (p *post) email() string { return p.values.Get("email") }
func (p *post) mark() string  { return p.values.Get("company") } // no two posts have the same
func (p *post) answered() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.thanks) > 0
}

// changed is the same view answered otherwise.
func (p *post) changed(mark string) *post {
	c := &post{slug: p.slug, values: maps.Clone(p.values), corrects: p}
	c.values.Set("company", mark)
	return c
}

// A visitor fills in forms, one after the other, and remembers everything about them.
type visitor struct {
	*server
	name   string
	rng    *rand.Rand
	client *http.Client
	dying  *atomic.Bool // the server is about to be killed, so that an answer may be missing
	crowd  *crowd
	posts  []*post
	emails []string // of those answered
}

// act is what one visitor does with one view of a page. It is false where no answer came.
func (v *visitor) act() bool {
	p := v.open()
	if p == nil {
		return false
	}
	twice := v.rng.IntN(8) == 0
	if !v.send(p, twice) {
		return false
	}
	if !p.answered() { // asked to come back later
		return true
	}
	switch v.rng.IntN(8) {
	case 0: // the back button, and the same again
		return v.send(p, false)
	case 1: // a slip in the address
		c := p.changed(v.mark())
		c.values.Set("email", v.address())
		return v.correct(c)
	case 2: // anything else
		c := p.changed(v.mark())
		c.values.Set("name", "نرگس محمدی")
		if v.rng.IntN(2) == 0 {
			c.values.Set("call_me", "1")
		}
		return v.correct(c)
	}
	return true
}

// correct sends a correction, and sometimes the first version after it, which is then the repeat of an old
// one.
func (v *visitor) correct(c *post) bool {
	if c.values.Get("_token") == "" {
		c.corrects = nil // nothing says that the two belong together
	}
	if !v.send(c, false) {
		return false
	}
	return !c.answered() || c.corrects == nil || v.rng.IntN(3) > 0 || v.send(c.corrects, false)
}

var tokenInPage = regexp.MustCompile(`name="_token" value="([^"]+)"`)

// open looks at a page and fills in its form.
func (v *visitor) open() *post {
	p := &post{slug: []string{"rahnama", "playbook"}[v.rng.IntN(2)], values: url.Values{}}
	for name, value := range map[string]string{"name": "Sara Ahmadi", "email": v.address(), "company": v.mark(), "company_size": "11-50"} {
		p.values.Set(name, value)
	}
	if v.rng.IntN(4) == 0 && len(v.emails) > 0 { // somebody known, who may type their address in capitals
		known := v.emails[v.rng.IntN(len(v.emails))]
		p.values.Set("email", []string{known, strings.ToUpper(known[:1]) + known[1:]}[v.rng.IntN(2)])
	}
	if v.rng.IntN(3) == 0 {
		p.values.Set("consent.newsletter", "1")
	}
	if v.rng.IntN(8) == 0 {
		p.values.Set("call_me", "1")
	}
	status, body, err := v.get("/p/" + p.slug)
	token := tokenInPage.FindStringSubmatch(body)
	switch {
	case err != nil:
		v.unanswered(err)
		return nil
	case status != http.StatusOK || token == nil:
		v.Errorf("the page answers %d, token %v", status, token)
		return nil
	}
	if v.rng.IntN(10) > 0 { // the others post from plain HTML elsewhere
		p.values.Set("_token", token[1])
	}
	return p
}

func (v *visitor) get(path string) (status int, body string, err error) {
	r, err := v.client.Get(v.base + path)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	return r.StatusCode, string(raw), err
}

func (v *visitor) mark() string { return fmt.Sprintf("%s-%d", v.name, v.rng.Uint64()) }

// address is a new one, at one of a few companies or at a provider of mailboxes for everyone.
func (v *visitor) address() string {
	domain := "gmail.com"
	if n := v.rng.IntN(40); n > 0 {
		domain = fmt.Sprintf("company%d.example", n)
	}
	return fmt.Sprintf("%s.%d@%s", v.name, v.rng.Uint64(), domain)
}

// send posts a form, once or as a double click does.
func (v *visitor) send(p *post, twice bool) bool {
	if !p.answered() && p.lost == 0 {
		v.posts = append(v.posts, p)
	}
	var second sync.WaitGroup
	if twice {
		second.Go(func() { v.submit(p) })
	}
	ok := v.submit(p)
	second.Wait()
	if ok {
		v.emails = append(v.emails, p.email())
	}
	return ok
}

// submit sends a post and remembers what came of it.
func (v *visitor) submit(p *post) bool {
	began := time.Now()
	r, err := v.client.PostForm(v.base+"/p/"+p.slug, p.values)
	if err == nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err != nil:
		p.lost++
		v.unanswered(err)
		return false
	case r.StatusCode == http.StatusServiceUnavailable && r.Header.Get("Retry-After") != "" && v.crowd.trouble.Load():
		p.lost++
		v.crowd.refused.Add(1)
		return true
	case r.StatusCode != http.StatusSeeOther:
		v.Errorf("a form is answered %d: %v", r.StatusCode, p.values)
		return false
	}
	p.thanks, p.took = append(p.thanks, r.Header.Get("Location")), append(p.took, time.Since(began))
	return true
}

func (v *visitor) unanswered(err error) {
	if !v.dying.Load() {
		v.Errorf("no answer from a server that lives: %v", err)
	}
}
