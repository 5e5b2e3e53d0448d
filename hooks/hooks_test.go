package hooks_test

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"sarnakh/hooks"
)

// The vector of the Standard Webhooks libraries.
func TestSign(t *testing.T) {
	secret, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	if got := hooks.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`)); got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Error(got)
	}
	if got := hooks.Secret(secret); got != "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" {
		t.Error(got)
	}
}

// No address within a network reaches it, however it is written; public ones pass.
func TestGuard(t *testing.T) {
	guard := hooks.Public()
	for address, passes := range map[string]bool{
		"127.0.0.1:443": false, "10.1.2.3:443": false, "192.168.0.1:443": false, "172.16.9.9:443": false, "169.254.169.254:443": false, "0.0.0.0:443": false,
		"100.64.0.1:443": false, "224.0.0.1:443": false, "255.255.255.255:443": false,
		"[::1]:443": false, "[::ffff:127.0.0.1]:443": false, "[::ffff:10.0.0.1]:443": false, "[::ffff:a9fe:a9fe]:443": false, "[64:ff9b::7f00:1]:443": false,
		"[fe80::1]:443": false, "[fc00::1]:443": false, "[2002:7f00:1::]:443": false, "[::]:443": false,
		"93.184.215.14:443": true, "93.184.215.14:8443": true, "[2606:4700::1111]:443": true,
	} {
		network := "tcp4"
		if address[0] == '[' {
			network = "tcp6"
		}
		if err := guard(network, address, nil); (err == nil) != passes {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func anyone(string, string, syscall.RawConn) error { return nil }

func serve(t *testing.T, handler http.HandlerFunc) (address string, roots *x509.CertPool) {
	server := httptest.NewTLSServer(handler)
	t.Cleanup(server.Close)
	roots = x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return server.URL, roots
}

// A call is signed by what its receiver can compute, and its answer comes back.
func TestPost(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	address, roots := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("webhook-signature") != hooks.Sign([]byte("key"), "one", at, body) || r.Header.Get("webhook-id") != "one" || r.Header.Get("webhook-timestamp") != "1800000000" {
			w.WriteHeader(http.StatusUnauthorized)
		}
		_, _ = fmt.Fprintf(w, "got %s", body)
	})
	c := hooks.NewGuarded(func() time.Time { return at }, anyone, roots)
	if answer, err := c.Post(t.Context(), address, "one", []byte("key"), []byte("{}")); err != nil || string(answer) != "got {}" {
		t.Errorf("%s %v", answer, err)
	}
	if _, err := hooks.New(func() time.Time { return at }).Post(t.Context(), address, "one", []byte("key"), nil); err == nil || err.Error() != "refused" {
		t.Error("our own machine was called:", err)
	}
	if _, err := hooks.New(func() time.Time { return at }).Post(t.Context(), strings.Replace(address, "127.0.0.1", "localhost", 1), "one", []byte("key"), nil); err == nil || err.Error() != "refused" {
		t.Error("a name led to our own machine:", err)
	}
}

// Each way to fail has its word.
func TestFaults(t *testing.T) {
	address, roots := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusTemporaryRedirect)
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		case "/large":
			_, _ = io.WriteString(w, strings.Repeat("x", 65<<10))
		}
	})
	c := hooks.NewGuarded(time.Now, anyone, roots)
	for at, want := range map[string]hooks.Fault{
		address + "/moved":                           {Code: hooks.Redirected, Status: 307},
		address + "/broken":                          {Code: hooks.Status, Status: 500},
		address + "/large":                           {Code: hooks.TooLarge},
		strings.Replace(address, "https", "http", 1): {Code: hooks.BadAddress},
		"https://u:p@example.org/":                   {Code: hooks.BadAddress},
		"https://127.0.0.1:1/":                       {Code: hooks.Unreachable},
		"file:///etc/passwd":                         {Code: hooks.BadAddress},
	} {
		_, err := c.Post(t.Context(), at, "x", nil, nil)
		if f, ok := errors.AsType[*hooks.Fault](err); !ok || *f != want || hooks.ParseFault(err.Error()) != want {
			t.Errorf("%s: %v", at, err)
		}
	}
	if _, err := hooks.NewGuarded(time.Now, anyone, nil).Post(t.Context(), address, "x", nil, nil); err == nil || err.Error() != "unreachable" {
		t.Error("a certificate of nobody's was believed:", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := c.Post(ended, address, "x", nil, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
