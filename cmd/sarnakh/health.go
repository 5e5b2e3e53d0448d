package main

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

type healthCmd struct{}

// healthTime is a little more than the server gives itself to answer that it is not ready.
const healthTime = 5 * time.Second

// Run asks the server of these settings, on this machine, whether it can take a submission: for
// containers, which have no other program to ask with.
func (healthCmd) Run(s *session) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	ask, err := http.NewRequestWithContext(s.ctx, http.MethodGet, "http://"+local(settings.HTTP.Addr)+"/readyz", nil)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: healthTime, Transport: &http.Transport{}} // no proxy of the environment
	answer, err := client.Do(ask)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", answer.Status)
	}
	_, err = fmt.Fprintln(s.out, "ready")
	return err
}

// local is where this machine reaches a server that listens at addr.
func local(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr // refused with the settings
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
