package reach_test

import (
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"sarnakh/hooks"
	"sarnakh/reach"
)

// local lets the tests' own server through, as hooks.Public never would.
func local(_, _ string, _ syscall.RawConn) error { return nil }

// web is a server with a page of every kind, and how often it was asked.
func web(t *testing.T) (*httptest.Server, *x509.CertPool, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	mux := http.NewServeMux()
	answer := func(path string, status int) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	answer("/fine", http.StatusOK)
	answer("/gone", http.StatusGone)
	answer("/failing", http.StatusBadGateway)
	answer("/shut", http.StatusForbidden)
	mux.HandleFunc("/no-head", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
	mux.HandleFunc("/named", func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.UserAgent(), "https://leads.example.org") {
			w.WriteHeader(http.StatusNotFound)
		}
	})
	mux.Handle("/moved", http.RedirectHandler("/fine", http.StatusMovedPermanently))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return server, roots, &asked
}

func TestWhatBecomesOfLinks(t *testing.T) {
	server, roots, _ := web(t)
	cases := []struct {
		link   string
		state  reach.State
		status int
	}{
		{server.URL + "/fine", reach.Answers, 200},
		{server.URL + "/no-head", reach.Answers, 200},
		{server.URL + "/named", reach.Answers, 200},
		{server.URL + "/moved", reach.Answers, 200},
		{server.URL + "/nowhere", reach.Gone, 404},
		{server.URL + "/gone", reach.Gone, 410},
		{server.URL + "/failing", reach.Failing, 502},
		{server.URL + "/shut", reach.Unclear, 403},
		{server.URL + "/round", reach.Unclear, 302},
		{"https://127.0.0.1:1/", reach.Unreachable, 0},
		{"https://%", reach.NoHost, 0},
	}
	links := make([]string, len(cases))
	for i, c := range cases {
		links[i] = c.link
	}
	for i, got := range reach.NewGuarded("https://leads.example.org", local, roots).Check(t.Context(), links) {
		if c := cases[i]; got.State != c.state || got.Status != c.status {
			t.Errorf("%s is %s %d, want %s %d", c.link, got.State, got.Status, c.state, c.status)
		}
	}
}

// A certificate that nobody vouches for is a link that people's browsers stop at.
func TestACertificateThatDoesNotHold(t *testing.T) {
	server, _, _ := web(t)
	server.Config.ErrorLog = nil
	if got := reach.NewGuarded("x", local, x509.NewCertPool()).Check(t.Context(), []string{server.URL + "/fine"}); got[0].State != reach.Unreachable {
		t.Errorf("it is %s", got[0].State)
	}
}

// Nothing within our own network is asked: not by its address, not by a name for it, not by a redirect to it.
func TestOurOwnNetworkIsNotAsked(t *testing.T) {
	server, roots, asked := web(t)
	port := server.URL[strings.LastIndexByte(server.URL, ':'):]
	links := []string{server.URL + "/fine", "https://localhost" + port + "/fine", "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/", "https://[::1]" + port + "/fine"}
	for i, got := range reach.NewGuarded("x", hooks.Public(), roots).Check(t.Context(), links) {
		if got.State != reach.Private {
			t.Errorf("%s is %s", links[i], got.State)
		}
	}
	if asked.Load() != 0 {
		t.Errorf("it was asked %d times", asked.Load())
	}
	hidden := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	defer hidden.Close()
	door := httptest.NewTLSServer(http.RedirectHandler(hidden.URL, http.StatusFound))
	defer door.Close()
	roots.AddCert(door.Certificate())
	public := strings.TrimPrefix(door.URL, "https://")
	guard := func(network, address string, c syscall.RawConn) error {
		if address == public { // stands for a public address
			return nil
		}
		return hooks.Public()(network, address, c)
	}
	if got := reach.NewGuarded("x", guard, roots).Check(t.Context(), []string{door.URL}); got[0].State != reach.Private {
		t.Errorf("a redirect into our network is %s", got[0].State)
	}
}
