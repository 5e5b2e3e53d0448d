// Package reach asks whether links on the web still answer, and never asks within our own network.
package reach

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"time"

	"sarnakh/hooks"

	"code.dny.dev/ssrf"
	"golang.org/x/sync/errgroup"
)

const (
	patience  = 5 * time.Second // for each question
	atOnce    = 8
	redirects = 5
	maxHeader = 32 << 10
)

// State is what came of asking for a link.
type State string

// The states.
const (
	Answers     State = "answers"
	Gone        State = "gone"        // 404 or 410: there is no such page
	Failing     State = "failing"     // 5xx: the server has a fault
	Unclear     State = "unclear"     // any other answer: many sites turn programs away and let people in
	NoHost      State = "no_host"     // nobody has this name
	Unreachable State = "unreachable" // nobody answers there, or not with a certificate that holds
	Slow        State = "slow"
	Private     State = "private" // it leads into a network that is not public, and was not asked
)

// A Result is what came of one link; Status is 0 where nobody answered.
type Result struct {
	State  State
	Status int
}

// A Checker asks for links.
type Checker struct {
	client *http.Client
	agent  string
}

// New makes a Checker that reaches public addresses only, and says on whose behalf it asks.
func New(site string) *Checker { return NewGuarded(site, hooks.Public(), nil) }

// NewGuarded makes one with a guard and roots of trust of its own, as tests need; nil roots are the system's. The guard
// stands where connections are made, so that a redirect leads nowhere else.
func NewGuarded(site string, guard hooks.Guard, roots *x509.CertPool) *Checker {
	dialer := &net.Dialer{Timeout: patience, Control: guard}
	transport := &http.Transport{ // no proxy: the guard would see its address alone
		DialContext: dialer.DialContext, TLSHandshakeTimeout: patience, DisableKeepAlives: true, ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, MaxResponseHeaderBytes: maxHeader,
	}
	return &Checker{agent: "Sarnakh link check (" + site + ")", client: &http.Client{Transport: transport, Timeout: patience,
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) > redirects {
				return http.ErrUseLastResponse
			}
			return nil
		}}}
}

// Check asks for each link once, some at a time. Results stand in the order of the links.
func (c *Checker) Check(ctx context.Context, links []string) []Result {
	out := make([]Result, len(links))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, link := range links {
		group.Go(func() error {
			out[i] = c.one(ctx, link)
			return nil
		})
	}
	_ = group.Wait() // what goes wrong is in the results
	return out
}

// one asks for the head alone; servers that don't like that are asked for the page, of which nothing is read.
func (c *Checker) one(ctx context.Context, link string) Result {
	r := c.ask(ctx, http.MethodHead, link)
	switch r.State {
	case Answers, NoHost, Private, Slow:
		return r
	}
	return c.ask(ctx, http.MethodGet, link)
}

func (c *Checker) ask(ctx context.Context, method, link string) Result {
	r, err := http.NewRequestWithContext(ctx, method, link, http.NoBody)
	if err != nil {
		return Result{State: NoHost}
	}
	r.Header.Set("User-Agent", c.agent)
	r.Header.Set("Accept", "*/*")
	response, err := c.client.Do(r)
	if err != nil {
		return Result{State: stateOf(err)}
	}
	defer func() { _ = response.Body.Close() }()
	state := Unclear
	switch status := response.StatusCode; {
	case status >= 200 && status < 300:
		state = Answers
	case status == http.StatusNotFound, status == http.StatusGone:
		state = Gone
	case status >= 500:
		state = Failing
	}
	return Result{state, response.StatusCode}
}

func stateOf(err error) State {
	if errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedNetwork) || errors.Is(err, ssrf.ErrProhibitedPort) {
		return Private
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return NoHost
	}
	if slow, ok := errors.AsType[net.Error](err); ok && slow.Timeout() {
		return Slow
	}
	return Unreachable
}
