package mailer_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	cryptorand "crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// A mailServer speaks SMTP by a script, over real connections.
type mailServer struct {
	t      *testing.T
	addr   string
	script func(*talk)

	listener net.Listener

	mu    sync.Mutex
	mails []delivery
	talks int
	conns map[net.Conn]bool
}

// A delivery is what the server received after DATA, whatever it answered.
type delivery struct {
	talk     int // which connection, from 1
	from, to string
	data     string
}

// newServer listens on a free port. The script is run once per connection and hangs up when it returns.
func newServer(t *testing.T, script func(*talk)) *mailServer {
	t.Helper()
	return newServerAt(t, "127.0.0.1:0", script)
}

func newServerAt(t *testing.T, addr string, script func(*talk)) *mailServer {
	t.Helper()
	s := &mailServer{t: t, addr: addr, script: script, conns: map[net.Conn]bool{}}
	s.comeBack()
	t.Cleanup(s.goAway)
	return s
}

// freeAddress is outside the range that outgoing connections get their ports from, so that nobody takes it while a server
// is down.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(10000))
		if l, err := net.Listen("tcp", addr); err == nil {
			_ = l.Close()
			return addr
		}
	}
	t.Fatal("no free port")
	return ""
}

// goAway takes the server down: every connection is cut, and no other is taken until it comes back.
func (s *mailServer) goAway() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.listener.Close()
	for c := range s.conns {
		_ = c.Close()
		delete(s.conns, c)
	}
}

// comeBack takes connections, at the address that the server had before.
func (s *mailServer) comeBack() {
	s.t.Helper()
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.addr, s.listener = l.Addr().String(), l
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.talks++
			n := s.talks
			s.conns[c] = true
			s.mu.Unlock()
			go func() {
				defer c.Close()
				s.script(&talk{server: s, n: n, conn: c, r: bufio.NewReader(c)})
			}()
		}
	}()
}

func (s *mailServer) received() []delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]delivery(nil), s.mails...)
}

func (s *mailServer) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.talks
}

// A talk is the server's side of one connection.
type talk struct {
	server *mailServer
	n      int // which connection, from 1
	conn   net.Conn
	r      *bufio.Reader

	from, to string
	mails    int           // received over this connection
	pause    time.Duration // before a mail is taken
	// stay is done before a mail is taken, where there is one.
	stay func(to string)
}

func (k *talk) say(lines ...string) {
	_, _ = k.conn.Write([]byte(strings.Join(lines, "\r\n") + "\r\n"))
}

// hear reads one command; its verb is empty when the client has gone.
func (k *talk) hear() (verb, line string) {
	line, err := k.r.ReadString('\n')
	if err != nil {
		return "", ""
	}
	line = strings.TrimRight(line, "\r\n")
	verb, _, _ = strings.Cut(line, " ")
	return strings.ToUpper(verb), line
}

// data reads a mail up to its final dot, and keeps it.
func (k *talk) data() bool {
	var b strings.Builder
	for {
		line, err := k.r.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	time.Sleep(k.pause)
	if k.stay != nil {
		k.stay(k.to)
	}
	k.mails++
	k.server.mu.Lock()
	defer k.server.mu.Unlock()
	k.server.mails = append(k.server.mails, delivery{k.n, k.from, k.to, b.String()})
	return true
}

// answers are the server's words by verb; "." is the answer to a mail, "greeting" the first word. What is
// missing is said as a friendly server would. "hang up" and "silence" are done, not said.
type answers map[string]string

// talkBy serves a connection by its answers.
func (k *talk) talkBy(a answers) {
	if !k.act(a, "greeting", "220 test ready") {
		return
	}
	for {
		verb, line := k.hear()
		switch verb {
		case "":
			return
		case "EHLO":
			extensions := []string{"250-test", "250 PIPELINING"}
			if e, ok := a["extensions"]; ok {
				extensions = strings.Split(e, "\n")
			}
			k.say(extensions...)
			continue
		case "QUIT":
			k.say("221 bye")
			return
		case "MAIL":
			k.from = address(line)
		case "RCPT":
			k.to = address(line)
		}
		usual := "250 ok"
		if verb == "DATA" {
			usual = "354 go on"
		}
		if !k.act(a, verb, usual) {
			return
		}
		if verb == "DATA" && strings.HasPrefix(firstOf(a["DATA"], usual), "354") {
			if !k.data() || !k.act(a, ".", "250 2.0.0 taken") {
				return
			}
		}
	}
}

// A later is a server that says something else until it is over, on connections that are made until then.
type later struct {
	mu   sync.Mutex
	says answers
}

func sayUntil(verb, word string) *later { return &later{says: answers{verb: word}} }

func (l *later) serve(k *talk) {
	l.mu.Lock()
	says := l.says
	l.mu.Unlock()
	k.talkBy(says)
}

func (l *later) over() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.says = nil
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (k *talk) act(a answers, verb, usual string) bool {
	switch word := firstOf(a[verb], usual); word {
	case "hang up":
		return false
	case "silence":
		_, _ = io.Copy(io.Discard, k.conn) // until the client gives up
		return false
	default:
		word, gone := strings.CutSuffix(word, "\r\nhang up")
		k.say(word)
		return !gone && !strings.HasPrefix(word, "421")
	}
}

func address(line string) string {
	_, rest, _ := strings.Cut(line, "<")
	inside, _, _ := strings.Cut(rest, ">")
	return inside
}

// certificate makes a certificate for 127.0.0.1, and the pool that trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), cryptorand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(cryptorand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
