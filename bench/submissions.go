package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// hotEvery: one in so many visitors asks to be called, so that salespeople are told beside the load.
const hotEvery = 200

// profileSeconds is how much of a run is profiled.
const profileSeconds = 5

// asked is one raised hand with when its form was answered.
type asked struct {
	email string
	at    time.Time
}

// load is what a run of submissions saw.
type load struct {
	latencies []time.Duration
	hands     []asked
	refused   int
}

// submissions measures forms per second: one GET for a token and one POST each, only POSTs counted.
func submissions(o options) error {
	mail, err := newSink()
	if err != nil {
		return err
	}
	s, err := start(o, "smtp.url="+mail.url(), "sales.notify="+salesAddress)
	if err != nil {
		return err
	}
	defer s.stop()
	if _, err := submit(o, s, 2000, 0); err != nil { // warm
		return err
	}
	if o.profile != "" {
		go func() { _ = s.profile(fmt.Sprintf("%s.%d", o.profile, o.connections), profileSeconds) }()
	}
	cpu, begin := s.cpu(), time.Now()
	seen, err := submit(o, s, o.posts, 1_000_000)
	if err != nil {
		return err
	}
	took, used := time.Since(begin), s.cpu()-cpu
	slices.Sort(seen.latencies)
	now, peak := s.memory()
	fmt.Printf("submissions %-8s %2d connections: %6.0f/s  p50 %s  p99 %s  CPU %.2f s per 1,000  memory %.0f MiB (peak %.0f)  mails taken meanwhile %d\n",
		o.engine, o.connections, float64(o.posts)/took.Seconds(), millis(percentile(seen.latencies, .5)), millis(percentile(seen.latencies, .99)),
		used.Seconds()/float64(o.posts)*1000, now, peak, mail.taken.Load())
	reportHot(mail, seen.hands)
	return nil
}

func reportHot(mail *sink, hands []asked) {
	deadline := time.Now().Add(30 * time.Second)
	var delays []time.Duration
	for _, h := range hands {
		for {
			mail.mu.Lock()
			at, ok := mail.hot[h.email]
			mail.mu.Unlock()
			if ok {
				delays = append(delays, max(at.Sub(h.at), 0))
				break
			}
			if time.Now().After(deadline) {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	slices.Sort(delays)
	fmt.Printf("  hot-lead mail beside it: %d of %d taken, p50 %s, p99 %s after the form's answer\n", len(delays), len(hands),
		millis(percentile(delays, .5)), millis(percentile(delays, .99)))
}

func submit(o options, s *server, posts, from int) (load, error) {
	var next, refused atomic.Int64
	var mu sync.Mutex
	var out load
	var wg sync.WaitGroup
	errs := make(chan error, o.connections)
	for range o.connections {
		wg.Go(func() {
			v := visitor{o: o, addr: s.addr, tokenAt: &s.tokenAt, latencies: make([]time.Duration, 0, 2*posts/o.connections)}
			for {
				n := int(next.Add(1)) - 1
				if n >= posts {
					break
				}
				if err := v.visit(from + n); err != nil {
					errs <- err
					return
				}
			}
			refused.Add(int64(v.refused))
			mu.Lock()
			out.latencies = append(out.latencies, v.latencies...)
			out.hands = append(out.hands, v.hands...)
			mu.Unlock()
		})
	}
	wg.Wait()
	select {
	case err := <-errs:
		return out, err
	default:
	}
	if n := refused.Load(); n > 0 {
		return out, fmt.Errorf("%d of %d forms were refused", n, posts)
	}
	return out, nil
}

// A visitor opens the page, fills in the form and sends it, over one connection.
type visitor struct {
	o         options
	addr      string
	c         *client
	ask, send []byte
	form      []byte
	tokenAt   *sync.Map // path → where the token stands in its answer, for all visitors
	latencies []time.Duration
	hands     []asked
	refused   int
}

var tokenMark = []byte(`name="_token" value="`)

func (v *visitor) visit(n int) error {
	if v.c == nil {
		c, err := dial(v.addr)
		if err != nil {
			return err
		}
		v.c = c
	}
	path := v.o.path(n)
	v.ask = get(v.addr, path, v.o.gzip)
	status, _, body, err := v.c.do(v.ask)
	if err != nil || status != 200 {
		return fmt.Errorf("page: status %d: %w", status, err)
	}
	token, err := v.token(path, body)
	if err != nil {
		return err
	}
	hot := n%hotEvery == 0
	email := emailOf(n)
	v.form = appendForm(v.form[:0], token, email, n, hot)
	v.send = post(v.send, v.addr, path, v.form)
	begin := time.Now()
	status, _, _, err = v.c.do(v.send)
	if err != nil {
		return err
	}
	end2 := time.Now()
	v.latencies = append(v.latencies, end2.Sub(begin))
	if status != 303 {
		v.refused++
	}
	if hot {
		v.hands = append(v.hands, asked{email, end2})
	}
	return nil
}

// token reads the view's token out of a page. It stands at the same place in every copy of one, in a compressed page too:
// there it is a stored block, whose length is said four bytes before it (RFC 1951, 3.2.4).
func (v *visitor) token(path string, body []byte) ([]byte, error) {
	known, found := v.tokenAt.Load(path)
	at, _ := known.(int)
	if !found {
		page := body
		if v.o.gzip {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				return nil, err
			}
			if page, err = io.ReadAll(z); err != nil {
				return nil, err
			}
		}
		_, rest, _ := bytes.Cut(page, tokenMark)
		token, _, found := bytes.Cut(rest, []byte{'"'})
		if at = bytes.Index(body, token); !found || at < 0 {
			return nil, fmt.Errorf("%s has no token", path)
		}
		v.tokenAt.Store(path, at)
	}
	if v.o.gzip {
		return body[at : at+int(binary.LittleEndian.Uint16(body[at-4:]))], nil
	}
	return body[at : at+bytes.IndexByte(body[at:], '"')], nil
}

// emailOf: half of the visitors write from a company, three of each.
func emailOf(n int) string {
	if n%2 == 0 {
		return fmt.Sprintf("visitor.%d@gmail.com", n)
	}
	return fmt.Sprintf("visitor%d@firm%d.example", n, n/6)
}

var personName = url.QueryEscape("نرگس مهرآیین")

func appendForm(dst, token []byte, email string, n int, hot bool) []byte {
	dst = append(append(dst, "_token="...), token...)
	dst = append(append(dst, "&name="...), personName...)
	dst = append(append(dst, "&email="...), url.QueryEscape(email)...)
	dst = fmt.Appendf(dst, "&phone=%%2B98912%07d&company=Firm+%d&company_size=11-50&consent.newsletter=1", n%10_000_000, n/6)
	if hot {
		dst = append(dst, "&call_me=1"...)
	}
	return dst
}
