package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// pages measures landing pages per second.
func pages(o options) error {
	s, err := start(o)
	if err != nil {
		return err
	}
	defer s.stop()
	for _, target := range []struct{ name, path string }{{"landing page", "/p/rahnama"}, {"liveness, the floor", "/healthz"}} {
		rate, cpu, err := ask(o, s, target.path)
		if err != nil {
			return err
		}
		fmt.Printf("%-20s %2d connections: %6.0f/s  CPU %.0f µs each\n", target.name, o.connections, rate, float64(cpu.Microseconds()))
	}
	return nil
}

func ask(o options, s *server, path string) (rate float64, each time.Duration, err error) {
	request := get(s.addr, path, o.gzip)
	var done atomic.Int64
	var wg sync.WaitGroup
	errs := make(chan error, o.connections)
	stop := time.Now().Add(time.Duration(o.seconds) * time.Second)
	cpu, begin := s.cpu(), time.Now()
	for range o.connections {
		wg.Go(func() {
			c, err := dial(s.addr)
			if err != nil {
				errs <- err
				return
			}
			n := int64(0)
			for time.Now().Before(stop) {
				status, _, _, err := c.do(request)
				if err != nil || status != 200 {
					errs <- fmt.Errorf("status %d: %w", status, err)
					return
				}
				n++
			}
			done.Add(n)
		})
	}
	wg.Wait()
	select {
	case err := <-errs:
		return 0, 0, err
	default:
	}
	n := done.Load()
	return float64(n) / time.Since(begin).Seconds(), (s.cpu() - cpu) / time.Duration(n), nil
}
