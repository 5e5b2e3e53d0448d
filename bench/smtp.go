package main

import (
	"fmt"
	"net"
	"slices"
	"time"
)

// away measures how long visitors wait while the mail server is healthy, silent and down, in one run, and gives the
// ratios (I12).
func away(o options) error {
	healthy, err := newSink()
	if err != nil {
		return err
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		return err
	}
	defer silent.Close()
	down, err := freeAddr()
	if err != nil {
		return err
	}
	var base [2]time.Duration
	for _, state := range []struct{ name, url string }{
		{"healthy", healthy.url()}, {"silent", "smtp://" + silent.Addr().String() + "?tls=none"}, {"down", "smtp://" + down + "?tls=none"},
	} {
		p50, p99, err := waits(o, state.url)
		if err != nil {
			return fmt.Errorf("%s: %w", state.name, err)
		}
		if base[0] == 0 {
			base = [2]time.Duration{p50, p99}
		}
		fmt.Printf("mail server %-8s %-8s %2d connections: p50 %s (%.2f)  p99 %s (%.2f)\n", state.name, o.engine, o.connections,
			millis(p50), float64(p50)/float64(base[0]), millis(p99), float64(p99)/float64(base[1]))
	}
	return nil
}

func waits(o options, smtp string) (p50, p99 time.Duration, err error) {
	s, err := start(o, "smtp.url="+smtp, "sales.notify="+salesAddress)
	if err != nil {
		return 0, 0, err
	}
	defer s.stop()
	if _, err := submit(o, s, 2000, 0); err != nil { // warm
		return 0, 0, err
	}
	seen, err := submit(o, s, o.posts, 1_000_000)
	if err != nil {
		return 0, 0, err
	}
	slices.Sort(seen.latencies)
	return percentile(seen.latencies, .5), percentile(seen.latencies, .99), nil
}
