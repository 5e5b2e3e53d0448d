package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A container's health check asks where the server listens.
func TestLocal(t *testing.T) {
	for addr, want := range map[string]string{
		":8080":            "127.0.0.1:8080",
		"0.0.0.0:80":       "127.0.0.1:80",
		"[::]:8080":        "127.0.0.1:8080",
		"127.0.0.1:9090":   "127.0.0.1:9090",
		"[::1]:8080":       "[::1]:8080",
		"10.0.0.7:8080":    "10.0.0.7:8080",
		"leads.local:8080": "leads.local:8080",
	} {
		if got := local(addr); got != want {
			t.Errorf("%s: asked at %s, not %s", addr, got, want)
		}
	}
}

// It is well only where the server says that it can take a submission.
func TestHealth(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer server.Close()
	ask := func() (int, string) {
		var out, errOut bytes.Buffer
		code := run(context.Background(), []string{"health", "--set", "http.addr=" + strings.TrimPrefix(server.URL, "http://")}, nil, &out, &errOut)
		return code, out.String() + errOut.String()
	}
	if code, said := ask(); code != exitDone || said != "ready\n" {
		t.Errorf("ready: %d %q", code, said)
	}
	status = http.StatusServiceUnavailable
	if code, said := ask(); code != exitFailed || !strings.Contains(said, "503") {
		t.Errorf("not ready: %d %q", code, said)
	}
	server.Close()
	if code, _ := ask(); code != exitFailed {
		t.Errorf("gone: %d", code)
	}
}
