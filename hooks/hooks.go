// Package hooks calls programs of the owner's: signed, over https, and never one within our own network.
package hooks

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

const (
	patience  = 10 * time.Second
	maxAnswer = 64 << 10
)

// A Guard says whether an address may be called, after its name was looked up. It is a net.Dialer's Control.
type Guard func(network, address string, c syscall.RawConn) error

// A Caller calls other programs.
type Caller struct {
	client *http.Client
	clock  func() time.Time
}

// New makes a Caller that reaches public addresses only.
func New(clock func() time.Time) *Caller {
	return NewGuarded(clock, Public(), nil)
}

// Public lets through what IANA has not set apart: no private, local, shared or mapped address.
func Public() Guard { return ssrf.New(ssrf.WithAnyPort()).Safe }

// NewGuarded makes a Caller with a guard and roots of trust of its own, as tests need; nil roots are the system's.
func NewGuarded(clock func() time.Time, guard Guard, roots *x509.CertPool) *Caller {
	dialer := &net.Dialer{Timeout: patience, Control: guard}
	transport := &http.Transport{ // no proxy: the guard would see its address alone
		DialContext: dialer.DialContext, TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience,
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		MaxIdleConns:    10, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 16 << 10,
	}
	return &Caller{clock: clock, client: &http.Client{Transport: transport, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// A Fault is why a call did not succeed, in a word; of a Status, also which.
type Fault struct {
	Code   Code
	Status int
}

// Code names a fault.
type Code string

// The faults.
const (
	BadAddress  Code = "address"     // no https address
	Refused     Code = "refused"     // it leads into a network that is not public
	Unreachable Code = "unreachable" // nobody answers there, or not with a certificate that holds
	Slow        Code = "slow"
	Redirected  Code = "redirected"
	Status      Code = "status" // not one of success
	TooLarge    Code = "large"
	BadAnswer   Code = "answer" // not what was asked for
)

// Error is the fault in a word, with the number of a status. ParseFault reads it again.
func (f *Fault) Error() string {
	if f.Status != 0 {
		return string(f.Code) + " " + strconv.Itoa(f.Status)
	}
	return string(f.Code)
}

// ParseFault reads what Error has written.
func ParseFault(text string) Fault {
	var f Fault
	_, _ = fmt.Sscan(text, (*string)(&f.Code), &f.Status) // most have no status
	return f
}

// Post sends a body, signed as Standard Webhooks 1.0 says, and gives the answer. The id is the same for each attempt at one
// and the same call. Its errors are a *Fault, or that of ctx.
func (c *Caller) Post(ctx context.Context, address, id string, secret, body []byte) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, &Fault{Code: BadAddress}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, &Fault{Code: BadAddress}
	}
	at := c.clock()
	for name, value := range map[string]string{"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Sarnakh",
		"Webhook-Id": id, "Webhook-Timestamp": strconv.FormatInt(at.Unix(), 10), "Webhook-Signature": Sign(secret, id, at, body)} {
		r.Header.Set(name, value)
	}
	response, err := c.client.Do(r)
	if err != nil {
		return nil, faultOf(ctx, err)
	}
	defer func() { _ = response.Body.Close() }()
	switch {
	case response.StatusCode >= 300 && response.StatusCode < 400:
		return nil, &Fault{Code: Redirected, Status: response.StatusCode}
	case response.StatusCode < 200 || response.StatusCode >= 300:
		return nil, &Fault{Code: Status, Status: response.StatusCode}
	}
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, faultOf(ctx, err)
	case len(answer) > maxAnswer:
		return nil, &Fault{Code: TooLarge}
	}
	return answer, nil
}

func faultOf(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrProhibitedPort):
		return &Fault{Code: Refused}
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return &Fault{Code: Slow}
	}
	return &Fault{Code: Unreachable}
}

// Sign is the signature of a call: what its receiver computes too, and compares.
func Sign(secret []byte, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	_, _ = fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
	_, _ = mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Secret is a secret as it is told to whoever writes the receiver.
func Secret(secret []byte) string { return "whsec_" + base64.StdEncoding.EncodeToString(secret) }
